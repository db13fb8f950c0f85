"""维修: report, send under escort, look at it when it comes back; what was replaced becomes a device."""

from datetime import datetime
from typing import Any

from shoumi.domains.equipment.models import Device, Provider, Repair
from shoumi.domains.equipment.rules.parts import Part
from shoumi.domains.equipment.services.gathering import (
    KEEPERS,
    expect,
    label_beside,
    numbered,
    step,
    written,
)
from shoumi.domains.equipment.services.registering import entered
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.services import check_person, check_place
from shoumi.platform.directory.models import Person, Place
from shoumi.platform.obligations.due import due_in_workdays
from shoumi.platform.obligations.services import cancel_all, raise_duty, settle

REPORT = Action("equipment.repair.report", "报修", clause="equipment.repair.report")
SEND = Action("equipment.repair.send", "送修", clause="equipment.repair.shop", posts=KEEPERS)
RETURN = Action(
    "equipment.repair.return", "修复验收", clause="equipment.repair.watched", posts=KEEPERS
)
CANCEL = Action(
    "equipment.repair.cancel", "撤销报修", clause="equipment.repair.report", posts=KEEPERS
)
State = Repair.State


def report_fault(*, actor: Person, subject: Device, fault: str, at: datetime) -> Repair:
    """报修: whoever has to do with the device says what is wrong and leaves it alone."""
    with act(actor, REPORT, subject, at=at) as deed:
        expect(subject, Device.State.IN_USE, Device.State.STOPPED)
        told = written(fault, "故障情况", clause=REPORT.clause)
        step(subject, subject.state, Device.State.REPAIR)
        number = numbered("修", "repairs", body=actor.body, at=at)
        repair: Repair = Repair.objects.create(
            label=label_beside(subject, basis=number, at=at),
            body=actor.body,
            number=number,
            device=subject,
            reported_by=actor,
            reported_at=at,
            fault=told,
        )
        deed.subject = repair
        _for_keeper(repair, SEND, f"安排维修 {subject.number}", days=1, by=actor, at=at)
    return repair


def send_to_repair(
    *,
    actor: Person,
    subject: Repair,
    at: datetime,
    provider: Provider,
    place: Place,
    escort: Person,
    technician: str,
    outside: bool = False,
    disk_removed: bool = False,
    measures: str = "",
) -> None:
    """Send to, or call in, a shop of the list; somebody cleared stands by from the first minute."""
    with act(actor, SEND, subject, at=at, repair=subject.number) as deed:
        device = subject.device
        expect(subject, State.REPORTED)
        if not provider.serves_as(Provider.Kind.REPAIR, on=day_of(at)):
            raise Refusal(
                "该单位不是名录内有效的指定维修点",
                clause="equipment.repair.shop",
                way_on="请从名录中选择，到期的先续登指定文号",
            )
        check_place(place, label=device.label)
        check_person(escort, label=device.label, at=at)
        if not disk_removed and not measures.strip():
            raise Refusal(
                "送修前须拆除存储部件，或者写明数据保护措施",
                clause="equipment.repair.data",
                way_on="拆除硬盘的请勾选，不能拆除的写明措施",
            )
        step(
            subject,
            State.REPORTED,
            State.OUT,
            provider=provider,
            place=place,
            escort=escort,
            technician=written(technician, "维修人员", clause=SEND.clause),
            outside=outside,
            disk_removed=disk_removed,
            measures=measures.strip(),
            started_at=at,
        )
        settle(kind=SEND.key, subject=subject, evidence=subject, at=at)
        _for_keeper(subject, RETURN, f"修复验收 {device.number}", days=10, by=actor, at=at)
        deed.note(escort=escort.pk, disk_removed=disk_removed)


def return_repaired(
    *,
    actor: Person,
    subject: Repair,
    at: datetime,
    result: str,
    accompanied: bool = False,
    replaced: tuple[Part, ...] = (),
) -> None:
    """Back and looked at; every part taken out is entered and waits for its treatment."""
    with act(actor, RETURN, subject, at=at, repair=subject.number) as deed:
        expect(subject, State.OUT)
        if not accompanied:
            raise Refusal(
                "维修须由监督人全程陪同",
                clause="equipment.repair.watched",
                way_on="未全程陪同的，按违规登记并检查设备后另行处理",
            )
        device = subject.device
        for part in replaced:
            entered(actor=actor, at=at, place=_shelf(device), **_part_of(device, part))
        step(
            subject,
            State.OUT,
            State.CLOSED,
            ended_at=at,
            result=written(result, "维修结果", clause=RETURN.clause),
            accompanied=accompanied,
            replaced="、".join(str(part) for part in replaced)[:200],
            checked_by=actor,
        )
        step(device, Device.State.REPAIR, Device.State.IN_USE)
        settle(kind=RETURN.key, subject=subject, evidence=subject, at=at)
        deed.note(parts=len(replaced))


def cancel_repair(*, actor: Person, subject: Repair, at: datetime, reason: str) -> None:
    """The fault is gone, or was none."""
    with act(actor, CANCEL, subject, at=at):
        why = written(reason, "撤销原因", clause=CANCEL.clause)
        step(subject, State.REPORTED, State.CANCELLED, result=why)
        step(subject.device, Device.State.REPAIR, Device.State.IN_USE)
        cancel_all(kind=SEND.key, subject=subject, reason=why, at=at)


def _part_of(device: Device, part: Part) -> dict[str, Any]:
    return {
        "kind": "part",
        "number": f"{device.number}-{part.serial}"[:40],
        "name": part.name,
        "level": device.level,
        "serial": part.serial,
        "first": device.first,
        "second": device.second,
        "third": device.third,
        "liaison": None,
        "department": device.department,
        "private": False,
        "taken_from": device,
    }


def _shelf(device: Device) -> Place:
    """Where parts lie till they are treated: where the device belongs."""
    home = device.item.home
    if home is None:
        raise Refusal(
            "该设备没有登记存放场所，换下部件无处入账",
            clause="equipment.parts",
            way_on="请先变更设备地点",
        )
    return home


def _for_keeper(
    repair: Repair, action: Action, text: str, *, days: int, by: Person, at: datetime
) -> None:
    raise_duty(
        kind=action.key,
        clause=action.clause,
        text=f"{text}（{repair.number}）",
        due=due_in_workdays(days, start=at, body=repair.body),
        at=at,
        body=repair.body,
        post="secrecy_office",
        label=repair.label,
        subject=repair,
        url_name="equipment-repairs-detail",
        url_pk=repair.pk,
        raised_by=by,
    )
