"""The pages of the smaller matters, through their real addresses, as a browser walks them."""

from typing import Any

import pytest
from django.utils import timezone

from conftest import NOW
from shoumi.domains.documents import registers, verbs
from shoumi.domains.documents.models import Attendance, FilingCheck, Lapse, Opening, SentBack
from shoumi.domains.documents.registers import matters
from shoumi.domains.documents.services.deciding import close, instruct, propose
from shoumi.domains.documents.services.returning import register_return
from shoumi.domains.documents.tests.conftest import sent
from shoumi.domains.documents.tests.test_pages import paper
from shoumi.platform.obligations.services import seed_calendar
from shoumi.platform.registers.testing import RegisterCase, VerbCase, browser

pytestmark = pytest.mark.urls("shoumi.domains.documents.tests.pages")


def telegram(office: Any, **changed: Any) -> Any:
    return paper(office, kind="telegram", urgency="prompt", **changed)


class TestGiveSlip(VerbCase):
    register, verb, who = registers.RECEIVED, verbs.GIVE_SLIP, "registrar"

    def prepare(self, office):
        return telegram(office)


class TestGoBack(VerbCase):
    register, verb, who = matters.RETURNS, verbs.GO_BACK, "registrar"
    data = {"channel": "courier", "taken_by": "交通<员>甲"}  # noqa: RUF012
    refused = {"channel": "post"}  # noqa: RUF012
    wrong_post = "director"

    def prepare(self, office):
        return register_return(
            actor=office.registrar,
            at=NOW,
            reason="missent",
            sender="丙市某局",
            level=3,
            received_at=NOW,
        )


class TestTelegrams(RegisterCase):
    register = matters.TELEGRAMS

    def make(self, office, count):
        for n in range(count):
            telegram(office, copies=1, copy_numbers=f"{n + 1:06d}")
        mine = self.register.visible(office.registrar, at=timezone.now())
        return list(mine.order_by("-id")[:count])


def post(client: Any, register: Any, verb: Any, row: Any = None, **given: Any) -> Any:
    """Send a form of the register and follow it to the page it leads to."""
    page = ("create", verb.slug) if row is None else ("do", row.pk, verb.slug)
    return client.post(register.url(*page), given | {"_confirmed": "1"}, follow=True)


def reachable(client: Any, register: Any, row: Any) -> dict[str, int]:
    addresses = {
        "list": register.url("list"),
        "row": register.url("detail", row.pk),
        "print": register.url("sheet"),
        "export": register.url("export"),
    }
    return {name: client.get(address).status_code for name, address in addresses.items()}


@pytest.mark.clause("documents.open", "documents.open.seal_urgent", "documents.receive.report")
def test_an_opening_with_everything_odd_is_registered_and_put_right_by_buttons(office):
    seed_calendar(office.system, NOW)
    desk = browser(office.registrar)
    page = desk.get(registers.RECEIVED.url("create", verbs.RECEIVE.slug)).content.decode()
    assert page.count('<details class="form-group">') == 3
    odd = {
        "urgency": "urgent",
        "unsealed": "on",
        "phone_check": "省局王某",
        "cover": "unclear",
        "listed": "2",
        "found": "2",
        "slip": "on",
        "intact": "",
        "anomaly": "封口破损",
        "deliverer_confirmed": "on",
    }
    given = {k: v for k, v in (sent(office) | odd).items() if v != ""}
    refused = post(desk, registers.RECEIVED, verbs.RECEIVE, **given | {"phone_check": ""})
    assert refused.status_code == 422
    assert '<details class="form-group" open>' in refused.content.decode()
    made = post(desk, registers.RECEIVED, verbs.RECEIVE, **given).content.decode()
    for button in ("补盖公章", "退回执", "上报异常"):
        assert button in made
    row = registers.RECEIVED.visible(office.registrar, at=timezone.now()).get()
    post(desk, registers.RECEIVED, verbs.ADD_SEAL, row)
    post(desk, registers.RECEIVED, verbs.SEND_SLIP, row, how="交送达人带回")
    post(desk, registers.RECEIVED, verbs.REPORT_ANOMALY, row)
    post(
        browser(office.director),
        registers.RECEIVED,
        verbs.HANDLE_ANOMALY,
        row,
        cause="受压",
        handling="已函告",
    )
    done = desk.get(registers.RECEIVED.url("detail", row.pk)).content.decode()
    for words in ("已补盖", "已退回执", "收发情况不明"):
        assert words in done
    assert "补盖公章</button>" not in done
    opening = Opening.objects.visible_to(office.registrar, at=timezone.now()).get()
    assert reachable(desk, matters.OPENINGS, opening) == dict.fromkeys(
        ("list", "row", "print", "export"), 200
    )
    hidden = browser(office.peer).get(matters.OPENINGS.url("detail", opening.pk))
    assert hidden.status_code == 404


