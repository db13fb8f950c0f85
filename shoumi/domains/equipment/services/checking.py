"""检查: filled in at the machine; duties for every machine follow the recurring duty of the body."""

from collections.abc import Mapping
from datetime import datetime

from shoumi.domains.equipment.models import Check, Device
from shoumi.domains.equipment.rules.sheets import Sheet, faults_in, following, sheets
from shoumi.domains.equipment.services.gathering import (
    expect,
    label_beside,
    note,
    numbered,
    step,
    written,
)
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act, posts_held
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.directory.selectors import holders_of
from shoumi.platform.obligations.due import Due, due_in_workdays
from shoumi.platform.obligations.loop import ON_RAISED
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.recurring import definitions
from shoumi.platform.obligations.services import raise_duty, settle
from shoumi.platform.rulebook.model import RulebookError

CHECK = Action("equipment.check", "登记检查", clause="equipment.monthly")
REMEDY = Action("equipment.check.remedy", "登记整改", clause="equipment.monthly")
OVERSEERS = frozenset({"secrecy_office", "department_head"})
State = Check.State


def fill_check(
    *,
    actor: Person,
    subject: Device,
    sheet: str,
    answers: Mapping[str, str],
    at: datetime,
    remark: str = "",
) -> Check:
    """Fill in a sheet for a device; it closes the duty, and what is not met opens another."""
    asked = sheets().get(sheet)
    with act(actor, CHECK, subject, at=at, sheet=sheet) as deed:
        if asked is None or not is_asked(asked, subject):
            raise Refusal("这张检查单不适用于该设备", clause=CHECK.clause, way_on="请另选检查单")
        if not may_check(actor, subject, at=at):
            raise Denied(
                "检查由设备责任人、部门负责人或者保密办登记",
                clause=asked.clause,
                way_on="请上述人员登录登记",
            )
        questions = asked.asks(classified=subject.is_classified, network=subject.network)
        faults = faults_in(questions, answers, clause=asked.clause)
        told = written(remark, "不符合项的情况", clause=asked.clause) if faults else remark.strip()
        number = numbered("查", "checks", body=actor.body, at=at)
        check: Check = Check.objects.create(
            label=label_beside(subject, basis=number, at=at),
            body=actor.body,
            number=number,
            device=subject,
            sheet=sheet,
            title=asked.title,
            checked_by=actor,
            checked_at=at,
            answers={q.key: answers[q.key] for q in questions},
            faults=faults,
            remark=told,
            state=State.FAULTY if faults else State.PASSED,
        )
        deed.subject = check
        settle(kind=asked.duty, subject=subject, evidence=check, at=at)
        if faults:
            _to_remedy(check, by=actor, at=at)
        elif asked.sets:
            note(subject, **{asked.sets: day_of(at)})
        deed.note(faults=faults)
    return check


def remedy_check(*, actor: Person, subject: Check, remedy: str, at: datetime) -> None:
    """整改: how what was found has been put right."""
    with act(actor, REMEDY, subject, at=at, check=subject.number):
        expect(subject, State.FAULTY)
        if not may_remedy(subject, actor):
            raise Denied(
                "整改由设备责任人或者检查人登记", clause=REMEDY.clause, way_on="请上述人员登录登记"
            )
        done = written(remedy, "整改情况", clause=REMEDY.clause)
        step(subject, State.FAULTY, State.REMEDIED, remedy=done, remedied_by=actor, remedied_at=at)
        settle(kind=REMEDY.key, subject=subject, evidence=subject, at=at)


def may_check(actor: Person, device: Device, *, at: datetime) -> bool:
    """Who answers for the device, heads a department, or oversees them all."""
    return device.is_answered_for_by(actor) or bool(OVERSEERS & posts_held(actor, at=at))


def may_remedy(check: Check, actor: Person) -> bool:
    """Who answers for the device, or found the fault; anybody where nobody answers for it."""
    device = check.device
    return (
        device.first_id is None
        or device.is_answered_for_by(actor)
        or check.checked_by_id == actor.pk
    )


def is_asked(sheet: Sheet, device: Device) -> bool:
    return sheet.fits(device.kind, classified=device.is_classified, network=device.network)


def put_before_each(duty: Duty, *, at: datetime) -> None:
    """Raise the sheet of every machine in use when the body's recurring duty opens; in the system's act."""
    mine = following(duty.kind)
    for device in Device.all_of(duty.body).filter(state=Device.State.IN_USE):
        for sheet in mine:
            if is_asked(sheet, device):
                _put_before(sheet, device, duty, at=at)


def _put_before(sheet: Sheet, device: Device, duty: Duty, *, at: datetime) -> None:
    person = _who(sheet, device, at=at)
    raise_duty(
        kind=sheet.duty,
        clause=sheet.clause,
        text=f"{sheet.title}：{device.number}",
        due=Due(duty.due_at, duty.provisional),
        at=at,
        body=duty.body,
        person=person,
        post="" if person else "secrecy_office",
        label=device.label,
        subject=device,
        url_name="equipment-check",
        url_pk=device.pk,
        period=duty.period,
    )


def _who(sheet: Sheet, device: Device, *, at: datetime) -> Person | None:
    """The person whose sheet it is; without one the secrecy office answers."""
    if sheet.who == "first":
        return device.first
    if sheet.who == "department_head" and device.department_id is not None:
        heads = holders_of(
            "department_head",
            body=device.body,
            on=day_of(at),
            department_id=device.department_id,
        )
        return next(iter(heads), None)
    return None


def _to_remedy(check: Check, *, by: Person, at: datetime) -> None:
    owner = check.device.first
    raise_duty(
        kind=REMEDY.key,
        clause=sheets()[check.sheet].clause,
        text=f"整改 {check.device.number}：{check.faults} 项不符合（{check.number}）",
        due=due_in_workdays(5, start=at, body=check.body),
        at=at,
        body=check.body,
        person=owner,
        post="" if owner else "secrecy_office",
        label=check.label,
        subject=check,
        url_name="equipment-checks-detail",
        url_pk=check.pk,
        raised_by=by,
    )


for _sheet in sheets().values():
    if _sheet.every and _sheet.every not in definitions():
        raise RulebookError(f"检查单「{_sheet.key}」所随的定期职责「{_sheet.every}」不存在")
    if _sheet.every:
        ON_RAISED[_sheet.every] = put_before_each
