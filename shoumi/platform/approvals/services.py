"""Opening a case inside a room's act, and the six acts of its approvers and its applicant.

A vote takes the case's turn first, then replays all votes through the kernel, then writes what came of
it: so two people deciding at once are put in order, and the machine that is proved is the one that runs.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from shoumi.kernel import approval
from shoumi.kernel.approval import NoApprover, NotApprover, OutOfOrder, OwnRequest, VoteKind
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.acting import Action, act, posts_held
from shoumi.platform.access.models import Label
from shoumi.platform.access.subjects import appointments_of, day_of
from shoumi.platform.approvals import seating
from shoumi.platform.approvals.models import Case, CaseStep, Seat, Vote
from shoumi.platform.directory.models import Person
from shoumi.platform.directory.selectors import system_person
from shoumi.platform.obligations.due import due_in_hours
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import (
    ON_LEFT,
    ON_RECOUNTED,
    cancel_all,
    raise_duty,
    settle,
)
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.flows import Steps, flow_for
from shoumi.platform.rulebook.model import Rulebook
from shoumi.platform.rulebook.posts import label_of as post_label
from shoumi.platform.trail.models import name_of

VOTE = Control("approvals.vote", kind="refuse", label="审批判定")
FROZEN = Control("approvals.vote", kind="record", label="审批判定")
LIMIT = Control("approvals.vote", kind="deadline", label="审批判定")

AGREE = Action("approvals.agree", "同意", clause="approvals.step_order")
REFUSE = Action("approvals.refuse", "不同意", clause="approvals.step_order")
SEND_BACK = Action("approvals.send_back", "退回", clause="approvals.return")
HAND_ON = Action("approvals.hand_on", "转办", clause="approvals.transfer")
ADD = Action("approvals.add", "加签", clause="approvals.transfer")
WITHDRAW = Action("approvals.withdraw", "撤回", clause="approvals.closed")

DUTY = "approvals.vote"
CASE_URL = "approvals:case"
DEFAULT_HOURS = 8

# matter → what follows, called as f(case, actor=actor, at=at) inside the act of the last vote.
ON_APPROVED: dict[str, Callable[..., None]] = {}
# The same for every other end (不同意、退回申请人、撤回): `case.state` says which. Releases what was held.
ON_REFUSED: dict[str, Callable[..., None]] = {}


class NotApplicant(Denied):
    """Only the one who asked may take the request back."""


def open_case(
    *,
    actor: Person,
    matter: str,
    subject: models.Model,
    label: Label,
    reason: str,
    at: datetime,
    conditions: Mapping[str, Any] | None = None,
    summary: str = "",
    book: Rulebook | None = None,
) -> Case:
    """Freeze route and approvers into a case, inside the act of the room that asks for it.

    The applicant's posts are conditions too: a flow may write `when = { applicant_head = true }`.
    """
    given = {f"applicant_{post}": True for post in sorted(posts_held(actor, at=at))}
    given |= dict(conditions or {})
    route = flow_for(matter, level=Level(label.level), on=day_of(at), conditions=given, book=book)
    if not reason.strip():
        raise Refusal("请写明申请理由", clause="approvals.reason")
    case = Case.unscoped.create(
        label=label,
        body=actor.body,
        matter=matter,
        title=route.title,
        clause=route.clause,
        subject=name_of(subject),
        summary=summary,
        applicant=actor,
        department=actor.department,
        reason=reason.strip(),
        conditions=dict(conditions or {}),
        opened_at=at,
    )
    _freeze(case, route, at=at)
    steps, eligible, parts = _frozen(case)
    approval.check_steps(steps, applicant=actor.pk, eligible=eligible, parts=parts)
    _enter(case, 0, at=at)
    return case


def agree(
    *, actor: Person, subject: Case, at: datetime, opinion: str = "", step: int | None = None
) -> Case:
    """同意: the last one needed takes the case further. `step` is the one the page showed."""
    return _vote(AGREE, VoteKind.AGREE, actor, subject, opinion, at=at, step=step)


def refuse(
    *, actor: Person, subject: Case, opinion: str, at: datetime, step: int | None = None
) -> Case:
    """不同意: closes the case and releases what was held for it. Clause: approvals.reason."""
    return _vote(REFUSE, VoteKind.REFUSE, actor, subject, opinion, at=at, step=step)


def send_back(
    *,
    actor: Person,
    subject: Case,
    opinion: str,
    at: datetime,
    to_step: int | None = None,
    step: int | None = None,
) -> Case:
    """退回: to an earlier step, whose votes are then void, or to the applicant. Clause: approvals.return."""
    return _vote(SEND_BACK, VoteKind.RETURN, actor, subject, opinion, at=at, step=step, to=to_step)


def hand_on(
    *,
    actor: Person,
    subject: Case,
    to_person: Person,
    opinion: str,
    at: datetime,
    step: int | None = None,
) -> Case:
    """转办: another approver takes the seat. Clause: approvals.transfer."""
    return _vote(
        HAND_ON, VoteKind.HAND_ON, actor, subject, opinion, at=at, step=step, taker=to_person
    )


def add(
    *,
    actor: Person,
    subject: Case,
    to_person: Person,
    opinion: str,
    at: datetime,
    step: int | None = None,
) -> Case:
    """加签: one more person must agree in this step. Clause: approvals.transfer."""
    return _vote(ADD, VoteKind.ADD, actor, subject, opinion, at=at, step=step, taker=to_person)


def withdraw(*, actor: Person, subject: Case, at: datetime) -> Case:
    """撤回: the applicant takes the request back as long as nobody has voted."""
    with act(actor, WITHDRAW, subject, at=at, matter=subject.matter):
        if subject.applicant_id != actor.pk:
            raise NotApplicant("只有申请人可以撤回", clause="approvals.closed")
        if not subject.turn():
            raise _closed(subject)
        if Vote.objects.filter(step__case=subject).exists():
            raise Stale(
                "已有审批意见，不能撤回",
                clause="approvals.closed",
                way_on="请审批人退回",
            )
        _end(subject, Case.State.WITHDRAWN, actor=actor, proof=subject, at=at)
    return subject


def spend(case: Case, *, at: datetime) -> None:
    """Use up an approval for the one thing it was given for; inside the act that does it."""
    if not case.use(on=day_of(at), at=at):
        raise Stale(
            "该批准已经使用、过期或者尚未批准",
            clause="approvals.authorisation",
            way_on="请重新提出申请",
        )


def _vote(
    action: Action,
    kind: VoteKind,
    actor: Person,
    case: Case,
    opinion: str,
    *,
    at: datetime,
    step: int | None,
    taker: Person | None = None,
    to: int | None = None,
) -> Case:
    with act(actor, action, case, at=at, matter=case.matter) as deed:
        if not case.turn():
            raise _closed(case)
        if step is not None and step != case.current:
            raise OutOfOrder(
                "该申请已不在此审批环节", clause="approvals.step_order", way_on="请刷新页面"
            )
        if actor.pk == case.applicant_id:
            raise OwnRequest
        if kind is not VoteKind.AGREE and not opinion.strip():
            raise Refusal(f"{kind.label}须写明意见", clause="approvals.reason")
        seat = _seat_of(actor, case)
        if kind is not VoteKind.HAND_ON:
            _check_post(actor, seat, at=at)
        if taker is not None:
            _check_taker(taker, case, kind, at=at)
        deed.note(step=case.current, round=seat.step.round)
        _cast(seat, kind, case=case, actor=actor, opinion=opinion, taker=taker, to=to, at=at)
    return case


def _cast(
    seat: Seat,
    kind: VoteKind,
    *,
    case: Case,
    actor: Person,
    opinion: str,
    at: datetime,
    taker: Person | None = None,
    to: int | None = None,
) -> None:
    """Let the kernel judge the vote among all others, keep it, and write what came of it."""
    steps, eligible, parts = _frozen(case)
    target = taker.pk if taker is not None else to
    outcome = approval.check_vote(
        steps,
        approval.Vote(seat.step.order, seat.person_id, kind, opinion, target),
        applicant=case.applicant_id,
        eligible=eligible,
        votes=_votes(case),
        parts=parts,
    )
    vote = Vote.objects.create(
        step=seat.step,
        round=seat.step.round,
        seat=seat,
        person=seat.person,
        cast_by=actor,
        kind=kind.value,
        opinion=opinion.strip(),
        to_person=taker,
        to_step=to,
        at=at,
    )
    _settle_seat(seat, kind, taker, case=case, vote=vote, at=at)
    if outcome.state is not approval.State.OPEN:
        _end(case, outcome.state.value, actor=actor, proof=vote, at=at)
    elif kind is VoteKind.RETURN or outcome.step != case.current:
        _leave(case, proof=vote, at=at)
        _enter(case, outcome.step or 0, at=at)
    else:
        _excuse(seat.step, outcome.waiting, case=case, vote=vote, at=at)


def _settle_seat(
    seat: Seat, kind: VoteKind, taker: Person | None, *, case: Case, vote: Vote, at: datetime
) -> None:
    """The voter's seat and duty are done with, except after 加签; whoever was brought in gets both."""
    if kind is not VoteKind.ADD:
        left = Seat.State.LEFT if kind is VoteKind.HAND_ON else Seat.State.VOTED
        Seat.objects.filter(pk=seat.pk).update(state=left)
        settle(kind=DUTY, subject=case, evidence=vote, at=at, person=seat.person)
    if taker is not None:
        origin = Seat.Origin.ADDED if kind is VoteKind.ADD else Seat.Origin.HANDED
        brought, _ = Seat.objects.update_or_create(
            step=seat.step,
            person=taker,
            defaults={"state": Seat.State.WAITING},
            create_defaults={"state": Seat.State.WAITING, "origin": origin},
        )
        _raise(case, brought, at=at)


