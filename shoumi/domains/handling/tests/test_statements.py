"""对账单 and 机要室账目: every number balances, opens its rows, and says nothing of what is hidden."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from shoumi.domains.handling.services import archiving, destroying, recalling
from shoumi.domains.handling.tests.scene import approve, copies, fresh, given_to, paper
from shoumi.domains.handling.tests.test_archive import finished
from shoumi.domains.handling.tests.test_destroy import LIST
from shoumi.domains.handling.tests.test_recall import NOTICE
from shoumi.platform.registers.testing import browser, entries

__all__ = ["finished"]

pytestmark = pytest.mark.urls("shoumi.domains.handling.tests.pages")


@pytest.fixture
def items(office):
    """Three copies: one with 单平, two in the safe; and three top secret ones beside."""
    at = timezone.now()
    found = copies(paper(office, at=at))
    given_to(office, office.handler, found[:1], at=at)
    paper(office, "绝密", at=at)
    return [fresh(i) for i in found]


@pytest.mark.clause("carriers.statement", "carriers.one_holder")
@pytest.mark.parametrize(
    ("asked", "said"),
    [({}, 6), ({"level": "3"}, 3), ({"level": "4"}, 3), ({"month": "{month}"}, 6)],
)
def test_a_statement_balances_whatever_it_is_about(office, items, asked, said):
    asked = {k: v.format(month=f"{timezone.localdate():%Y-%m}") for k, v in asked.items()}
    answer = browser(office.registrar).get(reverse("statements"), asked)
    assert answer.context["balances"]
    assert answer.context["closing"].count == said
    assert "收付平衡" in answer.content.decode()


@pytest.mark.clause("carriers.statement")
def test_of_a_person_and_of_a_place(office, items):
    client = browser(office.registrar)
    his = client.get(reverse("statements"), {"person": office.handler.pk})
    assert (his.context["balances"], his.context["closing"].count) == (True, 1)
    room = client.get(reverse("statements"), {"place": office.registry.pk})
    assert (room.context["balances"], room.context["closing"].count) == (True, 5)


@pytest.mark.clause("carriers.statement")
def test_a_figure_opens_the_carriers_behind_it(office, items):
    client = browser(office.registrar)
    asked = {"person": office.handler.pk}
    page = client.get(reverse("statements"), asked).content.decode()
    assert "figure=closing" in page
    opened = client.get(reverse("statements"), asked | {"figure": "closing"}).content.decode()
    assert items[0].code in opened and items[1].code not in opened


@pytest.mark.clause("access.may_know")
def test_who_keeps_no_books_sees_their_own_only(office, items):
    for who, count in (("handler", 1), ("peer", 0), ("auditor", 0)):
        person = getattr(office, who)
        answer = browser(person).get(reverse("statements"), {"place": office.safe.pk})
        assert answer.context["closing"].count == count, who
    office_page = browser(office.office).get(reverse("statements"))
    assert office_page.context["closing"].count == 0  # 保密办 is on no list


@pytest.mark.clause("access.export", "carriers.statement")
def test_it_goes_out_as_a_spreadsheet_with_purpose_and_serial(office, items):
    client = browser(office.registrar)
    page = reverse("statements-export")
    assert "用途" in client.get(page, {"level": "3"}).content.decode()
    assert client.post(f"{page}?level=3", {"purpose": ""}).status_code == 422
    answer = client.post(f"{page}?level=3", {"purpose": "reconciliation"})
    sheet = load_workbook(BytesIO(answer.content)).active
    cells = [[c or "" for c in row] for row in sheet.iter_rows(values_only=True)]
    assert cells[0][0] == "机密" and "对账单" in cells[1][0] and "平衡" in cells[2][0]
    assert [row[2] for row in cells[4:7]] == [i.code for i in items]
    assert len(entries("registers.export")) == 1
    public = browser(office.handler).get(page, {"level": "0"})
    assert public["Content-Type"].endswith("sheet")


@pytest.mark.clause("carriers.statement")
def test_it_is_printed_for_both_sides_to_sign(office, items):
    said = browser(office.registrar).get(reverse("statements-sheet"), {"level": "3"})
    text = said.content.decode()
    assert "收付平衡" in text and "核对人" in text and items[2].code in text


@pytest.mark.clause("carriers.statement")
def test_the_account_of_the_registry_counts_by_holder_and_level(office, items):
    answer = browser(office.registrar).get(reverse("handling-registry"))
    assert (answer.context["total"], answer.context["with_people"]) == (6, 1)
    holder = items[0].holder_id
    link = f"?holder={holder}&amp;label__level=3"
    assert link in answer.content.decode()
    rows = browser(office.registrar).get(reverse("items"), {"holder": holder, "label__level": "3"})
    assert items[0].code in rows.content.decode() and items[1].code not in rows.content.decode()
    for who in ("handler", "peer", "secadmin"):
        assert browser(getattr(office, who)).get(reverse("handling-registry")).status_code == 404


@pytest.mark.clause("carriers.label.code", "access.may_know")
def test_a_label_leads_to_its_carrier_and_hidden_is_as_unknown(office, items):
    page = reverse("handling-scan")
    registrar = browser(office.registrar)
    code = items[0].code
    for typed in (code, code.lower(), code.replace("-", ""), f" {code}\n"):
        found = registrar.get(page, {"code": typed})
        assert found["Location"] == reverse("items-detail", args=[items[0].pk])
    hidden = browser(office.peer).get(page, {"code": code}).content.decode()
    assert "未登记或者无权查看" in hidden
    assert "未登记或者无权查看" in registrar.get(page, {"code": "X"}).content.decode()
    assert registrar.get(page).status_code == 200


@pytest.mark.clause("carriers.destroy.two_persons", "carriers.destroy.approval")
def test_list_and_certificate_are_printed_and_the_certificate_only_at_the_end(office, items):
    at = timezone.now()
    given = {"actor": office.registrar, "at": at}
    request = approve(destroying.propose(items=items[1:], **given, **LIST))
    client = browser(office.registrar)
    listing = client.get(reverse("handling-destructions-paper", args=[request.pk]))
    assert items[1].code in listing.content.decode()
    certificate = reverse("handling-destructions-certificate", args=[request.pk])
    assert client.get(certificate).status_code == 404
    destroying.execute(subject=request, counted=2, witness=office.handler, **given)
    destroying.witness_destruction(actor=office.handler, subject=fresh(request), at=at)
    said = client.get(certificate).content.decode()
    assert "销证〔" in said and "清单 2 件 = 销毁 2 件" in said
    assert "翟海" in said and "尉迟山" in said and "单平" in said
    assert browser(office.peer).get(certificate).status_code == 404


@pytest.mark.clause("carriers.recall", "carriers.archive.handover")
def test_what_is_sent_back_and_what_goes_to_the_archive_has_its_list(office, items, finished):
    at = timezone.now()
    client = browser(office.registrar)
    day = {"due_on": at.date() + timedelta(days=9)}
    given = {"actor": office.registrar, "at": at}
    notice = recalling.recall(items=items, **given, **(NOTICE | day))
    said = client.get(reverse("handling-recalls-paper", args=[notice.pk])).content.decode()
    assert "清退清册" in said and "岚保清〔2026〕1号" in said and items[0].code in said
    request = archiving.archive(items=copies(finished), year=2026, volume="2026-01", **given)
    said = client.get(reverse("handling-archivings-paper", args=[request.pk])).content.decode()
    assert "归档移交清册" in said and "2026-01" in said
    hidden = browser(office.peer).get(reverse("handling-archivings-paper", args=[request.pk]))
    assert hidden.status_code == 404
