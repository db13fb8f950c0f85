"""内部送达、签收、回执、收回: every copy that went out is signed for, and what was lent comes back."""

from datetime import datetime

from shoumi.domains.dispatch.models import Letter, Recipient
from shoumi.domains.dispatch.rules import drafting
from shoumi.domains.dispatch.services.drafting import listed_people
from shoumi.domains.dispatch.services.moving import REGISTRAR, ChangedByOther, expect, in_turn, step
from shoumi.domains.dispatch.services.sending import (
    LINE_PAGE,
    RECALL_DUTY,
    RECEIPT_DUTY,
    all_sent,
)
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.custody.services import (
    holder_of,
    offer_lines,
    settle_lines,
    shift,
    withdraw_lines,
)
from shoumi.platform.directory.models import Person, Place
from shoumi.platform.obligations.due import due_tonight
from shoumi.platform.obligations.models import Reminder
from shoumi.platform.obligations.services import cancel_all, duties_about, raise_duty, settle
from shoumi.platform.obligations.services import remind as urge

HAND = Action("dispatch.hand", "内部送达", clause="dispatch.hand", posts=REGISTRAR)
SIGN_FOR = Action("dispatch.sign_for", "签收发文", clause="dispatch.hand")
RECEIPT = Action("dispatch.receipt", "登记回执", clause="dispatch.receipt", posts=REGISTRAR)
REMIND = Action(
    "dispatch.remind",
    "催回执",
    clause="obligations.remind.interval",
    posts=REGISTRAR | {"office_director"},
)
RECALL = Action("dispatch.recall", "登记收回", clause="dispatch.recall", posts=REGISTRAR)

State = Recipient.State


def hand(*, actor: Person, subject: Recipient, at: datetime, signer: Person) -> Recipient:
    """Put the copies before somebody of the department on the list, who signs for them in person."""
    letter = subject.letter
    with act(actor, HAND, subject, at=at, number=letter.number):
        expect(letter, Letter.State.PRINTED)
        if subject.is_outside:
            raise Refusal(
                f"{subject.name}为外单位，应经递送渠道交寄",
                clause="dispatch.hand",
                way_on="请办理交寄",
            )
        _must_be_listed(subject, signer)
        listed_people(letter, [signer], basis=f"{letter.number} 分发名单", at=at)
        handover = offer_lines(
            receiver=holder_of(body=letter.body, person=signer),
            items=subject.items(),
            reason=HAND.key,
            by=actor,
            at=at,
            due_at=due_tonight(start=at, body=letter.body).at,
            purpose="发文送达",
            case_ref=letter.number,
        )
        changes = {"signer": signer, "handover": handover, "sent_at": at}
        step(subject, State.SEALED, State.SENT, **changes)
        raise_duty(
            kind=SIGN_FOR.key,
            clause="dispatch.hand",
            text=f"签收 {letter.number}",
            due=due_tonight(start=at, body=letter.body),
            at=at,
            person=signer,
            label=subject.label,
            subject=subject,
            url_name=LINE_PAGE,
            url_pk=subject.pk,
            raised_by=actor,
        )
        all_sent(letter, by=actor, evidence=subject, at=at)
    return subject


def sign_for(*, actor: Person, subject: Recipient, at: datetime) -> Recipient:
    """The department's own signature: the copies are on the signer's account."""
    letter = subject.letter
    with act(actor, SIGN_FOR, subject, at=at, number=letter.number):
        if subject.signer_id != actor.pk or subject.handover is None:
            raise Denied(
                "送达件由指定的签收人本人签收，不得代签",
                clause="dispatch.hand",
                way_on="请签收人本人登录办理",
            )
        _received(subject, by=actor.name, received_at=at, receipt="", at=at)
        settle_lines(handover=subject.handover, by=actor, at=at)
        settle(kind=SIGN_FOR.key, subject=subject, evidence=subject.handover, at=at)
        _all_received(letter, at=at)
    return subject


