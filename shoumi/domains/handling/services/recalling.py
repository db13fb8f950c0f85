"""清退: call the pieces in, send them back by a secure channel, keep the receipt."""

from collections.abc import Sequence
from datetime import date, datetime

from shoumi.domains.handling import rules
from shoumi.domains.handling.models import Recall, RecallLine
from shoumi.domains.handling.services.gathering import (
    RECALL_DUTY,
    REGISTRAR,
    check_not_recalled,
    expect,
    gathered,
    label_over,
    listed,
    names_of,
    numbered,
    step,
)
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.custody.services import holder_of, shift
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import closing, due_in_workdays
from shoumi.platform.obligations.services import cancel_all, raise_duty, settle
from shoumi.platform.rulebook.figures import figure

PAGE = "handling-recalls-detail"
ITEM_PAGE = "items-detail"
CLAUSE = "carriers.recall"

RECALL = Action("handling.recall", "登记清退", clause="carriers.recall", posts=REGISTRAR)
SEND = Action("handling.recall.send", "退还发文单位", clause="carriers.recall", posts=REGISTRAR)
RECEIPT = Action("handling.recall.receipt", "登记回执", clause="carriers.recall", posts=REGISTRAR)
WITHDRAW = Action("handling.recall.withdraw", "撤销清退", clause="carriers.recall", posts=REGISTRAR)

State = Recall.State


def recall(
    *,
    actor: Person,
    at: datetime,
    items: Sequence[Item],
    issuer: str,
    notice: str,
    due_on: date,
) -> Recall:
    """Enter the issuer's notice; every holder of a piece gets a duty of their own (逐份收回)."""
    with act(actor, RECALL, at=at, items=[i.pk for i in items]) as deed:
        pieces = gathered(actor, items, at=at, clause=CLAUSE)
        gone = [item for item in pieces if item.state == Item.State.GONE]
        if gone:
            raise Refusal(
                f"{names_of(gone)} 已出账，不能列入清退", clause=CLAUSE, way_on="请核对清退清单"
            )
        check_not_recalled(pieces)
        wanted_by = rules.check_written(issuer, "要求清退的单位", clause=CLAUSE)
        if due_on < day_of(at):
            raise Refusal("退还期限不得早于今日", clause=CLAUSE, way_on="请核对清退通知")
        number = numbered("退", "recalls", body=actor.body, at=at)
        request: Recall = Recall.objects.create(
            label=label_over(pieces, people=[actor], body=actor.body, basis=number, at=at),
            body=actor.body,
            number=number,
            asked_by=actor,
            asked_at=at,
            issuer=wanted_by,
            notice=rules.check_written(notice, "清退通知文号", clause=CLAUSE),
            due_on=due_on,
            pieces=len(pieces),
        )
        deed.subject = request
        listed(RecallLine, pieces, recall=request)
        _call_in(request, pieces, at=at)
    return request


def send(
    *,
    actor: Person,
    subject: Recall,
    at: datetime,
    channel: str,
    escorts: str = "",
    sealed: bool = False,
) -> None:
    """Send all pieces back at once; one that is still with somebody holds up the whole."""
    with act(actor, SEND, subject, at=at, recall=subject.number) as deed:
        expect(subject, State.COLLECTING)
        pieces = RecallLine.items_in(recall=subject)
        out = [item for item in pieces if _is_out(item)]
        if out:
            raise Refusal(
                f"还有 {len(out)} 件未收回（{names_of(out)}），不得退还",
                clause="carriers.recall",
                way_on="请先收回核点；已预约的先撤销申请",
            )
        there = [item for item in pieces if item.state == Item.State.HELD]
        if not there:
            raise Refusal("清单上的载体均已出账", clause=CLAUSE, way_on="请核对清单，撤销本单")
        level = max(item.level for item in there)
        secure = figure("documents.channel", "channels", on=day_of(at), body=actor.body)
        rules.check_channel(level, channel, secure=secure)
        rules.check_sealed(level, channel, sealed=sealed)
        least = figure("documents.channel.top_secret", "escorts", on=day_of(at), body=actor.body)
        rules.check_delivery_escorts(level, persons=len(rules.people_in(escorts)), least=least)
        step(
            subject,
            State.COLLECTING,
            State.SENT,
            channel=channel,
            sealed=sealed,
            escorts=escorts.strip(),
            sent_by=actor,
            sent_at=at,
            sent=len(there),
        )
        to = holder_of(body=subject.body, sink=Holder.Sink.RETURNED)
        for item in there:
            shift(item=item, to=to, reason=SEND.key, at=at, case_ref=subject.number)
        settle(kind=SEND.key, subject=subject, evidence=subject, at=at)
        for item in pieces:
            settle(kind=RECALL_DUTY, subject=item, evidence=subject, at=at)
        _await_receipt(subject, actor=actor, at=at)
        deed.note(sent=len(there), listed=len(pieces))


