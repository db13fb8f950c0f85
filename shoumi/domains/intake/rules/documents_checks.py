"""收文登记簿: the checks within it and against the people."""

from collections.abc import Callable, Iterable
from datetime import date

from shoumi.domains.intake.rules.around import Figures, KnownPerson, Roster
from shoumi.domains.intake.rules.documents import (
    Entry,
    Line,
    Page,
    Register,
    counts_each_line,
)
from shoumi.domains.intake.rules.findings import Report
from shoumi.domains.intake.rules.shells import is_above
from shoumi.domains.intake.rules.values import count_in, exceeds, name_and_day
from shoumi.domains.intake.rules.words import is_blank
from shoumi.kernel.dates import Reading
from shoumi.kernel.levels import Level
from shoumi.kernel.numbering import print_copy_number


def check_register(
    register: Register, report: Report, *, figures: Figures, as_of: date, roster: Roster | None
) -> None:
    """All checks; entries that must not come in as they are bear the kinds of their faults."""
    for entry in register.entries:
        if entry.is_void:
            continue
        before = len(report.findings)
        for check in _ENTRY_CHECKS:
            check(entry, report, figures)
        for line in entry.lines:
            for look in _LINE_CHECKS:
                look(line, report)
            _check_overdue(line, report, figures=figures, as_of=as_of)
            if roster is not None:
                _check_borrower(entry, line, report, roster=roster)
        entry.faults = [f.kind.key for f in report.findings[before:] if f.kind.is_reject]
    for page in register.pages:
        _check_page(page, report)


def last_day(register: Register, *, today: date) -> date | None:
    """The latest day in the register: it was kept up to then at least."""
    days = [entry.received.day for entry in register.entries]
    days += [
        day.day
        for entry in register.entries
        for line in entry.lines
        for day in (line.borrowed, line.returned, line.surrendered)
    ]
    return max((day for day in days if day and day <= today), default=None)


def _duplicate(entry: Entry, report: Report, figures: Figures) -> None:
    first = entry.duplicate_of
    if first is None:
        return
    known = set(first.copies)
    for line in entry.lines:
        if again := sorted(known & set(line.copies or ())):
            said = f"{entry.docno} 份号 {print_copy_number(again[0])} 已登记"
            report.add("duplicate", line.table, line.row, "copyno", said)
            return


def _count(entry: Entry, report: Report, figures: Figures) -> None:
    if counts_each_line(entry):
        for line in entry.lines:
            if line.copies is not None and line.count not in (None, len(line.copies)):
                _wrong_count(line, report, line.count, len(line.copies))
        return
    written, first = entry.lines[0].count, entry.lines[0]
    if written is None or any(line.copies is None for line in entry.lines):
        return
    counted = len(entry.copies)
    alone = (
        "count" in first.table.columns and len(entry.lines) > 1 and not _is_merged(entry, "count")
    )
    if written != counted and not (alone and written == len(first.copies or ())):
        _wrong_count(first, report, written, counted)


def _is_merged(entry: Entry, name: str) -> bool:
    return all(name in line.row.merged for line in entry.lines[1:])


def _wrong_count(line: Line, report: Report, written: int | None, counted: int) -> None:
    report.add(
        "count_mismatch", line.table, line.row, "count", f"份数写 {written}，份号为 {counted} 个"
    )


def _mark(entry: Entry, report: Report, figures: Figures) -> None:
    mark, line = entry.mark, entry.lines[0]
    if mark.is_typo:
        guess = f"，疑为{mark.likely}" if mark.likely else ""
        report.add("level_typo", line.table, line.row, "level", f"密级写作“{mark.text}”{guess}")
    elif mark.is_secret and mark.level is not None:
        _period(entry, mark.level, report, figures)
    elif mark.has_star:
        written = "".join(line.row.text("level").split())
        said = f"“{written}”：非国家秘密不得标★"
        report.add("star_on_work_secret", line.table, line.row, "level", said)


def _period(entry: Entry, level: Level, report: Report, figures: Figures) -> None:
    period, line, called = entry.mark.period, entry.lines[0], entry.mark.called
    if period is None:
        report.add("missing_period", line.table, line.row, "level", f"{called}件未写保密期限")
        return
    most = figures.longest[level]
    if exceeds(period, most, since=entry.received.day):
        where = "level" if is_blank(line.row.get("period")) else "period"
        said = f"{called}最长 {most} 年，写了 {str(period).replace('年', ' 年', 1)}"
        report.add("period_over_maximum", line.table, line.row, where, said)


def _title(entry: Entry, report: Report, figures: Figures) -> None:
    if entry.mark.is_secret and not entry.title and not is_above(entry.mark, figures.grade):
        line = entry.lines[0]
        report.add("empty_title", line.table, line.row, "title", f"{entry.mark.called}件标题为空")


def _grade(entry: Entry, report: Report, figures: Figures) -> None:
    if is_above(entry.mark, figures.grade):
        line, called = entry.lines[0], entry.mark.called
        said = f"{called}件高于部署等级，只登记空壳，标题和内容不录入"
        report.add("above_grade", line.table, line.row, "level", said)


