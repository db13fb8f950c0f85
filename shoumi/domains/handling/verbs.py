"""What people do in this room; each button stands exactly when its service would agree."""

from collections.abc import Callable
from typing import Any

from shoumi.domains.handling import forms
from shoumi.domains.handling.models import (
    Absence,
    Archiving,
    Carrying,
    Destruction,
    Loan,
    Recall,
    RecallLine,
    Reproduction,
    Succession,
)
from shoumi.domains.handling.services import (
    absence,
    archiving,
    borrowing,
    carrying,
    copying,
    destroying,
    recalling,
    reconciling,
    succession,
)
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.custody.services import handing, losing
from shoumi.platform.registers.verb import Verb


def asked(row: Any, actor: Any) -> bool:
    """The request is the actor's own."""
    return bool(row.asked_by_id == actor.pk)


def is_in(*states: str) -> Callable[[Any], bool]:
    return lambda row: row.state in states


def on_shelf(item: Any) -> bool:
    return bool(item.state == Item.State.HELD and item.holder_kind == Holder.Kind.PLACE)


def is_wanted_back(item: Any) -> bool:
    """The issuer has called it in."""
    return bool(RecallLine.wanted([item], state=Recall.State.COLLECTING))


def to_borrow(item: Any) -> bool:
    return on_shelf(item) and not is_wanted_back(item)


def to_copy(item: Any) -> bool:
    there = item.state != Item.State.GONE
    return there and not Loan.on_loan([item]) and not is_wanted_back(item)


def with_somebody(item: Any) -> bool:
    """A person's to keep: what is out on loan goes back by the loan."""
    held = item.state == Item.State.HELD and item.holder_kind == Holder.Kind.PERSON
    return bool(held and not Loan.on_loan([item]))


def is_here(item: Any) -> bool:
    return bool(item.state in (Item.State.HELD, Item.State.RESERVED))


def holds(item: Any, actor: Any) -> bool:
    return bool(item.holder.person_id == actor.pk)


# ---- on a piece

BORROW = Verb(
    borrowing.REQUEST,
    borrowing.request_borrow,
    forms.BorrowForm,
    when=to_borrow,
    next="已预约该份并提交审批，批准后到机要室签收。",
)
COPY = Verb(
    copying.REQUEST,
    copying.request_copy,
    forms.CopyForm,
    when=to_copy,
    next="已提交审批，批准后由机要员制作。",
)
OFFER = Verb(
    handing.OFFER,
    handing.offer,
    forms.OfferForm,
    when=on_shelf,
    next="请接收人在「我保管的载体」中签收。",
)
GIVE_BACK = Verb(
    handing.GIVE_BACK,
    handing.give_back,
    forms.GiveBackForm,
    when=with_somebody,
    whose=holds,
    next="机要员核点前仍由您负责。",
)
MOVE_PLACE = Verb(handing.MOVE_PLACE, handing.move_place, forms.PlaceForm, when=on_shelf)
DECLARE_MISSING = Verb(
    losing.DECLARE,
    losing.declare_missing,
    forms.MissingForm,
    when=is_here,
    confirm=True,
    danger=True,
    next="查找期限已开始计算。",
)
FOUND = Verb(
    losing.FOUND, losing.declare_found, forms.FoundForm, when=lambda row: row.found_at is None
)

# ---- going away

GO_AWAY = Verb(
    absence.ENTER,
    absence.enter_absence,
    forms.AbsenceForm,
    next="外出期间不再受理借阅，返回后请销假。",
)
COME_BACK = Verb(absence.END, absence.end_absence, when=is_in(Absence.State.AWAY), whose=asked)

# ---- drawn up over several pieces, on a page of its own