def _excuse(
    step: CaseStep, waiting: frozenset[int], *, case: Case, vote: Vote, at: datetime
) -> None:
    """Those whose agreement the open step needs no longer."""
    idle = step.seats.filter(state=Seat.State.WAITING).exclude(person__in=waiting)
    for seat in idle.select_related("person"):
        cancel_all(kind=DUTY, subject=case, reason=vote, at=at, person=seat.person)
    idle.update(state=Seat.State.LAPSED)


def _end(case: Case, state: str, *, actor: Person, proof: models.Model, at: datetime) -> None:
    """Close the case and let the room go on, or release what it held."""
    _leave(case, proof=proof, at=at)
    approved = state == Case.State.APPROVED
    days = figure("approvals.authorisation", "valid_days", on=day_of(at), body=case.body)
    until = day_of(at) + timedelta(days=days) if approved else None
    case.close(state, at=at, valid_until=until)
    followers = ON_APPROVED if approved else ON_REFUSED
    if case.matter in followers:
        followers[case.matter](case, actor=actor, at=at)


def _leave(case: Case, *, proof: models.Model, at: datetime) -> None:
    """End the current step: what still waited in it need not be done."""
    step = _current(case)
    step.seats.filter(state=Seat.State.WAITING).update(state=Seat.State.LAPSED)
    CaseStep.objects.filter(pk=step.pk).update(state=CaseStep.State.DONE, closed_at=at)
    cancel_all(kind=DUTY, subject=case, reason=proof, at=at)


