"""The rows of the registry: papers and copies, what opening them showed, telegrams, lapses, meetings, files."""

from shoumi.domains.documents.models.filing import FilingCheck, FilingLine
from shoumi.domains.documents.models.lapses import Lapse
from shoumi.domains.documents.models.meetings import Attendance
from shoumi.domains.documents.models.opening import Opening
from shoumi.domains.documents.models.papers import (
    Copy,
    Document,
    EnvelopeCheck,
    LabelSheet,
    Opinion,
    said,
)
from shoumi.domains.documents.models.returning import SentBack
from shoumi.domains.documents.models.telegrams import Telegram

__all__ = [
    "Attendance",
    "Copy",
    "Document",
    "EnvelopeCheck",
    "FilingCheck",
    "FilingLine",
    "LabelSheet",
    "Lapse",
    "Opening",
    "Opinion",
    "SentBack",
    "Telegram",
    "said",
]
