"""First passwords in two halves: two officers issue one each, so that neither can log in as somebody.

系统管理员 issues the first half when he makes or resets an account, 安全保密管理员 the second when the
account is enabled; the person puts them together, and must choose a password of their own at once.
"""

import hashlib
from collections.abc import Callable, Sequence

# Without 0 O 1 I L 5 S 2 Z 8 B: read out or copied by hand without error.
SIGNS = "34679ACDEFGHJKMNPQRTUVWXY"
HALF = 10
GROUP = 5


def new_half(choice: Callable[[Sequence[str]], str]) -> str:
    """Ten signs, about 46 bits; `choice` is the source of chance."""
    return "".join(choice(SIGNS) for _ in range(HALF))


def shown(half: str) -> str:
    """In groups of five, as it is printed on the slip."""
    return "-".join(half[i : i + GROUP] for i in range(0, len(half), GROUP))


def digest(half: str, *, salt: str) -> str:
    """What is kept of the first half until the second is issued; the salt is the person's own."""
    return hashlib.sha256(f"{salt}:{half}".encode()).hexdigest()


def joined(first_digest: str, second: str) -> str:
    """What is hashed as the password once both halves are issued."""
    return f"{first_digest}:{second}"


def as_typed(typed: str, *, salt: str) -> str:
    """The joined form of what somebody typed; hyphens, spaces and case do not count."""
    signs = "".join(c for c in typed.upper() if c in SIGNS)
    return joined(digest(signs[:HALF], salt=salt), signs[HALF:])
