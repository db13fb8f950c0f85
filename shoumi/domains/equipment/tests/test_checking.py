"""equipment.check: put before everybody whose turn it is, filled in at the machine, faults put right."""

from datetime import timedelta
from pathlib import Path

import pytest

from conftest import NOW
from shoumi.domains.equipment.models import Check
from shoumi.domains.equipment.rules.sheets import sheets
from shoumi.domains.equipment.selectors import cared_for, device_called
from shoumi.domains.equipment.services import checking, connecting
from shoumi.domains.equipment.tests.scene import fresh, handed, in_use, put, registered, stick
from shoumi.domains.equipment.tests.test_connecting import PROTECTED
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.obligations.loop import run_due
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.rulebook.model import RulebookError


def filled(office, device, sheet="monthly", *, actor=None, unmet=(), **more) -> Check:
    asked = sheets()[sheet].asks(classified=device.is_classified, network=device.network)
    answers = {q.key: "不符合" if q.key in unmet else "符合" for q in asked}
    return checking.fill_check(
        actor=actor or office.chief,
        subject=fresh(device),
        sheet=sheet,
        answers=answers,
        at=more.pop("at", NOW),
        **more,
    )


@pytest.mark.clause(
    "equipment.monthly", "equipment.clearing", "equipment.care", "equipment.internet"
)
def test_every_machine_in_use_is_put_before_the_one_whose_turn_it_is(office):
    plain = put(office, in_use(office), network="internet")
    secret = in_use(office, Level.SECRET)
    lone = in_use(office, number="甲-8", first=office.leader)
    registered(office, number="甲-9")
    stick(office)
    run_due(NOW - timedelta(days=5))
    run_due(NOW + timedelta(days=29))
    open_ones = Duty.objects.filter(state="open", kind__startswith="equipment.check")
    told = {(d.kind, d.period, d.person, d.subject) for d in open_ones}
    machine, red = f"equipment.device:{plain.pk}", f"equipment.device:{secret.pk}"
    assert ("equipment.check.monthly", "2026-09", None, f"equipment.device:{lone.pk}") in told
    month, quarter = "2026-09", "2026Q3"
    assert told >= {
        ("equipment.check.monthly", month, office.chief, machine),
        ("equipment.check.monthly", month, office.chief, red),
        ("equipment.check.maintenance", month, office.handler, red),
        ("equipment.check.internet", month, office.handler, machine),
        ("equipment.check.clearing", quarter, office.handler, machine),
    }
    assert not any(kind.endswith("clearing") and subject == red for kind, _, _, subject in told)
    assert not any(kind.endswith("internet") and subject == red for kind, _, _, subject in told)
    filled(office, plain)
    left = mine(office.chief, at=NOW).filter(kind="equipment.check.monthly")
    assert {d.subject for d in left} == {red}


@pytest.mark.clause("equipment.monthly", "equipment.conduct")
def test_what_is_not_met_is_told_put_right_and_until_then_keeps_the_machine_in(office):
    device = put(office, in_use(office), **PROTECTED)
    with pytest.raises(Refusal) as caught:
        filled(office, device, unmet=["software"])
    assert caught.value.clause == "equipment.monthly"
    check = filled(office, device, unmet=["software", "network"], remark="私装两款软件")
    assert (check.state, check.faults) == (Check.State.FAULTY, 2)
    with pytest.raises(Refusal) as caught:
        connecting.connect(actor=office.office, subject=fresh(device), network="internet", at=NOW)
    assert caught.value.clause == "equipment.conduct"
    assert mine(office.handler, at=NOW).get().kind == "equipment.check.remedy"
    with pytest.raises(Denied):
        checking.remedy_check(actor=office.junior, subject=check, remedy="已卸载", at=NOW)
    checking.remedy_check(actor=office.handler, subject=check, remedy="已卸载", at=NOW)
    assert not mine(office.handler, at=NOW).exists()
    with pytest.raises(Stale):
        checking.remedy_check(actor=office.handler, subject=fresh(check), remedy="又", at=NOW)
    connecting.connect(actor=office.office, subject=fresh(device), network="internet", at=NOW)


@pytest.mark.clause("equipment.monthly", "equipment.care", "equipment.cross_use")
def test_a_sheet_is_whole_fits_its_device_and_is_filled_in_by_who_may(office):
    device, usb = in_use(office), stick(office)
    with pytest.raises(Refusal):
        checking.fill_check(actor=office.chief, subject=device, sheet="monthly", answers={}, at=NOW)
    for sheet in ("medium", "internet", "none"):
        with pytest.raises(Refusal):
            checking.fill_check(
                actor=office.chief, subject=fresh(device), sheet=sheet, answers={}, at=NOW
            )
    with pytest.raises(Denied):
        filled(office, device, actor=office.junior)
    assert fresh(usb).tested_on is None
    filled(office, usb, "medium", actor=office.office)
    assert fresh(usb).tested_on == NOW.date()
    for days in range(2):
        filled(office, device, "daily", actor=office.handler, at=NOW + timedelta(days=days))
    done, workdays = cared_for(device, reader=office.handler, at=NOW + timedelta(days=1))
    assert (done, workdays) == (2, 2)


def test_a_label_or_number_leads_to_the_device_and_a_hidden_one_is_none(office):
    device = handed(office, in_use(office, Level.SECRET), office.handler)
    for said in ("涉-001", device.item.code, device.item.code.replace("-", "").lower()):
        assert device_called(said, reader=office.office, at=NOW) == device
        assert device_called(said, reader=office.junior, at=NOW) is None
    assert device_called("BM1-NOTHING0-X", reader=office.office, at=NOW) is None


def test_a_malformed_sheet_stops_the_start(tmp_path: Path):
    path = tmp_path / "sheets.toml"
    path.write_text(
        '[[sheet]]\nkey = "x"\ntitle = "x"\nclause = "x"\nfamilies = ["计算机"]\nwho = "nobody"\n'
        '[[sheet.item]]\nkey = "a"\ntext = "a"\n',
        encoding="utf-8",
    )
    with pytest.raises(RulebookError, match="责任人"):
        sheets(path)
    other = tmp_path / "other.toml"
    other.write_text('[[sheet]]\nkey = "x"\n', encoding="utf-8")
    with pytest.raises(RulebookError, match="检查单"):
        sheets(other)
