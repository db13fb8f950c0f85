"""What people do in this room; each button stands exactly when its service would agree."""

from collections.abc import Callable
from typing import Any

from shoumi.domains.equipment import forms
from shoumi.domains.equipment.models import Check, Device, Disposal, Permit, Repair, Use
from shoumi.domains.equipment.rules.kinds import KINDS, Family
from shoumi.domains.equipment.services import (
    checking,
    connecting,
    crypto,
    disposing,
    issuing,
    levelling,
    permits,
    providers,
    reassigning,
    registering,
    repairing,
    using,
)
from shoumi.platform.obligations.services import duties_about
from shoumi.platform.registers.verb import Verb

State = Device.State
WAITING = (State.ENTERED, State.READY, State.STOPPED)


def is_in(*states: str) -> Callable[[Any], bool]:
    return lambda row: row.state in states


def is_there(device: Any) -> bool:
    return device.state in Device.THERE


def was_accepted(device: Any) -> bool:
    return bool(device.state in WAITING and device.accepted_on is not None)


def lies_in_place(device: Any) -> bool:
    return bool(device.state == State.IN_USE and device.lies_in_place)


def is_first(device: Any, actor: Any) -> bool:
    return bool(device.first_id == actor.pk)


def is_of(*families: Family) -> Callable[[Any], bool]:
    return lambda device: is_there(device) and KINDS[device.kind].family in families


def has_to_reset(device: Any, actor: Any) -> bool:
    """The successor has not said yet that the credentials are new."""
    return is_first(device, actor) and duties_about(device, kind=reassigning.RESET.key).exists()


# ---- on a device

REGISTER = Verb(
    registering.REGISTER,
    registering.register,
    forms.RegisterForm,
    next="请办理验收，合格后启用。",
)
ACCEPT = Verb(
    registering.ACCEPT,
    registering.accept,
    forms.AcceptForm,
    when=is_in(*WAITING),
    next="验收合格，可以启用。",
)
COMMISSION = Verb(registering.COMMISSION, registering.commission, when=was_accepted)
STOP = Verb(registering.STOP, registering.stop, forms.ReasonForm, when=is_in(State.IN_USE))
LABEL = Verb(
    registering.LABEL,
    registering.stick_label,
    when=lambda row: is_there(row) and row.labelled_on is None,
)
PLEDGE = Verb(
    registering.PLEDGE,
    registering.pledge,
    when=lambda row: is_there(row) and row.is_classified and row.pledged_on is None,
    whose=is_first,
    confirm=True,
)
ISSUE = Verb(
    issuing.ISSUE,
    issuing.issue,
    forms.IssueForm,
    when=lies_in_place,
    next="请领用人在「我保管的载体」中签收。",
)
REASSIGN = Verb(
    reassigning.REASSIGN,
    reassigning.reassign,
    forms.ReassignForm,
    when=is_in(State.ENTERED, State.READY, State.IN_USE, State.STOPPED),
    next="责任人有变动的，请接任者签收设备、重设口令并重签责任书。",
)
RESET = Verb(
    reassigning.RESET,
    reassigning.reset,
    when=is_there,
    whose=has_to_reset,
    confirm=True,
)
RELEVEL = Verb(levelling.RELEVEL, levelling.relevel, forms.RelevelForm, when=is_there)
TREAT = Verb(
    levelling.TREAT,
    levelling.treat,
    forms.TreatForm,
    when=lambda row: is_there(row) and row.treated_on is None,
)
CONNECT = Verb(
    connecting.CONNECT,
    connecting.connect,
    forms.ConnectForm,
    when=lambda row: is_there(row) and KINDS[row.kind].joins,
)
PROTECT = Verb(
    connecting.PROTECT,
    connecting.protect,
    forms.ProtectForm,
    when=is_of(Family.MACHINE),
    whose=lambda row, actor: row.is_answered_for_by(actor),
)
PERMIT = Verb(
    permits.REQUEST,
    permits.request_permit,
    forms.PermitForm,
    when=is_there,
    next="已提交审批，批准后在准用期内有效。",
)
USE = Verb(
    using.START,
    using.start_use,
    forms.UseForm,
    when=lambda row: row.state == State.IN_USE and not Use.is_open(row),
    next="用毕请结束使用并登记善后。",
)
REPORT = Verb(
    repairing.REPORT,
    repairing.report_fault,
    forms.FaultForm,
    when=is_in(State.IN_USE, State.STOPPED),
    next="请勿自行处理，等候安排维修。",
)
STEP = Verb(
    crypto.STEP, crypto.crypto_step, forms.CryptoForm, when=is_of(Family.CRYPTO), whose=is_first
)

# ---- on a leave, a use, a repair, a disposal, a check

END_PERMIT = Verb(permits.END, permits.end_permit, when=is_in(Permit.State.GRANTED), confirm=True)
END_USE = Verb(
    using.END,
    using.end_use,
    forms.EndUseForm,
    when=is_in(Use.State.OPEN),
    whose=lambda row, actor: row.user_id == actor.pk,
)
SEND_REPAIR = Verb(
    repairing.SEND,
    repairing.send_to_repair,
    forms.SendRepairForm,
    when=is_in(Repair.State.REPORTED),
    next="监督人须全程在场。",
)
RETURN_REPAIR = Verb(
    repairing.RETURN,
    repairing.return_repaired,
    forms.ReturnRepairForm,
    when=is_in(Repair.State.OUT),
    next="换下部件已登记，请办理技术处理。",
)
CANCEL_REPAIR = Verb(
    repairing.CANCEL,
    repairing.cancel_repair,
    forms.ReasonForm,
    when=is_in(Repair.State.REPORTED),
    danger=True,
)
PROPOSE = Verb(
    disposing.PROPOSE,
    disposing.propose_disposal,
    forms.ProposeForm,
    next="已提交审批，批准后送交销毁站。",
)
SEND_DISPOSAL = Verb(
    disposing.SEND,
    disposing.send_disposal,
    forms.SendDisposalForm,
    when=is_in(Disposal.State.APPROVED),
    confirm=True,
)
CLOSE_DISPOSAL = Verb(
    disposing.CLOSE,
    disposing.close_disposal,
    forms.CertificateForm,
    when=is_in(Disposal.State.SENT),
    confirm=True,
    danger=True,
    next="设备已凭证销账。",
)
REMEDY = Verb(
    checking.REMEDY,
    checking.remedy_check,
    forms.RemedyForm,
    when=is_in(Check.State.FAULTY),
    whose=checking.may_remedy,
)
ENTER_PROVIDER = Verb(providers.ENTER, providers.enter_provider, forms.ProviderForm)
END_PROVIDER = Verb(
    providers.END, providers.end_provider, when=lambda row: row.ended_on is None, confirm=True
)

ON_A_DEVICE = (
    COMMISSION,
    ACCEPT,
    ISSUE,
    USE,
    REPORT,
    PERMIT,
    CONNECT,
    PROTECT,
    REASSIGN,
    RELEVEL,
    TREAT,
    LABEL,
    PLEDGE,
    RESET,
    STEP,
    STOP,
)
