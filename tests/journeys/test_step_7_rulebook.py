"""Step 7: the rulebook to read: figures in force and since when, controls, and evidence that counts itself."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import (
    confirm,
    done,
    fact,
    fill,
    open_duty,
    open_receipt,
    press,
    receive,
)

pytestmark = pytest.mark.browser


def panel(page, clause):
    """The part of a rulebook page that is about one clause."""
    return page.locator(f"#main section[id='{clause}']")


def evidence(page, clause):
    """How often the clause was borne out, as its page says now."""
    page.goto(f"/rulebook/clause/{clause}/")
    return int(re.fullmatch(r"(\d+) 次", fact(page, "本单位留痕"))[1])


@pytest.mark.clause("rulebook.load")
def test_every_regulation_opens_with_as_many_clauses_as_the_list_says(sit_down):
    page = sit_down("handler")
    page.goto("/rulebook/")
    lines = [
        (line.locator("a").get_attribute("href"), line.locator("td").all_inner_texts())
        for line in page.locator("#main tbody tr").all()
    ]
    assert len(lines) >= 10
    for address, cells in lines:
        assert page.goto(address).status == 200
        assert page.locator("#main h1").inner_text().strip() == cells[1]
        assert page.locator("#main section.panel").count() == int(cells[3])
        assert page.locator("#main section.panel code").first.is_visible()


@pytest.mark.clause("rulebook.figure", "carriers.borrow.longest")
def test_a_clause_shows_its_text_its_figure_since_when_and_what_controls_it(sit_down):
    page = sit_down("handler")
    page.goto("/rulebook/")
    page.locator("#main a", has_text="载体").first.click()
    panel(page, "carriers.borrow.longest").locator("h2 a").click()
    shown = panel(page, "carriers.borrow.longest")
    expect(shown.locator(".panel-body > p").first).to_contain_text("借阅")
    figure = shown.locator("tbody tr").first.locator("td").all_inner_texts()
    assert "机密" in figure[1] and re.search(r"\d", figure[1])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", figure[2].strip())
    assert fact(page, "控制点")
    assert page.goto("/rulebook/clause/carriers.borrow.never/").status == 404


@pytest.mark.clause("documents.receive.who", "marks.period.limit")
def test_the_evidence_of_a_clause_rises_with_each_act_and_each_refusal(sit_down):
    page = sit_down("registrar")
    acts, refusals = evidence(page, "documents.receive.who"), evidence(page, "marks.period.limit")
    receive(page)
    done(page)
    assert evidence(page, "documents.receive.who") > acts
    receive(page, mark="机密★21年")
    assert evidence(page, "marks.period.limit") == refusals + 1


@pytest.mark.clause("marks.period.limit")
def test_a_refusal_leads_to_the_page_of_its_clause(sit_down):
    page = sit_down("registrar")
    open_receipt(page, mark="机密★21年")
    press(page, "签收登记")
    link = page.locator("#main a[href*='/rulebook/clause/']").first
    words = link.inner_text()
    link.click()
    expect(panel(page, "marks.period.limit")).to_contain_text("20")
    assert words in page.locator("#main").inner_text()
    # A page one may see and not act on refuses in the same way.
    other = sit_down("watch")
    other.goto("/documents/receive/")
    refusal = other.locator("#main a[href*='/rulebook/clause/']").first
    expect(refusal).to_be_visible()
    refusal.click()
    expect(other.locator("#main section.panel")).to_have_count(1)


@pytest.mark.clause("rulebook.override.second_person", "rulebook.override.range")
def test_a_figure_of_the_body_is_in_force_when_a_second_person_agreed(sit_down):
    officer = sit_down("secadmin")
    officer.goto("/accounts/figures/")
    press(officer, "提出参数调整")
    fields = {
        "figure": "carriers.carry.longest|days",
        "since": officer.evaluate("new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 10)"),
        "reason": "本单位外出多为当日往返",
    }
    fill(officer, text="机密=70", **fields)
    press(officer, "提出参数调整")
    expect(officer.locator("#main a[href*='/rulebook/clause/rulebook.']").first).to_be_visible()
    fill(officer, text="机密=5")
    press(officer, "提出参数调整")
    done(officer)

    reader = sit_down("office")
    reader.goto("/rulebook/clause/carriers.carry.longest/")
    row = panel(reader, "carriers.carry.longest").locator("tbody tr").first
    assert "本单位设定" not in row.inner_text()
    open_duty(reader, "参数调整")
    press(reader, "同意参数调整")
    confirm(reader, "同意参数调整")
    done(reader)
    reader.goto("/rulebook/clause/carriers.carry.longest/")
    cells = row.locator("td").all_inner_texts()
    assert "本单位设定" in cells[1] and re.search(r"机密\D{0,3}5", cells[1])
    assert cells[2].strip() == fields["since"]
    assert re.search(r"机密\D{0,3}7", cells[3])
