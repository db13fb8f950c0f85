"""Services of the room: check a ledger, take it in, undo it."""

from shoumi.domains.intake.services.checking import check_ledger
from shoumi.domains.intake.services.clearing import propose_clearances
from shoumi.domains.intake.services.longer import is_long
from shoumi.domains.intake.services.taking import take_in
from shoumi.domains.intake.services.undoing import undo

__all__ = ["check_ledger", "is_long", "propose_clearances", "take_in", "undo"]