def _enter(case: Case, order: int, *, at: datetime) -> None:
    """Begin a step afresh, with the seats frozen at submission; later steps are as if never begun."""
    case.steps.filter(order__gt=order).update(
        state=CaseStep.State.LATER, opened_at=None, due_at=None, closed_at=None
    )
    Seat.objects.filter(step__case=case, step__order__gt=order, origin=Seat.Origin.POST).update(
        state=Seat.State.LATER
    )
    step = case.steps.get(order=order)
    due = due_in_hours(step.hours, start=at, body=case.body)
    step.state, step.round, step.closed_at = CaseStep.State.OPEN, step.round + 1, None
    step.opened_at, step.due_at, step.provisional = at, due.at, due.provisional
    step.save(update_fields=["state", "round", "opened_at", "due_at", "provisional", "closed_at"])
    case.current = order
    case.save(update_fields=["current"])
    seats = step.seats.filter(origin=Seat.Origin.POST).select_related("person", "step")
    seats.update(state=Seat.State.WAITING)
    for seat in seats:
        _raise(case, seat, at=at)


def _raise(case: Case, seat: Seat, *, at: datetime) -> Duty:
    """The approver's duty, due by the end of the step. Clause: approvals.deadline."""
    return raise_duty(
        kind=DUTY,
        clause="approvals.deadline",
        text=f"{case.title}：{seat.step.label}"[:120],
        due=due_in_hours(seat.step.hours, start=at, body=case.body),
        at=at,
        body=case.body,
        person=seat.person,
        label=case.label,
        subject=case,
        url_name=CASE_URL,
        url_pk=case.pk,
        raised_by=case.applicant,
    )


