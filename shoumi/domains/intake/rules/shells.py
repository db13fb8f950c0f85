"""Rows above the deployment grade (空壳): which they are, and which of their fields may be kept."""

from collections.abc import Iterable, Iterator
from typing import Any

from shoumi.domains.intake.rules.columns import Row, Table
from shoumi.domains.intake.rules.documents import Register
from shoumi.domains.intake.rules.loans import WrittenLoan
from shoumi.domains.intake.rules.values import WrittenMark
from shoumi.domains.intake.rules.words import words_of
from shoumi.kernel.levels import Level


def level_meant(mark: WrittenMark) -> Level | None:
    """The level, or the one that a slip of the pen most likely stands for."""
    if mark.level is not None or not mark.likely:
        return mark.level
    return next((level for level in Level if level.label == mark.likely), None)


def is_above(mark: WrittenMark, grade: Level) -> bool:
    level = level_meant(mark)
    return level is not None and level > grade


def shells_in(kind: str, records: Any, *, grade: Level) -> list[dict[str, Any]]:
    """Sheet, row and the columns that stay, for every row above the grade. Clause: grades.shell."""
    kept = words_of(kind).lists.get("shell", ())
    return [
        {
            "sheet": row.sheet,
            "row": row.number,
            "keep": [table.columns[name] for name in kept if name in table.columns],
        }
        for mark, row, table in _marked_rows(records)
        if is_above(mark, grade)
    ]


def _marked_rows(records: Any) -> Iterator[tuple[WrittenMark, Row, Table]]:
    """Papers and loans; of people and machines nothing is content."""
    if isinstance(records, Register):
        for entry in records.entries:
            for line in entry.lines:
                yield entry.mark, line.row, line.table
    else:
        yield from _loans(records)


def _loans(records: Iterable[Any]) -> Iterator[tuple[WrittenMark, Row, Table]]:
    for record in records:
        if isinstance(record, WrittenLoan):
            yield record.mark, record.row, record.table
