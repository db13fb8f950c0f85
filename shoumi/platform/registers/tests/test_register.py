"""The register's own ways: conditions, sorting, fragments, versions, exports with a purpose."""

import dataclasses
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook

from shoumi.kernel.levels import Level
from shoumi.platform.custody.models import Item
from shoumi.platform.registers import register as module
from shoumi.platform.registers import verb
from shoumi.platform.registers.testing import browser, entries, rows_now
from shoumi.platform.registers.tests import rooms
from shoumi.platform.trail.models import Entry

pytestmark = pytest.mark.urls("shoumi.platform.registers.tests.rooms")
THINGS = rooms.THINGS


@pytest.fixture
def registrar(office):
    return browser(office.registrar)


def names(answer):
    return re.findall(r'<td><a href="[^"]+">([^<]+)</a>', answer.content.decode())


def test_register_and_verb_stay_small():
    lines = sum(len(Path(m.__file__).read_text().splitlines()) for m in (module, verb))
    assert lines <= 300


def test_conditions_narrow_the_list(office, registrar):
    items = rooms.items(office, 2)
    list_ = THINGS.url("list")
    assert names(registrar.get(list_, {"kind": "disc"})) == []
    assert len(names(registrar.get(list_, {"kind": "paper"}))) == 3
    assert len(names(registrar.get(list_, {"label__level": "3"}))) == 2
    assert names(registrar.get(list_, {"q": items[0].code})) == [items[0].name]
    assert len(names(registrar.get(list_, {"home": str(items[0].home_id)}))) == 3
    assert names(registrar.get(list_, {"entered_at_to": "2026-08-31"})) == []
    assert len(names(registrar.get(list_, {"entered_at_from": "2026-09-01"}))) == 3


def test_a_condition_that_was_never_offered_finds_nothing(office, registrar):
    rooms.items(office, 1)
    for asked in ({"kind": "' OR 1=1"}, {"home": "999999"}, {"label__level": "x"}):
        assert names(registrar.get(THINGS.url("list"), asked)) == []
    assert len(names(registrar.get(THINGS.url("list"), {"entered_at_from": "2026-13-45"}))) == 2


def test_a_choice_betrays_nothing_of_hidden_rows(office):
    rooms.items(office, 1)
    page = browser(office.newcomer).get(THINGS.url("list")).content.decode()
    stranger = browser(office.stranger).get(THINGS.url("list")).content.decode()
    assert "1号柜" in page  # the public thing lies there
    assert "1号柜" not in stranger


def test_sorting_goes_by_columns_only(office, registrar):
    rooms.items(office, 3)
    up = names(registrar.get(THINGS.url("list"), {"sort": "code"}))
    down = names(registrar.get(THINGS.url("list"), {"sort": "-code"}))
    assert up == down[::-1]
    plain = names(registrar.get(THINGS.url("list")))
    for odd in ("label__salt", "salt", "--code", "level", "?"):
        assert names(registrar.get(THINGS.url("list"), {"sort": odd})) == plain


def test_pages_turn_and_sizes_change(office, registrar):
    rooms.items(office, 24)
    list_ = THINGS.url("list")
    assert len(names(registrar.get(list_))) == 20
    assert len(names(registrar.get(list_, {"page": 2}))) == 5
    assert len(names(registrar.get(list_, {"page": 99}))) == 5
    assert len(names(registrar.get(list_, {"size": 50}))) == 25
    assert len(names(registrar.get(list_, {"size": 7}))) == 20
    assert "共 25 条" in registrar.get(list_).content.decode()


def test_a_fragment_is_a_part_of_the_same_page(office, registrar):
    rooms.items(office, 1)
    whole = registrar.get(THINGS.url("list")).content.decode()
    part = registrar.get(THINGS.url("list"), headers={"HX-Request": "true", "HX-Target": "table"})
    assert "<html" not in part.content.decode()
    assert names(part) == re.findall(r'<td><a href="[^"]+">([^<]+)</a>', whole)


def test_the_check_page_shows_the_answers_and_acts_on_nothing(office, registrar):
    row = rooms.items(office, 1)[0]
    before = rows_now()
    address = THINGS.url("do", row.pk, THINGS.verbs[0].slug)
    answer = registrar.post(address, {"days": 3, "purpose": "起草报告"})
    assert answer.status_code == 200
    page = answer.content.decode()
    for words in ("请核对", "起草报告", 'name="_confirmed"', 'name="days" value="3"'):
        assert words in page
    assert rows_now() == before
    back = registrar.post(address, {"days": 3, "purpose": "起草报告", "_confirmed": 1, "_back": 1})
    assert back.status_code == 200
    assert 'value="起草报告"' in back.content.decode()
    assert rows_now() == before


@pytest.mark.clause("access.stale")
def test_a_form_seen_before_a_change_gets_the_newest_and_keeps_what_was_typed(office, registrar):
    row = rooms.items(office, 1)[0]
    address = THINGS.url("do", row.pk, THINGS.verbs[0].slug)
    seen = re.search(r'_seen" value="(\w+)"', registrar.get(address).content.decode())[1]
    sent = {"days": 3, "purpose": "起草报告", "_confirmed": 1, "_seen": seen}
    with rooms.prepared(office.body):
        Item.unscoped.filter(pk=row.pk).update(name="改后名")
    answer = registrar.post(address, sent)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "改后名" in page
    assert 'value="起草报告"' in page
    fresh = re.search(r'_seen" value="(\w+)"', page)[1]
    assert registrar.post(address, sent | {"_seen": fresh}).status_code == 302


