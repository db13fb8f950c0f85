"""The books and buttons of the room, through their real addresses."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone

from shoumi.domains.classification import registers, verbs
from shoumi.domains.classification.models import Remarking
from shoumi.domains.classification.services import watching
from shoumi.domains.classification.tests import scene
from shoumi.domains.classification.tests.scene import fresh
from shoumi.domains.documents.registers import RECEIVED
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.kernel.marks import drawn
from shoumi.platform.registers.testing import RegisterCase, VerbCase, browser
from shoumi.platform.ui.templatetags.ui import mark_line

pytestmark = pytest.mark.urls("shoumi.domains.classification.tests.pages")
STRANGERS = ("peer", "newcomer", "leaver", "stranger", "auditor")


def now():
    """The pages read the clock, so what they act on is of today."""
    return timezone.now()


class TestDecide(VerbCase):
    register, verb, who = registers.DETERMINATIONS, verbs.DECIDE, "authority"
    data = {"mark": "秘密★5年", "opinion": "改定"}  # noqa: RUF012
    refused = {"mark": "机密"}  # noqa: RUF012
    wrong_post = "chief"

    def prepare(self, office):
        return scene.passed(office, at=now())


class TestRelease(VerbCase):
    register, verb, who = registers.DETERMINATIONS, verbs.RELEASE, "authority"
    data = {"ground": "harmless", "reason": "检查已经结束"}  # noqa: RUF012
    refused = {"ground": "published"}  # noqa: RUF012
    wrong_post = "chief"

    def prepare(self, office):
        return scene.decided(office, at=now())


class TestConfirm(VerbCase):
    register, verb, who = registers.CHANGES, verbs.CONFIRM, "registrar"
    hidden = ("stranger", "sysadmin", "secadmin", "auditor")
    wrong_post = "chief"

    def prepare(self, office):
        row = scene.decided(office, at=now())
        scene.copied(office, row, 1, at=now())
        return scene.release(office, row, at=now())

    def values(self, office):
        return {"remarkings": [one.pk for one in Remarking.unscoped.all()]}


class TestDeterminations(RegisterCase):
    register = registers.DETERMINATIONS
    strangers = STRANGERS

    def make(self, office, count):
        return [scene.proposed(office, at=now(), name=f"名单{n}") for n in range(count)]


@pytest.fixture
def world(office):
    """One thing released with a copy, one derived from another that stands, one that ends soon."""
    at = now()
    gone = scene.decided(office, at=at)
    scene.copied(office, gone, 1, at=at)
    change = scene.release(office, gone, at=at)
    source = scene.decided(office, at=at, name="在效的名单", mark="机密★1个月")
    child = scene.derived(office, source.number, at=at)
    return {"gone": fresh(gone), "change": change, "source": source, "child": child}


@pytest.mark.clause("classification.mark", "classification.remark", "classification.handling")
def test_one_function_draws_the_mark_on_page_print_sticker_and_cover(office, world):
    row, change = world["gone"], world["change"]
    assert [(s.text, s.struck) for s in drawn("", ["机密★10年"])] == [
        ("机密★10年", True),
        ("解密", False),
    ]
    line = mark_line("", ["机密★10年"])
    assert line == '<span class="mark-line"><s>机密★10年</s> 解密</span>'
    registrar = browser(office.registrar)
    page = registrar.get(registers.DETERMINATIONS.url("detail", row.pk)).content.decode()
    assert "<s>机密★10年</s>" in page and "保密柜" not in page and "普通文件柜" in page
    for name, key in (
        ("classification-determinations-form", row.pk),
        ("classification-changes-notice", change.pk),
        ("classification-changes-labels", change.pk),
    ):
        answer = registrar.get(reverse(name, args=[key]))
        assert answer.status_code == 200
        assert line in answer.content.decode(), name
    cover = registrar.get(reverse("classification-determinations-cover", args=[row.pk]))
    text = ZipFile(BytesIO(cover.content)).read("word/document.xml").decode()
    struck, beside = text.index("机密★10年"), text.index("解密")
    assert text.rindex("<w:strike/>", 0, struck) and struck < beside
    assert text.count("<w:strike/>") == 1


def test_lineage_queue_and_figures_are_shown_to_those_concerned(office, world):
    authority = browser(office.authority)
    child = authority.get(registers.DETERMINATIONS.url("detail", world["child"].pk))
    lineage = child.content.decode()
    assert world["source"].number in lineage
    assert registers.DETERMINATIONS.url("detail", world["source"].pk) in lineage
    queue = authority.get(registers.EXPIRING.url("list")).content.decode()
    assert world["source"].number in queue and world["gone"].number not in queue
    assert world["child"].number in authority.get("/classification/derived/").content.decode()
    assert authority.get("/classification/work/").status_code == 200
    figures = authority.get("/classification/statistics/")
    assert "原始定密" in figures.content.decode()
    assert browser(office.handler).get("/classification/statistics/").status_code == 404
    peer = browser(office.peer)
    hidden = peer.get(registers.DETERMINATIONS.url("detail", world["child"].pk))
    assert hidden.status_code == 404


@pytest.mark.clause("classification.suggest")
def test_the_text_that_is_asked_about_is_kept_nowhere(office):
    scene.listed(office, at=now())
    handler = browser(office.handler)
    assert handler.get("/classification/suggest/").status_code == 200
    answer = handler.post("/classification/suggest/", {"text": "请核对抽查名单。"}).content.decode()
    assert "年度保密检查方案" in answer and "秘密★5年" in answer
    assert (
        "没有命中"
        in handler.post("/classification/suggest/", {"text": "今日天气晴"}).content.decode()
    )
    assert browser(office.auditor).get("/classification/suggest/").status_code == 404


@pytest.mark.clause("classification.faults")
def test_a_correction_goes_out_as_a_written_notice(office):
    fault = watching.record_fault(
        actor=office.office,
        at=now(),
        kind="missing",
        stage="determining",
        carrier="发文〔2026〕4号",
        facts="涉密未标",
        department=office.departments["业务科"],
    )
    answer = browser(office.office).get(reverse("classification-faults-notice", args=[fault.pk]))
    assert "应标未标" in answer.content.decode()
    assert browser(office.peer).get(registers.FAULTS.url("detail", fault.pk)).status_code == 404


@pytest.mark.clause("classification.notice.incoming")
def test_the_registrar_enters_what_the_issuer_wrote(office):
    given = written(office, people=[office.handler, office.chief], received_at=now())
    paper = receive(actor=office.registrar, at=now(), **given)
    address = registers.CHANGES.url("create", verbs.NOTE.slug)
    sent = {"paper": paper.number, "notice_number": "岚保变〔2026〕2号", "mark": "秘密"}
    registrar = browser(office.registrar)
    assert registrar.post(address, sent).status_code == 422
    assert registrar.post(address, sent | {"paper": "收文〔2026〕999号"}).status_code == 422
    assert browser(office.chief).post(address, sent).status_code == 403
    assert registrar.post(address, sent | {"mark": "秘密★5年"}).status_code == 302
    assert fresh(paper).mark_text == "秘密★5年"
    assert "<s>机密★10年</s>" in registrar.get(RECEIVED.url("detail", paper.pk)).content.decode()