def enter_receipt(
    *,
    actor: Person,
    subject: Recipient,
    at: datetime,
    receipt: str,
    received_by: str,
    received_at: datetime,
    check_value: str,
) -> Recipient:
    """The other body's receipt: who signed, when, and the check value of what it found inside."""
    letter = subject.letter
    with act(actor, RECEIPT, subject, at=at, number=letter.number) as deed:
        if not subject.is_outside:
            raise Refusal(
                "内部送达由签收人本人签收，不登记回执",
                clause="dispatch.hand",
                way_on="请签收人登录签收",
            )
        number = drafting.check_written(receipt, "回执编号", clause="dispatch.receipt")
        signer = drafting.check_written(received_by, "签收人姓名", clause="dispatch.receipt")
        if check_value.strip().upper() != subject.check_value:
            raise Refusal(
                "回执所载校验值与封装时不符，疑似漏装、错装或者被改动",
                clause="dispatch.receipt.check",
                way_on="与收件单位逐份核对份号；仍不符的封存清单，报保密办",
            )
        sent = (subject.sent_at or at).replace(second=0, microsecond=0)
        if received_at < sent or received_at > at:
            raise Refusal(
                "签收时间应在交寄之后、现在之前",
                clause="dispatch.receipt",
                way_on="按回执所载时间填写",
            )
        _received(subject, by=signer, received_at=received_at, receipt=number, at=at)
        settle(kind=RECEIPT_DUTY, subject=subject, evidence=subject, at=at)
        _all_received(letter, at=at)
        deed.note(envelope=subject.envelope)
    return subject


def remind(*, actor: Person, subject: Recipient, at: datetime, words: str) -> Reminder:
    """催回执: counted, and not more often than the clause allows."""
    for kind in (RECEIPT_DUTY, SIGN_FOR.key):
        for duty in duties_about(subject, kind=kind):
            return urge(actor=actor, subject=duty, words=words, at=at)
    raise Refusal("该件没有待签收的事项", clause="obligations.remind.interval", way_on="不必催办")


def recall(*, actor: Person, subject: Recipient, at: datetime, place: Place) -> Recipient:
    """收回: the copies are counted in again, number by number; they may then be destroyed or archived.

    What never arrived and came back the same way is taken in here too, and its receipt is waited for no more.
    """
    letter = subject.letter
    with act(actor, RECALL, subject, at=at, number=letter.number) as deed:
        before = subject.state
        expect(subject, State.SENT, State.RECEIVED)
        if subject.is_outside:
            _take_back(subject, place=place, at=at)
        elif before == State.SENT and subject.handover is not None:
            withdraw_lines(handover=subject.handover, by=actor, at=at)
        else:
            _check_given_back(subject.items())
        step(subject, before, State.RECALLED, recalled_at=at)
        for kind in (RECEIPT_DUTY, SIGN_FOR.key):
            cancel_all(kind=kind, subject=subject, reason=subject, at=at)
        if all(line.state == State.RECALLED for line in Recipient.all_of(letter)):
            settle(kind=RECALL_DUTY, subject=letter, evidence=subject, at=at)
        if letter.state == Letter.State.SENT:
            _all_received(letter, at=at)
        deed.note(copies=subject.copy_numbers, arrived=before == State.RECEIVED)
    return subject


def _take_back(line: Recipient, *, place: Place, at: datetime) -> None:
    """From the other body into the account again, by the numbers of the list."""
    to = holder_of(body=line.letter.body, place=place)
    for item in line.items():
        if item.state == Item.State.GONE and item.holder_kind == Holder.Kind.OUTSIDE:
            shift(
                item=item,
                to=to,
                reason=RECALL.key,
                at=at,
                before=Item.State.GONE,
                case_ref=line.letter.number,
            )


def _check_given_back(items: list[Item]) -> None:
    """What our own people hold comes back over the registry's counter first."""
    out = [i.name for i in items if i.is_in_account and i.holder_kind == Holder.Kind.PERSON]
    if out:
        raise Refusal(
            f"还有 {len(out)} 份未交还机要室（{'、'.join(out[:5])}）",
            clause="dispatch.recall",
            way_on="请保管人在「我保管的载体」中交还，核点后再登记收回",
        )


def _must_be_listed(line: Recipient, signer: Person) -> None:
    """发文范围: nobody off the list gets a copy. Clause: dispatch.distribution."""
    is_listed = (
        signer.pk == line.person_id
        if line.person_id is not None
        else signer.department_id == line.department_id
    )
    if not is_listed or not signer.active:
        raise Refusal(
            f"{signer.name}不在分发名单所列的「{line.name}」，不得送达",
            clause="dispatch.distribution",
            way_on="请选择名单所列部门的人员",
        )


def _received(
    line: Recipient, *, by: str, received_at: datetime, receipt: str, at: datetime
) -> None:
    if line.state != State.SENT:
        raise ChangedByOther()
    step(
        line,
        State.SENT,
        State.RECEIVED,
        receipt=receipt,
        received_by=by,
        received_at=received_at,
        receipt_at=at,
    )


def _all_received(letter: Letter, *, at: datetime) -> None:
    in_turn(letter)
    done = (State.RECEIVED, State.RECALLED)
    if all(line.state in done for line in Recipient.all_of(letter)):
        step(letter, Letter.State.SENT, Letter.State.CLOSED, state_at=at)
