"""What people do in a circulation; each button stands exactly when its service would agree."""

from typing import Any

from shoumi.domains.circulation import forms
from shoumi.domains.circulation.models import Circulation, Escort, Reader
from shoumi.domains.circulation.services import escorting, listing, routing, widening
from shoumi.domains.documents.models import Document
from shoumi.kernel.levels import Level
from shoumi.platform.registers.verb import Verb

State = Reader.State


def is_reader(row: Any, actor: Any) -> bool:
    return bool(row.person_id == actor.pk)


def is_escort(row: Any, actor: Any) -> bool:
    """Whether a leader named this person to carry the paper, and not to read it."""
    return row.person_id != actor.pk and Escort.granted(row.circulation.document, actor) is not None


OPEN = Verb(
    listing.OPEN,
    listing.open_list,
    forms.OpenForm,
    when=lambda paper: paper.state in (Document.State.INSTRUCTED, Document.State.CIRCULATED),
    next="请逐人送阅。",
)
WIDEN = Verb(
    widening.WIDEN,
    widening.widen,
    forms.WidenForm,
    when=lambda paper: paper.level > Level.PUBLIC,
    next="已提交审批，批准前所选人员看不到本件。",
)
ADD = Verb(
    listing.ADD,
    listing.add_reader,
    forms.AddForm,
    when=lambda row: row.state == Circulation.State.OPEN,
)
CLOSE = Verb(
    listing.CLOSE,
    listing.close,
    when=lambda row: row.state == Circulation.State.OPEN,
    confirm=True,
    next="可以办结归档。",
)
SEND = Verb(
    routing.SEND,
    routing.send,
    forms.SendForm,
    when=lambda row: row.state == State.WAITING,
    next="请阅件人本人签收。",
)
WITHDRAW = Verb(routing.WITHDRAW, routing.withdraw, when=lambda row: row.state == State.OFFERED)
ACCEPT = Verb(
    routing.ACCEPT,
    routing.accept,
    when=lambda row: row.state == State.OFFERED,
    whose=is_reader,
    next="请当日退回机要员。",
)
RETURN = Verb(
    routing.RETURN,
    routing.return_copy,
    forms.ReturnForm,
    when=lambda row: row.state == State.READING,
    whose=is_reader,
    next="机要员核点后解除责任。",
)
TAKE_BACK = Verb(
    routing.TAKE_BACK,
    routing.take_back,
    when=lambda row: row.state == State.GIVEN_BACK,
    next="已放回原存放处。",
)
REMIND = Verb(
    routing.REMIND,
    routing.remind,
    forms.RemindForm,
    when=lambda row: row.state in (State.OFFERED, State.READING),
)
PASS_ON = Verb(
    routing.PASS_ON,
    routing.pass_on,
    forms.PassOnForm,
    when=lambda row: row.state == State.READING,
    whose=is_reader,
)
EXCUSE = Verb(
    listing.EXCUSE,
    listing.excuse,
    forms.ExcuseForm,
    when=lambda row: row.state == State.WAITING,
)

ASK_ESCORT = Verb(
    escorting.ASK,
    escorting.ask_escort,
    forms.EscortForm,
    when=lambda paper: paper.level > Level.PUBLIC and paper.state == Document.State.CIRCULATING,
    next="已提交分管领导审批。",
)
ESCORT_SEND = Verb(
    escorting.SEND,
    escorting.escort_send,
    forms.SendForm,
    when=lambda row: row.state == State.WAITING,
    whose=is_escort,
    next="请阅件人本人签收。",
)

ON_A_LIST = (ADD, CLOSE)
ON_A_READER = (SEND, ESCORT_SEND, ACCEPT, RETURN, TAKE_BACK, WITHDRAW, REMIND, EXCUSE, PASS_ON)
