"""借阅登记簿: its checks within the book and against the register of papers."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shoumi.domains.intake.rules.around import KnownLoan
from shoumi.domains.intake.rules.columns import Row, RowKind, Table
from shoumi.domains.intake.rules.documents import Register
from shoumi.domains.intake.rules.findings import Report
from shoumi.domains.intake.rules.values import (
    WrittenMark,
    day_in,
    name_and_day,
    name_of,
    read_mark,
)
from shoumi.domains.intake.rules.words import is_blank
from shoumi.kernel.dates import WrittenDay
from shoumi.kernel.levels import Level
from shoumi.kernel.numbering import print_copy_number, read_copy_numbers, read_number


@dataclass(slots=True)
class WrittenLoan:
    """One loan of one or several copies."""

    row: Row
    table: Table
    docno: str
    title: str
    copies: tuple[int, ...] | None
    mark: WrittenMark
    borrower: str
    approver: str
    borrowed: WrittenDay
    returned: WrittenDay
    is_rejected: bool = False


def read_loans(tables: Iterable[Table]) -> list[WrittenLoan]:
    return [
        _loan(row, table)
        for table in tables
        for row in table.rows
        if row.kind is RowKind.RECORD and (name_of(row.get("borrower")) or row.own("docno"))
    ]


def _loan(row: Row, table: Table) -> WrittenLoan:
    borrower, within = name_and_day(row, "borrower")
    docno = row.text("docno")
    copies = None
    if not is_blank(row.get("copyno")):
        copies = read_copy_numbers(re.sub(r"[(（][^)）]*[)）]", "", row.text("copyno")))
    return WrittenLoan(
        row=row,
        table=table,
        docno="" if is_blank(docno) else read_number(docno),
        title="".join(row.text("title").split("\n")),
        copies=copies,
        mark=read_mark(row.get("level"), row.get("period")),
        borrower=borrower,
        approver=name_and_day(row, "approver")[0],
        borrowed=day_in(row, "borrowed") or within,
        returned=day_in(row, "returned"),
    )


def check_loans(
    loans: Sequence[WrittenLoan],
    report: Report,
    *,
    papers: Mapping[str, list[KnownLoan]] | None,
) -> None:
    """All checks; loans that must not come in as they are say so."""
    for loan in loans:
        before = len(report.findings)
        report.check_days(loan.table, loan.row, "borrowed", "returned")
        if loan.borrowed.day and loan.returned.day and loan.returned.day < loan.borrowed.day:
            said = f"借阅 {loan.borrowed.day}，归还 {loan.returned.day}"
            report.add("return_before_borrow", loan.table, loan.row, "returned", said)
        _check_approver(loan, report)
        if papers is not None and loan.docno and loan.copies:
            _check_paper(loan, report, known=papers.get(loan.docno, []))
        loan.is_rejected = any(f.kind.is_reject for f in report.findings[before:])


def _check_approver(loan: WrittenLoan, report: Report) -> None:
    """Nothing secret is lent without approval, and nobody approves their own loan."""
    if "approver" not in loan.table.columns:
        return
    if not loan.approver:
        if loan.mark.level is None or loan.mark.is_secret:
            called = loan.mark.called if loan.mark.is_secret else "涉密"
            said = f"{called}件借阅无批准人"
            report.add("approver_missing", loan.table, loan.row, "approver", said)
    elif loan.approver == loan.borrower:
        said = f"{loan.borrower}借阅并批准"
        report.add("approver_is_borrower", loan.table, loan.row, "approver", said)


def _check_paper(loan: WrittenLoan, report: Report, *, known: Sequence[KnownLoan]) -> None:
    there = {copy for line in known for copy in line.copies}
    strange = [copy for copy in loan.copies or () if copy not in there]
    if strange:
        said = f"{loan.docno} 份号 {print_copy_number(strange[0])} 未见登记"
        report.add("not_in_register", loan.table, loan.row, "docno", said)
        return
    lines = [line for line in known if line.copies & set(loan.copies or ())]
    _check_level(loan, report, level=lines[0].level)
    same = [x for x in lines if x.borrower == loan.borrower and x.borrowed == loan.borrowed.day]
    for line in same[:1]:
        if (
            line.is_return_known
            and line.returned != loan.returned.day
            and not _is_bad(loan.returned)
        ):
            said = f"登记簿归还 {_shown(line.returned)}，此处 {_shown(loan.returned.day)}"
            report.add("differs_from_register", loan.table, loan.row, "returned", said)


def _check_level(loan: WrittenLoan, report: Report, *, level: Level | None) -> None:
    mine = loan.mark.level
    if level is not None and mine is not None and level != mine:
        said = f"登记簿为{level.label}，此处写{mine.label}"
        report.add("level_differs", loan.table, loan.row, "level", said)


def _is_bad(day: WrittenDay) -> bool:
    return bool(day) and day.day is None


def _shown(day: date | None) -> str:
    return str(day) if day else "未填"


def papers_of(register: Register) -> Mapping[str, list[KnownLoan]]:
    """The register's lines by document number, as loans are held against them."""
    found: dict[str, list[KnownLoan]] = defaultdict(list)
    for entry in register.entries:
        if entry.is_void or not entry.docno:
            continue
        for line in entry.lines:
            found[entry.docno].append(
                KnownLoan(
                    copies=frozenset(line.copies or ()),
                    level=entry.mark.level,
                    borrower=line.borrower,
                    borrowed=line.borrowed.day,
                    returned=line.returned.day,
                    is_return_known=not _is_bad(line.returned),
                )
            )
    return found
