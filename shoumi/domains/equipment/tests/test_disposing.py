"""equipment.dispose: treated first, listed, approved, taken by two to a station, closed by its certificate."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY
from shoumi.domains.equipment.models import Device, Disposal
from shoumi.domains.equipment.services import disposing, levelling
from shoumi.domains.equipment.tests.scene import (
    approve,
    fresh,
    handed,
    in_use,
    provider,
    stick,
)
from shoumi.domains.handling.services import destroying
from shoumi.domains.handling.tests.scene import approve as approve_request
from shoumi.domains.handling.tests.scene import turn_down
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.obligations.models import Duty
from shoumi.platform.trail.verify import verify


def treated(office, device) -> Device:
    levelling.treat(actor=office.office, subject=device, method="消磁", at=NOW)
    return fresh(device)


def proposed(office, devices, station, **changed) -> Disposal:
    given = {"reason": "超过使用年限", "at": NOW} | changed
    return disposing.propose_disposal(
        actor=office.office, devices=devices, station=station, **given
    )


@pytest.mark.clause("equipment.disposal")
def test_devices_leave_the_account_by_the_certificate_of_the_station(office):
    station = provider(office, "station")
    machine = treated(office, in_use(office, Level.SECRET))
    usb = treated(office, stick(office))
    disposal = approve(proposed(office, [machine, usb], station))
    assert (disposal.level, disposal.pieces) == (Level.SECRET, 2)
    assert {fresh(d).state for d in (machine, usb)} == {Device.State.LISTED}
    for witness in (office.office, office.junior):
        with pytest.raises(Refusal):
            disposing.send_disposal(
                actor=office.office, subject=fresh(disposal), witness=witness, at=NOW
            )
    disposing.send_disposal(
        actor=office.office, subject=fresh(disposal), witness=office.registrar, at=NOW
    )
    assert fresh(machine.item).state == "reserved"
    for given in (
        {"certificate": " ", "destroyed_on": TODAY},
        {"certificate": "销-1", "destroyed_on": TODAY - timedelta(days=1)},
        {"certificate": "销-1", "destroyed_on": TODAY + timedelta(days=1)},
    ):
        with pytest.raises(Refusal) as caught:
            disposing.close_disposal(actor=office.office, subject=fresh(disposal), at=NOW, **given)
        assert caught.value.clause == "equipment.disposal"
    disposing.close_disposal(
        actor=office.office,
        subject=fresh(disposal),
        at=NOW,
        certificate="岚销〔2026〕12号",
        destroyed_on=TODAY,
    )
    assert {fresh(d).state for d in (machine, usb)} == {Device.State.DISPOSED}
    assert {str(fresh(d.item).holder) for d in (machine, usb)} == {"已销毁"}
    assert not Duty.objects.filter(state="open", kind__startswith="equipment.dispose").exists()
    assert verify().findings == []


@pytest.mark.clause("equipment.disposal")
def test_nothing_untreated_nothing_in_hand_and_no_scrap_dealer(office):
    station, shop = provider(office, "station"), provider(office)
    raw = in_use(office)
    held = treated(office, handed(office, stick(office), office.handler))
    fit = treated(office, in_use(office, number="甲-9"))
    for devices, where in (([raw], station), ([held], station), ([fit], shop), ([], station)):
        with pytest.raises(Refusal) as caught:
            proposed(office, devices, where)
        assert caught.value.clause == "equipment.disposal"
    disposal = turn_down(proposed(office, [fit], station))
    assert (disposal.state, fresh(fit).state) == ("refused", "in_use")
    assert fresh(fit.item).state == "held"


@pytest.mark.clause("equipment.disposal")
def test_a_device_is_not_shredded_as_a_paper(office):
    device = in_use(office)
    request = approve_request(
        destroying.propose(
            actor=office.registrar,
            at=NOW,
            items=[device.item],
            appraisal="无保存价值",
            method="送销毁机构",
            station="岚江销毁中心",
        )
    )
    destroying.execute(
        actor=office.registrar, subject=request, at=NOW, counted=1, witness=office.office
    )
    with pytest.raises(Refusal) as caught:
        destroying.witness_destruction(actor=office.office, subject=fresh(request), at=NOW)
    assert caught.value.clause == "equipment.disposal"
    assert fresh(device.item).state == "reserved"
