"""equipment.connect, protect, relevel, treat, permit: where a device may be joined, and at which level it stands."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY
from shoumi.domains.equipment.models import Device, Permit
from shoumi.domains.equipment.selectors import wanting_of
from shoumi.domains.equipment.services import connecting, levelling, permits, registering, repairing
from shoumi.domains.equipment.tests.scene import (
    fresh,
    handed,
    in_use,
    permitted,
    put,
    registered,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.obligations.models import Duty
from shoumi.platform.trail.verify import verify

PROTECTED = {
    "antivirus": "瑞星 V17",
    "firewall": "网御",
    "scanner": "绿盟",
    "intrusion": "天融信",
    "virus_on": TODAY,
    "scanned_on": TODAY,
}


def refused(office, device, network) -> str:
    with pytest.raises(Refusal) as caught:
        connecting.connect(actor=office.office, subject=fresh(device), network=network, at=NOW)
    return caught.value.clause


def connect(office, device, network) -> Device:
    connecting.connect(actor=office.office, subject=fresh(device), network=network, at=NOW)
    return fresh(device)


@pytest.mark.clause("equipment.network.isolation", "equipment.wireless")
def test_nothing_classified_meets_the_public_whoever_agrees(office):
    device = in_use(office, Level.SECRET)
    for network in ("internet", "outer"):
        assert refused(office, device, network) == "equipment.network.isolation"
    with pytest.raises(Refusal) as caught:
        permitted(office, device, "public_network", actor=office.handler, card="GL-1")
    assert caught.value.clause == "equipment.network.isolation"
    assert refused(office, put(office, device, wireless=True), "classified") == "equipment.wireless"


@pytest.mark.clause(
    "equipment.network.devices",
    "equipment.network.protected",
    "equipment.network.one",
    "equipment.internet",
    "equipment.software",
)
def test_a_plain_machine_goes_out_when_it_is_accepted_and_protected_and_on_one_network(office):
    device = registered(office)
    assert refused(office, device, "internet") == "equipment.network.devices"
    device = in_use(office, number="甲-002", serial="SN-002")
    assert refused(office, device, "internet") == "equipment.network.protected"
    with pytest.raises(Refusal):
        late = PROTECTED | {"virus_on": TODAY + timedelta(days=1)}
        connecting.protect(actor=office.handler, subject=device, at=NOW, **late)
    with pytest.raises(Denied):
        connecting.protect(actor=office.office, subject=device, at=NOW, **PROTECTED)
    connecting.protect(actor=office.handler, subject=device, at=NOW, **PROTECTED)
    device = connect(office, device, "internet")
    assert {one.clause for one in wanting_of(device, at=NOW)} == {"equipment.label"}
    stale = put(office, device, virus_on=TODAY - timedelta(days=8))
    assert "equipment.software" in {one.clause for one in wanting_of(stale, at=NOW)}
    stale = put(office, device, virus_on=TODAY, scanned_on=TODAY - timedelta(days=32))
    assert "equipment.internet" in {one.clause for one in wanting_of(stale, at=NOW)}
    assert refused(office, device, "inner") == "equipment.network.one"
    assert refused(office, in_use(office, kind="fax", number="传-1", serial="F-1"), "inner") == (
        "equipment.network.devices"
    )
    assert connect(office, device, "standalone").network == "standalone"


@pytest.mark.clause("equipment.network.exception")
def test_a_machine_for_work_secrets_goes_out_only_by_leave_and_with_its_card(office):
    device = put(office, in_use(office, Level.INTERNAL), **PROTECTED)
    assert refused(office, device, "outer") == "equipment.network.exception"
    with pytest.raises(Refusal) as caught:
        permitted(office, device, "public_network", actor=office.handler)
    assert caught.value.clause == "equipment.network.exception"
    permit = permitted(office, device, "public_network", actor=office.handler, card="GL-1")
    assert permit.state == Permit.State.GRANTED
    assert connect(office, device, "outer").network == "outer"
    permits.end_permit(actor=office.office, subject=permit, at=NOW)
    assert fresh(permit).ended_on == TODAY


@pytest.mark.clause("equipment.network.classified", "equipment.network.bound")
def test_what_was_once_on_the_special_network_is_classified_for_good(office):
    device = put(office, handed(office, in_use(office), office.handler), **PROTECTED)
    device = connect(office, device, "special")
    assert (device.level, device.bound_on) == (Level.CONFIDENTIAL, TODAY)
    assert device.item.level == Level.CONFIDENTIAL
    # As a classified machine it lacks second and third persons: it waits until it is fit again.
    assert device.state == Device.State.READY
    assert Duty.objects.filter(kind="equipment.complete", state="open").count() == 1
    device = connect(office, device, "standalone")
    levelling.treat(actor=office.office, subject=device, method="消磁", at=NOW)
    for level in (Level.PUBLIC, Level.INTERNAL):
        with pytest.raises(Refusal) as caught:
            levelling.relevel(
                actor=office.office, subject=fresh(device), level=level, reason="改用", at=NOW
            )
        assert caught.value.clause == "equipment.network.bound"
    assert refused(office, put(office, device, accepted_on=TODAY), "internet") in (
        "equipment.network.isolation",
        "equipment.network.bound",
    )
    permitted(office, device, "repurpose", actor=office.office)
    levelling.relevel(
        actor=office.office, subject=fresh(device), level=Level.PUBLIC, reason="改用", at=NOW
    )
    assert fresh(device).level == Level.PUBLIC
    # Even so the wire to the public stays cut.
    assert refused(office, device, "internet") == "equipment.network.bound"
    assert verify().findings == []


@pytest.mark.clause("equipment.relevel")
def test_the_level_goes_up_for_the_cleared_and_down_only_after_treatment(office):
    device = in_use(office, Level.CONFIDENTIAL, first=office.junior)
    with pytest.raises(Refusal):
        levelling.relevel(
            actor=office.office, subject=device, level=Level.SECRET, reason="扩大用途", at=NOW
        )
    assert fresh(device).level == Level.CONFIDENTIAL
    with pytest.raises(Refusal) as caught:
        levelling.relevel(
            actor=office.office, subject=fresh(device), level=Level.PUBLIC, reason="改用", at=NOW
        )
    assert caught.value.clause == "equipment.relevel"
    levelling.treat(actor=office.office, subject=fresh(device), method="信息消除", at=NOW)
    with pytest.raises(Stale):
        levelling.treat(actor=office.office, subject=fresh(device), method="再次", at=NOW)
    registering.stick_label(actor=office.office, subject=fresh(device), at=NOW)
    told = repairing.report_fault(
        actor=office.junior, subject=fresh(device), fault="不能开机", at=NOW
    )
    repairing.cancel_repair(actor=office.office, subject=told, reason="插头松动", at=NOW)
    levelling.relevel(
        actor=office.office, subject=fresh(device), level=Level.PUBLIC, reason="改用", at=NOW
    )
    assert (fresh(device).level, fresh(device).labelled_on) == (Level.PUBLIC, None)
    # What was written of it while it was classified stays so.
    assert fresh(told).level == Level.CONFIDENTIAL


@pytest.mark.clause("equipment.install", "equipment.work_secret")
def test_leave_is_asked_for_what_it_fits_and_says_what_it_must(office):
    device = put(office, in_use(office), network="inner")
    for kind, more in (("software", {}), ("keeper", {}), ("crypto_use", {}), ("work_secret", {})):
        with pytest.raises(Refusal):
            permitted(office, device, kind, actor=office.handler, **more)
    assert not Permit.unscoped.exists()
    asked = permitted(office, device, "software", actor=office.handler, software="某制图 V3")
    assert (asked.state, asked.software) == (Permit.State.GRANTED, "某制图 V3")
