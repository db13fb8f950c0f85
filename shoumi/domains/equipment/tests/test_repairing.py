"""equipment.repair: reported, sent to a named shop under watch, looked at; what was taken out waits for treatment."""

from datetime import timedelta

import pytest

from conftest import NOW
from shoumi.domains.equipment.models import Device, Repair
from shoumi.domains.equipment.rules.parts import Part, parts_in
from shoumi.domains.equipment.services import levelling, providers, registering, repairing
from shoumi.domains.equipment.tests.scene import PROOF, fresh, handed, in_use, provider
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.custody.services import offer
from shoumi.platform.obligations.models import Duty
from shoumi.platform.trail.verify import verify


def reported(office) -> Repair:
    device = handed(office, in_use(office, Level.SECRET), office.handler)
    return repairing.report_fault(actor=office.handler, subject=device, fault="不能开机", at=NOW)


def sending(office, **changed):
    return {
        "provider": changed.pop("provider", None) or provider(office),
        "place": office.safe,
        "escort": office.chief,
        "technician": "丁一",
        "outside": True,
        "disk_removed": True,
    } | changed


def send(office, repair, **given) -> Repair:
    repairing.send_to_repair(actor=office.office, subject=fresh(repair), at=NOW, **given)
    return fresh(repair)


@pytest.mark.clause("equipment.repair.report", "equipment.repair.watched", "equipment.parts")
def test_a_machine_goes_out_watched_and_comes_back_with_its_parts_on_the_ledger(office):
    repair = reported(office)
    assert fresh(repair.device).state == Device.State.REPAIR
    with pytest.raises(Stale):
        repairing.report_fault(
            actor=office.handler, subject=fresh(repair.device), fault="再报", at=NOW
        )
    repair = send(office, repair, **sending(office))
    with pytest.raises(Refusal) as caught:
        repairing.return_repaired(actor=office.office, subject=repair, at=NOW, result="已修复")
    assert caught.value.clause == "equipment.repair.watched"
    repairing.return_repaired(
        actor=office.office,
        subject=fresh(repair),
        at=NOW + timedelta(hours=3),
        result="更换硬盘",
        accompanied=True,
        replaced=parts_in("硬盘 WD-1\n\n内存 4G M-2"),
    )
    assert (fresh(repair).state, fresh(repair.device).state) == ("closed", "in_use")
    assert not Duty.objects.filter(state="open", kind__startswith="equipment.repair").exists()
    part = Device.unscoped.get(serial="WD-1")
    assert (part.kind, part.level, part.taken_from) == ("part", Level.SECRET, repair.device)
    # Not issued, not lent and not put to other use before it was treated.
    with pytest.raises(Refusal) as caught:
        offer(actor=office.registrar, subject=part.item, receiver=office.handler, at=NOW)
    assert caught.value.clause == "equipment.issue"
    registering.accept(actor=office.office, subject=part, at=NOW, **PROOF)
    with pytest.raises(Refusal) as caught:
        registering.commission(actor=office.office, subject=fresh(part), at=NOW)
    assert caught.value.clause == "equipment.parts"
    levelling.treat(actor=office.office, subject=fresh(part), method="消磁", at=NOW)
    registering.commission(actor=office.office, subject=fresh(part), at=NOW)
    assert verify().findings == []


@pytest.mark.clause("equipment.repair.shop", "equipment.repair.data", "equipment.provider")
def test_only_a_named_shop_a_fit_place_a_cleared_watcher_and_safe_data(office):
    repair = reported(office)
    shop = provider(office)
    station = provider(office, "station")
    given = sending(office, provider=shop)
    for changed, clause in (
        ({"provider": station}, "equipment.repair.shop"),
        ({"place": office.cabinet}, "carriers.place"),
        ({"escort": office.junior}, None),
        ({"disk_removed": False}, "equipment.repair.data"),
        ({"disk_removed": False, "measures": " "}, "equipment.repair.data"),
    ):
        with pytest.raises(Refusal) as caught:
            send(office, repair, **(given | changed))
        assert clause in (None, caught.value.clause) or caught.value.clause.startswith(clause)
    providers.end_provider(actor=office.office, subject=shop, at=NOW)
    with pytest.raises(Refusal) as caught:
        send(office, repair, **(given | {"provider": fresh(shop)}))
    assert caught.value.clause == "equipment.repair.shop"
    for changed in ({"valid_until": NOW.date() - timedelta(days=1)}, {"credential": " "}):
        with pytest.raises(Refusal) as caught:
            provider(office, name="过期维修点", **changed)
        assert caught.value.clause == "equipment.provider"
    again = provider(office)
    with pytest.raises(Refusal):
        provider(office)
    kept = send(
        office,
        repair,
        **(given | {"provider": again, "disk_removed": False, "measures": "数据已加密"}),
    )
    assert (kept.state, kept.escort) == ("out", office.chief)


def test_a_report_that_was_none_is_taken_back(office):
    repair = reported(office)
    repairing.cancel_repair(actor=office.office, subject=repair, at=NOW, reason="插头松动")
    assert (fresh(repair).state, fresh(repair.device).state) == ("cancelled", "in_use")
    assert not Duty.objects.filter(state="open", kind__startswith="equipment.repair").exists()


@pytest.mark.clause("equipment.parts")
def test_a_part_without_a_serial_number_is_not_told_apart():
    assert parts_in("硬盘 W1\n") == (Part("硬盘", "W1"),)
    with pytest.raises(Refusal) as caught:
        parts_in("硬盘")
    assert caught.value.clause == "equipment.parts"
