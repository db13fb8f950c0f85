"""Thirteen months of nights, some missed, some run twice, with leavers and a new calendar (B14).

What stands at the end is held against a day counter that knows nothing of periods or schedules.
"""

import os
import random
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from conftest import NOW, prepared
from shoumi.platform.directory.models import Appointment, Person
from shoumi.platform.obligations import services
from shoumi.platform.obligations.loop import OVERDUE, Ticked, tick
from shoumi.platform.obligations.models import CalendarDay, Duty
from shoumi.platform.obligations.recurring import definitions
from shoumi.platform.obligations.services import fulfil
from shoumi.platform.obligations.tests.test_calendar import notice
from shoumi.platform.trail.models import Entry

# How many such years are lived through; each has its own chance.
YEARS = int(os.environ.get("SHOUMI_YEARS", "2"))
DAYS = 400
START = NOW.date()
DAY = timedelta(days=1)
LENGTH = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class NaiveOffice:
    """Counts days one by one on the days off it was told."""

    def __init__(self, off: set[date], on: set[date]) -> None:
        self.off, self.on = off, on

    def works(self, day: date) -> bool:
        return day in self.on or (day not in self.off and day.weekday() < 5)

    def overdue_from(self, day: date) -> date:
        """The working day on which eight working hours have passed since closing time on `day`."""
        left = 2
        while left:
            day += DAY
            left -= self.works(day)
        return day

    def wanted(self, definition, day: date) -> str | None:
        """The period of this definition that opens on this very day, if one does."""
        if definition.every == "holiday":
            return self._before_holiday(definition, day)
        if definition.every == "day":
            return day.isoformat() if self.works(day) else None
        if definition.every == "week":
            return day.isoformat() if day.isoweekday() == definition.opens.weekday else None
        months = LENGTH[definition.every]
        found = []
        for first in self._firsts(day, months):
            last = first + 31 * months * DAY
            last = last.replace(day=1) - DAY if months == 1 else self._end(first, months)
            days = [first + n * DAY for n in range((last - first).days + 1)]
            working = [d for d in days if self.works(d)]
            rule = definition.opens
            if rule.workday > 0:
                opening = working[rule.workday - 1]
            elif rule.workday < 0:
                opening = working[rule.workday]
            else:
                opening = date(first.year, rule.month, rule.day)
            if opening == day:
                found.append(self._key(definition.every, first))
        return found[0] if found else None

    @staticmethod
    def _end(first: date, months: int) -> date:
        day = first
        for _ in range(months):
            day = (day + 31 * DAY).replace(day=1)
        return day - DAY

    @staticmethod
    def _firsts(day: date, months: int):
        return [date(day.year, m, 1) for m in range(1, 13, months)]

    @staticmethod
    def _key(every: str, first: date) -> str:
        number = (first.month - 1) // LENGTH[every] + 1
        return {
            "month": f"{first:%Y-%m}",
            "quarter": f"{first.year}Q{number}",
            "half": f"{first.year}H{number}",
            "year": f"{first.year}",
        }[every]

    def _before_holiday(self, definition, day: date) -> str | None:
        later, left = day, definition.opens.before
        if not self.works(day):
            return None
        while left:
            later += DAY
            if self.works(later):
                left -= 1
            elif left == 1:
                block = [later]
                while not self.works(block[-1] + DAY):
                    block.append(block[-1] + DAY)
                # A plain weekend is no holiday.
                return later.isoformat() if set(block) & self.off else None
        return None