def _freeze(case: Case, route: Steps, *, at: datetime) -> None:
    """Copy the route into the case, and seat whoever may decide each step today."""
    for order, step in enumerate(route.steps):
        row = CaseStep.objects.create(
            case=case,
            order=order,
            label=step.label,
            posts=list(step.posts),
            mode=step.mode,
            hours=step.hours or DEFAULT_HOURS,
        )
        seated: dict[Person, list[str]] = {}
        vacant = []
        for post in step.posts:
            people = _approvers(post, case, at=at)
            vacant += [] if people else [post_label(post)]
            for person in people:
                seated.setdefault(person, []).append(post)
        if not seated or (step.mode == "joint" and vacant):
            names = "、".join(vacant)
            raise NoApprover(
                f"「{step.label}」除申请人外没有具备知悉资格的{names}",
                clause="approvals.no_approver",
                way_on=f"请先明确{names}人选并列入知悉范围，或者由他人提出申请",
            )
        Seat.objects.bulk_create(
            Seat(step=row, person=person, posts=posts, origin=Seat.Origin.POST)
            for person, posts in seated.items()
        )


def _approvers(post: str, case: Case, *, at: datetime) -> list[Person]:
    return seating.approvers(
        post,
        body=case.body,
        department=case.department,
        applicant=case.applicant,
        label=case.label,
        at=at,
    )


def _frozen(
    case: Case,
) -> tuple[list[approval.Step], dict[int, frozenset[int]], dict[int, list[frozenset[int]]]]:
    """The case as the kernel reads it: steps, the people seated at submission, and by which post."""
    rows = list(case.steps.order_by("order"))
    seats = Seat.objects.filter(step__case=case, origin=Seat.Origin.POST)
    found = list(seats.values_list("step__order", "person", "posts"))
    steps = [
        approval.Step(str(row.order), tuple(row.posts), row.mode, row.hours, row.label)  # type: ignore[arg-type]
        for row in rows
    ]
    eligible = {
        row.order: frozenset(person for order, person, _ in found if order == row.order)
        for row in rows
    }
    parts = {
        row.order: [
            frozenset(
                person for order, person, held in found if order == row.order and post in held
            )
            for post in row.posts
        ]
        for row in rows
    }
    return steps, eligible, parts


