"""A case from submission to its end: seats, duties, votes, refusals, and what is chained."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from conftest import NOW, TODAY, clear, prepared
from shoumi.kernel.approval import (
    BadVote,
    Closed,
    NoApprover,
    NotApprover,
    OutOfOrder,
    OwnRequest,
    VotedAlready,
)
from shoumi.kernel.levels import Level, PersonnelClass
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Hidden
from shoumi.platform.approvals import selectors, services
from shoumi.platform.approvals.models import Case, CaseStep, Seat, Vote
from shoumi.platform.approvals.tests.world import ask, following, labelled, route, step
from shoumi.platform.directory.models import Appointment, Person
from shoumi.platform.obligations import selectors as duties
from shoumi.platform.obligations.models import Duty
from shoumi.platform.rulebook.source import rulebook
from shoumi.platform.trail.models import Change, Entry

LATER = NOW + timedelta(hours=1)
TWO = (step("office_director"), step("deputy_leader"))


def fresh(person):
    """The person as the next request would load them."""
    return Person.objects.get(pk=person.pk)


def say(office, who, service, case, **values):
    return service(actor=fresh(getattr(office, who)), subject=case, at=LATER, **values)


def test_all_agree_and_the_room_goes_on_in_the_same_act(office):
    case = ask(office, book=route(*TWO))
    assert [c.pk for c in selectors.waiting(office.director, at=NOW)] == [case.pk]
    assert duties.mine(office.director, at=NOW).get().text == "借阅审批：office_director"
    with following() as seen:
        say(office, "director", services.agree, case, opinion="拟同意")
        assert case.state == Case.State.OPEN and case.current == 1
        assert not duties.mine(office.director, at=LATER).exists()
        say(office, "leader", services.agree, case)
    assert seen == [("approved", "approved", "尉迟山")]
    assert (case.state, case.current, case.closed_at) == ("approved", None, LATER)
    assert case.valid_until == TODAY + timedelta(days=10)
    entry = Entry.objects.order_by("-id")[0]
    assert (entry.event, entry.subject) == ("approvals.agree", f"approvals.case:{case.pk}")
    for table in ("approvals_case", "approvals_vote", "approvals_seat", "obligations_duty"):
        assert f"{table}:" in entry.seals
    assert not Duty.objects.filter(state="open").exists()
    assert str(case) == f"test.matter:{case.pk}"


def test_opinions_stay_behind_the_gate(office):
    case = ask(office, book=route(step("office_director")))
    say(office, "director", services.agree, case, opinion="涉及重要情况，同意")
    entry = Entry.objects.order_by("-id")[0]
    assert "重要情况" not in entry.body
    assert "重要情况" in Change.objects.get(entry=entry).text


@pytest.mark.parametrize("place", [0, 1])
def test_each_step_may_refuse_and_what_was_held_is_released(office, place):
    case = ask(office, book=route(*TWO))
    with following() as seen:
        if place:
            say(office, "director", services.agree, case)
        say(office, ["director", "leader"][place], services.refuse, case, opinion="无必要")
    assert [s[:2] for s in seen] == [("refused", "refused")]
    assert case.state == "refused" and case.valid_until is None
    with pytest.raises(Closed) as late:
        say(office, "leader", services.agree, case)
    assert late.value.status == 409
    assert "已不" not in late.value.message and "未同意" in late.value.message


def test_sent_back_to_the_applicant(office):
    case = ask(office, book=route(*TWO))
    with following() as seen:
        say(office, "director", services.send_back, case, opinion="请补充用途")
    assert seen == [("refused", "returned", "翟海")]


def test_sent_back_to_an_earlier_step_its_votes_are_void(office):
    case = ask(office, book=route(*TWO))
    say(office, "director", services.agree, case)
    say(office, "leader", services.send_back, case, opinion="请重新核对", to_step=0)
    assert case.current == 0
    assert list(selectors.waiting(office.director, at=LATER)) == [case]
    first, second = case.steps.order_by("order")
    assert (first.round, second.round) == (2, 1)
    assert (second.state, second.due_at) == (CaseStep.State.LATER, None)
    say(office, "director", services.agree, case)
    say(office, "leader", services.agree, case)
    assert case.state == "approved"
    with pytest.raises(Stale):
        say(office, "leader", services.send_back, case, opinion="再核", to_step=0)


def test_back_means_back(office):
    case = ask(office, book=route(*TWO))
    with pytest.raises(BadVote):
        say(office, "director", services.send_back, case, opinion="请核", to_step=1)


@pytest.mark.clause("approvals.own_request")
def test_nobody_approves_their_own_request(office):
    with pytest.raises(NoApprover):
        ask(office, by=office.director, book=route(step("office_director")))
    both = route(step("office_director", "deputy_leader"))
    case = ask(office, by=office.director, book=both)
    with pytest.raises(OwnRequest) as own:
        say(office, "director", services.agree, case)
    assert own.value.clause == "approvals.own_request"
    assert Entry.objects.order_by("-id")[0].event == "approvals.agree.denied"
    assert not Vote.objects.exists()


@pytest.mark.clause("approvals.own_request")
def test_nor_by_handing_on_adding_or_a_second_post(office):
    with prepared(office.body):
        Appointment.objects.create(
            person=office.handler, post="deputy_leader", body=office.body, since=TODAY
        )
    case = ask(office, by=fresh(office.handler), book=route(*TWO))
    assert not Seat.objects.filter(person=office.handler).exists()
    for service in (services.hand_on, services.add):
        with pytest.raises(OwnRequest):
            say(office, "director", service, case, to_person=office.handler, opinion="请办")


@pytest.mark.clause("approvals.own_request")
def test_nor_through_a_stand_in(office):
    with pytest.raises(NoApprover) as nobody:
        ask(office, by=office.chief, book=route(step("department_head")))
    assert "部门负责人" in nobody.value.message
    case = ask(office, by=office.chief, book=route(step("office_director")))
    with pytest.raises(OwnRequest):
        say(office, "director", services.add, case, to_person=office.standin, opinion="请会签")


def test_a_stand_in_decides_with_their_own_clearance_only(office):
    low = ask(
        office, label=labelled(office, Level.CONFIDENTIAL), book=route(step("department_head"))
    )
    assert {s.person for s in Seat.objects.filter(step__case=low)} == {office.chief, office.standin}
    high = ask(office, label=labelled(office, Level.SECRET), book=route(step("department_head")))
    assert {s.person for s in Seat.objects.filter(step__case=high)} == {office.chief}
    with pytest.raises(Hidden):
        say(office, "standin", services.agree, high)
    say(office, "standin", services.agree, low)
    assert low.state == "approved"


@pytest.mark.clause("approvals.dominate")
def test_an_approver_below_the_label_is_not_seated(office):
    label = labelled(office, Level.SECRET, principals=[f"p:{office.handler.pk}"])
    with pytest.raises(NoApprover) as nobody:
        ask(office, label=label, book=route(step("office_director", label="主任批准")))
    assert nobody.value.clause == "approvals.no_approver"
    assert "办公室主任" in nobody.value.message and "主任批准" in nobody.value.message
    assert Entry.objects.order_by("-id")[0].event == "test.approvals.ask.denied"
    assert not Case.unscoped.exists()


@pytest.mark.clause("approvals.dominate")
def test_an_approver_who_lost_the_clearance_finds_nothing(office):
    case = ask(office, label=labelled(office, Level.SECRET), book=route(step("department_head")))
    with prepared(office.body):
        office.chief.clearances.update(pledged_until=TODAY - timedelta(days=1))
    with pytest.raises(Hidden):
        say(office, "chief", services.agree, case)
    assert not selectors.waiting(fresh(office.chief), at=LATER).exists()


@pytest.mark.clause("approvals.no_approver")
def test_a_post_nobody_holds_is_named(office):
    with pytest.raises(NoApprover) as nobody:
        ask(office, book=route(step("archivist")))
    assert "档案员" in nobody.value.message and "档案员" in nobody.value.way_on
    leaderless = route(step("department_head"))
    with pytest.raises(NoApprover):
        ask(office, by=office.leader, book=leaderless)


def test_a_joint_step_needs_one_holder_of_each_post(office):
    with pytest.raises(NoApprover) as nobody:
        ask(office, book=route(step("office_director", "archivist", mode="joint")))
    assert "档案员" in nobody.value.message and "办公室主任" not in nobody.value.message
    with prepared(office.body):
        Appointment.objects.create(
            person=office.peer, post="office_director", body=office.body, since=TODAY
        )
    case = ask(office, book=route(step("office_director", "secrecy_office", mode="joint")))
    assert duties.mine(office.peer, at=NOW).exists()
    say(office, "director", services.agree, case)
    assert not duties.mine(office.peer, at=NOW).exists()
    assert Seat.objects.get(person=office.peer).state == Seat.State.LAPSED
    with pytest.raises(VotedAlready):
        say(office, "director", services.agree, case)
    say(office, "office", services.agree, case)
    assert case.state == "approved"


def test_an_any_step_lets_the_others_go(office):
    case = ask(office, book=route(step("department_head"), step("office_director")))
    say(office, "chief", services.agree, case)
    assert not duties.mine(office.standin, at=LATER).exists()
    with pytest.raises(NotApprover) as late:
        say(office, "standin", services.agree, case)
    assert late.value.clause == "approvals.not_approver"


@pytest.mark.clause("approvals.step_order")
def test_a_page_of_another_step_is_stale(office):
    case = ask(office, book=route(*TWO))
    say(office, "director", services.agree, case, step=0)
    with pytest.raises(OutOfOrder) as stale:
        say(office, "leader", services.agree, case, step=0)
    assert stale.value.status == 409
    with pytest.raises(NotApprover):
        say(office, "director", services.agree, case)


@pytest.mark.clause("approvals.reason")
@pytest.mark.parametrize("service", ["refuse", "send_back", "hand_on", "add"])
def test_no_refusal_and_no_transfer_without_an_opinion(office, service):
    case = ask(office, book=route(*TWO))
    more = {"to_person": office.leader} if service in ("hand_on", "add") else {}
    with pytest.raises(Refusal) as refused:
        say(office, "director", getattr(services, service), case, opinion=" ", **more)
    assert refused.value.clause == "approvals.reason"
    with pytest.raises(IntegrityError), prepared(office.body), transaction.atomic():
        seat = Seat.objects.select_related("step").get(person=office.director)
        Vote.objects.create(
            step=seat.step,
            round=1,
            seat=seat,
            person=office.director,
            cast_by=office.director,
            kind="refuse",
            at=NOW,
        )


def test_a_reason_is_asked_of_the_applicant(office):
    with pytest.raises(Refusal) as refused:
        ask(office, book=route(*TWO), reason="  ")
    assert refused.value.clause == "approvals.reason"


@pytest.mark.clause("approvals.transfer")
def test_handing_on_gives_the_seat_away(office):
    case = ask(office, book=route(*TWO))
    say(office, "director", services.hand_on, case, to_person=office.leader, opinion="请代审")
    assert list(selectors.waiting(office.leader, at=LATER)) == [case]
    assert duties.mine(office.leader, at=LATER).count() == 1
    assert not duties.mine(office.director, at=LATER).exists()
    with pytest.raises(NotApprover):
        say(office, "director", services.agree, case)
    with pytest.raises(Refusal) as circle:
        say(office, "leader", services.hand_on, case, to_person=office.director, opinion="退")
    assert circle.value.clause == "approvals.transfer"
    say(office, "leader", services.agree, case)
    say(office, "leader", services.agree, case)
    assert case.state == "approved"


@pytest.mark.clause("approvals.transfer")
def test_only_an_approver_who_may_know_is_handed_a_seat(office):
    case = ask(office, label=labelled(office, Level.SECRET), book=route(*TWO))
    for taker, clause in (
        (office.newcomer, "approvals.dominate"),
        (office.stranger, "approvals.dominate"),
        (office.auditor, "approvals.dominate"),
        (office.peer, "approvals.transfer"),
        (office.director, "approvals.transfer"),
    ):
        with pytest.raises(Refusal) as refused:
            say(office, "director", services.hand_on, case, to_person=taker, opinion="请代审")
        assert refused.value.clause == clause


def test_adding_asks_one_more_person(office):
    case = ask(office, book=route(step("office_director")))
    say(office, "director", services.add, case, to_person=office.peer, opinion="请业务科会签")
    assert list(selectors.waiting(office.director, at=LATER)) == [case]
    say(office, "director", services.agree, case)
    assert case.state == "open"
    say(office, "peer", services.agree, case)
    assert case.state == "approved"


def test_a_seat_lives_and_dies_with_its_post(office):
    case = ask(office, book=route(*TWO))
    with prepared(office.body):
        Appointment.objects.filter(person=office.director).update(until=TODAY - timedelta(days=1))
    with pytest.raises(NotApprover) as gone:
        say(office, "director", services.agree, case)
    assert "转办" in gone.value.way_on
    say(office, "director", services.hand_on, case, to_person=office.leader, opinion="已调离")
    assert Seat.objects.filter(person=office.leader, state=Seat.State.WAITING).count() == 1


def test_the_applicant_takes_back_what_nobody_has_judged(office):
    case = ask(office, book=route(*TWO))
    with pytest.raises(services.NotApplicant):
        say(office, "director", services.withdraw, case)
    with following() as seen:
        say(office, "handler", services.withdraw, case)
    assert seen == [("refused", "withdrawn", "单平")]
    assert not Duty.objects.filter(state="open").exists()
    with pytest.raises(Closed):
        say(office, "handler", services.withdraw, case)
    other = ask(office, book=route(*TWO))
    say(office, "director", services.agree, other)
    with pytest.raises(Stale):
        say(office, "handler", services.withdraw, other)


@pytest.mark.clause("approvals.frozen")
def test_the_steps_stay_as_they_were_when_the_flow_changes(office):
    case = ask(office, book=route(*TWO))
    changed = route(step("head"))
    other = ask(office, book=changed)
    assert [s.posts for s in case.steps.order_by("order")] == [
        ["office_director"],
        ["deputy_leader"],
    ]
    with prepared(office.body):
        Appointment.objects.create(
            person=office.peer, post="office_director", body=office.body, since=TODAY
        )
    with pytest.raises(NotApprover):
        say(office, "peer", services.agree, case)
    say(office, "director", services.agree, case)
    say(office, "leader", services.agree, case)
    assert (case.state, other.state) == ("approved", "open")
    assert str(case.steps.first()) == f"{case.pk}:0"


def test_a_flow_that_refuses_says_so_with_its_clause(office):
    label = labelled(office, Level.TOP_SECRET)
    with pytest.raises(Refusal) as refused:
        ask(office, by=office.registrar, label=label, matter="handling.borrow")
    assert refused.value.clause == "carriers.borrow.top_secret"
    case = ask(
        office,
        by=office.registrar,
        label=label,
        matter="handling.borrow",
        conditions={"necessary": True},
    )
    assert case.conditions == {"necessary": True}


def test_the_posts_of_the_applicant_are_conditions(office):
    book = route(step("head"), when={"applicant_office_director": True})
    assert ask(office, by=office.director, book=book).state == "open"


@pytest.mark.clause("approvals.authorisation")
def test_an_approval_is_spent_once_and_in_time(office):
    case = ask(office, book=route(step("office_director")))
    with prepared(office.body), pytest.raises(Stale):
        services.spend(case, at=LATER)
    say(office, "director", services.agree, case)
    with prepared(office.body), pytest.raises(Stale):
        services.spend(case, at=LATER + timedelta(days=11))
    with prepared(office.body):
        services.spend(case, at=LATER)
        with pytest.raises(Stale) as again:
            services.spend(case, at=LATER)
    assert again.value.clause == "approvals.authorisation"
    assert case.used_at == LATER


def test_the_lists_of_applicant_and_approver(office):
    case = ask(office, book=route(*TWO))
    assert list(selectors.applications(office.handler, at=NOW)) == [case]
    assert not selectors.decided(office.director, at=NOW).exists()
    say(office, "director", services.agree, case)
    assert list(selectors.decided(office.director, at=LATER)) == [case]
    assert list(selectors.cases_about(office.registry)) == [case]
    assert not selectors.cases_about(office.registry, matter="handling.copy").exists()
    assert next(iter(duties.raised_by(office.handler, at=LATER))).kind == services.DUTY


def test_a_case_bears_its_subjects_label(office):
    label = labelled(
        office,
        Level.SECRET,
        principals=[f"t:office_director@{office.body.pk}", f"p:{office.handler.pk}"],
    )
    ask(office, label=label, book=route(step("office_director")))
    assert selectors.cases(office.handler, at=NOW).count() == 1
    assert not selectors.cases(office.peer, at=NOW).exists()
    assert not duties.mine(office.peer, at=NOW).exists()


def test_the_page_of_a_case(office, django_assert_num_queries):
    case = ask(office, book=route(*TWO))
    page = selectors.case_page(case, reader=office.handler, at=LATER)
    assert page.may_withdraw and not page.waits_for_me
    say(office, "director", services.agree, case, opinion="同意")
    two_hours = NOW + timedelta(hours=2)
    selectors.case_page(case, reader=office.leader, at=two_hours)
    with django_assert_num_queries(5):
        page = selectors.case_page(case, reader=office.leader, at=two_hours)
    first, second = page.lines
    assert [v.opinion for v in first.votes] == ["同意"]
    assert first.used == timedelta(hours=1) and second.used == timedelta(hours=1)
    assert page.waits_for_me and not page.may_withdraw and not second.overdue
    third = selectors.case_page(case, reader=office.leader, at=NOW + timedelta(days=3))
    assert third.lines[1].overdue
    say(office, "leader", services.agree, case)
    assert not selectors.case_page(case, reader=office.handler, at=LATER).may_withdraw
    again = ask(office, book=route(*TWO))
    later = selectors.case_page(again, reader=office.handler, at=NOW).lines[1]
    assert later.used == timedelta(0) and not later.overdue


def test_rows_speak_of_themselves_without_content(office):
    case = ask(office, book=route(step("office_director")))
    say(office, "director", services.agree, case)
    seat, vote = Seat.objects.get(), Vote.objects.get()
    assert str(seat) == f"{seat.step_id}:{office.director.pk}"
    assert str(vote) == f"{seat.step_id}:{office.director.pk}:agree"


FLOWS = [
    (flow.matter, number)
    for flow in rulebook().flows
    for number, row in enumerate(flow.rows)
    if row.steps
]


@pytest.mark.parametrize(("matter", "number"), FLOWS)
def test_every_route_of_the_rulebook_can_be_agreed_refused_and_returned(office, matter, number):
    row = rulebook().flow(matter).rows[number]
    with prepared(office.body):
        clear_all(office)
        Appointment.objects.create(
            person=office.authority, post="hr_officer", body=office.body, since=TODAY
        )
    office.handler = fresh(office.handler)
    label = labelled(office, max(row.levels))
    ends = [("agree", "approved", None)]
    for place in range(len(row.steps)):
        ends += [("refuse", "refused", place), ("send_back", "returned", place)]
    for service, state, place in ends:
        case = ask(office, matter=matter, label=label, conditions=dict(row.when))
        assert case.clause == row.clause
        with following(matter) as seen:
            while case.state == "open" and case.current != place:
                services.agree(actor=_next(case), subject=case, at=LATER)
            if place is not None:
                end = getattr(services, service)
                end(actor=_next(case), subject=case, opinion="不宜", at=LATER)
        assert case.state == state
        assert [(name, ended) for name, ended, _ in seen] == [
            ("approved" if place is None else "refused", state)
        ]


def _next(case):
    waiting = Seat.objects.filter(step__case=case, state=Seat.State.WAITING)
    return fresh(waiting.order_by("id")[0].person)


def clear_all(office):
    for name in ("handler", "chief", "office", "authority"):
        person = getattr(office, name)
        person.clearances.all().delete()
        clear(person, PersonnelClass.CORE)
