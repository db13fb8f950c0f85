"""Opening a case inside a room's act, and the six acts of its approvers and its applicant.

A vote takes the case's turn first, then replays all votes through the kernel, then writes what came of
it: so two people deciding at once are put in order, and the machine that is proved is the one that runs.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from shoumi.kernel import approval
from shoumi.kernel.approval import NotApprover, OwnRequest, VoteKind
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.acting import Action, act, posts_held
from shoumi.platform.access.models import Label
from shoumi.platform.access.subjects import appointments_of, day_of
from shoumi.platform.approvals import seating
from shoumi.platform.approvals.freezing import approvers_of, current_step, freeze, frozen
from shoumi.platform.approvals.models import Case, CaseStep, Seat, Vote
from shoumi.platform.approvals.turning import CASE_URL as CASE_URL
from shoumi.platform.approvals.turning import DUTY as DUTY
from shoumi.platform.approvals.turning import ON_APPROVED as ON_APPROVED
from shoumi.platform.approvals.turning import ON_REFUSED as ON_REFUSED
from shoumi.platform.approvals.turning import cast, end, enter, take_turn
from shoumi.platform.directory.models import Person
from shoumi.platform.directory.selectors import system_person
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import (
    ON_LEFT,
    ON_RECOUNTED,
)
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.flows import flow_for
from shoumi.platform.rulebook.model import Rulebook
from shoumi.platform.trail.models import name_of

VOTE = Control("approvals.vote", kind="refuse", label="审批判定")
FROZEN = Control("approvals.vote", kind="record", label="审批判定")
LIMIT = Control("approvals.vote", kind="deadline", label="审批判定")

AGREE = Action("approvals.agree", "同意", clause="approvals.step_order")
REFUSE = Action("approvals.refuse", "不同意", clause="approvals.step_order")
SEND_BACK = Action("approvals.send_back", "退回", clause="approvals.return")
HAND_ON = Action("approvals.hand_on", "转办", clause="approvals.transfer")
ADD = Action("approvals.add", "加签", clause="approvals.transfer")
REPLACE = Action(
    "approvals.replace",
    "指定接办",
    clause="approvals.transfer",
    posts=frozenset({"office_director", "deputy_leader", "head"}),
)
WITHDRAW = Action("approvals.withdraw", "撤回", clause="approvals.closed")


class NotApplicant(Denied):
    """Only the one who asked may take the request back."""


class NotVacant(Refusal):
    """The approver is there and decides in person; nobody takes the seat away."""


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
    freeze(case, route, at=at)
    steps, eligible, parts = frozen(case)
    approval.check_steps(steps, applicant=actor.pk, eligible=eligible, parts=parts)
    enter(case, 0, at=at)
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


def replace(
    *,
    actor: Person,
    subject: Case,
    of_person: Person,
    to_person: Person,
    opinion: str,
    at: datetime,
) -> Case:
    """指定接办: give the seat of somebody who has left, or lost the post, to another approver."""
    with act(actor, REPLACE, subject, at=at, matter=subject.matter) as deed:
        if actor.pk == subject.applicant_id:
            raise OwnRequest
        take_turn(subject, step=None)
        if not opinion.strip():
            raise Refusal("指定接办须写明意见", clause="approvals.reason")
        seat = _seat_of(of_person, subject)
        if of_person.is_active and _holds_post(of_person, seat, at=at):
            raise NotVacant(
                "原审批人仍在岗，应由其本人办理",
                clause="approvals.transfer",
                way_on="请催办，或者由其本人转办",
            )
        _check_taker(to_person, subject, VoteKind.HAND_ON, at=at)
        deed.note(step=subject.current, round=seat.step.round)
        kind = VoteKind.HAND_ON
        cast(seat, kind, case=subject, actor=actor, opinion=opinion, taker=to_person, at=at)
    return subject


def withdraw(*, actor: Person, subject: Case, at: datetime) -> Case:
    """撤回: the applicant takes the request back as long as nobody has voted."""
    with act(actor, WITHDRAW, subject, at=at, matter=subject.matter):
        if subject.applicant_id != actor.pk:
            raise NotApplicant("只有申请人可以撤回", clause="approvals.closed")
        take_turn(subject, step=None)
        if Vote.objects.filter(step__case=subject).exists():
            raise Stale(
                "已有审批意见，不能撤回",
                clause="approvals.closed",
                way_on="请审批人退回",
            )
        end(subject, Case.State.WITHDRAWN, actor=actor, proof=subject, at=at)
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
        take_turn(case, step=step)
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
        cast(seat, kind, case=case, actor=actor, opinion=opinion, taker=taker, to=to, at=at)
    return case


def _seat_of(actor: Person, case: Case) -> Seat:
    seats = Seat.objects.filter(step=current_step(case), person=actor)
    seat = seats.select_related("step", "person").first()
    if seat is None:
        raise NotApprover("您不是本环节的审批人", clause="approvals.not_approver")
    return seat


def _check_post(actor: Person, seat: Seat, *, at: datetime) -> None:
    if not _holds_post(actor, seat, at=at):
        raise NotApprover(
            "您已不任本环节的审批岗位",
            clause="approvals.not_approver",
            way_on="请转办给现任人员",
        )


def _holds_post(person: Person, seat: Seat, *, at: datetime) -> bool:
    """A seat that came with a post is void without it; it can still be handed on."""
    held = {a.post for a in appointments_of(person, at)}
    return seat.origin != Seat.Origin.POST or bool(held & set(seat.posts))


def _check_taker(taker: Person, case: Case, kind: VoteKind, *, at: datetime) -> None:
    """Nobody below the label, none in the applicant's stead, no way back. Clause: approvals.transfer."""
    if seating.stands_for_applicant(taker, case.applicant, at=at):
        raise OwnRequest(f"不得{kind.label}给代理申请人职务的人员")
    if taker.body_id != case.body_id or not seating.may_judge(taker, case.label, at=at):
        raise Refusal(
            f"不得{kind.label}给不具备知悉资格的人员",
            clause="approvals.dominate",
            way_on="请选择涉密等级相符且在知悉范围内的人员",
        )
    step = current_step(case)
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
    seats = Seat.objects.select_related("step", "person")
    seat = seats.get(step=current_step(case), person=duty.person)
    sitting = set(seat.step.seats.values_list("person", flat=True))
    found = [p for post in seat.step.posts for p in approvers_of(post, case, at=at)]
    successor = next((person for person in found if person.pk not in sitting), None)
    if successor is None:
        return False
    take_turn(case, step=None)
    cast(
        seat,
        VoteKind.HAND_ON,
        case=case,
        actor=system_person(),
        opinion="原审批人离岗，由现任人员接办",
        taker=successor,
        at=at,
    )
    return True


def _follow_calendar(duty: Duty, *, at: datetime) -> None:
    """The step's own time moves with its duties when the calendar was counted anew."""
    CaseStep.objects.filter(case=duty.url_pk or 0, state=CaseStep.State.OPEN).update(
        due_at=duty.due_at, provisional=duty.provisional
    )


ON_LEFT[DUTY] = _take_over
ON_RECOUNTED[DUTY] = _follow_calendar
