"""Recurring duties (定期职责) as data: which period, when it opens, when it is due, whose it is."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count, takewhile
from pathlib import Path
from typing import Any

from shoumi.kernel.workdays import Calendar
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body
from shoumi.platform.obligations.calendar import calendar_for
from shoumi.platform.obligations.due import Due, due_on, is_holiday
from shoumi.platform.obligations.models import Duty, Schedule

DATA = Path(__file__).parent / "data" / "recurring.toml"
RULE = "recurring"
_DAY = timedelta(days=1)
# A period may open this long before it begins (节前) and never opens later than it ends.
_AHEAD = timedelta(days=40)
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_LETTER = {"quarter": "Q", "half": "H"}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days that a duty belongs to, and the name under which it is raised once."""

    key: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DayRule:
    """Which day of a period is meant: a working day or day of the week of it, a date in it, or one before it."""

    workday: int = 0
    weekday: int = 0
    month: int = 0
    day: int = 0
    before: int = 0

    def day_in(self, period: Period, *, calendar: Calendar) -> date:
        if self.workday > 0:
            return calendar.add_workdays(period.first - _DAY, self.workday).day
        if self.workday < 0:
            return calendar.add_workdays(period.last + _DAY, self.workday).day
        if self.weekday:
            return period.first + (self.weekday - 1) * _DAY
        if self.before:
            return calendar.add_workdays(period.first, -self.before).day
        return period.first.replace(month=self.month or period.first.month, day=self.day)


@dataclass(frozen=True, slots=True)
class Recurring:
    """One recurring duty as the data file tells it."""

    key: str
    clause: str
    text: str
    post: str
    every: str
    opens: DayRule
    due: DayRule
    url: str = ""
    urgency: int = 0
    by_hand: bool = False

    def periods(self, first: date, last: date, *, calendar: Calendar) -> Iterator[Period]:
        """Periods that opened after `first` and by `last`, in their order."""
        opened = takewhile(lambda row: row[0] <= last, self._openings(first, calendar))
        return (period for opening, period in opened if opening > first)

    def opening_after(self, day: date, *, calendar: Calendar) -> date:
        """The day on which the next period opens."""
        return next(o for o, _ in self._openings(day, calendar) if o > day)

    def _openings(self, since: date, calendar: Calendar) -> Iterator[tuple[date, Period]]:
        periods = _periods(self.every, since - _AHEAD, calendar=calendar)
        return ((self.opens.day_in(period, calendar=calendar), period) for period in periods)

    def due_in(self, period: Period, *, at: datetime, body: Body) -> Due:
        day = self.due.day_in(period, calendar=calendar_for(body))
        return due_on(day, start=at, body=body, rule=RULE)


@cache
def definitions() -> dict[str, Recurring]:
    """Every recurring duty by its key, as the data file says."""
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["duty"]
    return {row["key"]: _definition(row) for row in rows}


def due_of_period(duty: Duty, *, start: datetime) -> Due | None:
    """The due time of a recurring duty on today's calendar; None for any other duty."""
    definition = definitions().get(duty.kind) if duty.due_rule == RULE else None
    if definition is None:
        return None
    period = period_named(definition.every, duty.period, calendar=calendar_for(duty.body))
    return definition.due_in(period, at=start, body=duty.body)


def period_named(every: str, key: str, *, calendar: Calendar) -> Period:
    """The period that bears this name."""
    if every in _BY_DAYS:
        first = date.fromisoformat(key)
    else:
        number = int("".join(c for c in key[4:] if c.isdigit()) or 1)
        first = date(int(key[:4]), (number - 1) * _MONTHS[every] + 1, 1)
    return next(_periods(every, first, calendar=calendar))


def reopen_schedules(*, at: datetime) -> None:
    """Look anew when each schedule opens next: a new calendar may have moved it."""
    known = Schedule.objects.filter(key__in=definitions())
    for schedule in known.select_related("body").order_by("id"):
        # What is already open and not yet raised keeps its turn.
        day = min(schedule.through, day_of(at))
        definition, calendar = definitions()[schedule.key], calendar_for(schedule.body)
        opening = definition.opening_after(day, calendar=calendar)
        Schedule.objects.filter(pk=schedule.pk).exclude(next_on=opening).update(next_on=opening)


def _definition(row: dict[str, Any]) -> Recurring:
    return Recurring(**row | {"opens": DayRule(**row["opens"]), "due": DayRule(**row["due"])})


def _periods(every: str, since: date, *, calendar: Calendar) -> Iterator[Period]:
    """Periods from the one that contains `since`, without end."""
    if every in _BY_DAYS:
        return _BY_DAYS[every](since, calendar=calendar)
    months = _MONTHS[every]
    start = date(since.year, (since.month - 1) // months * months + 1, 1)
    firsts = (_months_later(start, n * months) for n in count())
    return (
        Period(_name(every, first), first, _months_later(first, months) - _DAY) for first in firsts
    )


def _workdays(since: date, *, calendar: Calendar) -> Iterator[Period]:
    """Each working day by itself."""
    return (Period(d.isoformat(), d, d) for d in _from(since, 1) if calendar.is_workday(d))


def _weeks(since: date, *, calendar: Calendar) -> Iterator[Period]:
    """Weeks from Monday to Sunday, each named by its Monday."""
    monday = since - since.weekday() * _DAY
    firsts = (monday + n * 7 * _DAY for n in count())
    return (Period(first.isoformat(), first, first + 6 * _DAY) for first in firsts)


def _holidays(since: date, *, calendar: Calendar) -> Iterator[Period]:
    """Each run of days off that holds a statutory holiday, named by its first day."""
    day = since
    while True:
        day = next(d for d in _from(day, 1) if is_holiday(calendar, d))
        first = next(d for d in _from(day, -1) if calendar.is_workday(d)) + _DAY
        day = next(d for d in _from(day, 1) if calendar.is_workday(d))
        yield Period(first.isoformat(), first, day - _DAY)


# Periods that are not whole months, by how often they come.
_BY_DAYS = {"day": _workdays, "week": _weeks, "holiday": _holidays}


def _from(day: date, step: int) -> Iterator[date]:
    return (day + n * step * _DAY for n in count())


def _name(every: str, first: date) -> str:
    if every == "month":
        return f"{first:%Y-%m}"
    if every == "year":
        return f"{first:%Y}"
    return f"{first.year}{_LETTER[every]}{(first.month - 1) // _MONTHS[every] + 1}"


def _months_later(first: date, months: int) -> date:
    return date(
        first.year + (first.month - 1 + months) // 12, (first.month - 1 + months) % 12 + 1, 1
    )
