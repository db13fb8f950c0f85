"""The rows of the room: the list and who may decide, what was decided, what became of it, who watches."""

from shoumi.domains.classification.models.changes import Change, Notice, Remarking
from shoumi.domains.classification.models.determinations import (
    Determination,
    Medium,
    Source,
    joined,
)
from shoumi.domains.classification.models.matters import Authority, Catalogue, Matter, Power
from shoumi.domains.classification.models.moving import Numbered
from shoumi.domains.classification.models.watching import Fault, Referral, Review

__all__ = [
    "Authority",
    "Catalogue",
    "Change",
    "Determination",
    "Fault",
    "Matter",
    "Medium",
    "Notice",
    "Numbered",
    "Power",
    "Referral",
    "Remarking",
    "Review",
    "Source",
    "joined",
]
