"""What people do in this room; each button stands exactly when its service would agree."""

from collections.abc import Callable
from typing import Any

from shoumi.domains.dispatch import forms
from shoumi.domains.dispatch.models import Countersign, ExchangeItem, Letter, Recipient
from shoumi.domains.dispatch.services import (
    drafting,
    exchanging,
    printing,
    receipts,
    reviewing,
    sending,
    texts,
    voiding,
)
from shoumi.domains.dispatch.services.moving import HEAD
from shoumi.platform.directory.models import Appointment
from shoumi.platform.registers.verb import Verb

State, Line = Letter.State, Recipient.State


def is_in(*states: str) -> Callable[[Any], bool]:
    return lambda row: row.state in states


def drafted(letter: Any, actor: Any) -> bool:
    return bool(letter.drafted_by_id == actor.pk)


def drafted_by_other(letter: Any, actor: Any) -> bool:
    return bool(letter.drafted_by_id != actor.pk)


def has_bare_lines(letter: Any) -> bool:
    lines = Recipient.all_of(letter) if letter.state == State.PRINTED else []
    return any(line.state == Line.LISTED for line in lines)


def has_sealed_lines(letter: Any) -> bool:
    lines = Recipient.all_of(letter) if letter.state == State.PRINTED else []
    return any(line.is_outside and line.state == Line.SEALED for line in lines)


def is_asked(row: Any) -> bool:
    waiting = row.state == Countersign.State.WAITING
    return bool(waiting and row.letter.state == State.COSIGN)


def heads(row: Any, actor: Any) -> bool:
    """Whether the actor is appointed head of the department asked; the door has judged for when."""
    own = Appointment.objects.filter(person=actor, post=HEAD, department=row.department_id)
    return bool(own.exists())


DRAFT = Verb(
    drafting.DRAFT, drafting.draft, forms.DraftForm, next="核对无误后送核；草稿按所标密级管理。"
)
REVISE = Verb(
    drafting.REVISE, drafting.revise, forms.ReviseForm, when=is_in(State.DRAFT), whose=drafted
)
TEXT = Verb(
    texts.TEXT,
    texts.keep_text,
    forms.TextForm,
    when=lambda letter: letter.state == State.DRAFT and not letter.is_shell,
    whose=drafted,
    next="文稿已加密存放，各版本都保留。",
)
SUBMIT = Verb(
    drafting.SUBMIT,
    drafting.submit,
    when=is_in(State.DRAFT),
    whose=drafted,
    next="已送部门负责人审稿、办公室核稿。",
)
DROP = Verb(
    drafting.DROP,
    drafting.drop,
    forms.ReasonForm,
    when=is_in(State.DRAFT),
    whose=drafted,
    danger=True,
)
CLASSIFY = Verb(
    reviewing.CLASSIFY,
    reviewing.classify,
    forms.ClassifyForm,
    when=is_in(State.CLASSIFY),
    whose=drafted_by_other,
    confirm=True,
    next="已送保密审查和领导签发。",
)
PRESENT = Verb(
    reviewing.PRESENT,
    reviewing.present,
    when=is_in(State.SIGNED),
    whose=drafted,
    confirm=True,
    next="原签发作废，已重新送保密审查和领导签发。",
)
NUMBER = Verb(
    printing.NUMBER,
    printing.number,
    forms.NumberForm,
    when=is_in(State.SIGNED),
    next="文号已编定，请印制。",
)
PRINT = Verb(
    printing.PRINT,
    printing.print_run,
    forms.PrintForm,
    when=is_in(State.NUMBERED),
    confirm=True,
    next="已逐份编号入账，请封装。",
)
VOID = Verb(
    voiding.VOID,
    voiding.void,
    forms.ReasonForm,
    when=is_in(State.NUMBERED),
    danger=True,
    next="已送办公室主任审批；作废后文号不再使用，也不补号。",
)
SEAL = Verb(
    sending.SEAL, sending.seal, when=has_bare_lines, next="每个封件已编封皮号和校验值，请交寄。"
)
SEND = Verb(
    sending.SEND,
    sending.send,
    forms.SendForm,
    when=has_sealed_lines,
    confirm=True,
    next="各份已出账，请按期收取回执。",
)

COUNTERSIGN = Verb(
    reviewing.COUNTERSIGN,
    reviewing.countersign,
    forms.OpinionForm,
    when=is_asked,
    whose=heads,
    next="会签意见已记入发文稿纸。",
)
DECLINE = Verb(
    reviewing.DECLINE,
    reviewing.decline,
    forms.OpinionForm,
    when=is_asked,
    whose=heads,
    danger=True,
    next="草稿已退回拟稿人协商。",
)

HAND = Verb(
    receipts.HAND,
    receipts.hand,
    forms.HandForm,
    when=lambda line: (
        line.state == Line.SEALED and not line.is_outside and line.letter.state == State.PRINTED
    ),
    next="请签收人本人登录签收。",
)
SIGN_FOR = Verb(
    receipts.SIGN_FOR,
    receipts.sign_for,
    when=lambda line: line.state == Line.SENT and not line.is_outside,
    whose=lambda line, actor: line.signer_id == actor.pk,
    next="已计入您保管的载体。",
)
RECEIPT = Verb(
    receipts.RECEIPT,
    receipts.enter_receipt,
    forms.ReceiptForm,
    when=lambda line: line.state == Line.SENT and line.is_outside,
    next="回执已登记。",
)
REMIND = Verb(receipts.REMIND, receipts.remind, forms.RemindForm, when=is_in(Line.SENT))
RECALL = Verb(
    receipts.RECALL,
    receipts.recall,
    forms.RecallForm,
    when=is_in(Line.SENT, Line.RECEIVED),
    confirm=True,
    next="已收回入账，可提请销毁。",
)

TRIP = Verb(
    sending.TRIP,
    sending.come_back,
    forms.TripForm,
    when=lambda delivery: delivery.back_at is None and bool(delivery.couriers),
)

RUN = Verb(exchanging.RUN, exchanging.run, forms.RunForm, next="取回的来件请逐件分送。")
HAND_BROUGHT = Verb(
    exchanging.HAND,
    exchanging.hand,
    forms.BroughtForm,
    when=is_in(ExchangeItem.State.BROUGHT),
    next="请签收人本人登录签收。",
)
SIGN_BROUGHT = Verb(
    exchanging.SIGN,
    exchanging.sign,
    when=is_in(ExchangeItem.State.HANDED),
    whose=lambda item, actor: item.handed_to_id == actor.pk,
)
ON_A_LETTER = (SUBMIT, TEXT, REVISE, CLASSIFY, NUMBER, PRINT, SEAL, SEND, PRESENT, VOID, DROP)
ON_A_COUNTERSIGN = (COUNTERSIGN, DECLINE)
ON_A_LINE = (SIGN_FOR, HAND, RECEIPT, REMIND, RECALL)
ON_A_DELIVERY = (TRIP,)
ON_AN_ENVELOPE = (SIGN_BROUGHT, HAND_BROUGHT)
