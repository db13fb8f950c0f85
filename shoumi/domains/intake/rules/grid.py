"""A ledger's sheet as a grid of values, and its form on the way out of the reading process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

Value = str | int | float | date | None
Span = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows and columns count from 1; `above` is what stands over a table of a Word file."""

    name: str
    rows: Mapping[int, Mapping[int, Value]]
    merged: tuple[Span, ...] = ()
    struck: frozenset[int] = frozenset()
    above: tuple[str, ...] = ()
    anchors: dict[tuple[int, int], tuple[int, int]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for top, left, bottom, right in self.merged:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    if (row, column) != (top, left):
                        self.anchors[row, column] = (top, left)

    def value(self, row: int, column: int) -> Value:
        """What stands in a cell; a merged one holds what its first cell holds."""
        at = self.anchors.get((row, column), (row, column))
        return self.rows.get(at[0], {}).get(at[1])

    def above_merged(self, row: int, column: int) -> bool:
        """Whether the cell is the lower part of one that begins in a row above."""
        return self.anchors.get((row, column), (row, column))[0] < row


def packed(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain JSON; a day is a table with one key, so that no text is taken for one."""
    return {
        "name": sheet.name,
        "rows": [
            [row, [[c, _packed(v)] for c, v in cells.items()]] for row, cells in sheet.rows.items()
        ],
        "merged": [list(span) for span in sheet.merged],
        "struck": sorted(sheet.struck),
        "above": list(sheet.above),
    }


def unpacked(said: Mapping[str, Any]) -> Sheet:
    return Sheet(
        name=str(said["name"]),
        rows={int(row): {int(c): _unpacked(v) for c, v in cells} for row, cells in said["rows"]},
        merged=tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in said["merged"]),
        struck=frozenset(said["struck"]),
        above=tuple(said["above"]),
    )


def _packed(value: Value) -> Any:
    if isinstance(value, datetime):
        value = value.date()
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _unpacked(value: Any) -> Value:
    if isinstance(value, dict):
        return date.fromisoformat(value["day"])
    found: Value = value
    return found
