"""Which cases of a large table are asked today: a fifth of the dear ones, all of them with SHOUMI_PROOF=all."""

import os
import zlib
from datetime import date

PARTS = 5
ALL = os.environ.get("SHOUMI_PROOF") == "all"


def is_asked(case: str, *, cheap: bool) -> bool:
    """Cheap cases always; of the others those of today, so that five days ask for every one."""
    return ALL or cheap or zlib.crc32(case.encode()) % PARTS == date.today().toordinal() % PARTS
