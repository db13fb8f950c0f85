"""人员台账: what its rows say, its checks and totals."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from shoumi.domains.intake.rules.around import Figures, KnownPerson, Roster
from shoumi.domains.intake.rules.columns import Row, RowKind, Table
from shoumi.domains.intake.rules.findings import Report
from shoumi.domains.intake.rules.values import count_in, day_in, name_of
from shoumi.domains.intake.rules.words import bare, has_any, is_blank, signs, squeezed, words_of
from shoumi.kernel.dates import (
    NOTHING,
    Reading,
    WrittenDay,
    find_day,
    months_later,
    read_day,
    years_later,
)
from shoumi.kernel.levels import Level, PersonnelClass

NOT_CLEARED, UNREADABLE = "无", "(无法识别)"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_SIGNS = "10X98765432"
_ID_LENGTH = 18
_HAN, _MONTHS = "零一二三四五六七八九十", 12
_LENGTH = re.compile(rf"(?P<number>[0-9]{{1,2}}|[{_HAN}])个?(?P<unit>[年月])(?:整)?")
_SOME_DAY = WrittenDay(Reading.PARTIAL)
# A spreadsheet keeps fifteen digits of a number.
_DIGITS_KEPT = 15
_DAYS = ("birth", "review", "posted", "pledge", "rereview", "left")
# An exit period may be written to the day before or after the anniversary.
_SLACK_DAYS = 3


@dataclass(slots=True)
class Member:
    """One row of the ledger; `personnel_class` is None without a class, and where it is unreadable."""

    row: Row
    table: Table
    name: str
    department: str
    id_number: str
    class_label: str
    personnel_class: PersonnelClass | None
    review: WrittenDay
    posted: WrittenDay
    pledge: WrittenDay
    left: WrittenDay
    exit_end: WrittenDay
    duplicate_of: "Member | None" = None
    is_rejected: bool = False

    @property
    def is_departed(self) -> bool:
        return bool(self.left)

    @property
    def known(self) -> KnownPerson:
        level = self.personnel_class.clearance if self.personnel_class else Level.PUBLIC
        unreadable = self.class_label == UNREADABLE
        return KnownPerson(
            name=self.name,
            department=self.department,
            clearance=None if unreadable else level,
            class_label=self.class_label,
            left=self.left.day,
        )


def read_people(tables: Iterable[Table]) -> list[Member]:
    members = [_member(row, t) for t in tables for row in _records(t) if name_of(row.get("name"))]
    seen: dict[str, Member] = {}
    for member in members:
        if len(member.id_number) == _ID_LENGTH and not _is_damaged(member.row):
            member.duplicate_of = seen.get(member.id_number)
            seen.setdefault(member.id_number, member)
    return members


def roster_of(members: Iterable[Member]) -> Roster:
    return Roster(member.known for member in members if member.duplicate_of is None)


def check_people(members: Iterable[Member], report: Report, *, figures: Figures) -> None:
    for member in members:
        before = len(report.findings)
        table, row = member.table, member.row
        report.check_days(table, row, *_DAYS, to_the_day=False)
        report.check_day(table, row, "exit_end", member.exit_end, to_the_day=False)
        _check_identity(member, report)
        _check_class(member, report)
        if member.personnel_class is not None:
            _check_entry(member, report)
            _check_exit(member, member.personnel_class, report, figures=figures)
        member.is_rejected = any(f.kind.is_reject for f in report.findings[before:])


def totals_of(members: Iterable[Member]) -> dict[str, Any]:
    rows = list(members)
    people = [member for member in rows if member.duplicate_of is None]
    return {
        "people": len(people),
        "rows": len(rows),
        "departed": sum(member.is_departed for member in people),
        "by_class": dict(sorted(Counter(member.class_label for member in people).items())),
        "by_department": dict(sorted(Counter(member.department for member in people).items())),
    }


def _records(table: Table) -> list[Row]:
    return [row for row in table.rows if row.kind is RowKind.RECORD]


def _member(row: Row, table: Table) -> Member:
    label, personnel_class = read_class(row.get("person_class"))
    return Member(
        row=row,
        table=table,
        name=name_of(row.get("name")),
        department="".join(row.text("dept").split()),
        id_number=squeezed(row.get("idno")).upper(),
        class_label=label,
        personnel_class=personnel_class,
        review=day_in(row, "review"),
        posted=day_in(row, "posted"),
        pledge=day_in(row, "pledge"),
        left=day_in(row, "left"),
        exit_end=_end_of_exit(row),
    )


def _end_of_exit(row: Row) -> WrittenDay:
    """The last day, which may be written as a length (2年) from the day of leaving, or as a span of days."""
    written = day_in(row, "exit_end")
    left = day_in(row, "left").day
    if written.reading is Reading.READ:
        _, _, after = row.text("exit_end").partition("至")
        last = find_day(after) if after else NOTHING
        return last if last.day else written
    if written.reading is Reading.UNREADABLE and (found := _LENGTH.fullmatch(written.text)):
        months = _number_of(found["number"]) * (_MONTHS if found["unit"] == "年" else 1)
        return read_day(months_later(left, months)) if left else _SOME_DAY
    return written


def _number_of(written: str) -> int:
    return int(written) if written.isdigit() else _HAN.index(written)


def read_class(value: object) -> tuple[str, PersonnelClass | None]:
    """The class of a person or post: its label for totals, and the class where there is one."""
    text = squeezed(value)
    classes = words_of("people").lists["classes"]
    if not text or text in map(squeezed, classes["none"]):
        return NOT_CLEARED, None
    for key in ("core", "important", "general"):
        if bare(text) in map(bare, classes[key]):
            found = PersonnelClass(key)
            return found.label, found
    return UNREADABLE, None


def _check_identity(member: Member, report: Report) -> None:
    row, table, number = member.row, member.table, member.id_number
    if "idno" not in table.columns or is_blank(row.get("idno")) or "*" in number:
        return
    if _is_damaged(row):
        report.add("id_number_damaged", table, row, "idno", "单元格为数字，后三位成 000")
        return
    if member.duplicate_of is not None:
        said = f"与{member.duplicate_of.department}的同一身份证号重复"
        report.add("duplicate_person", table, row, "idno", said)
        return
    right = _check_sign(number)
    if right is None:
        report.add("id_checksum", table, row, "idno", f"身份证号应为 {_ID_LENGTH} 位")
    elif right != number[-1]:
        report.add("id_checksum", table, row, "idno", f"校验位应为 {right}")
    elif sex := _sex_of(row):
        by_number = "男" if int(number[-2]) % 2 else "女"
        if by_number != sex:
            said = f"身份证号第 17 位表示{by_number}"
            report.add("id_sex_mismatch", table, row, "sex", said)


def _is_damaged(row: Row) -> bool:
    """Kept as a number, of which a spreadsheet forgets all but the first fifteen digits."""
    value = row.get("idno")
    if isinstance(value, int | float):
        return len(str(int(value))) > _DIGITS_KEPT
    text = squeezed(value)
    return "e+" in text


def _check_sign(number: str) -> str | None:
    if len(number) != _ID_LENGTH or not number[:-1].isdigit():
        return None
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK_SIGNS[total % 11]


def _sex_of(row: Row) -> str:
    words = words_of("people").lists["words"]
    text = squeezed(row.get("sex"))
    return "男" if text in words["male"] else "女" if text in words["female"] else ""


def _check_class(member: Member, report: Report) -> None:
    row, table, words = member.row, member.table, words_of("people").lists["words"]
    if member.class_label == UNREADABLE:
        said = f"涉密等级写作“{squeezed(row.get('person_class'))}”"
        report.add("class_unreadable", table, row, "person_class", said)
        return
    post_label, _ = read_class(row.get("post_class"))
    if "post_class" in table.columns and post_label not in (UNREADABLE, member.class_label):
        said = f"岗位为{post_label}，人员为{member.class_label}"
        report.add("class_mismatch", table, row, "person_class", said)
    hire = squeezed(row.get("hire"))
    if member.personnel_class and hire in map(squeezed, words["temporary"]):
        said = f"用工性质为{row.text('hire')}，不得为涉密人员"
        report.add("temp_staff_cleared", table, row, "hire", said)


def _check_entry(member: Member, report: Report) -> None:
    """Review and pledge before the post, training every year."""
    row, table = member.row, member.table
    if "review" in table.columns:
        if not member.review:
            said = f"涉密等级为{member.class_label}，上岗审查日期为空"
            report.add("review_missing", table, row, "review", said)
        elif _later(member.review, member.posted):
            said = f"审查 {member.review.day} 晚于上岗 {member.posted.day}"
            report.add("review_after_post", table, row, "review", said)
    if "pledge" in table.columns:
        if not member.pledge:
            report.add("pledge_missing", table, row, "pledge", "涉密人员承诺书日期为空")
        elif _later(member.pledge, member.posted):
            said = f"承诺书 {member.pledge.day} 晚于上岗 {member.posted.day}"
            report.add("pledge_after_post", table, row, "pledge", said)
    if "hours" in table.columns and not member.is_departed and not _is_trained(row):
        what = "空" if is_blank(row.get("hours")) else "0"
        report.add("training_missing", table, row, "hours", f"涉密人员年度培训学时为{what}")


def _is_trained(row: Row) -> bool:
    """Hours above nought, or a word that says it was done."""
    said = squeezed(row.get("hours"))
    return bool(count_in(row, "hours")) or said in signs("done")


def _check_exit(
    member: Member, personnel_class: PersonnelClass, report: Report, *, figures: Figures
) -> None:
    row, table, left, end = member.row, member.table, member.left.day, member.exit_end
    if not member.is_departed or "exit_end" not in table.columns:
        return
    if not end:
        report.add("exit_missing", table, row, "exit_end", "离岗而脱密期截止日为空")
        return
    if left is None or end.day is None:
        return
    least, most = figures.exit_years[personnel_class]
    words = words_of("people").lists["words"]
    if end.day < left:
        said = f"脱密期止 {end.day} 早于离岗 {left}"
        report.add("exit_before_departure", table, row, "exit_end", said)
    elif (years_later(left, least) - end.day).days > _SLACK_DAYS:
        said = f"{personnel_class.label}涉密人员脱密期只有{_length(left, end.day)}"
        report.add("exit_too_short", table, row, "exit_end", said)
    elif (end.day - years_later(left, most)).days > _SLACK_DAYS and not has_any(
        row.text("note"), words["leave_to_exceed"]
    ):
        said = f"{personnel_class.label}涉密人员脱密期{_length(left, end.day)}，超过 {most} 年上限且无特批"
        report.add("exit_too_long", table, row, "exit_end", said)


def _later(day: WrittenDay, than: WrittenDay) -> bool:
    return day.day is not None and than.day is not None and day.day > than.day


def _length(start: date, end: date) -> str:
    """A length in whole years, or in months where it is no whole number of years."""
    months = round((end - start).days / 30.44)
    return f" {months // 12} 年" if months % 12 == 0 else f" {months} 个月"
