"""移交: what a person answers for goes to the successor, after a leader agreed, with one signature."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from shoumi.domains.handling import rules
from shoumi.domains.handling.models import Succession, SuccessionLine
from shoumi.domains.handling.services.gathering import (
    NotOnShelf,
    ask_for,
    check_not_on_loan,
    due_by,
    gathered,
    label_over,
    listed,
    names_of,
    numbered,
    release_all,
    step,
)
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of, holds
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED, spend
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.services import (
    check_person,
    holder_of,
    offer_succession,
    settle_lines,
    withdraw_lines,
)
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.services import cancel_all, raise_duty, settle
from shoumi.platform.rulebook.figures import figure

MATTER = "handling.handover"
PAGE = "handling-successions-detail"
CLAUSE = "carriers.handover"

HAND_OVER = Action("handling.handover", "移交", clause="carriers.handover")
ACCEPT = Action("handling.handover.accept", "接收移交", clause="carriers.handover")
WITHDRAW = Action("handling.handover.withdraw", "撤回移交", clause="carriers.handover")

State = Succession.State


class NotTheReceiver(Denied):
    """Only the successor signs for what is handed over."""

    def __init__(self) -> None:
        super().__init__(
            "移交的载体由接收人本人逐件点收，不得代收",
            clause="carriers.keeper",
            way_on="请接收人本人登录办理",
        )


def hand_over(
    *,
    actor: Person,
    at: datetime,
    items: Sequence[Item],
    receiver: Person,
    reason: str,
    where: str,
) -> Succession:
    """Ask that pieces a person holds go to the successor; the registrar may ask in the giver's place."""
    with act(actor, HAND_OVER, at=at, items=[i.pk for i in items], receiver=receiver.pk) as deed:
        pieces = gathered(actor, items, at=at, clause=CLAUSE)
        giver = _giver_of(pieces, actor, at=at)
        if receiver.pk == giver.pk:
            raise Refusal("移交人和接收人不得为同一人", clause=CLAUSE, way_on="请另选接收人")
        most = figure("carriers.handover", "most", on=day_of(at), body=actor.body)
        if len(pieces) > most:
            raise Refusal(
                f"一次移交不超过 {most} 件，现有 {len(pieces)} 件",
                clause="carriers.handover",
                way_on="请分批移交",
            )
        check_not_on_loan(pieces, "移交")
        proper = figure("carriers.handover.place", "places", on=day_of(at), body=actor.body)
        rules.check_handing_place(where, places=proper)
        for item in {i.label_id: i for i in pieces}.values():
            check_person(receiver, label=item.label, at=at)
        why = rules.check_written(reason, "移交原因", clause=CLAUSE)
        for item in pieces:
            if not item.move(Item.State.HELD, Item.State.RESERVED):
                raise NotOnShelf(item.name, clause=CLAUSE)
        number = numbered("移", "successions", body=actor.body, at=at)
        people = [actor, giver, receiver]
        request: Succession = Succession.objects.create(
            label=label_over(pieces, people=people, body=actor.body, basis=number, at=at),
            body=actor.body,
            number=number,
            asked_by=actor,
            asked_at=at,
            giver=giver,
            receiver=receiver,
            reason=why,
            where=where,
            pieces=len(pieces),
        )
        deed.subject = request
        listed(SuccessionLine, pieces, succession=request)
        ask_for(
            request,
            actor=actor,
            matter=MATTER,
            reason=why,
            at=at,
            summary=f"{giver.name}移交{receiver.name} {len(pieces)} 件",
        )
    return request


def accept_handover(
    *, actor: Person, subject: Succession, at: datetime, declined: Mapping[int, str] | None = None
) -> None:
    """One signature for the whole batch; a declined piece (by its key) stays with the giver."""
    with act(actor, ACCEPT, subject, at=at, handover=subject.number) as deed:
        if subject.receiver_id != actor.pk:
            raise NotTheReceiver()
        handover = subject.handover
        if handover is None:
            raise Refusal("该移交尚未批准", clause=CLAUSE, way_on="待批准后再点收")
        moved = settle_lines(handover=handover, by=actor, at=at, declined=declined)
        step(
            subject,
            State.OFFERED,
            State.ACCEPTED,
            settled_at=at,
            accepted=len(moved),
            declined=subject.pieces - len(moved),
        )
        settle(kind=ACCEPT.key, subject=subject, evidence=subject, at=at)
        deed.note(accepted=len(moved), declined=sorted(declined or {}))


def withdraw_handover(*, actor: Person, subject: Succession, at: datetime) -> None:
    """What was offered and not yet signed for stays with the giver."""
    with act(actor, WITHDRAW, subject, at=at, handover=subject.number):
        if actor.pk not in (subject.asked_by_id, subject.giver_id):
            raise Denied(
                "只有移交人或者经办的机要员可以撤回",
                clause="carriers.handover",
                way_on="请移交人办理",
            )
        handover = subject.handover
        step(subject, State.OFFERED, State.WITHDRAWN)
        if handover is not None:
            withdraw_lines(handover=handover, by=actor, at=at)
        cancel_all(kind=ACCEPT.key, subject=subject, reason="移交人撤回", at=at)


def _giver_of(pieces: Sequence[Item], actor: Person, *, at: datetime) -> Person:
    """Whose things they are: one person's, who hands them over or for whom the registrar does."""
    holders = {item.holder_id: item.holder for item in pieces}
    giver = next(iter(holders.values())).person
    if giver is None or len(holders) > 1:
        raise Refusal(
            "移交的载体须由同一人保管",
            clause="carriers.handover",
            way_on="请按保管人分开办理；机要室库存经清点后办理机要员交接",
        )
    if giver.pk != actor.pk and not holds(actor, "registrar", at, body_id=actor.body_id):
        others = [item for item in pieces if item.holder.person_id != actor.pk]
        raise Refusal(
            f"{names_of(others)} 不由您保管，不得移交",
            clause="carriers.transfer",
            way_on="请保管人本人或者机要员办理",
        )
    return giver


def _granted(case: Case, *, actor: Person, at: datetime) -> None:
    """Inside the act of the last vote: the batch is offered as it was asked for."""
    request = Succession.named(case.subject)
    spend(case, at=at)
    due = due_by("carriers.handover", body=request.body, at=at)
    pieces = SuccessionLine.items_in(succession=request)
    release_all(pieces)
    handover = offer_succession(
        receiver=holder_of(body=request.body, person=request.receiver),
        items=pieces,
        reason=HAND_OVER.key,
        by=request.asked_by,
        at=at,
        due_at=due.at,
        purpose=request.reason,
        case_ref=request.number,
    )
    step(request, State.REQUESTED, State.OFFERED, handover=handover)
    raise_duty(
        kind=ACCEPT.key,
        clause="carriers.handover",
        text=f"点收移交载体 {request.pieces} 件（{request.number}）",
        due=due,
        at=at,
        person=request.receiver,
        label=request.label,
        subject=request,
        url_name=PAGE,
        url_pk=request.pk,
        raised_by=request.asked_by,
    )


def _not_granted(case: Case, *, actor: Person, at: datetime) -> None:
    request = Succession.named(case.subject)
    taken_back = case.state == Case.State.WITHDRAWN
    step(request, State.REQUESTED, State.WITHDRAWN if taken_back else State.REFUSED)
    release_all(SuccessionLine.items_in(succession=request))


ON_APPROVED[MATTER] = _granted
ON_REFUSED[MATTER] = _not_granted
