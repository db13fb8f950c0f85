"""发放: a device in use goes to who will answer for it; custody takes the signature."""

from collections.abc import Iterable
from datetime import datetime

from shoumi.domains.equipment.models import Device
from shoumi.domains.equipment.services.gathering import (
    KEEPERS,
    expect,
    note,
    principals_of,
    reseat,
)
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.custody.models import Handover, Holder, Item
from shoumi.platform.custody.services import holder_of, offer_lines
from shoumi.platform.custody.services.ledger import GUARDS
from shoumi.platform.directory.models import Person

ISSUE = Action("equipment.issue", "发放", clause="equipment.issue", posts=KEEPERS)
OWN = "equipment."


def issue(
    *, actor: Person, subject: Device, receiver: Person, at: datetime, purpose: str = ""
) -> Handover:
    """Offer a device that lies in a place; whoever takes a medium answers for it from now on."""
    with act(actor, ISSUE, subject, at=at) as deed:
        expect(subject, Device.State.IN_USE)
        if not subject.is_medium and subject.first_id != receiver.pk:
            raise Refusal(
                "设备只发给第一责任人",
                clause=ISSUE.clause,
                way_on="责任人有变动的，请先变更责任人",
            )
        if subject.first_id != receiver.pk:
            _answer_for(subject, receiver, at=at)
        handover = offer_lines(
            receiver=holder_of(body=actor.body, person=receiver),
            items=[subject.item],
            reason=ISSUE.key,
            by=actor,
            at=at,
            purpose=purpose,
        )
        deed.note(receiver=receiver.pk, handover=handover.pk)
    return handover


def _answer_for(device: Device, receiver: Person, *, at: datetime) -> None:
    rest = [device.second, device.third, device.liaison]
    reseat(
        device.label,
        old=principals_of([device.first, *rest], device.department),
        new=principals_of([receiver, *rest], receiver.department),
        basis=f"领用 {device.number}",
        at=at,
    )
    note(device, first=receiver, department=receiver.department)


def check_passing(items: Iterable[Item], to: Holder, *, reason: str) -> None:
    """What custody asks before a device changes hands: no unfit one goes out, none leaves by a side door.

    Raises:
        Refusal: a device not in use is offered to a person, or goes to a sink otherwise than by disposal.
    """
    if reason.startswith(OWN):
        return
    leaves = to.sink == Holder.Sink.DESTROYED
    if not leaves and to.person_id is None:
        return
    for device in Device.behind(items):
        if leaves:
            raise Refusal(
                f"设备「{device.number}」须按报废清册送销毁站，不得按载体销毁",
                clause="equipment.disposal",
                way_on="请在设备台账中办理报废",
            )
        if device.state != Device.State.IN_USE:
            raise Refusal(
                f"设备「{device.number}」{device.get_state_display()}，不得发放、借出、带出",
                clause=ISSUE.clause,
                way_on="请先验收、启用",
            )


GUARDS.append(check_passing)
