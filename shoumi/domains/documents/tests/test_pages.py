"""The registers and buttons of papers, through their real addresses."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from conftest import NOW
from shoumi.domains.documents import registers, verbs
from shoumi.domains.documents.models import Document
from shoumi.domains.documents.services.deciding import instruct, propose
from shoumi.domains.documents.services.labels import print_labels
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import sent, written
from shoumi.kernel.levels import Level
from shoumi.platform.registers.testing import RegisterCase, VerbCase, browser
from shoumi.platform.trail.models import Entry

pytestmark = pytest.mark.urls("shoumi.domains.documents.tests.pages")


def paper(office: Any, **changed: Any) -> Document:
    """A 机密 paper that 单平 may know too."""
    told = written(office, people=[office.handler]) | changed
    return receive(actor=office.registrar, at=NOW, **told)


def papers(office: Any, count: int) -> list[Document]:
    """Papers the registrar may know, one of them shared, and one of another body's registrar."""
    return [paper(office, copies=1, copy_numbers=f"{n + 1:06d}") for n in range(count)]


def proposed(office: Any, **changed: Any) -> Document:
    made = paper(office, **changed)
    propose(actor=office.director, subject=made, at=NOW, addressee=office.leader, text="拟请阅示。")
    return made


def instructed(office: Any, **changed: Any) -> Document:
    made = proposed(office, **changed)
    instruct(
        actor=office.leader,
        subject=made,
        at=NOW,
        text="请阅。",
        readers=[office.handler],
        handler=office.handler,
    )
    return made


class TestReceive(VerbCase):
    register, verb, who = registers.RECEIVED, verbs.RECEIVE, "registrar"
    refused = {"mark": "机密★25年"}  # noqa: RUF012
    repeatable = True

    def values(self, office):
        return sent(office)

    def test_the_next_form_keeps_the_last_values(self, office):
        client = browser(office.registrar)
        answer = self.send(office, "registrar", None, client=client, _again="1")
        page = client.get(answer["Location"]).content.decode()
        assert "岚江省保密局" in page
        assert "保障的通知" not in page


class TestComplete(VerbCase):
    register, verb, who = registers.RECEIVED, verbs.COMPLETE, "registrar"

    def prepare(self, office):
        return paper(office, complete=False)


class TestPropose(VerbCase):
    register, verb, who = registers.RECEIVED, verbs.PROPOSE, "director"

    def prepare(self, office):
        return paper(office)

    def values(self, office):
        return {"addressee": office.leader.pk, "text": "拟请<山>局长阅示。"}


class TestInstruct(VerbCase):
    register, verb, who = registers.RECEIVED, verbs.INSTRUCT, "leader"
    refused = {"handle_by": "2026-01-01"}  # noqa: RUF012

    def prepare(self, office):
        return proposed(office)

    def values(self, office):
        return {
            "text": "请<单平>阅。",
            "readers": [office.handler.pk, office.authority.pk],
            "handler": office.handler.pk,
        }


class TestReport(VerbCase):
    register, verb, who = registers.RECEIVED, verbs.REPORT, "handler"
    data = {"text": "已<办>结。"}  # noqa: RUF012
    wrong_post = None

    def prepare(self, office):
        return instructed(office)


class TestClose(VerbCase):
    register, verb, who = registers.RECEIVED, verbs.CLOSE, "registrar"
    data = {"result": "存<阅>"}  # noqa: RUF012

    def prepare(self, office):
        return instructed(office)


class TestPrintLabels(VerbCase):
    register, verb, who = registers.RECEIVED, verbs.PRINT_LABELS, "registrar"

    def prepare(self, office):
        return paper(office)


class TestCorrect(VerbCase):
    register, verb, who = registers.RECEIVED, verbs.CORRECT, "registrar"
    data = {  # noqa: RUF012
        "title": "关于重要<活动>保障的通知",
        "issuer": "岚江省保密局",
        "issue_number": "岚保〔2026〕8号",
        "issued_on": "2026-08-28",
        "reason": "误录",
    }
    refused = {"issue_number": "第8号"}  # noqa: RUF012
    repeatable = False

    def prepare(self, office):
        return paper(office)


