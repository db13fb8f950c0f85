"""The legal working calendar (工作日): holidays, shifted working days (调休), and what is not known yet.

A year whose notice has not been imported is counted on weekends and the holidays fixed by law, and
the result says so (`provisional`): a deadline is never guessed silently, and never refused.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain, pairwise

from shoumi.kernel.refusal import Refusal

# 元旦、劳动节、国庆节: the days that the law fixes without the lunar calendar.
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
PROVISIONAL_NOTE = "暂按法定节假日推算"

_DAY = timedelta(days=1)
# The notice for a year may move days at the end of December before it: 2018-12-29 was worked.
_NEXT_NOTICE_FROM = 28
_LONGEST_NOTICE = 200_000
_MOST_DAYS = 200
_CLAUSE = "obligations.calendar.import"


class DayKind(StrEnum):
    HOLIDAY = "holiday"
    SHIFTED = "shifted"
    UNIT_HOLIDAY = "unit_holiday"

    @property
    def label(self) -> str:
        return {"holiday": "法定节假日", "shifted": "调休上班", "unit_holiday": "单位放假"}[
            self.value
        ]


class BadCalendar(Refusal):
    """The holiday notice cannot be imported as it stands."""

    def __init__(self, message: str) -> None:
        super().__init__(message, clause=_CLAUSE, way_on="核对放假安排文件后重新导入")


@dataclass(frozen=True, slots=True)
class DueDay:
    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class DueTime:
    moment: datetime
    provisional: bool


@dataclass(frozen=True, slots=True)
class DayCount:
    days: int
    provisional: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """Office hours, the same on every working day, in the order of the day."""

    spans: tuple[tuple[time, time], ...]

    def __post_init__(self) -> None:
        edges = [edge for span in self.spans for edge in span]
        if not edges or any(earlier >= later for earlier, later in pairwise(edges)):
            raise Refusal(
                "作息时间须由早到晚逐段填写，各段不得重叠",
                clause="obligations.calendar.hours",
                way_on="按如「08:30—12:00、14:00—17:30」填写",
            )


@dataclass(frozen=True, slots=True)
class Notice:
    """One year's holiday notice (放假安排), as imported."""

    year: int
    papers: tuple[str, ...]
    days: Mapping[date, DayKind]
    names: Mapping[date, str]


@dataclass(frozen=True, slots=True)
class Calendar:
    """`known_years` are those whose notice has been imported; other days may be given as well."""

    days: Mapping[date, DayKind]
    known_years: frozenset[int]

    def is_workday(self, day: date) -> bool:
        kind = self.days.get(day)
        if kind is not None:
            return kind is DayKind.SHIFTED
        if day.weekday() >= 5:
            return False
        return day.year in self.known_years or (day.month, day.day) not in FIXED_HOLIDAYS

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether some day from first to last still waits for its notice."""
        next_notice = last.month == 12 and last.day >= _NEXT_NOTICE_FROM
        years = range(first.year, last.year + 1 + next_notice)
        return not self.known_years.issuperset(years)

    def add_workdays(self, start: date, n: int) -> DueDay:
        """The nth working day after the start, which is not counted; before it for a negative n.

        With n = 0 the start itself, or the next working day where it is none.
        """
        if n == 0 and not self.is_workday(start):
            n = 1
        found, left = start, abs(n)
        for day in _days_from(start, forward=n > 0):
            if not left:
                break
            found = day
            left -= self.is_workday(day)
        return DueDay(found, self.is_provisional(min(start, found), max(start, found)))

    def workdays_between(self, start: date, end: date) -> DayCount:
        """How many working days lead from start (not counted) to end; negative where end is first.

        The inverse of add_workdays.
        """
        first, last = min(start, end), max(start, end)
        count = 0
        for day in _days_from(start, forward=end > start):
            if not first <= day <= last:
                break
            count += self.is_workday(day)
        return DayCount(count if end > start else -count, self.is_provisional(first, last))

    def add_working_hours(self, start: datetime, amount: timedelta, *, hours: Hours) -> DueTime:
        """When so much office time has passed; `start` is local time, as are the office hours."""
        if amount < timedelta(0):
            raise ValueError("office time runs forward only")
        left, day = amount, start.date()
        for day in chain([start.date()], _days_from(start.date(), forward=True)):
            if not self.is_workday(day):
                continue
            for opening, closing in hours.spans:
                closes = datetime.combine(day, closing, tzinfo=start.tzinfo)
                begins = max(start, datetime.combine(day, opening, tzinfo=start.tzinfo))
                if begins > closes:
                    continue
                if left <= closes - begins:
                    return DueTime(begins + left, self.is_provisional(start.date(), day))
                left -= closes - begins
        return DueTime(datetime.combine(day, time.max, tzinfo=start.tzinfo), provisional=True)


def parse_notice(text: str) -> Notice:
    """Read a notice in the usual exchange form: year, papers, days with name, date, isOffDay."""
    if len(text) > _LONGEST_NOTICE:
        raise BadCalendar("放假安排文件过大")
    try:
        raw = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise BadCalendar("放假安排文件不是有效的 JSON 文件") from None
    year = raw.get("year") if isinstance(raw, dict) else None
    if type(year) is not int or not 2000 <= year <= 2199:
        raise BadCalendar("放假安排文件未写明年份")
    papers, entries = raw.get("papers", []), raw.get("days")
    if not isinstance(papers, list) or not all(isinstance(paper, str) for paper in papers):
        raise BadCalendar("放假安排的发文依据填写有误")
    if not isinstance(entries, list) or len(entries) > _MOST_DAYS:
        raise BadCalendar("放假安排文件未列明日期")
    if not entries:
        raise BadCalendar(f"{year} 年放假安排尚未公布，文件中没有日期")
    days: dict[date, DayKind] = {}
    names: dict[date, str] = {}
    for place, entry in enumerate(entries, start=1):
        day, kind, name = _entry(entry, place)
        if abs(day.year - year) > 1:
            raise BadCalendar(f"第 {place} 条日期 {day} 不属于 {year} 年放假安排")
        if days.setdefault(day, kind) is not kind:
            raise BadCalendar(f"{day} 既列为放假又列为上班")
        names[day] = name
    _check_whole(year, days)
    return Notice(year, tuple(papers), days, names)


def _entry(entry: object, place: int) -> tuple[date, DayKind, str]:
    fields = entry if isinstance(entry, dict) else {}
    name, day, off = (fields.get(key) for key in ("name", "date", "isOffDay"))
    if not (isinstance(name, str) and isinstance(day, str) and isinstance(off, bool)):
        raise BadCalendar(f"第 {place} 条应有名称、日期和是否放假")
    try:
        return date.fromisoformat(day), DayKind.HOLIDAY if off else DayKind.SHIFTED, name[:40]
    except ValueError:
        raise BadCalendar(f"第 {place} 条的日期不是有效日期") from None


def _check_whole(year: int, days: Mapping[date, DayKind]) -> None:
    """Half a notice would let deadlines fall on holidays; the fixed ones must all be there."""
    # Until 2024 the law gave one day for 劳动节, and the notices still listed that day.
    for month, day in sorted(FIXED_HOLIDAYS - {(5, 2)}):
        fixed = date(year, month, day)
        if days.get(fixed) is not DayKind.HOLIDAY:
            raise BadCalendar(f"{year} 年放假安排不完整，缺 {fixed}")


def _days_from(start: date, *, forward: bool) -> Iterator[date]:
    """The days after (or before) the start, to the end of the calendar."""
    day, last, step = start, date.max if forward else date.min, _DAY if forward else -_DAY
    while day != last:
        day += step
        yield day
