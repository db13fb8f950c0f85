"""Which approvals a matter needs: the flow rows that hold for a level, conditions and day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shoumi.kernel.approval import Step
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.rulebook.model import Rulebook, RulebookError
from shoumi.platform.rulebook.source import rulebook


@dataclass(frozen=True)
class Steps:
    """A route as it is copied into the case at submission, with the clause it rests on."""

    matter: str
    title: str
    clause: str
    steps: tuple[Step, ...]


def flow_for(
    matter: str,
    *,
    level: Level,
    on: date,
    conditions: Mapping[str, Any] | None = None,
    book: Rulebook | None = None,
) -> Steps:
    """The steps for this matter, or the Refusal that the rulebook prescribes."""
    book = book or rulebook()
    flow = book.flow(matter)
    given = conditions or {}
    for row in flow.rows:
        if not row.fits(level, given, on):
            continue
        if row.refuse:
            raise Refusal(row.refuse, clause=row.clause, way_on=row.way_on)
        if row.like:
            target = flow_for(row.like, level=level, on=on, conditions=given, book=book)
            return Steps(matter=matter, title=flow.title, clause=row.clause, steps=target.steps)
        return Steps(matter=matter, title=flow.title, clause=row.clause, steps=row.steps)
    raise RulebookError(f"{flow.file}：「{flow.title}」没有适用于{level.label}、{on} 的行")