@pytest.mark.clause("documents.open.missent", "documents.meeting", "documents.lapse")
def test_returns_meetings_and_lapses_are_kept_each_in_its_ledger(office):
    seed_calendar(office.system, NOW)
    desk, at = browser(office.registrar), timezone.now()
    now = timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")
    given = {
        "reason": "missent",
        "sender": "丙市某局",
        "level": "3",
        "received_at": now,
        "pieces": "1",
    }
    assert "退件〔" in post(desk, matters.RETURNS, verbs.REGISTER_RETURN, **given).content.decode()
    going = {"meeting": "工作会", "host": "省局", "ends_on": now[:10]}
    own = browser(office.handler)
    assert "待交件" in post(own, matters.ATTENDANCES, verbs.ANNOUNCE, **going).content.decode()
    sheet = Attendance.objects.visible_to(office.handler, at=timezone.now()).get()
    assert (
        "无密件带回"
        in post(own, matters.ATTENDANCES, verbs.NOTHING_BROUGHT, sheet).content.decode()
    )
    row = paper(office)
    told = {"kind": "mistake", "person": office.handler.pk, "what": "漏登附件"}
    post(desk, registers.RECEIVED, verbs.NOTE_LAPSE, row, **told)
    later = timezone.now()
    for register, model in (
        (matters.RETURNS, SentBack),
        (matters.ATTENDANCES, Attendance),
        (matters.LAPSES, Lapse),
    ):
        mine = model.objects.visible_to(office.registrar, at=later).get()
        assert set(reachable(desk, register, mine).values()) == {200}, register.title
        assert browser(office.peer).get(register.url("detail", mine.pk)).status_code == 404
    assert own.get(matters.LAPSES.url("list")).status_code == 404


@pytest.mark.clause("documents.file", "documents.file.check")
def test_the_catalogue_and_the_check_of_the_files_are_pages(office):
    seed_calendar(office.system, NOW)
    row = paper(office)
    propose(actor=office.director, subject=row, at=NOW, addressee=office.leader, text="拟阅。")
    instruct(actor=office.leader, subject=row, at=NOW, text="阅。")
    close(actor=office.registrar, subject=row, at=NOW)
    desk = browser(office.registrar)
    listed = desk.get(registers.FILED.url("list")).content.decode()
    assert "档〔2026〕5-1号" in listed
    assert "10 年" in listed
    asked = {"year": "2026", "faulty": row.file_number, "remedy": "补领"}
    made = post(desk, matters.FILING_CHECKS, verbs.CHECK_FILES, **asked).content.decode()
    assert "核〔" in made
    assert "有问题" in made
    check = FilingCheck.objects.visible_to(office.registrar, at=timezone.now()).get()
    assert "补救完成" in post(desk, matters.FILING_CHECKS, verbs.REMEDIED, check).content.decode()
    assert set(reachable(desk, matters.FILING_CHECKS, check).values()) == {200}
    assert set(reachable(desk, registers.FILED, row).values()) == {200}
