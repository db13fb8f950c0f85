"""The books and buttons of the room, through their real addresses."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from shoumi.domains.dispatch import registers, verbs
from shoumi.domains.dispatch.models import Countersign, Delivery, Letter, Recipient
from shoumi.domains.dispatch.services import exchanging
from shoumi.domains.dispatch.tests import scene
from shoumi.domains.dispatch.tests.scene import fresh, line_to
from shoumi.domains.documents.models import Document
from shoumi.domains.documents.registers import RECEIVED
from shoumi.platform.registers.testing import RegisterCase, VerbCase, browser

pytestmark = pytest.mark.urls("shoumi.domains.dispatch.tests.pages")
FILLED = {
    "form": "file",
    "genre": "通知",
    "purpose": "传达贯彻、公布",
    "title": "关于开展<年度>检查的通知",
    "mark": "机密★10年",
    "basis": "保密事项范围第三条",
    "urgency": "plain",
    "necessity": "部署年度检查",
    "paper_reason": "涉密内容不得上网",
    "print_run": "5",
    "distribution_list": "乙局 2\n抄送 审批科 1",
}
RUN = {
    "station": "岚江市机要交换站",
    "others": 3,
    "incoming": 1,
    "station_clerk": "丁一",
    "brought": "乙局 J-0417 审批科",
}


def now():
    """The pages read the clock, so what they act on is of today."""
    return timezone.now()


class TestDraft(VerbCase):
    register, verb, who = registers.LETTERS, verbs.DRAFT, "handler"
    data = FILLED
    refused = {"mark": "机密"}  # noqa: RUF012
    hidden = ("newcomer", "junior", "lapsed", "sysadmin", "secadmin", "auditor")
    wrong_post = None
    repeatable = True


class TestClassify(VerbCase):
    register, verb, who = registers.LETTERS, verbs.CLASSIFY, "authority"
    data = {"mark": "秘密★5年", "basis": "保密事项范围第四条"}  # noqa: RUF012
    refused = {"basis": ""}  # noqa: RUF012

    def prepare(self, office):
        return scene.reviewed(office, at=now())


class TestNumber(VerbCase):
    register, verb, who = registers.LETTERS, verbs.NUMBER, "registrar"
    data = {"suffix": "发"}  # noqa: RUF012

    def prepare(self, office):
        return scene.signed(office, at=now())


class TestSend(VerbCase):
    register, verb, who = registers.LETTERS, verbs.SEND, "registrar"
    data = scene.COURIER
    refused = {"channel": "post", "tracking": "P-1"}  # noqa: RUF012

    def prepare(self, office):
        return scene.sealed(office, at=now())


class TestReceipt(VerbCase):
    register, verb, who = registers.LINES, verbs.RECEIPT, "registrar"
    refused = {"check_value": "00000000"}  # noqa: RUF012

    def prepare(self, office):
        return line_to(scene.sent(office, at=now() - timedelta(hours=3)), "乙局")

    def values(self, office):
        line = Recipient.unscoped.get(name="乙局")
        return {
            "receipt": "回〔2026〕9号",
            "received_by": "翟一",
            "received_at": f"{timezone.localtime() - timedelta(hours=1):%Y-%m-%dT%H:%M}",
            "check_value": line.check_value,
        }


class TestLetters(RegisterCase):
    register = registers.LETTERS
    strangers = ("peer", "newcomer", "leaver", "stranger", "auditor")

    def make(self, office, count):
        return [scene.drafted(office, at=now(), print_run=3) for _ in range(count)]


class TestLines(RegisterCase):
    register = registers.LINES
    strangers = ("newcomer", "leaver", "stranger", "auditor")

    def make(self, office, count):
        letters = [scene.drafted(office, at=now()) for _ in range(count)]
        return [line_to(letter, "乙局") for letter in letters]

    def find(self, row):
        return row.name


class TestRuns(RegisterCase):
    register = registers.RUNS
    strangers = ("peer", "newcomer", "leaver", "stranger", "auditor")

    def make(self, office, count):
        given = {**RUN, "run_at": now(), "incoming": 0, "brought": ""}
        return [exchanging.run(actor=office.registrar, at=now(), **given) for _ in range(count)]


def press(office, who, row, register, verb, **data):
    """Act on a row as its page does; the status of the answer."""
    address = register.url("do", row.pk, verb.slug)
    answer = browser(getattr(office, who)).post(address, {"_confirmed": "1", **data})
    return answer.status_code


def test_every_button_of_a_letters_life_stands_when_its_act_would_succeed(office):
    """From the draft to the recall through the pages: each act is offered, works, and is gone."""
    scene.heads(office)
    client = browser(office.handler)
    asked = {**FILLED, "countersigners": [office.departments["审批科"].pk]}
    answer = client.post(registers.LETTERS.url("create", verbs.DRAFT.slug), asked)
    assert answer.status_code == 302
    letter = Letter.unscoped.get()

    def act(who, row, register, verb, **data):
        page = register.url("detail", row.pk)
        address = register.url("do", row.pk, verb.slug)
        assert address in browser(getattr(office, who)).get(page).content.decode(), verb.slug
        assert press(office, who, row, register, verb, **data) == 302, verb.slug
        shown = browser(getattr(office, who)).get(page)
        assert address not in shown.content.decode(), verb.slug

    shown = client.get(registers.LETTERS.url("do", letter.pk, verbs.REVISE.slug)).content.decode()
    assert "乙局 2\n抄送 审批科 1" in shown and "保密事项范围第三条" in shown
    changed = {**asked, "print_run": "6"}
    assert press(office, "handler", letter, registers.LETTERS, verbs.REVISE, **changed) == 302
    assert Recipient.unscoped.filter(state="void").count() == 2
    act("handler", letter, registers.LETTERS, verbs.SUBMIT)
    scene.agreed(fresh(letter).review, at=now())
    (row,) = Countersign.all_of(letter)
    act("peer", row, registers.COUNTERSIGNS, verbs.COUNTERSIGN, opinion="同意。")
    act(
        "authority",
        letter,
        registers.LETTERS,
        verbs.CLASSIFY,
        mark="机密★10年",
        basis="保密事项范围第三条",
    )
    scene.agreed(fresh(letter).signing, at=now())
    act("registrar", letter, registers.LETTERS, verbs.NUMBER, suffix="发")
    printing = {"made": 6, "press": "机要室", "printer": "区敏", "place": office.safe.pk}
    act("registrar", letter, registers.LETTERS, verbs.PRINT, waste=0, **printing)
    act("registrar", letter, registers.LETTERS, verbs.SEAL)
    act("registrar", letter, registers.LETTERS, verbs.SEND, **scene.COURIER)
    delivery = Delivery.unscoped.get()
    times = {"arrived_at": delivery.left_at, "back_at": delivery.left_at}
    times = {k: f"{timezone.localtime(v):%Y-%m-%dT%H:%M}" for k, v in times.items()}
    act("registrar", delivery, registers.DELIVERIES, verbs.TRIP, **times)
    inside = line_to(letter, "审批科")
    act("registrar", inside, registers.LINES, verbs.HAND, signer=office.peer.pk)
    act("peer", inside, registers.LINES, verbs.SIGN_FOR)

    for page in ("form", "distribution"):
        address = registers.LETTERS.url(page, letter.pk)
        sheet = browser(office.registrar).get(address).content.decode()
        assert "机密★10年" in sheet and fresh(letter).number in sheet
    incoming = browser(office.registrar).get("/documents/").content.decode()
    assert "发文〔" not in incoming
    kept = reverse("documents-detail", args=[Document.unscoped.get().pk])
    assert fresh(letter).number in browser(office.registrar).get(kept).content.decode()


def test_the_book_goes_out_in_the_layout_of_the_paper(office):
    letter = scene.numbered(office, at=now())
    client = browser(office.registrar)
    listed = client.get(registers.BOOK.url("list")).content.decode()
    assert registers.LETTERS.url("detail", letter.pk) in listed
    answer = client.post(registers.BOOK.url("export"), {"purpose": "office"})
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    words = ["".join(str(c) for c in row if c is not None) for row in rows]
    assert any("发文登记簿" in row for row in words)
    (line,) = [row for row in rows if letter.number in row]
    assert "乙局 2 份 000001-000002；审批科 1 份 000003" in line and "机密★10年" in line
    sheet = client.get(registers.BOOK.url("sheet")).content.decode()
    assert letter.number in sheet


@pytest.mark.clause("dispatch.fewer", "dispatch.exchange.hand")
def test_runs_are_counted_and_what_they_bring_is_signed_for(office):
    client = browser(office.registrar)
    at = f"{timezone.localtime():%Y-%m-%dT%H:%M}"
    sent = client.post("/dispatch/runs/new/dispatch-exchange-run/", {**RUN, "run_at": at})
    assert sent.status_code == 302
    item = exchanging.ExchangeItem.unscoped.get()
    to = {"receiver": office.peer.pk}
    assert press(office, "registrar", item, registers.BROUGHT, verbs.HAND_BROUGHT, **to) == 302
    assert press(office, "handler", item, registers.BROUGHT, verbs.SIGN_BROUGHT) == 404
    assert press(office, "peer", item, registers.BROUGHT, verbs.SIGN_BROUGHT) == 302
    assert fresh(item).signed_at is not None
    scene.numbered(office, at=now())
    shown = browser(office.handler).get("/dispatch/statistics/").content.decode()
    assert "上年同期为零" in shown and "1 次" in shown
    for officer in (office.sysadmin, office.secadmin, office.auditor):
        assert browser(officer).get("/dispatch/statistics/").status_code == 404


def test_a_body_outside_is_entered_before_a_list_names_it(office):
    client = browser(office.registrar)
    assert client.post("/dispatch/units/", {"name": "丙 局"}).status_code == 302
    again = client.post("/dispatch/units/", {"name": "丙局"})
    assert again.status_code == 409 and "已在单位名录中" in again.content.decode()
    scene.drafted(office, distribution_list="丙局 1")
    for name in ("丁局", ""):
        answer = browser(office.handler).post("/dispatch/units/", {"name": name})
        assert answer.status_code == 403, "who may not is told so before the form is read"


@pytest.mark.clause("dispatch.number")
def test_the_director_enters_the_word_that_numbers_begin_with(office):
    client = browser(office.director)
    assert "登记机关代字" in client.get("/dispatch/units/").content.decode()
    assert client.get("/dispatch/word/").status_code == 200
    for wrong, status in (("甲 局", 409), ("〔甲〕", 422), ("", 422)):
        assert client.post("/dispatch/word/", {"word": wrong}).status_code == status
    assert client.post("/dispatch/word/", {"word": "岚政"}).status_code == 302
    letter = scene.signed(office)
    assert browser(office.registrar).post("/dispatch/word/", {"word": "乙"}).status_code == 403
    form = browser(office.registrar).get(registers.LETTERS.url("do", letter.pk, verbs.NUMBER.slug))
    assert "岚政发" in form.content.decode()


def test_what_was_printed_opens_under_the_book_of_dispatch_and_not_of_receipts(office):
    document = scene.printed(office).document
    page = browser(office.registrar).get(RECEIVED.url("detail", document.pk)).content.decode()
    crumbs = page.partition('class="crumbs"')[2].partition("</ol>")[0]
    assert "发文登记簿" in crumbs and "收文登记簿" not in crumbs