@pytest.mark.clause("obligations.person", "obligations.escalation", "obligations.evidence")
@pytest.mark.parametrize("seed", range(2, 2 + YEARS))
def test_each_period_once_rehomed_escalated_and_closed_on_evidence(office, seed):
    chance = random.Random(seed)
    services.seed_calendar(office.system, NOW)
    services.import_calendar(actor=office.sysadmin, text=notice(2027, shifted="02-13"), at=NOW)
    with prepared(office.body):
        type(office.other).objects.filter(pk=office.other.pk).update(local=False)
    naive = _naive()
    turns = [NOW]
    tick(NOW)
    began = set(_standing(office))
    left = {"registrar": chance.randrange(60, 120), "auditor": chance.randrange(200, 300)}
    for offset in range(1, DAYS):
        at = timezone.make_aware(
            datetime.combine(START + offset * DAY, time(chance.randrange(24), 30))
        )
        for key, day in left.items():
            if day == offset:
                _leaves(office, key, at)
        if chance.random() < 0.3 and offset < DAYS - 5:
            continue
        done = tick(at)
        _lock_up(office, at)
        turns.append(at)
        assert not done.failed
        if chance.random() < 0.3:
            entries = Entry.objects.count()
            assert tick(at) == Ticked()
            assert Entry.objects.count() == entries
        if chance.random() < 0.4:
            _work(office, chance, at)
    expected = {
        (key, period)
        for offset in range(1, DAYS)
        for key, definition in definitions().items()
        if (period := naive.wanted(definition, START + offset * DAY))
    }
    standing = _standing(office)
    assert len(standing) == len(set(standing))
    assert set(standing) - began == expected - began
    assert len(expected) > 70
    _nobody_left_answers(office)
    _escalated_on_the_right_day(naive, turns)
    closed = Duty.objects.exclude(state="open")
    assert closed.count() > 20 and not closed.filter(evidence="").exists()


def _naive() -> NaiveOffice:
    rows = CalendarDay.objects.values_list("date", "kind")
    return NaiveOffice(
        {day for day, kind in rows if kind == "holiday"},
        {day for day, kind in rows if kind == "shifted"},
    )


def _standing(office):
    rows = Duty.objects.filter(body=office.body, kind__startswith="recurring.")
    return list(rows.values_list("kind", "period"))


def _leaves(office, key, at):
    """Somebody leaves; the registrar's post is filled again, the auditor's stays empty."""
    person = getattr(office, key)
    with prepared(office.body, at=at):
        day = at.date()
        Appointment.objects.filter(person=person).update(until=day)
        Person.objects.filter(pk=person.pk).update(active=False)
        if key == "registrar":
            Appointment.objects.create(person=office.peer, post=key, body=office.body, since=day)


def _work(office, chance, at):
    with prepared(office.body, at=at):
        for duty in Duty.objects.filter(state="open", above=None).order_by("id"):
            if chance.random() < 0.5:
                fulfil(duty, evidence="办理记录", at=at)


def _lock_up(office, at):
    """What is owed every day is done the same day, or nothing else would be seen for the late ones."""
    daily = [key for key, definition in definitions().items() if definition.every == "day"]
    with prepared(office.body, at=at):
        for duty in Duty.objects.filter(state="open", kind__in=daily):
            fulfil(duty, evidence="检查记录", at=at)


def _nobody_left_answers(office):
    stuck = Duty.objects.filter(state="open", above=None, post="auditor")
    assert not stuck.exists()
    assert Duty.objects.filter(kind="recurring.trail_verify", post="office_director").exists()
    assert Duty.objects.filter(kind="recurring.monthly_clearing", post="registrar").exists()


def _escalated_on_the_right_day(naive, turns):
    """On the first turn of the loop after eight working hours, neither before nor later."""
    late = Duty.objects.filter(kind=OVERDUE).select_related("above").order_by("above", "id")
    first_of = {}
    for raised in late:
        first_of.setdefault(raised.above, raised)
    assert len(first_of) > 10
    for duty, raised in first_of.items():
        day = naive.overdue_from(timezone.localtime(duty.due_at).date())
        right = timezone.make_aware(datetime.combine(day, time(9, 30)))
        since = max(right, duty.raised_at)
        assert raised.raised_at == min(turn for turn in turns if turn >= since)
