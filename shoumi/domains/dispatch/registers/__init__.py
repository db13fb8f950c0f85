"""The books of the room: letters, what hangs on them, and the runs of the exchange."""

from shoumi.domains.dispatch.registers.exchange import BROUGHT, RUNS
from shoumi.domains.dispatch.registers.letters import BOOK, LETTERS, PAPER_BOOK
from shoumi.domains.dispatch.registers.lines import (
    COUNTERSIGNS,
    DELIVERIES,
    LINES,
    PAPER_DELIVERIES,
    PAPER_LINES,
)

__all__ = [
    "BOOK",
    "BROUGHT",
    "COUNTERSIGNS",
    "DELIVERIES",
    "LETTERS",
    "LINES",
    "PAPER_BOOK",
    "PAPER_DELIVERIES",
    "PAPER_LINES",
    "RUNS",
]
