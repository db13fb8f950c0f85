"""登记、验收、启用: a device enters the account, is looked at, and only then is used."""

from datetime import date, datetime
from typing import Any

from shoumi.domains.equipment.models import Device
from shoumi.domains.equipment.rules import fitness
from shoumi.domains.equipment.rules.kinds import KINDS, Family, check_owner
from shoumi.domains.equipment.services.gathering import (
    KEEPERS,
    SEEING,
    SEEING_CRYPTO,
    ChangedByOther,
    expect,
    label_of_device,
    note,
    step,
    written,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.services import check_person, enter_item, holder_of
from shoumi.platform.directory.models import Department, Person, Place

REGISTER = Action("equipment.register", "登记设备", clause="equipment.ledger", posts=KEEPERS)
ACCEPT = Action("equipment.accept", "登记验收", clause="equipment.acceptance", posts=KEEPERS)
COMMISSION = Action("equipment.commission", "启用", clause="equipment.acceptance", posts=KEEPERS)
STOP = Action("equipment.stop", "停用", clause="equipment.maintenance", posts=KEEPERS)
LABEL = Action("equipment.label", "登记贴标识", clause="equipment.label", posts=KEEPERS)
PLEDGE = Action("equipment.pledge", "签订责任书", clause="equipment.pledge")

State = Device.State


def register(
    *,
    actor: Person,
    at: datetime,
    kind: str,
    number: str,
    name: str,
    level: Level,
    place: Place,
    serial: str = "",
    disks: str = "",
    department: Department | None = None,
    first: Person | None = None,
    second: Person | None = None,
    third: Person | None = None,
    location: str = "",
    private: bool = False,
    imported: bool = False,
    portable: bool = False,
    encrypting: bool = False,
    wireless: bool = False,
    bought_on: date | None = None,
    system_on: date | None = None,
    for_leader: bool = False,
    liaison: Person | None = None,
    taken_from: Device | None = None,
) -> Device:
    """Enter a device: one thing in custody, one record that says what it is as a device."""
    with act(actor, REGISTER, at=at, kind=kind) as deed:
        deed.subject = device = entered(
            actor=actor,
            at=at,
            kind=kind,
            number=number,
            name=name,
            level=Level(level),
            place=place,
            serial=serial.strip(),
            disks=disks.strip(),
            department=department or (first.department if first else None),
            first=first,
            second=second,
            third=third,
            location=location.strip(),
            private=private,
            imported=imported,
            portable=portable,
            encrypting=encrypting,
            wireless=wireless,
            bought_on=bought_on,
            system_on=system_on,
            for_leader=for_leader,
            liaison=liaison,
            taken_from=taken_from,
        )
    return device


def entered(
    *, actor: Person, at: datetime, number: str, level: Level, place: Place, **facts: Any
) -> Device:
    """A new device with its label and its thing, inside somebody's act."""
    body, kind = actor.body, KINDS[facts["kind"]]
    number = written(number, "保密编号", clause=REGISTER.clause)
    check_owner(facts["kind"], private=facts["private"], classified=level.is_state_secret)
    if Device.stands(body, number=number):
        raise Refusal(
            f"编号「{number}」已在台账中",
            clause=REGISTER.clause,
            way_on="请核对编号，同一设备只登记一次",
        )
    if facts["serial"] and Device.stands(body, serial=facts["serial"]):
        raise Refusal(
            f"序列号「{facts['serial']}」已在台账中",
            clause=REGISTER.clause,
            way_on="同一设备不得列入两本台账，请核对",
        )
    persons = [facts["first"], facts["second"], facts["third"]]
    secret = kind.family is Family.CRYPTO
    label = label_of_device(
        level,
        body=body,
        people=[*persons, facts["liaison"]],
        department=None if secret else facts["department"],
        basis=f"设备登记 {number}",
        at=at,
        posts=SEEING_CRYPTO if secret else SEEING,
    )
    for person in dict.fromkeys(p for p in persons if p is not None):
        check_person(person, label=label, at=at)
    item = enter_item(
        label=label,
        kind=kind.item,
        name=number,
        source=Item.Source.RECEIVED,
        holder=holder_of(body=body, place=place),
        at=at,
        reason=REGISTER.key,
        home=place,
    )
    device: Device = Device.objects.create(
        label=label,
        body=body,
        item=item,
        number=number,
        registered_by=actor,
        registered_at=at,
        **facts,
    )
    return device


def accept(
    *,
    actor: Person,
    subject: Device,
    at: datetime,
    passed: bool,
    standard_proof: str = "",
    certificate: str = "",
    import_check: str = "",
    emission: str = "",
    wireless: bool = False,
) -> None:
    """验收、鉴定: what proves that the device is fit, looked at before it is used."""
    with act(actor, ACCEPT, subject, at=at) as deed:
        expect(subject, State.ENTERED, State.READY, State.STOPPED)
        if not passed:
            raise Refusal(
                "验收不合格的设备不得入库待用",
                clause=ACCEPT.clause,
                way_on="请退回供货单位，或者整改后重新验收",
            )
        step(
            subject,
            subject.state,
            State.READY,
            accepted_on=day_of(at),
            accepted_by=actor,
            standard_proof=standard_proof.strip(),
            certificate=certificate.strip(),
            import_check=import_check.strip(),
            emission=emission.strip(),
            wireless=wireless,
        )
        deed.note(imported=subject.imported)


def commission(*, actor: Person, subject: Device, at: datetime) -> None:
    """Put into use what nothing is wanting for; the first thing wanting is named with its clause."""
    with act(actor, COMMISSION, subject, at=at):
        if subject.state not in (State.ENTERED, State.READY, State.STOPPED):
            raise ChangedByOther()
        fitness.check_fit(subject.facts(), today=day_of(at))
        step(subject, subject.state, State.IN_USE)


def stop(*, actor: Person, subject: Device, at: datetime, reason: str) -> None:
    """故障停用: taken out of use until it is put into use again."""
    with act(actor, STOP, subject, at=at) as deed:
        written(reason, "停用原因", clause=STOP.clause)
        step(subject, State.IN_USE, State.STOPPED)
        deed.note(reason=len(reason))


def stick_label(*, actor: Person, subject: Device, at: datetime) -> None:
    """标识 printed and stuck on the device."""
    with act(actor, LABEL, subject, at=at):
        if subject.labelled_on is not None:
            raise ChangedByOther()
        note(subject, labelled_on=day_of(at))


def pledge(*, actor: Person, subject: Device, at: datetime) -> None:
    """责任书: signed by the first responsible person in person."""
    with act(actor, PLEDGE, subject, at=at):
        if subject.first_id != actor.pk:
            raise Denied(
                "责任书由第一责任人本人签订", clause=PLEDGE.clause, way_on="请第一责任人登录签订"
            )
        if subject.pledged_on is not None or not subject.is_classified:
            raise ChangedByOther()
        note(subject, pledged_on=day_of(at))
