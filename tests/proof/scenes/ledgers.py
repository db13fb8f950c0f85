"""A line in every simple ledger."""

from types import SimpleNamespace
from typing import Any

from shoumi.domains.ledgers.services import personal, verifying
from shoumi.domains.ledgers.services.entering import ENTER, LEDGERS
from shoumi.domains.ledgers.tests.rows import GIVEN, entered
from tests.proof.scenes.world import World

KEEPERS = (
    ("sysadmin", "sysadmin"),
    ("secadmin", "secadmin"),
    ("secrecy_office", "office"),
    ("office_director", "director"),
    ("registrar", "registrar"),
    ("archivist", "authority"),
)


def build(world: World) -> None:
    """A line in every simple ledger, one looked at, and a verification of the trail."""
    office, at = world.office, world.at
    for key in GIVEN:
        ledger = LEDGERS[key]
        row = entered(key, _keeper(office, ENTER[key].posts), at=at)
        world.rows[f"ledgers-{key.replace('_', '-')}"] = row.pk
        if key == "incident":
            column = next(c.key for c in ledger.current if c.personal)
            personal.reveal(
                ledger, actor=office.secadmin, subject=row, column=column, reason="核实情况", at=at
            )
    verifying.verify_trail(actor=office.auditor, at=at)


def _keeper(office: SimpleNamespace, posts: frozenset[str] | None) -> Any:
    """Somebody who keeps a ledger that these posts keep."""
    return getattr(office, next(who for post, who in KEEPERS if posts is None or post in posts))
