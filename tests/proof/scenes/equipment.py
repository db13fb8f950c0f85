"""Devices in every kind of life: a classified machine in hand, a plain one listed to go, one in repair, a check."""

from shoumi.domains.equipment.models import Permit
from shoumi.domains.equipment.services import (
    checking,
    crypto,
    disposing,
    levelling,
    permits,
    repairing,
    using,
)
from shoumi.domains.equipment.tests.scene import fresh, handed, in_use, provider, stick
from shoumi.kernel.levels import Level
from tests.proof.scenes.world import World

# Who keeps or decides about every device; who answers for 单平's machine, and his department.
OVER = frozenset({"registrar", "office", "director", "leader", "head"})
OWN = OVER | {"handler", "chief"}


def build(world: World) -> None:
    office, at = world.office, world.at
    shop, station = provider(office, at=at), provider(office, "station", at=at)
    device = in_use(office, Level.SECRET, at=at, name=world.canary("雀机型", OWN), number="涉-901")
    device = handed(office, device, office.handler, at=at)
    world.rows["equipment-devices"] = world.rows["equipment-check"] = device.pk
    world.rows["equipment-pledge"] = device.pk
    asked = permits.request_permit(
        actor=office.handler,
        subject=device,
        at=at,
        kind=Permit.Kind.SOFTWARE,
        reason=world.canary("雀准用事由", OWN),
        software="某制图 V3",
        since=at.date(),
        until=at.date(),
    )
    world.rows["equipment-permits"] = asked.pk
    use = using.start_use(
        actor=office.handler,
        subject=fresh(device),
        at=at,
        operation="起草",
        content_level=Level.SECRET,
        matter=world.canary("雀使用事项", OWN),
    )
    world.rows["equipment-uses"] = use.pk
    _check(world, device)
    broken = in_use(office, Level.SECRET, at=at, number="涉-902")
    repair = repairing.report_fault(
        actor=office.handler, subject=broken, fault=world.canary("雀故障", OWN), at=at
    )
    world.rows["equipment-repairs"] = repair.pk
    _disposal(world, station)
    _crypto(world)
    world.rows["equipment-providers"] = shop.pk
    stick(office, at=at)


def _check(world: World, device: object) -> None:
    office, at = world.office, world.at
    machine = fresh(device)
    keys = (
        "label",
        "network",
        "password",
        "software",
        "peripherals",
        "purpose",
        "virus",
        "wireless",
        "users",
    )
    check = checking.fill_check(
        actor=office.office,
        subject=machine,
        sheet="monthly",
        answers=dict.fromkeys(keys, "符合") | {"label": "不符合"},
        remark=world.canary("雀检查情况", OWN),
        at=at,
    )
    world.rows["equipment-checks"] = check.pk


def _disposal(world: World, station: object) -> None:
    office, at = world.office, world.at
    old = in_use(office, Level.CONFIDENTIAL, at=at, number="涉-903")
    levelling.treat(actor=office.office, subject=old, method="消磁", at=at)
    disposal = disposing.propose_disposal(
        actor=office.office,
        devices=[fresh(old)],
        station=station,
        reason=world.canary("雀报废原因", OWN | {"junior", "standin"}),
        at=at,
    )
    world.rows["equipment-disposals"] = world.rows["equipment-disposals-paper"] = disposal.pk


def _crypto(world: World) -> None:
    office, at = world.office, world.at
    cipher = in_use(
        office, Level.SECRET, kind="crypto", number="密-901", second=None, third=None, at=at
    )
    line = crypto.crypto_step(
        actor=office.handler,
        subject=cipher,
        stage="made",
        other="曾静",
        remark=world.canary("雀密码情况", {"office", "handler", "leader"}),
        at=at,
    )
    world.rows["equipment-crypto"] = line.pk
