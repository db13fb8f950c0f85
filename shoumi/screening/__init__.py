"""Screening (内容筛查): find secrecy marks, personal data and a unit's own words in office files.

A pure library: no framework, no database, no clock, no network.

    from shoumi.screening import Screener
    result = Screener().scan(Path("某文件.docx"))

`result.status` is `found`, `clean` or `unchecked`; what could not be read is always listed.
"""

from shoumi.screening.findings import (
    Confidence,
    FileResult,
    Finding,
    Kind,
    Status,
    Unread,
)
from shoumi.screening.lineage import Lineage, fingerprints
from shoumi.screening.screener import Screener
from shoumi.screening.words import WordList

__all__ = [
    "Confidence",
    "FileResult",
    "Finding",
    "Kind",
    "Lineage",
    "Screener",
    "Status",
    "Unread",
    "WordList",
    "fingerprints",
]
