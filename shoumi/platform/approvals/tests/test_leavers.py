"""Approvers who leave: their seat goes to who holds the post now, and the case is never stuck unseen."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY, prepared
from shoumi.kernel.approval import OwnRequest
from shoumi.kernel.refusal import Refusal
from shoumi.platform.approvals import selectors, services
from shoumi.platform.approvals.models import Seat, Vote
from shoumi.platform.approvals.tests.test_cases import LATER, fresh, say
from shoumi.platform.approvals.tests.world import ask, labelled, route, step
from shoumi.platform.directory.models import Appointment, Person
from shoumi.platform.obligations import loop
from shoumi.platform.obligations import services as obligations
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.selectors import overdue
from shoumi.platform.obligations.tests.test_calendar import notice


def leaves(office, person):
    with prepared(office.body):
        Appointment.objects.filter(person=person).update(until=TODAY - timedelta(days=1))
        Person.objects.filter(pk=person.pk).update(active=False)


def succeeds(office, person, post):
    with prepared(office.body):
        Appointment.objects.create(person=person, post=post, body=office.body, since=TODAY)


@pytest.mark.clause("obligations.person")
def test_the_successor_takes_the_seat(office):
    case = ask(office, book=route(step("office_director"), step("deputy_leader")))
    leaves(office, office.director)
    succeeds(office, office.peer, "office_director")
    succeeds(office, office.authority, "hr_officer")
    assert loop.tick(LATER).rehomed == 1
    vote = Vote.objects.get()
    assert (vote.kind, vote.person, vote.to_person) == ("hand_on", office.director, office.peer)
    assert vote.cast_by == office.system
    assert list(selectors.waiting(fresh(office.peer), at=LATER)) == [case]
    case.refresh_from_db()
    say(office, "peer", services.agree, case)
    assert case.current == 1


def test_the_applicant_is_no_successor_and_the_case_is_seen_to_be_late(office):
    case = ask(office, book=route(step("office_director"), step("deputy_leader")))
    leaves(office, office.director)
    succeeds(office, office.handler, "office_director")
    succeeds(office, office.authority, "hr_officer")
    assert loop.tick(LATER).rehomed == 1
    assert not Vote.objects.exists()
    duty = Duty.objects.get(kind=services.DUTY, subject=f"approvals.case:{case.pk}")
    assert (duty.person, duty.post) == (None, "office_director")


@pytest.mark.clause("approvals.transfer")
def test_the_director_names_who_takes_an_empty_seat(office):
    case = ask(office, book=route(step("deputy_leader")))
    leaves(office, office.leader)
    given = {"of_person": office.leader, "opinion": "原审批人离岗"}
    with pytest.raises(services.NotVacant):
        other = ask(office, book=route(step("head")))
        say(
            office,
            "director",
            services.replace,
            other,
            to_person=office.leader,
            **given | {"of_person": office.head},
        )
    say(office, "director", services.replace, case, to_person=office.head, **given)
    say(office, "head", services.agree, case)
    assert case.state == "approved"


def test_nobody_places_an_approver_for_their_own_request_or_without_words(office):
    case = ask(office, by=office.director, book=route(step("deputy_leader")))
    leaves(office, office.leader)
    given = {"of_person": office.leader, "to_person": office.head}
    with pytest.raises(OwnRequest):
        say(office, "director", services.replace, case, opinion="离岗", **given)
    with pytest.raises(Refusal) as silent:
        say(office, "head", services.replace, case, opinion=" ", **given)
    assert silent.value.clause == "approvals.reason"


def test_an_absent_approver_is_visible_as_overdue(office):
    case = ask(office, book=route(step("office_director")))
    week = NOW + timedelta(days=7)
    assert [d.url_pk for d in overdue(office.leader, at=week)] == [case.pk]
    ticked = loop.tick(week)
    assert ticked.escalated >= 1
    above = Duty.objects.get(kind=loop.OVERDUE, url_pk=case.pk)
    assert above.post == "deputy_leader"


@pytest.mark.clause("approvals.deadline")
def test_a_step_moves_with_its_duty_when_the_years_calendar_comes(office):
    obligations.seed_calendar(office.system, NOW)
    eve = NOW.replace(year=2027, month=2, day=4)
    case = ask(office, book=route(step("office_director")), label=labelled(office))
    late = ask(office, book=route(step("office_director"), step("head")), at=eve)
    current = late.steps.get(order=0)
    assert current.provisional and current.due_at.day == 5
    obligations.import_calendar(actor=office.sysadmin, text=notice(2027), at=NOW)
    current.refresh_from_db()
    assert (current.due_at.day, current.provisional) == (12, False)
    assert late.steps.get(order=1).due_at is None
    assert case.steps.get(order=0).due_at.month == 9
    assert Seat.objects.filter(state="waiting").count() == 2
