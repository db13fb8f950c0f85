"""变更责任人和地点: the successor signs for the thing and sets new credentials; places are judged anew."""

from datetime import datetime

from shoumi.domains.equipment.models import Device, Permit
from shoumi.domains.equipment.services.gathering import (
    KEEPERS,
    ChangedByOther,
    expect,
    note,
    principals_of,
    reseat,
)
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.services import (
    check_person,
    check_place,
    holder_of,
    offer_succession,
    rehome,
)
from shoumi.platform.directory.models import Department, Person, Place
from shoumi.platform.obligations.due import due_in_workdays
from shoumi.platform.obligations.services import raise_duty, settle

REASSIGN = Action(
    "equipment.reassign", "变更责任人和地点", clause="equipment.persons", posts=KEEPERS
)
RESET = Action("equipment.reset", "登记重设口令", clause="equipment.successor")
State = Device.State


def reassign(
    *,
    actor: Person,
    subject: Device,
    at: datetime,
    first: Person,
    second: Person | None = None,
    third: Person | None = None,
    department: Department | None = None,
    place: Place | None = None,
    location: str = "",
    liaison: Person | None = None,
) -> None:
    """New people answer for the device; where the old first one holds it, the new one has to sign for it."""
    with act(actor, REASSIGN, subject, at=at) as deed:
        expect(subject, *(s for s in Device.THERE if s != State.REPAIR))
        before = subject.first
        newly = first.pk != subject.first_id
        if newly and subject.is_entrusted:
            _check_entrusted(subject, first, at=at)
        new = [first, second, third]
        section = department or first.department
        reseat(
            subject.label,
            old=principals_of([*subject.persons, subject.liaison], subject.department),
            new=principals_of([*new, liaison], section),
            basis=f"变更责任人 {subject.number}",
            at=at,
        )
        for person in dict.fromkeys(p for p in new if p is not None):
            check_person(person, label=subject.label, at=at)
        if place is not None and place.pk != subject.item.home_id:
            check_place(place, label=subject.label)
            rehome(subject.item, place, reason=REASSIGN.key, at=at)
        changes = {"pledged_on": None, "labelled_on": None} if newly else {}
        note(
            subject,
            first=first,
            second=second,
            third=third,
            department=section,
            location=location.strip(),
            liaison=liaison,
            **changes,
        )
        if newly:
            _hand_on(subject, before, by=actor, at=at)
        deed.note(first=first.pk, newly=newly)


def reset(*, actor: Person, subject: Device, at: datetime) -> None:
    """重设用户名、口令: the successor says that nothing of the predecessor opens the machine any more."""
    with act(actor, RESET, subject, at=at):
        if subject.first_id != actor.pk:
            raise Denied(
                "口令由接任的第一责任人本人重设", clause=RESET.clause, way_on="请第一责任人登录办理"
            )
        if not settle(kind=RESET.key, subject=subject, evidence=subject, at=at):
            raise ChangedByOther()


def _hand_on(device: Device, before: Person | None, *, by: Person, at: datetime) -> None:
    """From the predecessor's hands into the successor's; a thing in a place waits there to be issued."""
    item = device.item
    if device.first is None:
        return
    if item.holder.person_id is not None and item.state == Item.State.HELD:
        offer_succession(
            receiver=holder_of(body=device.body, person=device.first),
            items=[item],
            reason=REASSIGN.key,
            by=by,
            at=at,
        )
    if before is not None and device.state == State.IN_USE:
        raise_duty(
            kind=RESET.key,
            clause=RESET.clause,
            text=f"{device.number} 责任人变更：重设用户名、口令",
            due=due_in_workdays(1, start=at, body=device.body),
            at=at,
            person=device.first,
            label=device.label,
            subject=device,
            url_name="equipment-devices-detail",
            url_pk=device.pk,
            raised_by=by,
        )


def _check_entrusted(device: Device, person: Person, *, at: datetime) -> None:
    """Both leaders have agreed that this person keeps the server. Clause: equipment.server."""
    if not Permit.in_force(device, Permit.Kind.KEEPER, on=day_of(at), person=person):
        raise Refusal(
            "服务器未经主要领导和主管领导授权，不得委托他人管理",
            clause="equipment.server",
            way_on="请先申请服务器委托管理，两位领导同意后再变更",
        )
