"""密码六环节: each one a line in the journal, by the keeper alone; use, change and destruction by leave."""

from datetime import datetime, timedelta

from shoumi.domains.equipment.models import CryptoStep, Device, Permit
from shoumi.domains.equipment.rules.kinds import Family
from shoumi.domains.equipment.services.gathering import (
    ChangedByOther,
    label_beside,
    numbered,
    step,
    written,
)
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.models import Holder
from shoumi.platform.custody.services import holder_of, shift
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import closing
from shoumi.platform.obligations.services import cancel_all, raise_duty, settle
from shoumi.platform.rulebook.figures import figure

STEP = Action("equipment.crypto.step", "登记密码环节", clause="equipment.crypto.stages")
RENEW = "equipment.crypto.renew"
Stage = CryptoStep.Stage
LEAVE = {
    Stage.USED: Permit.Kind.CRYPTO_USE,
    Stage.CHANGED: Permit.Kind.CRYPTO_CHANGE,
    Stage.DESTROYED: Permit.Kind.CRYPTO_DESTROY,
}
# What makes the keys new, so that the time till the next change runs from here.
FRESH = (Stage.MADE, Stage.GIVEN, Stage.CHANGED)


def crypto_step(
    *, actor: Person, subject: Device, stage: str, other: str, remark: str, at: datetime
) -> CryptoStep:
    """One more line of the journal. Clauses: equipment.crypto.stages, .keeping, .approval, .renewal."""
    with act(actor, STEP, subject, at=at, stage=stage) as deed:
        which = Stage(stage)
        if subject.family is not Family.CRYPTO:
            raise Refusal("只有密码设备登记密码环节", clause=STEP.clause, way_on="请核对设备")
        if subject.first_id != actor.pk:
            raise Denied(
                "密码由保管人本人办理，他人不得查看、使用",
                clause="equipment.crypto.keeping",
                way_on="请保管人登录办理；变更保管人的先变更责任人",
            )
        if subject.state == Device.State.DISPOSED:
            raise ChangedByOther()
        permit = _leave(subject, which, at=at)
        number = numbered("密", "crypto", body=actor.body, at=at)
        line: CryptoStep = CryptoStep.objects.create(
            label=label_beside(subject, basis=number, at=at),
            body=actor.body,
            number=number,
            device=subject,
            stage=which,
            at=at,
            by=actor,
            other=written(other, "对方或者监督人", clause=STEP.clause),
            remark=written(remark, "情况", clause=STEP.clause),
            permit=permit,
        )
        deed.subject = line
        if which in FRESH:
            settle(kind=RENEW, subject=subject, evidence=line, at=at)
            _renew_by(subject, at=at)
        if which is Stage.DESTROYED:
            _destroy(subject, line, at=at)
    return line


def _leave(device: Device, stage: "CryptoStep.Stage", *, at: datetime) -> Permit | None:
    kind = LEAVE.get(stage)
    if kind is None:
        return None
    permit = Permit.in_force(device, kind, on=day_of(at))
    if permit is None:
        raise Refusal(
            f"密码{stage.label}未经批准",
            clause="equipment.crypto.approval",
            way_on=f"请先申请「{kind.label}」，经密码管理部门批准",
        )
    return permit


def _renew_by(device: Device, *, at: datetime) -> None:
    """Each change opens the next: 更新到期提醒."""
    days = figure("equipment.crypto.renewal", "days", on=day_of(at), body=device.body)
    raise_duty(
        kind=RENEW,
        clause="equipment.crypto.renewal",
        text=f"更新密码：{device.number}",
        due=closing(day_of(at) + timedelta(days=days), body=device.body),
        at=at,
        person=device.first,
        label=device.label,
        subject=device,
        url_name="equipment-devices-detail",
        url_pk=device.pk,
    )


def _destroy(device: Device, line: CryptoStep, *, at: datetime) -> None:
    step(device, device.state, Device.State.DISPOSED)
    shift(
        item=device.item,
        to=holder_of(body=device.body, sink=Holder.Sink.DESTROYED),
        reason=STEP.key,
        at=at,
        case_ref=line.number,
    )
    cancel_all(kind=RENEW, subject=device, reason=line, at=at)