class TestReceived(RegisterCase):
    register = registers.RECEIVED

    def make(self, office, count):
        return papers(office, count)

    def test_it_is_found_by_number_title_and_initials(self, office):
        made = paper(office)
        reader = browser(office.registrar)
        for words in ("1号", "会议保障", "zyhybz", "岚保〔2026〕7"):
            answer = reader.get(self.register.url("list"), {"q": words})
            assert self.listed(answer) == {made.pk}, words
        assert self.listed(reader.get(self.register.url("list"), {"q": "没有"})) == set()

    def test_a_shell_shows_no_title_anywhere(self, office, settings):
        settings.DEPLOYMENT_GRADE = Level.INTERNAL
        shell = paper(office, title="")
        reader = browser(office.registrar)
        for page in ("list", "detail", "sheet"):
            args = [shell.pk] if page == "detail" else []
            assert "不登记" in reader.get(self.register.url(page, *args)).content.decode()


class TestCopies(RegisterCase):
    register = registers.COPIES

    def make(self, office, count):
        made = papers(office, count)
        mine = self.register.visible(office.registrar, at=timezone.now())
        return list(mine.filter(document__in=[p.pk for p in made]).order_by("-id"))


class TestOpinions(RegisterCase):
    register = registers.OPINIONS

    def make(self, office, count):
        for n in range(count):
            proposed(office, copies=1, copy_numbers=f"{n + 1:06d}")
        mine = self.register.visible(office.registrar, at=timezone.now())
        return list(mine.order_by("-id")[:count])


class TestChecks(RegisterCase):
    register = registers.CHECKS

    def make(self, office, count):
        papers(office, count)
        return list(self.register.visible(office.registrar, at=timezone.now()).order_by("-id"))


class TestSheets(RegisterCase):
    register = registers.SHEETS

    def make(self, office, count):
        return [
            print_labels(actor=office.registrar, subject=made, at=NOW)
            for made in papers(office, count)
        ]


@pytest.mark.clause("documents.label")
def test_the_label_sheet_shows_codes_and_neither_title_nor_level(office):
    made = paper(office)
    sheet = print_labels(actor=office.registrar, subject=made, at=NOW)
    address = registers.SHEETS.url("detail", sheet.pk)
    page = browser(office.registrar).get(address).content.decode()
    codes = [c.item.code for c in registers.COPIES.visible(office.registrar, at=NOW)]
    assert len(codes) == 3
    assert all(code in page for code in codes)
    assert "会议" not in page
    assert "机密" not in page
    assert browser(office.handler).get(address).status_code == 403
    for key in ("peer", "stranger", "auditor"):
        assert browser(getattr(office, key)).get(address).status_code == 404


@pytest.mark.clause("documents.propose")
def test_the_handling_slip_bears_the_mark_and_its_print_is_chained(office):
    made = instructed(office, urgency="flash")
    address = f"/documents/{registers.RECEIVED.url('detail', made.pk).split('/')[-2]}/slip/"
    page = browser(office.registrar).get(address).content.decode()
    assert page.index("000001-000003") < page.index("机密★10年") < page.index("特急")
    assert "拟请阅示" in page
    reading = Entry.objects.filter(event="access.reading").latest("id")
    assert "打印" in reading.body
    assert browser(office.peer).get(address).status_code == 404


@pytest.mark.clause("carriers.statement")
def test_the_statement_of_a_paper_balances(office):
    made = paper(office)
    key = registers.RECEIVED.url("detail", made.pk).split("/")[-2]
    page = browser(office.registrar).get(f"/documents/{key}/statement/").content.decode()
    assert "账实相符" in page
    for number in ("000001", "000002", "000003"):
        assert number in page
    assert browser(office.stranger).get(f"/documents/{key}/statement/").status_code == 404


@pytest.mark.clause("documents.receive.who")
def test_the_menu_leads_the_registrar_to_the_form_and_others_nowhere(office):
    assert browser(office.registrar).get("/documents/receive/").status_code == 200
    assert browser(office.handler).get("/documents/receive/").status_code == 403


def test_a_reply_is_due_and_received_times_are_shown_in_the_office_hours(office):
    made = paper(office, reply_due=(NOW + timedelta(days=9)).date())
    page = browser(office.registrar).get(registers.RECEIVED.url("detail", made.pk))
    assert "2026-09-01 08:40" in page.content.decode()
