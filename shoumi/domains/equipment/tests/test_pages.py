"""The books and pages of the room, through their real addresses."""

import pytest
from django.urls import reverse
from django.utils import timezone

from shoumi.domains.equipment import registers, verbs
from shoumi.domains.equipment.models import Check, Device
from shoumi.domains.equipment.services import disposing, levelling, repairing
from shoumi.domains.equipment.tests import scene
from shoumi.domains.equipment.tests.scene import fresh
from shoumi.kernel.levels import Level
from shoumi.platform.registers.testing import RegisterCase, VerbCase, browser

pytestmark = pytest.mark.urls("shoumi.domains.equipment.tests.pages")


def now():
    """The pages read the clock, so what they act on is of today."""
    return timezone.now()


class TestRegister(VerbCase):
    register, verb, who = registers.DEVICES, verbs.REGISTER, "office"
    refused = {"level": "4"}  # noqa: RUF012
    repeatable = True

    def values(self, office):
        return {
            "kind": "usb",
            "number": "盘-7",
            "name": "华旗<32G>",
            "level": "2",
            "place": office.safe.pk,
            "first": office.handler.pk,
        }


class TestReturnRepair(VerbCase):
    register, verb, who = registers.REPAIRS, verbs.RETURN_REPAIR, "office"
    data = {"result": "已修复", "accompanied": "on", "replaced": "硬盘 W-1"}  # noqa: RUF012
    refused = {"replaced": "硬盘"}  # noqa: RUF012

    def prepare(self, office):
        device = scene.in_use(office, Level.SECRET, at=now())
        repair = repairing.report_fault(
            actor=office.handler, subject=device, fault="不能开机", at=now()
        )
        repairing.send_to_repair(
            actor=office.office,
            subject=fresh(repair),
            at=now(),
            provider=scene.provider(office, at=now()),
            place=office.safe,
            escort=office.chief,
            technician="丁一",
            disk_removed=True,
        )
        return fresh(repair)


class TestDevices(RegisterCase):
    register = registers.DEVICES

    def make(self, office, count):
        before = Device.unscoped.count()
        return [
            scene.registered(
                office, Level.SECRET, at=now(), number=f"涉-{before + n:03d}", first=office.chief
            )
            for n in range(count)
        ]


@pytest.mark.clause("equipment.ledger")
def test_the_four_ledgers_hold_each_what_is_theirs_under_their_exact_names(office):
    red = scene.in_use(office, Level.SECRET, at=now())
    plain = scene.in_use(office, at=now())
    usb = scene.stick(office, at=now())
    secret = scene.stick(office, Level.CONFIDENTIAL, at=now())
    client = browser(office.registrar)
    for ledger, title, row in zip(
        registers.FOUR,
        (
            "涉密计算机使用管理台账",
            "非涉密计算机使用管理台账",
            "涉密移动存储介质使用管理台账",
            "非涉密移动存储介质使用管理台账",
        ),
        (red, plain, secret, usb),
        strict=True,
    ):
        for page in ("list", "sheet"):
            said = client.get(ledger.url(page)).content.decode()
            assert title in said
            held = {d.number for d in (red, plain, usb, secret) if f">{d.number}<" in said}
            assert held == {row.number}, (title, page)
        assert (
            registers.DEVICES.url("detail", row.pk)
            in client.get(ledger.url("list")).content.decode()
        )
    assert (
        red.number not in browser(office.junior).get(registers.FOUR[0].url("list")).content.decode()
    )


@pytest.mark.clause("equipment.monthly", "equipment.label")
def test_the_label_leads_to_the_sheet_and_the_sheet_to_its_check(office):
    device = scene.in_use(office, Level.SECRET, at=now())
    inspector, stranger = browser(office.office), browser(office.junior)
    sheet = reverse("equipment-check", args=[device.pk])
    found = inspector.get(reverse("equipment-scan"), {"code": device.item.code})
    assert (found.status_code, found["Location"]) == (302, sheet)
    unknown = {"code": "涉-999"}
    hidden = stranger.get(reverse("equipment-scan"), {"code": device.number})
    assert "未登记或者无权查看" in hidden.content.decode()
    assert (
        "未登记或者无权查看" in inspector.get(reverse("equipment-scan"), unknown).content.decode()
    )
    assert stranger.get(sheet).status_code == 404
    page = inspector.get(sheet).content.decode()
    assert "计算机保密月查" in page and "未贴保密标识" in page
    empty = inspector.post(sheet, {"sheet": "monthly"})
    assert (empty.status_code, "尚未填写结果" in empty.content.decode()) == (422, True)
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
    given = {f"item-{key}": "符合" for key in keys} | {"item-label": "不符合", "remark": "未贴"}
    done = inspector.post(sheet, {"sheet": "monthly"} | given)
    check = Check.unscoped.get()
    assert done["Location"] == registers.CHECKS.url("detail", check.pk)
    assert "粘贴保密标识" in inspector.get(done["Location"]).content.decode()
    assert browser(office.auditor).get(reverse("equipment")).status_code == 404
    assert browser(office.auditor).get(reverse("equipment-scan")).status_code == 404


@pytest.mark.clause("equipment.kinds", "equipment.persons", "equipment.label", "equipment.pledge")
def test_overview_signs_pledge_and_list_say_what_they_must(office):
    device = scene.in_use(office, Level.SECRET, at=now())
    plain = scene.in_use(office, at=now())
    client = browser(office.office)
    page = client.get(reverse("equipment")).content.decode()
    assert "传真机" in page and "未签涉密设备安全使用管理责任书" in page
    signs = client.get(reverse("equipment-signs")).content.decode()
    assert "涉密设备　机密" in signs and "非涉密设备" in signs and plain.number in signs
    assert browser(office.handler).get(reverse("equipment-signs")).status_code == 404
    pledge = client.get(reverse("equipment-pledge", args=[device.pk]))
    assert "涉密设备安全使用管理责任书" in pledge.content.decode()
    assert client.get(reverse("equipment-pledge", args=[plain.pk])).status_code == 404
    levelling.treat(actor=office.office, subject=fresh(plain), method="消磁", at=now())
    listed = disposing.propose_disposal(
        actor=office.office,
        devices=[fresh(plain)],
        station=scene.provider(office, "station", at=now()),
        reason="超过年限",
        at=now(),
    )
    paper = client.get(reverse("equipment-disposals-paper", args=[listed.pk])).content.decode()
    assert "设备报废清册" in paper and "消磁" in paper
    assert plain.number in client.get(registers.DISPOSALS.url("detail", listed.pk)).content.decode()