def _votes(case: Case) -> list[approval.Vote]:
    votes = Vote.objects.filter(step__case=case).select_related("step").order_by("id")
    return [
        approval.Vote(
            vote.step.order,
            vote.person_id,
            VoteKind(vote.kind),
            vote.opinion,
            vote.to_step if vote.to_person_id is None else vote.to_person_id,
        )
        for vote in votes
    ]


def _current(case: Case) -> CaseStep:
    """The step under way; asked of open cases only."""
    return case.steps.get(order=case.current or 0)


def _seat_of(actor: Person, case: Case) -> Seat:
    seats = Seat.objects.filter(step=_current(case), person=actor)
    seat = seats.select_related("step", "person").first()
    if seat is None:
        raise NotApprover("您不是本环节的审批人", clause="approvals.not_approver")
    return seat


def _check_post(actor: Person, seat: Seat, *, at: datetime) -> None:
    """A seat that came with a post is void without it; it can still be handed on."""
    held = {a.post for a in appointments_of(actor, at)}
    if seat.origin == Seat.Origin.POST and not held & set(seat.posts):
        raise NotApprover(
            "您已不任本环节的审批岗位",
            clause="approvals.not_approver",
            way_on="请转办给现任人员",
        )


def _check_taker(taker: Person, case: Case, kind: VoteKind, *, at: datetime) -> None:
    """Nobody below the label, none in the applicant's stead, no way back. Clause: approvals.transfer."""
    applicant = case.applicant
    if taker.pk == applicant.pk:
        raise OwnRequest(f"不得{kind.label}给申请人")
    if seating.stands_for_applicant(taker, applicant, at=at):
        raise OwnRequest(f"不得{kind.label}给代理申请人职务的人员")
    if taker.body_id != case.body_id or not seating.may_judge(taker, case.label, at=at):
        raise Refusal(
            f"不得{kind.label}给不具备知悉资格的人员",
            clause="approvals.dominate",
            way_on="请选择涉密等级相符且在知悉范围内的人员",
        )
    step = _current(case)
    if kind is VoteKind.HAND_ON and not seating.approves_anything(taker, step.posts, at=at):
        raise Refusal(
            "不得转办给没有审批职责的人员",
            clause="approvals.transfer",
            way_on="请选择任有审批岗位的人员",
        )
    if step.seats.filter(person=taker, state=Seat.State.LEFT).exists():
        raise Refusal(
            f"不得{kind.label}给已经转出的人员",
            clause="approvals.transfer",
            way_on="请选择其他人员",
        )


def _take_over(duty: Duty, *, at: datetime) -> bool:
    """A leaver's seat goes to who holds the post now, in the system's act. Clause: obligations.person."""
    case = Case.unscoped.select_related("applicant", "label", "body").get(pk=duty.url_pk or 0)
    seat = _seat_of_leaver(duty, case)
    step_people = set(seat.step.seats.values_list("person", flat=True))
    for post in seat.posts or seat.step.posts:
        for person in _approvers(post, case, at=at):
            if person.pk not in step_people and case.turn():
                _cast(
                    seat,
                    VoteKind.HAND_ON,
                    case=case,
                    actor=system_person(),
                    opinion="原审批人离岗，由现任人员接办",
                    taker=person,
                    at=at,
                )
                return True
    return False


def _seat_of_leaver(duty: Duty, case: Case) -> Seat:
    seats = Seat.objects.select_related("step", "person")
    return seats.get(step=_current(case), person=duty.person)


def _follow_calendar(duty: Duty, *, at: datetime) -> None:
    """The step's own time moves with its duties when the calendar was counted anew."""
    CaseStep.objects.filter(case=duty.url_pk or 0, state=CaseStep.State.OPEN).update(
        due_at=duty.due_at, provisional=duty.provisional
    )


def _closed(case: Case) -> approval.Closed:
    return approval.Closed(
        f"该申请{Case.State(case.state).label}，不再接受审批意见", clause="approvals.closed"
    )


ON_LEFT[DUTY] = _take_over
ON_RECOUNTED[DUTY] = _follow_calendar
