"""The books of the room: every carrier, every loan, copy, trip, handover, recall, archiving, destruction."""

from shoumi.domains.handling.registers.account import ITEMS, MISSING, MOVEMENTS
from shoumi.domains.handling.registers.lending import (
    ABSENCES,
    CARRYINGS,
    LOANS,
    REPRODUCTIONS,
    SUCCESSIONS,
)
from shoumi.domains.handling.registers.requests import Requests
from shoumi.domains.handling.registers.settling import (
    ARCHIVINGS,
    DESTRUCTIONS,
    RECALLS,
    RECONCILED,
    RECONCILIATIONS,
)

__all__ = [
    "ABSENCES",
    "ARCHIVINGS",
    "CARRYINGS",
    "DESTRUCTIONS",
    "ITEMS",
    "LOANS",
    "MISSING",
    "MOVEMENTS",
    "RECALLS",
    "RECONCILED",
    "RECONCILIATIONS",
    "REPRODUCTIONS",
    "SUCCESSIONS",
    "Requests",
]