def enter_receipt(*, actor: Person, subject: Recall, at: datetime, receipt: str) -> None:
    """The issuer has signed for what came back."""
    with act(actor, RECEIPT, subject, at=at, recall=subject.number):
        number = rules.check_written(receipt, "回执编号", clause=CLAUSE)
        step(subject, State.SENT, State.CLOSED, receipt=number, receipt_at=at)
        settle(kind=RECEIPT.key, subject=subject, evidence=subject, at=at)


def withdraw_recall(*, actor: Person, subject: Recall, at: datetime, reason: str) -> None:
    """The issuer took its notice back, or it was entered in error; the reason stays."""
    with act(actor, WITHDRAW, subject, at=at, recall=subject.number):
        why = rules.check_written(reason, "撤销原因", clause=CLAUSE)
        step(subject, State.COLLECTING, State.WITHDRAWN)
        cancel_all(kind=SEND.key, subject=subject, reason=why, at=at)
        for item in RecallLine.items_in(recall=subject):
            cancel_all(kind=RECALL_DUTY, subject=item, reason=why, at=at)


def _is_out(item: Item) -> bool:
    """Still with somebody, on its way, or kept for somebody's request."""
    if item.state == Item.State.GONE:
        return False
    return item.state != Item.State.HELD or item.holder_kind != Holder.Kind.PLACE


def _call_in(request: Recall, pieces: Sequence[Item], *, at: datetime) -> None:
    """Who holds a piece brings it in within the days of the clause, or sooner where the issuer says so."""
    days = figure("carriers.recall", "working_days", on=day_of(at), body=request.body)
    counted = due_in_workdays(days, start=at, body=request.body)
    last = closing(request.due_on, body=request.body)
    within = counted if counted.at <= last else last
    for item in pieces:
        if item.holder.person is not None:
            raise_duty(
                kind=RECALL_DUTY,
                clause="carriers.recall",
                text=f"交回清退载体 {item.name}",
                due=within,
                at=at,
                person=item.holder.person,
                label=item.label,
                subject=item,
                url_name=ITEM_PAGE,
                url_pk=item.pk,
                raised_by=request.asked_by,
            )
    raise_duty(
        kind=SEND.key,
        clause="carriers.recall",
        text=f"收齐清退载体并退还（{request.number}）",
        due=last,
        at=at,
        body=request.body,
        post="registrar",
        label=request.label,
        subject=request,
        url_name=PAGE,
        url_pk=request.pk,
        raised_by=request.asked_by,
    )


def _await_receipt(request: Recall, *, actor: Person, at: datetime) -> None:
    days = figure("carriers.recall", "working_days", on=day_of(at), body=request.body)
    raise_duty(
        kind=RECEIPT.key,
        clause="carriers.recall",
        text=f"取回清退回执（{request.number}）",
        due=due_in_workdays(days, start=at, body=request.body),
        at=at,
        body=request.body,
        post="registrar",
        label=request.label,
        subject=request,
        url_name=PAGE,
        url_pk=request.pk,
        raised_by=actor,
    )
