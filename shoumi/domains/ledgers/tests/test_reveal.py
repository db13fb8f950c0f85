"""Personal values: encrypted at rest, masked on every page, in full for a written reason and one minute."""

import json
from dataclasses import replace

import pytest
from django.db import connection
from django.utils import timezone

from conftest import NOW, TODAY, prepared
from shoumi.domains.ledgers import registers
from shoumi.domains.ledgers.models import Disclosure, Entry
from shoumi.domains.ledgers.services.entering import LEDGERS, correct
from shoumi.domains.ledgers.services.personal import personal_column, reveal
from shoumi.domains.ledgers.tests.rows import entered, given
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Hidden
from shoumi.platform.registers.testing import browser
from shoumi.platform.trail.models import Change
from shoumi.platform.trail.models import Entry as TrailEntry

pytestmark = [
    pytest.mark.clause("access.personal_data", "access.reading"),
    pytest.mark.urls("shoumi.domains.ledgers.tests.pages"),
]
PHONE, MASKED = "13800001234", "138****1234"
REGISTER = registers.REGISTERS["incident"]


def shown(office, row, *, who="secadmin", column="phone", reason="核实事件经过"):
    return reveal(
        LEDGERS["incident"],
        actor=getattr(office, who),
        subject=row,
        column=column,
        reason=reason,
        at=NOW,
    )


def address(row, column="phone"):
    return f"{REGISTER.url('detail', row.pk)}reveal/{column}/"


@pytest.mark.clause("systems.encryption")
def test_the_value_is_nowhere_in_the_database_in_plain(office):
    row = entered("incident", office.handler, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data, personal FROM ledgers_entry")
        told = json.dumps(cursor.fetchall(), ensure_ascii=False)
    assert PHONE not in told and MASKED in told and "SM4-GCM" in told
    assert not Change.objects.filter(text__contains=PHONE).exists()
    assert row.personal["phone"]["key"] == "1"


def test_a_reason_shows_it_and_stays(office):
    row = entered("incident", office.handler, at=NOW)
    assert shown(office, row) == PHONE
    told = Disclosure.unscoped.get()
    assert (told.person, told.column, told.reason) == (office.secadmin, "phone", "核实事件经过")
    entry = TrailEntry.objects.get(event="access.personal_data.reveal")
    assert PHONE not in entry.body and "phone" in entry.body


@pytest.mark.parametrize("reason", ["", "  ", "看看"])
def test_without_a_reason_it_stays_masked(office, reason):
    row = entered("incident", office.handler, at=NOW)
    with pytest.raises(Refusal) as refusal:
        shown(office, row, reason=reason)
    assert refusal.value.clause == "access.personal_data"
    assert not Disclosure.unscoped.exists()


@pytest.mark.parametrize(("who", "column"), [("peer", "phone"), ("secadmin", "what")])
def test_who_may_not_know_or_what_is_not_personal_does_not_exist(office, who, column):
    row = entered("incident", office.handler, at=NOW)
    with pytest.raises(Hidden):
        shown(office, row, who=who, column=column)


def test_a_cipher_text_moved_to_another_row_does_not_open(office):
    mine, other = (entered("incident", office.handler, at=NOW, phone=p) for p in (PHONE, "1"))
    with prepared(office.body):
        Entry.unscoped.filter(pk=other.pk).update(personal=mine.personal)
    with pytest.raises(Refusal) as refusal:
        shown(office, Entry.unscoped.get(pk=other.pk))
    assert refusal.value.clause == "systems.encryption"
    page = browser(office.secadmin).post(address(other), {"reason": "核实事件经过"})
    assert page.status_code == 422 and "密文与登记时不符" in page.content.decode()


def test_a_correction_leaves_or_replaces_it(office):
    row = entered("incident", office.handler, at=NOW)
    values = given("incident", TODAY, what="两台终端报警")
    correct(actor=office.handler, subject=row, at=NOW, reason="补充", **values | {"phone": ""})
    row = Entry.unscoped.get(pk=row.pk)
    assert row.data["phone"] == MASKED and shown(office, row) == PHONE
    values |= {"phone": "13900004321"}
    correct(actor=office.handler, subject=row, at=NOW, reason="换号", **values)
    row = Entry.unscoped.get(pk=row.pk)
    assert row.data["phone"] == "139****4321" and shown(office, row) == "13900004321"


def test_lists_exports_and_prints_show_the_mask_only(office):
    row = entered("incident", office.handler, at=timezone.now())
    window = browser(office.secadmin)
    for page in ("list", "sheet"):
        assert PHONE not in window.get(REGISTER.url(page)).content.decode()
    page = window.get(REGISTER.url("detail", row.pk)).content.decode()
    assert MASKED in page and PHONE not in page and address(row) in page


def test_the_page_asks_first_and_goes_back_after_a_minute(office):
    row = entered("incident", office.handler, at=timezone.now())
    window = browser(office.secadmin)
    asked = window.get(address(row)).content.decode()
    assert PHONE not in asked and "查看事由" in asked
    assert window.post(address(row), {"reason": ""}).status_code == 422
    told = window.post(address(row), {"reason": "核实事件经过"})
    assert PHONE in told.content.decode() and 'content="60;url=' in told.content.decode()
    assert told["Cache-Control"] == "no-store"
    assert "核实事件经过" in window.get(REGISTER.url("detail", row.pk)).content.decode()
    assert "联系电话" in window.get("/ledgers/disclosures/").content.decode()


def test_the_page_is_not_there_for_others(office):
    row = entered("incident", office.handler, at=timezone.now())
    assert browser(office.peer).get(address(row)).status_code == 404
    assert browser(office.secadmin).get(address(row, "what")).status_code == 404
    blank = entered("incident", office.handler, at=timezone.now())
    with prepared(office.body):
        Entry.unscoped.filter(pk=blank.pk).update(personal={})
    assert browser(office.secadmin).get(address(blank)).status_code == 404


def test_a_personal_column_may_be_kept_for_some_posts_besides(office):
    row = entered("incident", office.handler, at=NOW)
    ledger = LEDGERS["incident"]
    kept = replace(ledger.column("phone"), readers=frozenset({"secadmin"}))
    narrowed = replace(ledger, columns=(kept,))
    assert personal_column(narrowed, row, "phone", posts={"secadmin"}) == kept
    assert personal_column(narrowed, row, "phone", posts={"auditor"}) is None