def test_the_second_of_two_people_is_told_so(office, registrar):
    row = rooms.items(office, 1)[0]
    address = THINGS.url("do", row.pk, THINGS.verbs[0].slug)
    sent = {"days": 3, "purpose": "起草报告", "_confirmed": 1}
    assert registrar.post(address, sent).status_code == 302
    answer = registrar.post(address, sent)
    assert answer.status_code == 409
    assert "刚被他人办理" in answer.content.decode()


def test_save_and_add_another_keeps_the_last_values(office, registrar):
    address = THINGS.url("create", THINGS.create.slug)
    answer = registrar.post(address, {"name": "甲", "kind": "disc", "_again": 1})
    assert answer["Location"] == address
    page = registrar.get(address).content.decode()
    assert '<option value="disc" selected>' in page
    assert 'value="甲"' not in page


@pytest.mark.clause("access.export")
def test_a_classified_export_asks_its_purpose_and_gets_a_number(office, registrar):
    rooms.items(office, 2)
    asked = registrar.get(THINGS.url("export"))
    assert "结果密级" in asked.content.decode()
    assert entries("registers.export") == []
    assert registrar.post(THINGS.url("export"), {"purpose": "fun"}).status_code == 422
    answer = registrar.post(THINGS.url("export"), {"purpose": "inspection"})
    (entry,) = entries("registers.export")
    assert f"{entry.number:08d}" in answer["Content-Disposition"]
    for words in ('"count":3', '"level":3', '"purpose":"inspection"', '"how":"导出"'):
        assert words in entry.body


@pytest.mark.clause("access.export")
def test_thousands_of_rows_are_written_beside_the_requests_for_the_one_who_asked(
    office, registrar, monkeypatch, settings, tmp_path
):
    settings.INSTALLATION = dataclasses.replace(settings.INSTALLATION, folder=tmp_path)
    monkeypatch.setattr("shoumi.platform.registers.outgoing.LONG_FROM", 1)
    rooms.items(office, 2)
    asked = THINGS.url("export")
    page = registrar.post(asked, {"purpose": "inspection"}, follow=True)
    (begun, _), *_ = page.redirect_chain
    assert "已经备好" in page.content.decode()
    made = registrar.get(f"{begun}file/")
    (entry,) = entries("registers.export")
    assert f"{entry.number:08d}" in made["Content-Disposition"]
    sheet = load_workbook(BytesIO(made.content)).active
    assert {"第0号", "第1号"} <= {str(cell.value) for cell in sheet["B"]}
    assert browser(office.handler).get(f"{begun}file/").status_code == 404
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and b"PK" in p.read_bytes()[:4]]


def test_an_unclassified_export_comes_at_once_and_is_chained_too(office):
    rooms.items(office, 1, level=Level.INTERNAL)
    answer = browser(office.newcomer).get(THINGS.url("export"))
    assert "spreadsheet" in answer["Content-Type"]
    assert len(entries("registers.export")) == 1


@pytest.mark.clause("access.reading")
def test_reading_a_classified_row_is_chained_and_a_public_one_not(office, registrar):
    row = rooms.items(office, 1)[0]
    public = Item.unscoped.get(label__level=Level.PUBLIC)
    for one in (row, public):
        assert registrar.get(THINGS.url("detail", one.pk)).status_code == 200
    assert [e.subject for e in entries("access.reading")] == [f"custody.item:{row.pk}"]


def test_a_ledger_kept_for_some_posts_does_not_exist_for_others(office, registrar, monkeypatch):
    row = rooms.items(office, 1)[0]
    monkeypatch.setattr(rooms.Things, "readers", frozenset({"registrar"}))
    handler = browser(office.handler)
    for address in (
        THINGS.url("list"), THINGS.url("export"), THINGS.url("sheet"), THINGS.url("detail", row.pk),
        THINGS.url("create", THINGS.create.slug),
    ):  # fmt: skip
        assert handler.get(address).status_code == 404, address
        assert registrar.get(address).status_code == 200, address


@pytest.mark.clause("access.conduct")
def test_the_attempt_of_a_wrong_post_is_chained_even_by_looking(office):
    row = rooms.items(office, 1)[0]
    answer = browser(office.handler).get(THINGS.url("do", row.pk, THINGS.verbs[0].slug))
    assert answer.status_code == 403
    assert Entry.objects.filter(event="test.reserve.denied", actor=office.handler.pk).count() == 1


def test_who_is_not_logged_in_is_sent_to_log_in(office):
    row = rooms.items(office, 1)[0]
    for address in (THINGS.url("list"), THINGS.url("detail", row.pk), THINGS.url("export")):
        answer = Client().get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/login/")


def test_a_one_click_verb_acts_from_the_page_of_its_row(office):
    assert not THINGS.verbs[0].is_one_click
    assert verb.Verb(rooms.RESERVE, rooms.reserve).is_one_click


def test_a_ledger_may_bring_a_page_of_its_own(office, registrar, settings, tmp_path):
    row = rooms.items(office, 1)[0]
    (tmp_path / "things").mkdir()
    own = "{% extends 'registers/detail.html' %}{% block more %}本账自有的一段{% endblock %}"
    (tmp_path / "things" / "detail.html").write_text(own, encoding="utf-8")
    engine = settings.TEMPLATES[0] | {"DIRS": [tmp_path]}
    settings.TEMPLATES = [engine]
    page = registrar.get(THINGS.url("detail", row.pk)).content.decode()
    assert "本账自有的一段" in page
    assert row.name in page
