"""When a duty falls due: counted on the body's calendar and office hours, with what a reader asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from shoumi.kernel.workdays import (
    FIXED_HOLIDAYS,
    PROVISIONAL_NOTE,
    Calendar,
    DayKind,
    Hours,
)
from shoumi.platform.directory.models import Body
from shoumi.platform.obligations.calendar import calendar_for
from shoumi.platform.rulebook.figures import figure

FIXED = "fixed"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """A due time, whether it still waits for a year's calendar, and how it was counted."""

    at: datetime
    provisional: bool = False
    hint: str = ""
    rule: str = FIXED
    start: datetime | None = None


def due_fixed(at: datetime) -> Due:
    """A moment that is set and not counted."""
    return Due(at)


def due_in_workdays(days: int, *, start: datetime, body: Body) -> Due:
    """The end of office hours on the nth working day after `start`."""
    calendar, begin = calendar_for(body), timezone.localtime(start)
    found = calendar.add_workdays(begin.date(), days)
    at = closing(found.day, body=body)
    return _due(calendar, begin, at, found.provisional, f"workdays:{days}")


def due_in_hours(hours: int, *, start: datetime, body: Body) -> Due:
    """After so many working hours (工作小时)."""
    calendar, begin = calendar_for(body), timezone.localtime(start)
    found = calendar.add_working_hours(
        begin, timedelta(hours=hours), hours=office_hours(body, on=begin.date())
    )
    return _due(calendar, begin, found.moment, found.provisional, f"hours:{hours}")


def due_in_minutes(minutes: int, *, start: datetime) -> Due:
    """After so many minutes by the clock: receipts and telegrams do not wait for office hours."""
    return Due(start + timedelta(minutes=minutes), rule=f"minutes:{minutes}", start=start)


def due_tonight(*, start: datetime, body: Body) -> Due:
    """By the end of today's office hours; after them, and on days off, by midnight of the same day."""
    begin = timezone.localtime(start)
    at = closing(begin.date(), body=body)
    if begin >= at or not calendar_for(body).is_workday(begin.date()):
        at = _moment(begin.date(), time(23, 59))
    return Due(at, rule="tonight", start=start)


def due_on(day: date, *, start: datetime, body: Body, rule: str) -> Due:
    """The end of office hours of a day that was counted elsewhere, under the name of that rule."""
    calendar, begin = calendar_for(body), timezone.localtime(start)
    first, last = sorted((begin.date(), day))
    provisional = calendar.is_provisional(first, last)
    return _due(calendar, begin, closing(day, body=body), provisional, rule)


def recount(rule: str, *, start: datetime, body: Body) -> Due | None:
    """The due time by the same rule on today's calendar; None for what is not counted in days."""
    kind, _, amount = rule.partition(":")
    if kind == "workdays":
        return due_in_workdays(int(amount), start=start, body=body)
    if kind == "hours":
        return due_in_hours(int(amount), start=start, body=body)
    return None


def office_hours(body: Body, *, on: date) -> Hours:
    """The body's hours of the day (作息时间). Clause: obligations.calendar.hours."""
    lines = figure("obligations.calendar.hours", "spans", on=on, body=body)
    clock = [time.fromisoformat(edge) for line in lines for edge in line.split("—")]
    return Hours(tuple(zip(clock[::2], clock[1::2], strict=True)))


def closing(day: date, *, body: Body) -> datetime:
    """When the office closes on a day."""
    return _moment(day, office_hours(body, on=day).spans[-1][1])


def working_times(spans: list[tuple[datetime, datetime]], *, body: Body) -> list[timedelta]:
    """How much office time lies in each stretch (按工作时间), on the office hours of the latest start."""
    if not spans:
        return []
    hours = office_hours(body, on=timezone.localtime(max(start for start, _ in spans)).date())
    calendar = calendar_for(body)
    return [_working_time(start, end, calendar, hours) for start, end in spans]


def _working_time(start: datetime, end: datetime, calendar: Calendar, hours: Hours) -> timedelta:
    begin, finish = timezone.localtime(start), timezone.localtime(end)
    total = timedelta(0)
    for day in _days(begin.date(), finish.date()):
        if calendar.is_workday(day):
            for opening, closes in hours.spans:
                first = max(begin, _moment(day, opening))
                last = min(finish, _moment(day, closes))
                total += max(last - first, timedelta(0))
    return total


def hint_of(calendar: Calendar, start: date, end: date, *, provisional: bool) -> str:
    """「含 3 个法定节假日」, and whether the counting still waits for a notice."""
    count = sum(is_holiday(calendar, day) for day in _days(start + _DAY, end))
    parts = [f"含 {count} 个法定节假日"] if count else []
    parts += [PROVISIONAL_NOTE] if provisional else []
    return "，".join(parts)


def _due(calendar: Calendar, begin: datetime, at: datetime, provisional: bool, rule: str) -> Due:
    hint = hint_of(calendar, begin.date(), at.date(), provisional=provisional)
    return Due(at, provisional, hint, rule, begin)


def is_holiday(calendar: Calendar, day: date) -> bool:
    """A statutory holiday by notice, or by law alone where the notice is not there yet."""
    if day.year in calendar.known_years:
        return calendar.days.get(day) is DayKind.HOLIDAY
    return (day.month, day.day) in FIXED_HOLIDAYS


def _days(first: date, last: date) -> Iterable[date]:
    return (first + n * _DAY for n in range((last - first).days + 1))


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
