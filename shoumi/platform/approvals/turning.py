"""One turn of a case: the kernel judges the vote among all others, then its outcome is written down."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import models

from shoumi.kernel import approval
from shoumi.kernel.approval import Closed, OutOfOrder, VoteKind
from shoumi.platform.access.subjects import day_of
from shoumi.platform.approvals.freezing import current_step, frozen, votes_of
from shoumi.platform.approvals.models import Case, CaseStep, Seat, Vote
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import due_in_hours
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import cancel_all, raise_duty, settle
from shoumi.platform.rulebook.figures import figure

DUTY = "approvals.vote"
CASE_URL = "cases-detail"

# matter → what follows, called as f(case, actor=actor, at=at) inside the act of the last vote.
ON_APPROVED: dict[str, Callable[..., None]] = {}
# The same for every other end (不同意、退回申请人、撤回): `case.state` says which. Releases what was held.
ON_REFUSED: dict[str, Callable[..., None]] = {}


def take_turn(case: Case, *, step: int | None) -> None:
    """Lock the case for this vote; a closed one, or another step than was shown, is stale."""
    if not case.turn():
        raise Closed(
            f"该申请{Case.State(case.state).label}，不再接受审批意见", clause="approvals.closed"
        )
    if step is not None and step != case.current:
        raise OutOfOrder(
            "该申请已不在此审批环节", clause="approvals.step_order", way_on="请刷新页面"
        )


def cast(
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
    steps, eligible, parts = frozen(case)
    target = taker.pk if taker is not None else to
    outcome = approval.check_vote(
        steps,
        approval.Vote(seat.step.order, seat.person_id, kind, opinion, target),
        applicant=case.applicant_id,
        eligible=eligible,
        votes=votes_of(case),
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
        end(case, outcome.state.value, actor=actor, proof=vote, at=at)
    elif kind is VoteKind.RETURN or outcome.step != case.current:
        _leave(case, proof=vote, at=at)
        enter(case, outcome.step or 0, at=at)
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


def end(case: Case, state: str, *, actor: Person, proof: models.Model, at: datetime) -> None:
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
    step = current_step(case)
    step.seats.filter(state=Seat.State.WAITING).update(state=Seat.State.LAPSED)
    CaseStep.objects.filter(pk=step.pk).update(state=CaseStep.State.DONE, closed_at=at)
    cancel_all(kind=DUTY, subject=case, reason=proof, at=at)


def enter(case: Case, order: int, *, at: datetime) -> None:
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
    about = f"{case.title} {case.summary}".strip()
    return raise_duty(
        kind=DUTY,
        clause="approvals.deadline",
        text=f"{about}：{seat.step.label}"[:120],
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
