"""What people do in this room; each button stands exactly when its service would agree."""

from collections.abc import Callable
from typing import Any

from shoumi.domains.classification import forms
from shoumi.domains.classification.models import (
    Catalogue,
    Change,
    Determination,
    Fault,
    Matter,
    Notice,
    Referral,
)
from shoumi.domains.classification.services import (
    changing,
    deciding,
    determining,
    keeping,
    listing,
    referring,
    remarking,
    watching,
)
from shoumi.platform.registers.verb import Verb

State, Manner = Determination.State, Determination.Manner


def is_in(*states: str) -> Callable[[Any], bool]:
    return lambda row: row.state in states


def to_decide(row: Any) -> bool:
    return bool(row.state == State.PASSED and row.manner in (Manner.ORIGINAL, Manner.DERIVED))


def to_approve(row: Any) -> bool:
    return bool(row.state == State.PASSED and row.manner == Manner.WORK)


def to_turn(row: Any) -> bool:
    """In force, a state secret, and of our own deciding."""
    return bool(row.state == State.IN_FORCE and row.manner == Manner.ORIGINAL)


def has_mark(row: Any) -> bool:
    return bool(row.state == State.IN_FORCE and row.document_id is None)


def to_refer(row: Any) -> bool:
    return bool(row.state in (State.PASSED, State.IN_FORCE) and row.manner != Manner.WORK)


def by_other(row: Any, actor: Any) -> bool:
    return bool(row.proposed_by_id != actor.pk)


ADD = Verb(
    listing.ADD, listing.add, forms.MatterForm, next="列入下一版一览表，主要领导批准后施行。"
)
RETIRE = Verb(
    listing.RETIRE,
    listing.retire,
    when=is_in(Matter.State.IN_FORCE, Matter.State.DRAFT),
    danger=True,
)
APPROVE = Verb(
    listing.APPROVE, listing.approve, confirm=True, next="新版一览表即日施行，请保密办报送备案。"
)
FILE = Verb(listing.FILE, listing.file, forms.FileForm, when=is_in(Catalogue.State.APPROVED))
ENTER_POWER = Verb(deciding.ENTER_POWER, deciding.enter_power, forms.PowerForm)
DESIGNATE = Verb(deciding.DESIGNATE, deciding.designate, forms.DesignateForm)
END = Verb(
    deciding.END,
    deciding.end_authority,
    when=lambda row: row.is_open,
    confirm=True,
    danger=True,
    next="自明日起不在册。",
)

PROPOSE = Verb(
    determining.PROPOSE,
    determining.propose,
    forms.ProposeForm,
    next="已按所拟密级保护，送保密办审核。",
)
DERIVE = Verb(
    determining.DERIVE,
    determining.derive,
    forms.DeriveForm,
    next="密级和期限随来源，送保密办审核。",
)
PROPOSE_WORK = Verb(
    determining.PROPOSE_WORK, determining.propose_work, forms.WorkForm, next="送分管领导核定。"
)
DECIDE = Verb(
    determining.DECIDE,
    determining.decide,
    forms.DecideForm,
    when=to_decide,
    whose=by_other,
    confirm=True,
    next="密级即时生效。",
)
TURN_DOWN = Verb(
    determining.TURN_DOWN,
    determining.turn_down,
    forms.OpinionForm,
    when=to_decide,
    whose=by_other,
    danger=True,
)
APPROVE_WORK = Verb(
    determining.APPROVE_WORK,
    determining.approve_work,
    forms.ApproveWorkForm,
    when=to_approve,
    whose=by_other,
)
CARRIERS = Verb(
    keeping.ENTER,
    keeping.enter_carriers,
    forms.CarriersForm,
    when=has_mark,
    next="已逐份编号入账。",
)
STORE = Verb(keeping.STORE, keeping.store, forms.StoreForm, when=is_in(State.IN_FORCE))
CHANGE = Verb(
    changing.CHANGE,
    changing.change,
    forms.ChangeForm,
    when=to_turn,
    whose=by_other,
    confirm=True,
    next="已书面通知知悉人员，请机要员逐份换标。",
)
EXTEND = Verb(
    changing.EXTEND,
    changing.extend,
    forms.MarkForm,
    when=to_turn,
    whose=by_other,
    confirm=True,
)
CORRECT = Verb(
    changing.CORRECT,
    changing.correct,
    forms.MarkForm,
    when=to_turn,
    whose=by_other,
    confirm=True,
)
RELEASE = Verb(
    changing.RELEASE,
    changing.release,
    forms.ReleaseForm,
    when=to_turn,
    whose=by_other,
    confirm=True,
    danger=True,
    next="已书面通知知悉人员，请机要员逐份换标；解密不等于公开。",
)
REFER = Verb(
    referring.REFER,
    referring.refer,
    forms.ReferForm,
    when=to_refer,
    next="审定前按主张的最高密级保护。",
)
ANSWER = Verb(
    referring.ANSWER,
    referring.enter_answer,
    forms.AnswerForm,
    when=is_in(Referral.State.OPEN),
    confirm=True,
)
NOTE = Verb(
    changing.NOTE,
    changing.enter_notice,
    forms.NoticeForm,
    next="密级即时变动，请逐份换标。",
)
CONFIRM = Verb(
    remarking.CONFIRM, remarking.confirm, forms.RemarkForm, when=is_in(Change.State.OPEN)
)
SIGN = Verb(
    remarking.SIGN,
    remarking.sign,
    when=lambda row: row.state == Notice.State.GIVEN and row.person_id is not None,
    whose=lambda row, actor: row.person_id == actor.pk,
)
SEND = Verb(
    remarking.SEND,
    remarking.send,
    forms.SendForm,
    when=lambda row: row.state == Notice.State.GIVEN and row.outside_id is not None,
)
REVIEW = Verb(watching.REVIEW, watching.review, forms.ReviewForm)
RECORD = Verb(
    watching.RECORD, watching.record_fault, forms.FaultForm, next="请打印纠正通知书送责任部门。"
)
CLOSE = Verb(watching.CLOSE, watching.close_fault, forms.ResultForm, when=is_in(Fault.State.OPEN))

ON_A_MATTER = (RETIRE,)
ON_A_DETERMINATION = (
    DECIDE,
    APPROVE_WORK,
    CARRIERS,
    STORE,
    CHANGE,
    EXTEND,
    CORRECT,
    RELEASE,
    REFER,
    TURN_DOWN,
)
ON_A_CHANGE = (CONFIRM,)
