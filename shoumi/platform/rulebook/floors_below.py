"""Control points of the floors under the rulebook, which cannot name themselves to it.

Each is bound to the code that keeps it, so that a point cannot outlive its code.
"""

from collections.abc import Callable
from typing import Any

from shoumi.platform.rulebook.controls import Control
from shoumi.platform.trail.checkpoint import make, read
from shoumi.platform.trail.guard import arm, fortify
from shoumi.platform.trail.recording import recording
from shoumi.platform.trail.verify import verify

KEPT_BY: dict[Control, Callable[..., Any]] = {
    Control("trail.append_only", kind="refuse", label="痕迹只增不改"): fortify,
    Control("trail.append_only", kind="record", label="痕迹只增不改"): recording,
    Control("trail.unrecorded", kind="refuse", label="行为之外的写入"): arm,
    Control("trail.verify", kind="refuse", label="痕迹校验"): verify,
    Control("trail.checkpoint", kind="record", label="检查点"): make,
    Control("trail.checkpoint", kind="refuse", label="检查点"): read,
}
