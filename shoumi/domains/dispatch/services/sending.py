"""封装、交寄、往返: nothing leaves bare, and nothing secret leaves by an ordinary way."""

from collections.abc import Sequence
from datetime import date, datetime

from shoumi.domains.dispatch.models import Delivery, Letter, Recipient
from shoumi.domains.dispatch.rules import channels, distribution
from shoumi.domains.dispatch.services.moving import (
    PAGE,
    REGISTRAR,
    ChangedByOther,
    expect,
    in_turn,
    numbered,
    step,
)
from shoumi.domains.documents.services.unpacking import owe
from shoumi.kernel.chain import sm3
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, Hidden, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.services import holder_of, shift
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import closing, due_in_workdays
from shoumi.platform.obligations.services import raise_duty, settle
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

SEAL = Action("dispatch.seal", "封装编号", clause="dispatch.seal", posts=REGISTRAR)
SEND = Action("dispatch.send", "交寄", clause="dispatch.send", posts=REGISTRAR)
TRIP = Action(
    "dispatch.trip",
    "登记往返",
    clause="dispatch.courier.times",
    posts=REGISTRAR | {"courier"},
)
Control("dispatch.check_channel", kind="refuse", label="递送渠道核对")
Control("dispatch.check_channel", kind="approve", label="递送渠道核对")

RECEIPT_DUTY = "dispatch.receipt"
RECALL_DUTY = "dispatch.recall"
LINE_PAGE = "dispatch-recipients-detail"

State = Recipient.State


def seal(*, actor: Person, subject: Letter, at: datetime) -> list[Recipient]:
    """封装: every line not yet sealed gets an envelope of its own, its number and its check value."""
    with act(actor, SEAL, subject, at=at, number=subject.number) as deed:
        expect(subject, Letter.State.PRINTED)
        lines = [line for line in Recipient.all_of(subject) if line.state == State.LISTED]
        if not lines:
            raise Refusal("分发名单已全部封装", clause="dispatch.seal", way_on="可以交寄或者送达")
        for line in lines:
            envelope = numbered("机封", "envelopes", body=subject.body, at=at)
            step(
                line,
                State.LISTED,
                State.SEALED,
                envelope=envelope,
                check_value=check_value(subject, line, envelope),
                sealed_by=actor,
                sealed_at=at,
            )
        deed.note(envelopes=[line.envelope for line in lines])
    return lines


def check_value(letter: Letter, line: Recipient, envelope: str) -> str:
    """校验值: what the receipt must repeat, so that a changed list is noticed at the other end."""
    told = (letter.number, letter.mark_text, line.name, line.copy_numbers, envelope)
    return sm3("\n".join(told).encode())[:8].upper()


def send(
    *,
    actor: Person,
    subject: Letter,
    at: datetime,
    channel: str,
    lines: Sequence[Recipient] = (),
    protection: str = "",
    couriers: str = "",
    tracking: str = "",
    approval_number: str = "",
) -> Delivery:
    """交寄: hand sealed envelopes for other bodies to a channel; the copies leave the account with it.

    `lines` empty means every sealed one.
    """
    with act(actor, SEND, subject, at=at, number=subject.number, channel=channel) as deed:
        expect(subject, Letter.State.PRINTED)
        chosen = _to_send(subject, lines)
        _check_way(
            subject,
            channel,
            protection=protection,
            couriers=couriers,
            tracking=tracking,
            approval_number=approval_number,
            at=at,
        )
        delivery: Delivery = Delivery.objects.create(
            label=subject.label,
            letter=subject,
            number=numbered("送", "deliveries", body=subject.body, at=at),
            channel=channel,
            protection=protection.strip(),
            tracking=tracking.strip(),
            approval_number=approval_number.strip(),
            couriers=couriers.strip(),
            pieces=len(chosen),
            sent_by=actor,
            # Trips are written down to the minute.
            left_at=at.replace(second=0, microsecond=0),
        )
        for line in chosen:
            step(line, State.SEALED, State.SENT, delivery=delivery, sent_at=at)
            to = holder_of(body=subject.body, outside=line.unit)
            for item in line.items():
                shift(item=item, to=to, reason=SEND.key, at=at, case_ref=delivery.number)
            await_receipt(line, by=actor, at=at)
        all_sent(subject, by=actor, evidence=delivery, at=at)
        deed.note(delivery=delivery.number, lines=[line.pk for line in chosen])
    return delivery


