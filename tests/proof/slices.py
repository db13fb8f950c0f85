"""Which cases of a large table are asked today: a share of them by the day, all of them with SHOUMI_PROOF=all."""

import os
import zlib
from datetime import date

# Of the dear cases a fifteenth, of the cheap ones a fifth: after fifteen days every one has been asked.
DEAR, CHEAP = 15, 5
ALL = os.environ.get("SHOUMI_PROOF") == "all"


def is_asked(case: str, *, cheap: bool) -> bool:
    """Those whose turn it is today, so that so many days ask for every one."""
    parts = CHEAP if cheap else DEAR
    return ALL or zlib.crc32(case.encode()) % parts == date.today().toordinal() % parts
