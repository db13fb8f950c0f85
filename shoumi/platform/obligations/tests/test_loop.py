"""The deadline loop: what runs out, what is late, what a leaver left; each once, each in its own act."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from conftest import NOW, TODAY, prepared
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Hidden
from shoumi.platform.access.services import label_for
from shoumi.platform.directory.models import Appointment, Body, Person
from shoumi.platform.obligations import loop, selectors, services
from shoumi.platform.obligations.calendar import calendar_for
from shoumi.platform.obligations.loop import OVERDUE, Ticked, tick
from shoumi.platform.obligations.models import Duty, Schedule
from shoumi.platform.obligations.recurring import Period, definitions, period_named
from shoumi.platform.obligations.services import ON_DUE, ON_LEFT, fulfil, raise_duty
from shoumi.platform.obligations.tests.test_duties import SOON, give
from shoumi.platform.rulebook.source import rulebook
from shoumi.platform.trail.models import Entry

LATE = SOON + timedelta(minutes=1)


def moment(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.fixture
def quiet(office):
    """The office with its calendar, after the schedules have begun and their first duties are done.

    What opens every day is put off for a year, so that a turn of the loop does what its test gave it to do.
    """
    services.seed_calendar(office.system, NOW)
    loop.run_due(NOW)
    with prepared(office.body):
        for duty in Duty.objects.filter(state="open"):
            fulfil(duty, evidence="测试", at=NOW)
        daily = [key for key, definition in definitions().items() if definition.every == "day"]
        Schedule.objects.filter(key__in=daily).update(next_on=TODAY + timedelta(days=365))
    return office


@pytest.fixture
def on_due():
    seen = []
    ON_DUE["test.read"] = lambda duty, *, at: seen.append((duty.pk, at))
    yield seen
    del ON_DUE["test.read"]


def test_what_runs_out_is_handled_once(quiet, on_due):
    with prepared(quiet.body):
        duty = give(person=quiet.handler)
        give(person=quiet.handler, kind="test.other")
    assert tick(NOW).due == 0
    assert tick(LATE) == Ticked(due=1)
    assert tick(LATE) == Ticked()
    assert on_due == [(duty.pk, LATE)]
    assert Entry.objects.filter(event="obligations.due").count() == 1


def test_another_process_that_got_there_first_is_believed(quiet, on_due):
    with prepared(quiet.body):
        duty = give(person=quiet.handler)
        seen_before = Duty.objects.get(pk=duty.pk)
    assert loop._handle(quiet.system, duty, at=LATE)
    assert not loop._handle(quiet.system, seen_before, at=LATE)
    assert len(on_due) == 1


def test_a_duty_that_cannot_be_handled_keeps_nobody_waiting(quiet, caplog):
    def refuse(duty, *, at):
        if duty.person_id == quiet.handler.pk:
            raise Refusal("不行", clause="obligations.person")

    with prepared(quiet.body):
        bad = give(person=quiet.handler)
        give(person=quiet.peer)
    ON_DUE["test.read"] = refuse
    assert tick(LATE) == Ticked(due=1, failed=[f"due:obligations.duty:{bad.pk}"])
    assert "due failed" in caplog.text
    denied = Entry.objects.filter(event="obligations.due.denied")
    assert denied.count() == 1
    assert tick(LATE + timedelta(minutes=1)) == Ticked()
    ON_DUE["test.read"] = lambda duty, *, at: None
    assert tick(LATE + timedelta(minutes=61)).due == 1
    del ON_DUE["test.read"]
    assert denied.count() == 1


@pytest.mark.clause("obligations.escalation")
def test_a_late_duty_climbs_level_by_level_and_no_further(quiet):
    with prepared(quiet.body):
        duty = give(person=quiet.handler, due=moment("2026-09-01T17:30"))
    # Seven working hours a day: eight of them end at 09:30 on the second day after.
    assert duty.escalate_at == moment("2026-09-03T09:30")
    assert tick(moment("2026-09-03T09:29")) == Ticked()
    assert tick(moment("2026-09-03T09:30")) == Ticked(escalated=1)
    first = Duty.objects.get(kind=OVERDUE)
    assert (first.post, first.department) == ("department_head", quiet.handler.department)
    assert first in selectors.mine(quiet.chief, at=moment("2026-09-03T10:00"))
    assert first.text == "督促逾期事项：阅文" and first.escalate_at is None
    assert tick(moment("2026-09-04T10:29")) == Ticked()
    assert tick(moment("2026-09-04T10:31")) == Ticked(escalated=1)
    second = Duty.objects.get(kind=OVERDUE, post="office_director")
    duty.refresh_from_db()
    assert (duty.escalation, duty.escalate_at) == (2, None)
    tick(moment("2026-09-07T17:00"))
    assert Duty.objects.filter(above=duty).count() == 2
    with prepared(quiet.body):
        fulfil(duty, evidence="已阅", at=moment("2026-09-08T09:00"))
    second.refresh_from_db()
    assert (second.state, second.evidence) == ("done", f"obligations.duty:{duty.pk}")
    assert not Duty.objects.filter(state="open", kind=OVERDUE).exists()


def test_a_post_is_answered_for_by_the_next_one_up(quiet):
    with prepared(quiet.body):
        of_director = give(post="office_director", body=quiet.body)
        of_head = give(post="head", body=quiet.body)
        of_department = give(
            post="department_head", body=quiet.body, department=quiet.chief.department
        )
        of_boss = give(person=quiet.director)
    posts = [
        [p for p, _ in loop.superiors(d, at=NOW)]
        for d in (of_director, of_head, of_department, of_boss)
    ]
    assert posts == [
        ["deputy_leader", "head"],
        [],
        ["office_director", "deputy_leader"],
        ["deputy_leader", "head"],
    ]
    week = NOW + timedelta(days=7)
    assert tick(week).escalated == 4
    of_head.refresh_from_db()
    assert (of_head.escalation, of_head.escalate_at) == (1, None)


def test_it_is_brought_only_before_those_who_may_know(quiet):
    with prepared(quiet.body):
        label = label_for(
            level=Level.SECRET,
            body=quiet.body,
            principals=[f"p:{quiet.handler.pk}", f"p:{quiet.head.pk}"],
            basis="",
            on=TODAY,
        )
        duty = give(person=quiet.handler, label=label)
    assert loop.superiors(duty, at=NOW) == [("head", None)]


def test_two_processes_escalate_once(quiet):
    with prepared(quiet.body):
        duty = give(person=quiet.handler)
        twin = Duty.objects.get(pk=duty.pk)
    week = NOW + timedelta(days=7)
    assert loop._escalate(quiet.system, duty, at=week)
    assert not loop._escalate(quiet.system, twin, at=week)
    assert Duty.objects.filter(kind=OVERDUE).count() == 1


@pytest.mark.clause("obligations.person")
def test_what_a_leaver_left_goes_to_the_head_of_the_department(quiet):
    with prepared(quiet.body):
        duty = give(person=quiet.handler)
        twin = Duty.objects.select_related("person").get(pk=duty.pk)
        Person.objects.filter(pk=quiet.handler.pk).update(active=False)
    assert tick(NOW) == Ticked(rehomed=1)
    duty.refresh_from_db()
    assert (duty.person, duty.post, duty.department) == (
        None,
        "department_head",
        quiet.handler.department,
    )
    assert duty in selectors.mine(quiet.chief, at=NOW)
    assert tick(NOW) == Ticked()
    assert not loop._rehome(quiet.system, twin, at=NOW)


@pytest.mark.clause("obligations.person")
def test_a_post_that_fell_vacant_hands_its_duties_up(quiet):
    with prepared(quiet.body):
        duty = give(post="registrar", body=quiet.body)
        kept = give(post="office_director", body=quiet.body)
        Appointment.objects.filter(person=quiet.registrar).update(until=TODAY)
    assert tick(NOW) == Ticked()
    tomorrow = NOW + timedelta(days=1)
    ticked = tick(tomorrow)
    assert ticked.rehomed == 1
    duty.refresh_from_db()
    kept.refresh_from_db()
    assert duty.post == "office_director" == kept.post


def test_where_nobody_answers_the_duty_waits_without_noise(quiet):
    with prepared(quiet.body):
        give(post="registrar", body=Body.objects.create(name="丙局", code="BING", local=False))
    before = Entry.objects.count()
    assert tick(NOW) == Ticked()
    assert Entry.objects.count() == before


def test_a_kind_with_its_own_successor_is_asked_first(quiet):
    answers = iter([True, False])
    ON_LEFT["test.read"] = lambda duty, *, at: next(answers)
    with prepared(quiet.body):
        duty = give(person=quiet.handler)
        Person.objects.filter(pk=quiet.handler.pk).update(active=False)
    assert tick(NOW).rehomed == 1
    duty.refresh_from_db()
    assert duty.person == quiet.handler
    assert tick(NOW).rehomed == 1
    duty.refresh_from_db()
    assert duty.post == "department_head"
    with prepared(quiet.body):
        give(person=Person.objects.create(body=quiet.other, name="孤", active=False))
    ON_LEFT["test.read"] = lambda duty, *, at: False
    lonely = tick(NOW)
    del ON_LEFT["test.read"]
    assert len(lonely.failed) == 1


def test_an_idle_turn_is_a_few_queries_and_no_entry(quiet, django_assert_max_num_queries):
    with prepared(quiet.body):
        for _ in range(20):
            give(person=quiet.handler)
    before = Entry.objects.count()
    with django_assert_max_num_queries(10):
        assert tick(NOW) == Ticked()
    assert Entry.objects.count() == before


class TestRecurring:
    def test_every_definition_names_a_clause_and_a_post_of_the_rulebook(self):
        for key, definition in definitions().items():
            assert key == definition.key and key.startswith("recurring.")
            assert definition.clause in rulebook().clauses, key
            assert definition.post in rulebook().posts, key

    def test_a_new_body_begins_with_what_is_open_now(self, office):
        services.seed_calendar(office.system, NOW)
        raised = loop.run_due(NOW)
        kinds = set(Duty.objects.filter(body=office.body).values_list("kind", flat=True))
        # On 1 September the drill of the half-year is still due, the year's archive is not.
        assert {"recurring.backup_check", "recurring.restore_drill"} <= kinds
        assert "recurring.archive" not in kinds
        assert raised == Duty.objects.count() == 2 * len(kinds)
        assert Schedule.objects.count() == 2 * len(definitions())
        assert loop.run_due(NOW) == 0

    def test_a_new_definition_begins_in_a_body_that_has_the_others(self, quiet):
        with prepared(quiet.body):
            Schedule.objects.filter(body=quiet.body, key="recurring.patches").delete()
            Duty.objects.filter(body=quiet.body, kind="recurring.patches").delete()
        assert loop.run_due(NOW) == 1
        assert loop.run_due(NOW) == 0

    @pytest.mark.clause("obligations.calendar.due")
    def test_from_the_first_of_november_the_next_year_is_to_be_imported(self, quiet):
        assert not Duty.objects.filter(kind=services.IMPORT_DUE).exists()
        loop.run_due(moment("2026-11-01T00:05"))
        duty = Duty.objects.get(kind=services.IMPORT_DUE, body=quiet.body)
        assert (duty.post, duty.period) == ("sysadmin", "2026")
        assert duty in selectors.mine(quiet.sysadmin, at=moment("2026-11-01T09:00"))
        assert duty.due_at == moment("2026-12-10T17:30")

    def test_before_a_holiday_the_registry_is_checked(self, quiet):
        loop.run_due(moment("2026-09-28T01:00"))
        duty = Duty.objects.get(
            kind="recurring.holiday_check", body=quiet.body, period="2026-10-01"
        )
        assert duty.due_at == moment("2026-09-30T17:30")

    def test_two_processes_raise_a_period_once(self, quiet):
        at = moment("2026-10-09T01:00")
        seen = list(Schedule.objects.filter(next_on__lte=at.date()).select_related("body"))
        assert seen
        first = sum(loop._raise_periods(quiet.system, s, at=at) for s in seen)
        assert first and sum(loop._raise_periods(quiet.system, s, at=at) for s in seen) == 0

    def test_a_period_that_stands_is_not_raised_when_its_opening_moves(self, quiet):
        definition = definitions()["recurring.backup_check"]
        october = Period("2026-10", date(2026, 10, 1), date(2026, 10, 31))
        at = moment("2026-10-09T01:00")
        with prepared(quiet.body):
            assert loop._raise_one(definition, quiet.body, october, at=at) == 1
            assert loop._raise_one(definition, quiet.body, october, at=at) == 0
        assert loop.run_due(at) > 0
        assert Duty.objects.filter(kind=definition.key, period="2026-10").count() == 2

    def test_a_recurring_duty_is_counted_anew_too(self, quiet):
        from shoumi.platform.obligations.tests.test_calendar import notice

        loop.run_due(moment("2027-02-26T01:00"))
        duty = Duty.objects.get(kind="recurring.patches", period="2027-02", body=quiet.body)
        assert duty.provisional
        with prepared(quiet.body):
            Duty.objects.filter(pk=duty.pk).update(due_at=moment("2027-02-01T17:30"))
        services.import_calendar(actor=quiet.sysadmin, text=notice(2027), at=NOW)
        duty.refresh_from_db()
        assert duty.due_at == moment("2027-02-26T17:30") and not duty.provisional

    @pytest.mark.parametrize(
        ("every", "key", "first", "last"),
        [
            ("month", "2026-02", "2026-02-01", "2026-02-28"),
            ("quarter", "2026Q4", "2026-10-01", "2026-12-31"),
            ("half", "2026H2", "2026-07-01", "2026-12-31"),
            ("year", "2026", "2026-01-01", "2026-12-31"),
            ("holiday", "2026-09-25", "2026-09-25", "2026-09-27"),
        ],
    )
    def test_a_period_is_found_by_its_name(self, quiet, every, key, first, last):
        found = period_named(every, key, calendar=calendar_for(quiet.body))
        assert found == Period(key, date.fromisoformat(first), date.fromisoformat(last))

    def test_an_unknown_definition_counts_nothing_anew(self, quiet):
        from shoumi.platform.obligations.recurring import due_of_period

        with prepared(quiet.body):
            odd = raise_duty(
                kind="recurring.gone",
                clause="obligations.person",
                text="x",
                due=services.due_fixed(NOW),
                at=NOW,
                person=quiet.handler,
            )
            Duty.objects.filter(pk=odd.pk).update(due_rule="recurring")
        odd.refresh_from_db()
        assert due_of_period(odd, start=NOW) is None

    @pytest.mark.clause("obligations.evidence")
    def test_a_duty_without_a_page_is_closed_by_its_holder_with_a_written_proof(self, quiet):
        at = moment("2026-09-28T01:00")
        loop.run_due(at)
        kind = "recurring.holiday_check"
        duty = Duty.objects.get(kind=kind, body=quiet.body, period="2026-10-01")
        with pytest.raises(Hidden):
            services.report(actor=quiet.handler, subject=duty, evidence="见记录", at=at)
        with pytest.raises(Refusal) as empty:
            services.report(actor=quiet.registrar, subject=duty, evidence="", at=at)
        assert empty.value.clause == "obligations.evidence"
        # Raised for that day, it is not there before.
        with pytest.raises(Hidden):
            services.report(actor=quiet.registrar, subject=duty, evidence="第 3 页", at=NOW)
        services.report(actor=quiet.registrar, subject=duty, evidence="检查记录第 3 页", at=at)
        assert (duty.state, duty.evidence) == ("done", "检查记录第 3 页")

    def test_what_has_a_page_or_does_not_recur_is_not_closed_by_a_sentence(self, quiet):
        at = moment("2026-11-02T01:00")
        loop.run_due(at)
        duty = Duty.objects.get(kind=services.IMPORT_DUE, body=quiet.body)
        with prepared(quiet.body):
            once = give(person=quiet.handler)
        for actor, row in ((quiet.sysadmin, duty), (quiet.handler, once)):
            with pytest.raises(services.NotByHand):
                services.report(actor=actor, subject=row, evidence="已办", at=at)

    def test_a_room_closes_the_recurring_duties_of_its_own_body_only(self, quiet):
        loop.run_due(moment("2026-11-02T01:00"))
        kind = services.IMPORT_DUE
        given = {"kind": kind, "evidence": "通知", "at": NOW}
        with prepared(quiet.body):
            assert services.settle_recurring(body=quiet.body, **given) == 1
        assert Duty.objects.get(kind=kind, state="open").body == quiet.other