def come_back(
    *,
    actor: Person,
    subject: Delivery,
    at: datetime,
    arrived_at: datetime,
    back_at: datetime,
    remark: str = "",
) -> Delivery:
    """专程取送: when the couriers arrived and were back; a trip too long is said to be so."""
    with act(actor, TRIP, subject, at=at, delivery=subject.number) as deed:
        channels.check_times(left=subject.left_at, then=arrived_at, at=at)
        channels.check_times(left=arrived_at, then=back_at, at=at)
        most = figure("dispatch.courier.times", "minutes", on=day_of(at), body=actor.body)
        long = channels.is_long(left=subject.left_at, back=back_at, minutes=most)
        if long and not remark.strip():
            raise Refusal(
                f"往返用时超过 {most} 分钟，未写明途中情况",
                clause="dispatch.courier.times",
                way_on="写明绕行、等候等原因；途中不得办理无关业务",
            )
        if not subject.come_back(
            arrived_at=arrived_at, back_at=back_at, is_long=long, remark=remark.strip()
        ):
            raise ChangedByOther()
        deed.note(long=long)
    subject.refresh_from_db()
    return subject


def all_sent(letter: Letter, *, by: Person, evidence: Delivery | Recipient, at: datetime) -> None:
    """Once nothing of the list is left in the registry, the letter waits for its receipts."""
    in_turn(letter)
    waiting = (State.LISTED, State.SEALED)
    if any(line.state in waiting for line in Recipient.all_of(letter)):
        return
    step(letter, Letter.State.PRINTED, Letter.State.SENT, state_at=at)
    settle(kind=SEND.key, subject=letter, evidence=evidence, at=at)
    if letter.is_returnable:
        owe(
            letter,
            RECALL_DUTY,
            clause="dispatch.recall",
            text=f"年底收回 {letter.number} 各份",
            due=closing(date(day_of(at).year, 12, 31), body=letter.body),
            at=at,
            by=by,
            page=PAGE,
            post="registrar",
        )


def await_receipt(line: Recipient, *, by: Person, at: datetime) -> None:
    """The registry's clock for one receipt. Clause: dispatch.receipt."""
    days = figure("dispatch.receipt", "working_days", on=day_of(at), body=by.body)
    raise_duty(
        kind=RECEIPT_DUTY,
        clause="dispatch.receipt",
        text=f"收取回执 {line.letter} {line.envelope}",
        due=due_in_workdays(days, start=at, body=by.body),
        at=at,
        body=by.body,
        post="registrar",
        label=line.label,
        subject=line,
        url_name=LINE_PAGE,
        url_pk=line.pk,
        raised_by=by,
    )


def _to_send(letter: Letter, chosen: Sequence[Recipient]) -> list[Recipient]:
    """The sealed lines for other bodies; what is bare stays. Clause: dispatch.seal."""
    known = {line.pk: line for line in Recipient.all_of(letter) if line.is_outside}
    if {line.pk for line in chosen} - known.keys():
        raise Hidden("没有这一项", clause="access.may_know")
    wanted = [known[line.pk] for line in chosen] or [
        line for line in known.values() if line.state in (State.LISTED, State.SEALED)
    ]
    bare = [line.name for line in wanted if line.state == State.LISTED]
    if bare:
        raise Refusal(
            f"{'、'.join(bare)}的文件未封装，不得交寄",
            clause="dispatch.seal",
            way_on="先办理封装编号",
        )
    if not wanted or any(line.state != State.SEALED for line in wanted):
        raise ChangedByOther()
    return wanted


def _check_way(
    letter: Letter,
    channel: str,
    *,
    protection: str,
    couriers: str,
    tracking: str,
    approval_number: str,
    at: datetime,
) -> None:
    level, today, body = letter.level, day_of(at), letter.body
    channels.check_channel(
        level,
        channel,
        secure=figure("dispatch.channel", "channels", on=today, body=body),
        on_approval=figure("dispatch.channel.approved", "channels", on=today, body=body),
        approval_number=approval_number,
    )
    reply = letter.reply_to
    answers = reply is not None and reply.kind == "telegram" and _is_secret(reply.level)
    channels.check_cipher(channel, answers_cipher=answers, used=Delivery.channels_of(letter))
    channels.check_protection(level, protection)
    channels.check_tracking(
        channel,
        tracking,
        numbered=figure("dispatch.tracking", "channels", on=today, body=body),
    )
    by_hand = channels.Channel(channel).label in figure(
        "dispatch.courier", "channels", on=today, body=body
    )
    least = figure("documents.channel.top_secret", "escorts", on=today, body=body)
    persons = len(distribution.people_in(couriers))
    channels.check_couriers(
        level if by_hand else Level.PUBLIC, persons=persons, least=least, by_hand=by_hand
    )


def _is_secret(level: Level) -> bool:
    return level.is_state_secret
