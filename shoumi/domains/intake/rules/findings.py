"""What a check found, and where."""

from dataclasses import dataclass
from typing import Any

from shoumi.domains.intake.rules.columns import Row, Table
from shoumi.domains.intake.rules.values import day_in
from shoumi.domains.intake.rules.words import FindingKind, Words
from shoumi.kernel.dates import Reading, WrittenDay


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: sheet, row and cell of the file, its kind, and its gist in a few words."""

    sheet: str
    row: int
    cell: str
    kind: FindingKind
    essence: str

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "cell": self.cell,
            "kind": self.kind.key,
            "class": "reject" if self.kind.is_reject else "alert",
            "essence": self.essence,
        }


class Report:
    """The findings of one ledger as they are made."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.findings: list[Finding] = []

    def add(self, kind: str, table: Table, row: Row, name: str, essence: str) -> Finding:
        found = Finding(
            row.sheet, row.number, table.cell(name, row.number), self.words.kinds[kind], essence
        )
        self.findings.append(found)
        return found

    def check_days(self, table: Table, row: Row, *names: str, to_the_day: bool = True) -> bool:
        """Name every day of the row that does not exist or cannot be read; whether one does not exist.

        In some ledgers a month or a year is as much as is wanted: not `to_the_day`.
        """
        days = [(name, day_in(row, name)) for name in names]
        seen = [self.check_day(table, row, *one, to_the_day=to_the_day) for one in days]
        return any(seen)

    def check_day(
        self, table: Table, row: Row, name: str, day: WrittenDay, *, to_the_day: bool
    ) -> bool:
        if name not in table.columns or name in row.inherited:
            return False
        is_unreadable = day.reading is Reading.UNREADABLE
        if day.reading is Reading.IMPOSSIBLE:
            self.add("impossible_date", table, row, name, f"日期“{day.text}”不存在")
        elif is_unreadable or (to_the_day and day.reading is Reading.PARTIAL):
            self.add("date_unreadable", table, row, name, f"“{day.text[:30]}”不是日期")
        return day.reading is Reading.IMPOSSIBLE

    def in_order(self) -> list[Finding]:
        """By sheet as the file has them, then by row."""
        sheets = list(dict.fromkeys(found.sheet for found in self.findings))
        return sorted(self.findings, key=lambda f: (sheets.index(f.sheet), f.row, f.kind.key))
