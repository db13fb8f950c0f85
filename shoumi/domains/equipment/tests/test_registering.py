"""equipment.register, accept, commission, label, pledge, stop: no device is used that lacks what it must have."""

import pytest

from conftest import NOW, TODAY, prepared
from shoumi.domains.equipment.models import Device
from shoumi.domains.equipment.selectors import anomalies, missing_kinds, wanting_of
from shoumi.domains.equipment.services import registering
from shoumi.domains.equipment.tests.scene import PROOF, fresh, in_use, put, registered, stick
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.custody.models import Item
from shoumi.platform.trail.verify import verify


def clause_of(caught: pytest.ExceptionInfo[Refusal]) -> str:
    return caught.value.clause


@pytest.mark.clause("equipment.ledger", "equipment.acceptance")
def test_a_device_is_one_thing_in_custody_and_is_used_only_after_it_was_looked_at(office):
    device = registered(office, Level.SECRET)
    assert (device.item.kind, device.item.name) == (Item.Kind.COMPUTER, "涉-001")
    assert device.item.holder.place == office.safe
    assert device.label_id == device.item.label_id
    with pytest.raises(Refusal) as caught:
        registering.commission(actor=office.office, subject=device, at=NOW)
    assert clause_of(caught) == "equipment.acceptance"
    with pytest.raises(Refusal):
        registering.accept(
            actor=office.office, subject=device, at=NOW, **(PROOF | {"passed": False})
        )
    registering.accept(actor=office.office, subject=device, at=NOW, **PROOF)
    registering.commission(actor=office.office, subject=fresh(device), at=NOW)
    assert fresh(device).state == Device.State.IN_USE
    for again in ({"number": "涉-001", "serial": "X"}, {"serial": "SN-涉-001", "number": "涉-002"}):
        with pytest.raises(Refusal) as caught:
            registered(office, Level.SECRET, **again)
        assert clause_of(caught) == "equipment.ledger"
    assert verify().findings == []


@pytest.mark.clause(
    "equipment.persons.three",
    "equipment.persons",
    "equipment.standard",
    "equipment.emission",
    "equipment.imported",
    "equipment.wireless",
    "equipment.place",
)
def test_each_thing_wanting_keeps_a_classified_machine_out_of_use_by_its_own_clause(office):
    device = registered(office, Level.SECRET, imported=True)
    registering.accept(actor=office.office, subject=device, at=NOW, **PROOF)
    whole = {"second": office.chief, "third": office.leader, "first": office.handler}
    for fields, clause in (
        ({"third": None}, "equipment.persons.three"),
        ({"first": None}, "equipment.persons"),
        ({"standard_proof": ""}, "equipment.standard"),
        ({"emission": ""}, "equipment.emission"),
        ({"import_check": ""}, "equipment.imported"),
        ({"wireless": True}, "equipment.wireless"),
    ):
        before = {name: getattr(fresh(device), name) for name in fields}
        with pytest.raises(Refusal) as caught:
            registering.commission(
                actor=office.office, subject=put(office, device, **fields), at=NOW
            )
        assert clause_of(caught) == clause, fields
        put(office, device, **(before | whole))
    with prepared(office.body):
        Item.unscoped.filter(pk=device.item_id).update(home=None)
    with pytest.raises(Refusal) as caught:
        registering.commission(actor=office.office, subject=fresh(device), at=NOW)
    assert clause_of(caught) == "equipment.place"
    with prepared(office.body):
        Item.unscoped.filter(pk=device.item_id).update(home=office.safe)
    registering.commission(actor=office.office, subject=fresh(device), at=NOW)


@pytest.mark.clause("equipment.private")
def test_what_belongs_to_a_person_is_no_office_machine(office):
    for level, kind in ((Level.PUBLIC, "computer"), (Level.PUBLIC, "usb"), (Level.SECRET, "phone")):
        with pytest.raises(Refusal) as caught:
            registered(office, level, kind=kind, private=True)
        assert clause_of(caught) == "equipment.private"
    assert registered(office, kind="phone", private=True).private


def test_a_place_or_a_person_below_the_level_takes_no_classified_device(office):
    for given in ({"place": office.cabinet}, {"first": office.junior}):
        with pytest.raises(Refusal):
            registered(office, Level.SECRET, **given)
    assert not Device.unscoped.exists()


@pytest.mark.clause("equipment.label", "equipment.pledge", "equipment.software")
def test_the_anomalies_name_what_is_wanting_until_it_is_done(office):
    device = in_use(office, Level.SECRET)
    clauses = {one.clause for one in wanting_of(device, at=NOW)}
    assert clauses == {"equipment.label", "equipment.pledge", "equipment.software"}
    assert [row.number for row, _ in anomalies(office.office, at=NOW)] == ["涉-001"]
    assert anomalies(office.junior, at=NOW) == []
    registering.stick_label(actor=office.office, subject=device, at=NOW)
    with pytest.raises(Denied):
        registering.pledge(actor=office.chief, subject=fresh(device), at=NOW)
    registering.pledge(actor=office.handler, subject=fresh(device), at=NOW)
    put(office, device, antivirus="瑞星 V17", firewall="网御", virus_on=TODAY)
    assert wanting_of(fresh(device), at=NOW) == []


@pytest.mark.clause("equipment.persons.leader", "equipment.kinds", "equipment.maintenance")
def test_a_leaders_machine_names_its_section_and_missing_kinds_are_told(office):
    device = in_use(office, for_leader=True)
    assert "equipment.persons.leader" in {one.clause for one in wanting_of(device, at=NOW)}
    (_, wanted), (_, secret) = missing_kinds(office.office, at=NOW)
    assert wanted == ["传真机", "打印机", "网络设备"]
    assert secret == ["计算机", "打印机", "U盘"]
    stick(office, first=office.office)
    assert missing_kinds(office.office, at=NOW)[1][1] == ["计算机", "打印机"]
    registering.stop(actor=office.office, subject=device, at=NOW, reason="故障待修")
    assert fresh(device).state == Device.State.STOPPED