CARRY = Verb(
    carrying.REQUEST,
    carrying.request_carry,
    forms.CarryForm,
    next="已预约所选载体并提交审批。",
)
HAND_OVER = Verb(
    succession.HAND_OVER,
    succession.hand_over,
    forms.SuccessionForm,
    next="已提交审批，批准后由接收人逐件点收。",
)
RECALL = Verb(
    recalling.RECALL, recalling.recall, forms.RecallForm, next="已向各保管人发出收回事项。"
)
RECONCILE = Verb(
    reconciling.RECONCILE,
    reconciling.reconcile_recall,
    forms.ReconcileForm,
    next="请打印核对单，与发文单位双方签字。",
)
ARCHIVE = Verb(
    archiving.ARCHIVE,
    archiving.archive,
    forms.ArchiveForm,
    next="已提交审批，批准后由档案员点收。",
)
PROPOSE = Verb(
    destroying.PROPOSE,
    destroying.propose,
    forms.DestroyForm,
    next="已提交审批，批准后由两人销毁。",
)

# ---- on a loan

LEND = Verb(
    borrowing.LEND,
    borrowing.lend,
    when=is_in(Loan.State.APPROVED),
    next="请借阅人本人登录签收。",
)
ACCEPT_LOAN = Verb(
    borrowing.ACCEPT,
    borrowing.accept,
    when=is_in(Loan.State.OFFERED),
    whose=asked,
    next="请按期归还，期间不得转借、复制、带出。",
)
GIVE_LOAN_BACK = Verb(
    borrowing.GIVE_BACK,
    borrowing.give_back,
    when=is_in(Loan.State.LENT),
    whose=asked,
    next="机要员查验后解除责任。",
)
RETURN_LOAN = Verb(
    borrowing.RETURN,
    borrowing.return_copy,
    forms.ReturnForm,
    when=is_in(Loan.State.LENT, Loan.State.GIVEN_BACK),
    next="借阅人的责任已解除。",
)
REMIND_LOAN = Verb(
    borrowing.REMIND,
    borrowing.remind,
    forms.RemindForm,
    when=is_in(Loan.State.OFFERED, Loan.State.LENT),
)
WITHDRAW_LOAN = Verb(
    borrowing.WITHDRAW,
    borrowing.withdraw_borrow,
    when=is_in(Loan.State.APPROVED),
    whose=asked,
)
CANCEL_LOAN = Verb(
    borrowing.CANCEL,
    borrowing.cancel,
    forms.CancelForm,
    when=is_in(Loan.State.APPROVED, Loan.State.OFFERED),
    danger=True,
)

# ---- on a reproduction

MAKE = Verb(
    copying.MAKE,
    copying.make,
    forms.MakeForm,
    when=is_in(Reproduction.State.APPROVED),
    confirm=True,
    next="已逐份编号入账，请加盖复制戳记、粘贴标签。",
)
COLLECT = Verb(
    copying.COLLECT,
    copying.collect,
    when=is_in(Reproduction.State.MADE),
    confirm=True,
    next="复制件已全部收回，可提请销毁。",
)
WITHDRAW_COPY = Verb(
    copying.WITHDRAW, copying.withdraw_copy, when=is_in(Reproduction.State.APPROVED), whose=asked
)

# ---- on a trip

LEAVE = Verb(
    carrying.LEAVE,
    carrying.leave,
    when=is_in(Carrying.State.APPROVED),
    next="请携带人本人签收后带出。",
)
ACCEPT_CARRIED = Verb(
    carrying.ACCEPT,
    carrying.accept,
    when=is_in(Carrying.State.OFFERED),
    whose=asked,
    next="请按期返回机要室核对。",
)
RETURN_CARRIED = Verb(
    carrying.RETURN,
    carrying.return_carried,
    forms.CountedForm,
    when=is_in(Carrying.State.OUT),
    next="已逐件销号。",
)
WITHDRAW_CARRY = Verb(
    carrying.WITHDRAW, carrying.withdraw_carry, when=is_in(Carrying.State.APPROVED), whose=asked
)

# ---- on a handover of duties

