"""Devices that an old ledger already has (期初入账): taken as it says, judged by what they do next."""

from datetime import datetime

from shoumi.domains.equipment.models import Device
from shoumi.domains.equipment.rules.kinds import KINDS
from shoumi.domains.equipment.rules.networks import BINDING, Network
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Person


def enter_opening_device(
    item: Item,
    *,
    kind: str,
    name: str,
    serial: str,
    disks: str,
    people: tuple[Person | None, Person | None, Person | None],
    network: str,
    location: str,
    by: Person,
    at: datetime,
) -> Device | None:
    """The device behind a thing that was taken in, inside the act of the batch; None where it stands already.

    What is out of the account is 已报废, everything else is 在用 and listed with whatever it lacks.
    """
    body, number = item.label.body, item.name[:40]
    if Device.stands(body, number=number):
        return None
    if serial and Device.stands(body, serial=serial):
        serial = ""
    first, second, third = people
    joined = Network(network)
    device: Device = Device.objects.create(
        label_id=item.label_id,
        body=body,
        item=item,
        number=number,
        kind=kind,
        name=(name or KINDS[kind].label)[:60],
        serial=serial[:60],
        disks=disks[:200],
        department=first.department if first else None,
        first=first,
        second=second,
        third=third,
        location=location[:60],
        network=joined.value,
        bound_on=day_of(at) if joined in BINDING else None,
        state=Device.State.IN_USE if item.is_in_account else Device.State.DISPOSED,
        registered_by=by,
        registered_at=at,
    )
    return device
