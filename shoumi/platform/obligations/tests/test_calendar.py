"""The working calendar: seeded, imported, kept, and every due time counted on it."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from conftest import NOW, prepared
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.obligations import calendar, due, services
from shoumi.platform.obligations.models import CalendarDay, CalendarYear, Duty, Schedule
from shoumi.platform.obligations.recurring import definitions
from shoumi.platform.obligations.services import ON_RECOUNTED, raise_duty
from shoumi.platform.trail.models import Entry, name_of


@pytest.fixture
def seeded(office):
    services.seed_calendar(office.system, NOW)
    return office


def moment(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


def notice(year: int, **changes: str) -> str:
    """A made-up notice in the usual exchange form; `changes` moves a named day."""
    spans = {
        "元旦": ["01-01"],
        "春节": [f"02-{d:02}" for d in range(5, 12)],
        "劳动节": ["05-01", "05-02", "05-03"],
        "国庆节": [f"10-{d:02}" for d in range(1, 8)],
    }
    days = [
        {"name": name, "date": f"{year}-{day}", "isOffDay": True}
        for name, found in spans.items()
        for day in found
    ]
    days += [
        {"name": "春节", "date": f"{year}-{day}", "isOffDay": False} for day in changes.values()
    ]
    return json.dumps({"year": year, "papers": [f"{year} 年通知"], "days": days})


@pytest.mark.clause("obligations.calendar")
def test_the_seed_is_laid_down_once_in_one_act(office):
    before = Entry.objects.count()
    assert services.seed_calendar(office.system, NOW) == 23
    assert Entry.objects.count() == before + 1
    assert services.seed_calendar(office.system, NOW) == 0
    assert Entry.objects.count() == before + 1
    assert CalendarDay.objects.count() == 621 + 150
    known = calendar.calendar_for(office.body)
    assert known.known_years == frozenset(range(2004, 2027))
    assert not known.is_workday(date(2026, 2, 17)) and known.is_workday(date(2026, 2, 14))
    assert not known.is_workday(date(2026, 9, 25)) and known.is_workday(date(2026, 9, 20))
    assert str(CalendarYear.objects.get(year=2026)) == "2026 年"
    assert str(CalendarDay.objects.get(date=date(2026, 2, 17))) == "2026-02-17 春节"


def test_the_calendar_is_read_again_only_when_it_changed(seeded, django_assert_num_queries):
    first = calendar.calendar_for(seeded.body)
    with django_assert_num_queries(1):
        assert calendar.calendar_for(seeded.body) is first
    services.import_calendar(actor=seeded.sysadmin, text=notice(2027), at=NOW)
    assert calendar.calendar_for(seeded.body) is not first


def test_working_days_go_round_holidays_and_use_shifted_saturdays(seeded):
    found = due.due_in_workdays(5, start=moment("2026-09-29T10:00"), body=seeded.body)
    assert found.at == moment("2026-10-12T17:30")
    assert (found.provisional, found.hint) == (False, "含 7 个法定节假日")
    assert found.rule == "workdays:5"
    plain = due.due_in_workdays(1, start=NOW, body=seeded.body)
    assert (plain.at, plain.hint) == (moment("2026-09-02T17:30"), "")


def test_working_hours_skip_lunch_and_nights(seeded):
    start = moment("2026-09-18T16:30")
    found = due.due_in_hours(4, start=start, body=seeded.body)
    assert found.at == moment("2026-09-20T11:30")
    assert due.due_in_hours(2, start=moment("2026-09-01T11:00"), body=seeded.body).at == moment(
        "2026-09-01T15:00"
    )


def test_a_receipt_within_minutes_runs_by_the_clock(seeded):
    found = due.due_in_minutes(15, start=moment("2026-10-01T23:50"))
    assert found.at == moment("2026-10-02T00:05")
    assert due.recount(found.rule, start=NOW, body=seeded.body) is None


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-09-01T09:00", "2026-09-01T17:30"),
        ("2026-09-01T19:00", "2026-09-01T23:59"),
        ("2026-10-01T09:00", "2026-10-01T23:59"),
    ],
)
def test_tonight_is_never_tomorrow(seeded, start, expected):
    assert due.due_tonight(start=moment(start), body=seeded.body).at == moment(expected)


@pytest.mark.clause("obligations.calendar")
def test_a_year_without_notice_is_counted_on_the_law_and_says_so(office):
    found = due.due_in_workdays(3, start=moment("2027-04-30T09:00"), body=office.body)
    assert found.at == moment("2027-05-05T17:30") and found.provisional
    assert found.hint == "含 2 个法定节假日，暂按法定节假日推算"


def test_office_time_between_two_moments(seeded):
    times = due.working_times(
        [
            (moment("2026-09-18T16:30"), moment("2026-09-20T09:30")),
            (moment("2026-09-01T12:00"), moment("2026-09-01T14:30")),
            (moment("2026-09-01T20:00"), moment("2026-09-01T21:00")),
        ],
        body=seeded.body,
    )
    assert times == [timedelta(hours=2), timedelta(minutes=30), timedelta(0)]
    assert due.working_times([], body=seeded.body) == []


@pytest.mark.clause("obligations.calendar.import")
def test_an_imported_year_counts_anew_what_waited_for_it(seeded):
    start = moment("2026-12-31T09:00")
    seen = []
    with prepared(seeded.body):
        waiting = raise_duty(
            kind="test.recounted",
            clause="obligations.person",
            text="办理",
            due=due.due_in_workdays(25, start=start, body=seeded.body),
            at=start,
            person=seeded.handler,
        )
        fixed = raise_duty(
            kind="test.fixed",
            clause="obligations.person",
            text="办理",
            due=due.due_fixed(moment("2027-02-08T12:00")),
            at=start,
            person=seeded.handler,
        )
        plain = raise_duty(
            kind="test.plain",
            clause="obligations.person",
            text="办理",
            due=due.due_in_hours(7, start=moment("2026-12-31T12:00"), body=seeded.body),
            at=start,
            person=seeded.handler,
        )
    with prepared(seeded.body):
        farther = raise_duty(
            kind="test.farther",
            clause="obligations.person",
            text="办理",
            due=due.due_in_workdays(500, start=start, body=seeded.body),
            at=start,
            person=seeded.handler,
        )
        untouched = raise_duty(
            kind="test.untouched",
            clause="obligations.person",
            text="办理",
            due=due.due_in_workdays(5, start=moment("2028-06-01T09:00"), body=seeded.body),
            at=start,
            person=seeded.handler,
        )
        late = raise_duty(
            kind="test.late",
            clause="obligations.person",
            text="办理",
            due=due.due_in_workdays(25, start=start, body=seeded.body),
            at=start,
            person=seeded.handler,
        )
        Duty.objects.filter(pk=late.pk).update(escalation=1)
    assert waiting.provisional and not fixed.provisional and plain.provisional
    assert waiting.due_at == moment("2027-02-05T17:30")
    escalation = waiting.escalate_at
    ON_RECOUNTED["test.recounted"] = lambda duty, *, at: seen.append(duty.pk)
    year = services.import_calendar(actor=seeded.sysadmin, text=notice(2027), at=NOW)
    del ON_RECOUNTED["test.recounted"]
    for row in (waiting, fixed, plain):
        row.refresh_from_db()
    assert (waiting.due_at, waiting.provisional) == (moment("2027-02-12T17:30"), False)
    assert waiting.escalate_at > escalation
    farther.refresh_from_db()
    late.refresh_from_db()
    assert farther.provisional
    before = untouched.due_at
    untouched.refresh_from_db()
    assert untouched.provisional and untouched.due_at == before
    assert (late.due_at, late.escalate_at) == (waiting.due_at, escalation)
    assert fixed.due_at == moment("2027-02-08T12:00")
    assert not plain.provisional
    assert seen == [waiting.pk]
    entry = Entry.objects.order_by("-id")[0]
    assert (entry.event, entry.subject) == ("obligations.calendar.import", name_of(year))
    assert '"recounted":4' in entry.body


def test_a_second_notice_of_a_year_replaces_the_first(seeded):
    services.import_calendar(actor=seeded.sysadmin, text=notice(2027), at=NOW)
    services.import_calendar(
        actor=seeded.sysadmin, text=notice(2027, shifted="02-13"), at=NOW + timedelta(hours=1)
    )
    first, second = CalendarYear.objects.filter(year=2027).order_by("id")
    assert first.replaced_at is not None and second.replaced_at is None
    assert not first.days.exists()
    assert calendar.calendar_for(seeded.body).is_workday(date(2027, 2, 13))


def test_importing_is_the_system_administrators_and_asks_for_a_whole_notice(seeded):
    with pytest.raises(Denied):
        services.import_calendar(actor=seeded.handler, text=notice(2027), at=NOW)
    with pytest.raises(Refusal) as refused:
        services.import_calendar(actor=seeded.sysadmin, text="{", at=NOW)
    assert refused.value.clause == "obligations.calendar.import"
    assert Entry.objects.order_by("-id")[0].event == "obligations.calendar.import.denied"


@pytest.mark.clause("obligations.calendar.due")
def test_the_import_closes_the_duty_to_import(seeded):
    with prepared(seeded.body):
        rows = [
            raise_duty(
                kind=services.IMPORT_DUE,
                clause="obligations.calendar.due",
                text="录入下一年度放假安排",
                due=NOW,
                at=NOW,
                body=seeded.body,
                post="sysadmin",
                period=period,
            )
            for period in ("2026", "2027")
        ]
    year = services.import_calendar(actor=seeded.sysadmin, text=notice(2027), at=NOW)
    done, still = (Duty.objects.get(pk=row.pk) for row in rows)
    assert (done.state, done.evidence) == ("done", name_of(year))
    assert still.state == "open"


def test_schedules_look_again_when_the_calendar_moved(seeded):
    with prepared(seeded.body):
        moved = Schedule.objects.create(
            body=seeded.body,
            key="recurring.holiday_check",
            through=date(2027, 1, 20),
            next_on=date(2027, 4, 28),
        )
        foreign = Schedule.objects.create(
            body=seeded.body,
            key="recurring.unknown",
            through=date(2027, 1, 20),
            next_on=date(2027, 4, 28),
        )
    services.import_calendar(actor=seeded.sysadmin, text=notice(2027), at=NOW)
    moved.refresh_from_db()
    foreign.refresh_from_db()
    assert foreign.next_on == date(2027, 4, 28)
    assert moved.next_on < date(2027, 4, 28)
    assert str(moved) == f"{seeded.body.pk}:recurring.holiday_check"
    assert "recurring.unknown" not in definitions()


def test_a_bodys_own_day_off_moves_nothing_that_was_set(seeded):
    with prepared(seeded.body):
        duty = raise_duty(
            kind="test.fixed",
            clause="obligations.person",
            text="办理",
            due=due.due_in_workdays(1, start=NOW, body=seeded.body),
            at=NOW,
            person=seeded.handler,
        )
    day = date(2026, 9, 2)
    given = {"name": "单位放假", "source": "局发〔2026〕9 号"}
    services.register_unit_holiday(actor=seeded.director, day=day, at=NOW, **given)
    with pytest.raises(Stale):
        services.register_unit_holiday(actor=seeded.director, day=day, at=NOW, **given)
    duty.refresh_from_db()
    assert duty.due_at == moment("2026-09-02T17:30")
    later = due.due_in_workdays(1, start=NOW, body=seeded.body)
    assert later.at == moment("2026-09-03T17:30")
    assert due.due_in_workdays(1, start=NOW, body=seeded.other).at == moment("2026-09-02T17:30")


def test_a_bodys_day_off_does_not_undo_a_shifted_working_day(seeded):
    services.register_unit_holiday(
        actor=seeded.director, day=date(2026, 9, 20), name="单位放假", source="局发", at=NOW
    )
    assert calendar.calendar_for(seeded.body).is_workday(date(2026, 9, 20))


def test_the_table_knows_whose_a_day_is(seeded):
    given = {"date": date(2027, 3, 1), "name": "x", "source": "x"}
    with prepared(seeded.body):
        for wrong in (
            {"kind": "unit_holiday"},
            {"kind": "holiday", "body": seeded.body},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                CalendarDay.objects.create(**given, **wrong)