WITHDRAW_HANDOVER = Verb(
    succession.WITHDRAW,
    succession.withdraw_handover,
    when=is_in(Succession.State.OFFERED),
    whose=lambda row, actor: actor.pk in (row.asked_by_id, row.giver_id),
    confirm=True,
)

# ---- on a recall

SEND = Verb(
    recalling.SEND,
    recalling.send,
    forms.SendForm,
    when=is_in(Recall.State.COLLECTING),
    confirm=True,
    next="已出账，请取回回执后登记。",
)
RECEIPT = Verb(
    recalling.RECEIPT, recalling.enter_receipt, forms.ReceiptForm, when=is_in(Recall.State.SENT)
)
WITHDRAW_RECALL = Verb(
    recalling.WITHDRAW,
    recalling.withdraw_recall,
    forms.CancelForm,
    when=is_in(Recall.State.COLLECTING),
    danger=True,
)

# ---- on a transfer to the archive

TAKE = Verb(
    archiving.TAKE,
    archiving.take,
    forms.TakeForm,
    when=is_in(Archiving.State.APPROVED),
    confirm=True,
    next="已移交档案。",
)
WITHDRAW_ARCHIVING = Verb(
    archiving.WITHDRAW, archiving.withdraw_archiving, when=is_in(Archiving.State.APPROVED)
)

# ---- on a destruction

EXECUTE = Verb(
    destroying.EXECUTE,
    destroying.execute,
    forms.ExecuteForm,
    when=is_in(Destruction.State.APPROVED),
    confirm=True,
    danger=True,
    next="请监销人本人登录签认，签认后出具销毁证明。",
)
WITNESS = Verb(
    destroying.WITNESS,
    destroying.witness_destruction,
    when=is_in(Destruction.State.EXECUTED),
    whose=lambda row, actor: row.witness_id == actor.pk,
    confirm=True,
    danger=True,
    next="载体已出账，可打印销毁证明。",
)
REDO = Verb(
    destroying.REDO,
    destroying.redo,
    forms.CancelForm,
    when=is_in(Destruction.State.EXECUTED),
    whose=lambda row, actor: row.witness_id == actor.pk,
)
WITHDRAW_DESTRUCTION = Verb(
    destroying.WITHDRAW,
    destroying.withdraw_destruction,
    when=is_in(Destruction.State.APPROVED),
    confirm=True,
)

ON_AN_ITEM = (BORROW, COPY, GIVE_BACK, OFFER, MOVE_PLACE, DECLARE_MISSING)
ON_AN_ABSENCE = (COME_BACK,)
ON_A_LOAN = (
    LEND,
    ACCEPT_LOAN,
    GIVE_LOAN_BACK,
    RETURN_LOAN,
    REMIND_LOAN,
    WITHDRAW_LOAN,
    CANCEL_LOAN,
)
ON_A_REPRODUCTION = (MAKE, COLLECT, WITHDRAW_COPY)
ON_A_TRIP = (LEAVE, ACCEPT_CARRIED, RETURN_CARRIED, WITHDRAW_CARRY)
ON_A_SUCCESSION = (WITHDRAW_HANDOVER,)
ON_A_RECALL = (SEND, RECEIPT, WITHDRAW_RECALL)
ON_AN_ARCHIVING = (TAKE, WITHDRAW_ARCHIVING)
ON_A_DESTRUCTION = (WITNESS, REDO, EXECUTE, WITHDRAW_DESTRUCTION)


def of_copy(verb: Verb) -> Verb:
    """The same verb on a copy (份) of a paper, for the page of the copy in the room below."""

    def service(*, subject: Any, **given: Any) -> Any:
        return verb.service(subject=subject.item, **given)

    return Verb(
        verb.action,
        service,
        verb.form,
        when=lambda copy: verb.when(copy.item),
        whose=lambda copy, actor: verb.whose(copy.item, actor),
        confirm=verb.confirm,
        danger=verb.danger,
        next=verb.next,
    )


ON_A_COPY = (of_copy(BORROW), of_copy(COPY))
