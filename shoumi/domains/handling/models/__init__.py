"""The rows of the room: every request under a number of its own, and the pieces it speaks of."""

from shoumi.domains.handling.models.absence import Absence
from shoumi.domains.handling.models.archiving import Archiving, ArchivingLine
from shoumi.domains.handling.models.carrying import Carrying, CarryingLine
from shoumi.domains.handling.models.destroying import Destruction, DestructionLine
from shoumi.domains.handling.models.lending import Loan
from shoumi.domains.handling.models.recalling import Recall, RecallLine
from shoumi.domains.handling.models.reconciling import ReconciledCopy, Reconciliation
from shoumi.domains.handling.models.reproducing import ReproducedItem, Reproduction
from shoumi.domains.handling.models.requests import Line, Request
from shoumi.domains.handling.models.succession import Succession, SuccessionLine

__all__ = [
    "Absence",
    "Archiving",
    "ArchivingLine",
    "Carrying",
    "CarryingLine",
    "Destruction",
    "DestructionLine",
    "Line",
    "Loan",
    "Recall",
    "RecallLine",
    "ReconciledCopy",
    "Reconciliation",
    "ReproducedItem",
    "Reproduction",
    "Request",
    "Succession",
    "SuccessionLine",
]
