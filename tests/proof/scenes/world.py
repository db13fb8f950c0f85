"""The world of the walk: who is in it, which row stands for each page, and the canaries with their readers.

Every canary stands in one business field. Who may read it is written by hand, from the rules of the paper
it is on, and never asked of the product: that is what the walk of routes compares.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written

# What somebody held against the light must be: cleared for the level, and listed by name or by post.
HANDLERS = frozenset({"registrar", "director", "leader", "head"})
LISTED = HANDLERS | {"handler", "chief"}
OWN_BODY_OFFICERS = frozenset({"sysadmin", "secadmin", "auditor"})


@dataclass
class World:
    """The cast, the rows that stand for each page, and the canaries with those who may read them."""

    office: SimpleNamespace
    at: datetime
    canaries: dict[str, frozenset[str]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    attachment: str = ""

    def canary(self, words: str, readers: frozenset[str]) -> str:
        """A text with these words in it, which nobody but the readers may see."""
        self.canaries[words] = readers
        return words


def paper(world: World, name: str, *, level: str = "机密", **changed: Any) -> Any:
    """A paper in the safe with a canary in its title, number, remark and sender."""
    office, at = world.office, changed.pop("at", world.at)
    people = changed.pop("people", (office.handler, office.chief))
    known = changed.pop("known", LISTED if people else HANDLERS)
    top = level == "绝密"
    given = written(
        office,
        mark=f"{level}★{20 if top else 10}年",
        place=office.top_safe if top else office.safe,
        title=world.canary(f"雀题名{name}", known),
        issue_number=world.canary(f"雀文号{name}", known) + "〔2026〕7号",
        remark=world.canary(f"雀备注{name}", known),
        issuer=world.canary(f"雀来文{name}", known),
        issued_on=at.date() - timedelta(days=3),
        people=people,
        received_at=at,
    )
    return receive(actor=office.registrar, at=at, **given | changed)
