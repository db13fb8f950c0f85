"""旧台账导入 as its users see it: send, read what was found, take in, undo."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from shoumi.domains.documents.models import Document
from shoumi.domains.intake.models import Batch
from shoumi.domains.intake.rules.checking import KINDS, recognised
from shoumi.domains.intake.rules.reading import read_file
from shoumi.domains.intake.tests.books import word
from shoumi.domains.intake.tests.conftest import LOANS, Sheet
from shoumi.platform.trail.models import Entry


def url(name, batch):
    return reverse(f"intake-{name}", args=[batch.pk])


def send(browser, kind, upload):
    return browser.post("/intake/", {"kind": kind, "upload": upload}, follow=True)


def test_a_ledger_is_sent_checked_taken_in_and_undone(as_person, sent):
    registrar = as_person("registrar")
    page = send(registrar, "documents", sent("documents")).content.decode()
    batch = Batch.unscoped.get()
    assert "秘密件未写保密期限" in page
    assert "只导入无误的行" in page and ">全部入账<" not in page
    refused = registrar.post(url("take", batch))
    assert (refused.status_code, "不能全部入账" in refused.content.decode()) == (422, True)
    page = registrar.post(url("take", batch), {"good_only": "on"}, follow=True).content.decode()
    assert Document.unscoped.count() == 5
    assert "未入账的行" in page and "国家秘密无保密期限" in page
    assert registrar.post(url("undo", batch), {"reason": ""}).status_code == 422
    for who, name in (("director", "undo"), ("director", "clear"), ("registrar", "clear")):
        assert as_person(who).post(url(name, batch)).status_code == 403, "before the form is read"
    page = registrar.post(
        url("undo", batch), {"reason": "选错了文件"}, follow=True
    ).content.decode()
    assert "已撤销" in page and Document.unscoped.count() == 0
    assert "已撤销" in registrar.get("/intake/").content.decode()


def test_a_large_ledger_is_dealt_with_beside_the_requests(as_person, sent, monkeypatch):
    monkeypatch.setattr("shoumi.domains.intake.services.longer.LONG_FROM", 0)
    registrar = as_person("registrar")
    answer = send(registrar, "documents", sent("documents"))
    begun, shown = (address for address, _ in answer.redirect_chain)
    batch = Batch.unscoped.get()
    assert (begun.startswith("/works/"), shown) == (True, url("detail", batch))
    assert as_person("director").get(begun).status_code == 404, "not the director's work"
    assert as_person("director").post(url("take", batch)).status_code == 403
    refused = registrar.post(url("take", batch), follow=True)
    assert "不能全部入账" in refused.content.decode() and "返回" in refused.content.decode()
    registrar.post(url("take", batch), {"good_only": "on"})
    assert Document.unscoped.count() == 5
    page = registrar.post(url("undo", batch), {"reason": "选错"}, follow=True)
    assert "已撤销" in page.content.decode() and Document.unscoped.count() == 0


def test_the_marked_file_is_the_users_own_with_notes_and_a_last_column(as_person, sent, folder):
    registrar = as_person("registrar")
    rows = [
        ["序号", "收文日期", "文号", "标题", "密级", "份号", "份数"],
        [1, "2025-2-30", "市委发〔2025〕1号", "+1", "秘密★5年", "1", 1],
    ]
    send(registrar, "documents", sent("documents", rows))
    batch = Batch.unscoped.get()
    answer = registrar.get(url("marked", batch))
    assert "attachment" in answer["Content-Disposition"]
    sheet = load_workbook(BytesIO(answer.content)).active
    assert "日期“2025-2-30”不存在" in sheet["B2"].comment.text
    assert sheet["B2"].fill.fgColor.rgb == "FFF8C9C4"
    assert (sheet["H1"].value, sheet["H2"].value) == (
        "核对结果",
        "1. [须定夺] 日期“2025-2-30”不存在",
    )
    assert (sheet["D2"].value, sheet["D2"].quotePrefix) == ("+1", True)
    assert Entry.objects.filter(event="access.reading").exists()
    # A Word book comes back as a spreadsheet.
    book = word(folder / "借.docx", [[str(cell or "") for cell in row] for row in LOANS])
    send(registrar, "loans", Sheet(book))
    last = Batch.unscoped.latest("id")
    assert last.kind == "loans"


def test_what_one_may_not_know_is_not_there(as_person, sent):
    send(as_person("registrar"), "documents", sent("documents"))
    batch = Batch.unscoped.get()
    for key in ("handler", "office", "sysadmin"):
        browser = as_person(key)
        for name in ("detail", "marked"):
            assert browser.get(url(name, batch)).status_code == 404
        assert browser.post(url("take", batch)).status_code == 404
    assert as_person("handler").get("/intake/").status_code == 404
    # The director may read what was found; the acts are the registrar's.
    director = as_person("director")
    assert director.get(url("detail", batch)).status_code == 200
    assert "只导入无误的行" not in director.get(url("detail", batch)).content.decode()
    answer = director.post(url("take", batch), {"good_only": "on"})
    assert (answer.status_code, Document.unscoped.count()) == (403, 0)


@pytest.mark.clause("intake.file")
def test_a_bad_file_is_refused_on_the_page_with_what_to_do(as_person, folder):
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 not really")
    page = send(as_person("registrar"), "documents", Sheet(folder / "坏.xlsx"))
    assert page.status_code == 422
    assert "已损坏" in page.content.decode() and "另存为" in page.content.decode()


def test_each_template_reads_as_the_ledger_it_is_for(as_person, folder):
    for kind, who in (("documents", "registrar"), ("people", "sysadmin"), ("media", "office")):
        browser = as_person(who)
        answer = browser.get(f"/intake/template/{kind}/")
        book = load_workbook(BytesIO(answer.content))
        width = book.active.max_column
        book.active.append(["甲1"] * width)
        book.save(folder / "填好.xlsx")
        assert recognised(read_file(folder / "填好.xlsx")) == kind
        assert book.active["A1"].value == KINDS[kind].title
    assert as_person("office").get("/intake/template/people/").status_code == 404
