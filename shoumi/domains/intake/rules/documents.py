"""收文登记簿: what its rows say, and the totals they come to."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shoumi.domains.intake.rules.columns import Row, RowKind, Table
from shoumi.domains.intake.rules.values import (
    WrittenMark,
    count_in,
    day_in,
    name_and_day,
    read_mark,
)
from shoumi.domains.intake.rules.words import common, has_any, is_blank, squeezed, words_of
from shoumi.kernel.dates import WrittenDay, find_day
from shoumi.kernel.numbering import print_copy_number, read_copy_numbers, read_number

STATES = {
    "archived": "已归档",
    "destroyed": "已销毁",
    "disputed": ",".join(("记载矛盾", "待核")),
    "in_registry": "在机要室",
    "missing": "清点缺份",
    "out": "借出未还",
    "returned": "已清退",
    "with_department": "交承办科室",
}
_LEFT_FOR_GOOD = ("destroyed", "archived", "returned")


@dataclass(slots=True)
class Line:
    """Copies of one entry that went one way; `pieces` counts them also where they have no numbers."""

    row: Row
    table: Table
    copies: tuple[int, ...] | None
    count: int | None
    borrower: str
    borrowed: WrittenDay
    returned: WrittenDay
    surrendered: WrittenDay
    destroyed: date | None
    state: str
    department: str
    pieces: int = 0


@dataclass(slots=True)
class Entry:
    """One entry of the register (一个序号) on one or more lines."""

    lines: list[Line]
    seq: int | None
    received: WrittenDay
    organ: str
    docno: str
    title: str
    mark: WrittenMark
    is_void: bool
    duplicate_of: "Entry | None" = None
    faults: list[str] = field(default_factory=list)

    @property
    def row(self) -> Row:
        return self.lines[0].row

    @property
    def counts(self) -> bool:
        """Whether it goes into the totals: void entries and the later of two do not."""
        return not self.is_void and self.duplicate_of is None

    @property
    def copies(self) -> tuple[int, ...]:
        return tuple(c for line in self.lines for c in line.copies or ())


@dataclass(slots=True)
class Page:
    """The rows above one page total and the total itself."""

    table: Table
    row: Row
    number: int
    entries: list[Entry]
    lines: list[Line]


@dataclass(slots=True)
class Register:
    """All entries of a file in their order, and its pages."""

    entries: list[Entry] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)


def read_register(tables: Iterable[Table]) -> Register:
    register = Register()
    for table in tables:
        if table.sheet not in register.sheets:
            register.sheets.append(table.sheet)
        _read_table(table, register)
    for entry in register.entries:
        _count_pieces(entry)
    _find_duplicates(register.entries)
    return register


def _read_table(table: Table, register: Register) -> None:
    current: Entry | None = None
    page_entries: list[Entry] = []
    page_lines: list[Line] = []
    pages = 0
    for row in table.rows:
        if row.kind is RowKind.PAGE_TOTAL:
            pages += 1
            register.pages.append(Page(table, row, pages, page_entries, page_lines))
            page_entries, page_lines = [], []
        elif row.kind is RowKind.RECORD:
            line = _line(row, table)
            if current is not None and _continues(row, table, current):
                current.lines.append(line)
            else:
                current = _entry(row, line)
                register.entries.append(current)
                page_entries.append(current)
            page_lines.append(line)


def _continues(row: Row, table: Table, entry: Entry) -> bool:
    """Whether a row goes on with the entry above: merged, dittoed, or with nothing of its own."""
    if "seq" in table.columns and row.own("seq"):
        same = squeezed(row.get("seq")) == squeezed(entry.row.get("seq"))
        return same and bool(entry.docno) and read_number(row.text("docno")) == entry.docno
    if {"seq", "docno", "title"} & row.inherited:
        return True
    return not (row.own("docno") or row.own("title"))


def _entry(row: Row, line: Line) -> Entry:
    seq = squeezed(row.get("seq"))
    docno = row.text("docno")
    remarks = f"{row.text('note')}{row.text('dest')}"
    return Entry(
        lines=[line],
        seq=int(seq) if seq.isdigit() else None,
        received=day_in(row, "received"),
        organ="".join(row.text("organ").split()),
        docno="" if is_blank(docno) else read_number(docno),
        title="" if is_blank(row.get("title")) else "".join(row.text("title").split("\n")),
        mark=read_mark(row.get("level"), row.get("period")),
        is_void=row.is_struck or has_any(remarks, common()["void"]),
    )


def _line(row: Row, table: Table) -> Line:
    borrower, within = name_and_day(row, "borrower")
    borrowed = day_in(row, "borrowed") or within
    copies = None
    if not is_blank(row.get("copyno")) and "copyno" not in row.inherited:
        copies = read_copy_numbers(re.sub(r"[(（][^)）]*[)）]", "", row.text("copyno")))
    line = Line(
        row=row,
        table=table,
        copies=copies,
        count=count_in(row, "count") if row.own("count") else None,
        borrower=borrower,
        borrowed=borrowed,
        returned=day_in(row, "returned"),
        surrendered=day_in(row, "surrendered"),
        destroyed=None,
        state="",
        department="",
    )
    _settle_state(line)
    return line


def _settle_state(line: Line) -> None:
    """Where the copies are now, by the column of their way, the dates and the last count."""
    row = line.row
    lists = words_of("documents").lists
    way = row.text("dest") if not is_blank(row.get("dest")) else ""
    state = _way_of(way)
    if state == "destroyed":
        line.destroyed = find_day(way, year=row.year).day
    if state == "with_department":
        line.department = department_in(way, row.text("dept"))
    if not state and line.surrendered:
        state = "returned"
    counted, note = squeezed(row.get("stock")), row.text("note")
    missed = lists["stocktake"]["missing"]
    is_missing = counted in map(squeezed, missed) or has_any(
        counted, [w for w in missed if len(w) > 1]
    )
    if state not in _LEFT_FOR_GOOD:
        if is_missing or has_any(note, lists["stocktake"]["missing_notes"]):
            state = "missing"
        elif line.borrowed.day and not line.returned and not line.surrendered:
            state = "out"
    elif line.destroyed and line.borrowed.day and line.borrowed.day > line.destroyed:
        state = "disputed"
    line.state = state or "in_registry"


def _way_of(way: str) -> str:
    lists = words_of("documents").lists["places"]
    plain = squeezed(way)
    if not plain:
        return ""
    for state, words in (
        ("destroyed", lists["destroyed"]),
        ("archived", lists["archived"]),
        ("returned", lists["returned"]),
        ("in_registry", lists["registry"]),
    ):
        if has_any(plain, words):
            return state
    return "with_department" if department_in(way, "") else "in_registry"


def department_in(way: str, handled_by: str) -> str:
    """The department that a text such as 转人事股办理 names; empty where it names none."""
    lists = words_of("documents").lists["places"]
    plain = squeezed(find_day(way).rest)
    handler = squeezed(handled_by)
    if handler and handler in plain:
        return handled_by.strip()
    for word in lists["department_words"]:
        plain = plain.removeprefix(word)
    for word in lists["department_words"]:
        plain = plain.removesuffix(word)
    return plain if plain.endswith(tuple(lists["department_ends"])) and len(plain) >= 2 else ""


def _count_pieces(entry: Entry) -> None:
    """Copies are counted by their numbers, and by the column of counts where they have none."""
    each = counts_each_line(entry)
    for position, line in enumerate(entry.lines):
        if line.copies is not None:
            line.pieces = len(line.copies)
        elif each:
            line.pieces = line.count or 1
        else:
            line.pieces = (entry.lines[0].count or 1) if position == 0 else 0


def counts_each_line(entry: Entry) -> bool:
    """Whether every line says its own count, or the first line that of the whole entry."""
    return any(line.count is not None for line in entry.lines[1:])


def _find_duplicates(entries: Sequence[Entry]) -> None:
    """The later of two entries with one number and a copy in common."""
    seen: dict[tuple[str, int], Entry] = {}
    for entry in entries:
        if entry.is_void or not entry.docno:
            continue
        keys = [(entry.docno, copy) for copy in entry.copies]
        entry.duplicate_of = next((seen[key] for key in keys if key in seen), None)
        if entry.duplicate_of is None:
            seen.update(dict.fromkeys(keys, entry))


def totals_of(register: Register) -> dict[str, Any]:
    """The totals by the counting rules: all entries, and those without a fault that keeps them out."""
    whole = [entry for entry in register.entries if entry.counts]
    return {
        "all": _sums(whole),
        "clean": _sums([entry for entry in whole if not entry.faults]),
        "lines": sum(len(entry.lines) for entry in register.entries),
        "entries_written": len(register.entries),
        "void": sum(entry.is_void for entry in register.entries),
        "duplicates": sum(entry.duplicate_of is not None for entry in register.entries),
        "per_sheet": {
            sheet: sum(entry.row.sheet == sheet for entry in register.entries)
            for sheet in register.sheets
        },
    }


def _sums(entries: Sequence[Entry]) -> dict[str, Any]:
    by_level: Counter[str] = Counter()
    copies_by_level: Counter[str] = Counter()
    by_state: Counter[str] = Counter()
    holders: Counter[str] = Counter()
    for entry, line in _lines(entries):
        copies_by_level[entry.mark.called] += line.pieces
        by_state[f"{line.state} {STATES[line.state]}"] += line.pieces
        if holder := _holder(line):
            holders[holder] += line.pieces
    by_level.update(entry.mark.called for entry in entries)
    numbers = {entry.docno for entry in entries if entry.docno}
    out = [
        {
            "docno": entry.docno or None,
            "copies": [print_copy_number(c) for c in line.copies or ()],
            "borrower": line.borrower,
            "borrowed": line.borrowed.day.isoformat() if line.borrowed.day else None,
        }
        for entry, line in _lines(entries)
        if line.state == "out"
    ]
    return {
        "entries": len(entries),
        "documents": len(numbers) + sum(not entry.docno for entry in entries),
        "copies": sum(copies_by_level.values()),
        "entries_by_level": dict(sorted(by_level.items())),
        "copies_by_level": dict(sorted(copies_by_level.items())),
        "copies_by_state": dict(sorted(by_state.items())),
        "still_out": sum(line.pieces for _, line in _lines(entries) if line.state == "out"),
        "still_out_list": out,
        "per_holder": dict(sorted(holders.items())),
    }


def _holder(line: Line) -> str:
    if line.state == "with_department":
        return ":".join(("部门", line.department))
    return {"in_registry": "机要室", "out": line.borrower}.get(line.state, "")


def _lines(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Line]]:
    for entry in entries:
        for line in entry.lines:
            yield entry, line