def _days(entry: Entry, report: Report, figures: Figures) -> None:
    for line in entry.lines:
        report.check_days(line.table, line.row, "received", "borrowed", "returned", "surrendered")


def _returned_early(line: Line, report: Report) -> None:
    borrowed, returned = line.borrowed.day, line.returned.day
    if borrowed and returned and returned < borrowed and "returned" not in line.row.merged:
        said = f"借阅 {borrowed}，归还 {returned}"
        report.add("return_before_borrow", line.table, line.row, "returned", said)


def _borrowed_late(line: Line, report: Report) -> None:
    if line.destroyed and line.borrowed.day and line.borrowed.day > line.destroyed:
        where = "borrowed" if "borrowed" in line.table.columns else "borrower"
        said = f"{line.destroyed} 已销毁，{line.borrowed.day} 又借给{line.borrower}"
        report.add("borrowed_after_destroyed", line.table, line.row, where, said)


def _missing(line: Line, report: Report) -> None:
    if line.state == "missing":
        where = "stock" if "stock" in line.table.columns else "note"
        numbers = "、".join(print_copy_number(c) for c in line.copies or ())
        said = f"份号 {numbers} 清点未见" if numbers else "清点未见"
        report.add("missing_at_stocktake", line.table, line.row, where, said)


def _borrower_day(line: Line, report: Report) -> None:
    """A day written into the field of the borrower."""
    _, within = name_and_day(line.row, "borrower")
    if within.reading is Reading.IMPOSSIBLE and "borrower" not in line.row.inherited:
        said = f"日期“{within.text}”不存在"
        report.add("impossible_date", line.table, line.row, "borrower", said)


def _copies(line: Line, report: Report) -> None:
    if line.copies is None and line.row.own("copyno"):
        said = f"“{line.row.text('copyno')[:30]}”不是份号"
        report.add("copyno_unreadable", line.table, line.row, "copyno", said)


def _check_overdue(line: Line, report: Report, *, figures: Figures, as_of: date) -> None:
    if line.state != "out" or line.borrowed.day is None:
        return
    if (as_of - line.borrowed.day).days > figures.overdue_days:
        said = f"{line.borrower} {line.borrowed.day} 借出，至 {as_of} 未还"
        report.add("borrowed_not_returned", line.table, line.row, "borrower", said)


def _check_borrower(entry: Entry, line: Line, report: Report, *, roster: Roster) -> None:
    name = line.borrower
    if not name or "borrower" in line.row.merged:
        return
    people = roster.named(name)
    if len(people) == 1:
        _check_known(entry, line, report, person=people[0])
    else:
        kind = "borrower_ambiguous" if people else "borrower_unknown"
        said = f"“{name}”在人员台账中有{_many(len(people))}人" if people else f"{name}不在人员台账"
        report.add(kind, line.table, line.row, "borrower", said)


def _check_known(entry: Entry, line: Line, report: Report, *, person: KnownPerson) -> None:
    level, borrowed = entry.mark.level, line.borrowed.day
    if entry.mark.is_secret and person.clearance is not None and person.clearance < (level or 0):
        said = f"{person.name}（{person.class_label}）借阅{entry.mark.called}件"
        report.add("borrower_not_cleared", line.table, line.row, "borrower", said)
    if person.left is None:
        return
    if borrowed and borrowed > person.left:
        said = f"{person.name} {person.left} 离岗，{borrowed} 借阅"
        report.add("borrower_after_departure", line.table, line.row, "borrower", said)
    if line.state == "out":
        said = f"{person.name}已于 {person.left} 离岗，名下仍有未还文件"
        report.add("departed_still_holding", line.table, line.row, "borrower", said)


def _check_page(page: Page, report: Report) -> None:
    written = count_in(page.row, "count")
    if written is None:
        return
    counted = sum(_written(e) for e in page.entries if not e.is_void)
    if written != counted:
        said = f"第 {page.number} 页小计写 {written} 份，明细为 {counted} 份"
        report.add("page_total_wrong", page.table, page.row, "count", said)


def _written(entry: Entry) -> int:
    """The pieces as the column of counts has them: a page total adds up that column."""
    if counts_each_line(entry):
        return sum(line.pieces if line.count is None else line.count for line in entry.lines)
    if entry.lines[0].count is not None:
        return entry.lines[0].count
    return sum(line.pieces for line in entry.lines)


def _many(count: int) -> str:
    return "两" if count == 2 else str(count)


_ENTRY_CHECKS: Iterable[Callable[[Entry, Report, Figures], None]] = (
    _duplicate,
    _count,
    _mark,
    _title,
    _grade,
    _days,
)
_LINE_CHECKS: Iterable[Callable[[Line, Report], None]] = (
    _returned_early,
    _borrowed_late,
    _missing,
    _borrower_day,
    _copies,
)
