"""Step 1: the registrar signs for a 机密★10年 paper of three copies; wrong marks are refused."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import done, fact, press, receive, refused

pytestmark = pytest.mark.browser


@pytest.mark.clause("documents.register.elements", "documents.number.series", "documents.label")
def test_three_copies_of_a_secret_paper_enter_the_account(sit_down):
    page = sit_down("registrar")
    receive(page)
    done(page)
    expect(page.locator("h1")).to_contain_text(re.compile(r"收文〔\d{4}〕\d+号"))
    text = page.locator("#main").inner_text()
    assert "机密★10年" in text
    assert "丙保委〔2026〕7号" in text
    for number in ("000011", "000012", "000013"):
        assert number in text
    press(page, "打印标签")
    if page.locator("#main form button").count():
        page.locator("#main form .btn-primary").first.click()
    done(page)
    page.goto("/documents/labels/")
    with page.expect_navigation():
        page.locator("#main tbody a").first.click()
    labels = page.locator("body").inner_text()
    codes = re.findall(r"BM1-[0-9A-Z]+-[0-9A-Z]", labels)
    assert len(set(codes)) == 3
    assert "机密" not in page.locator(".label, .labels").first.inner_text()
    assert "年度检查" not in page.locator(".label, .labels").first.inner_text()


@pytest.mark.parametrize(
    ("changes", "words", "clause"),
    [
        ({"mark": "机密★21年"}, "20", "marks.period.limit"),
        ({"mark": "机密"}, "期限", "marks.period.missing"),
        ({"mark": "内部★1年"}, "★", "marks.work_secret.no_star"),
        ({"issue_number": "丙保委2026-7"}, "文号", "documents.number.form"),
        ({"copies": 2}, "份号", "documents.copy_number"),
        ({"channel": "普通邮政"}, "渠道", "documents.channel"),
    ],
)
@pytest.mark.clause("marks.period.limit", "marks.period.missing", "marks.work_secret.no_star")
def test_a_wrong_paper_is_refused_with_its_clause_and_nothing_typed_is_lost(
    sit_down, changes, words, clause
):
    page = sit_down("registrar")
    receive(page, **changes)
    refused(page, words, clause)
    assert page.input_value("[name=title]") == "关于开展年度检查的通知"
    assert page.input_value("[name=issuer]") == "丙市保密委员会"


@pytest.mark.clause("documents.number.sequence")
def test_refusals_leave_no_gap_in_the_numbers(sit_down):
    page = sit_down("registrar")
    receive(page, title="甲")
    first = _number(page)
    receive(page, title="乙", mark="绝密★31年")
    receive(page, title="丙")
    assert _number(page) == first + 1
    assert fact(page, "来文单位") == "丙市保密委员会"


def _number(page):
    found = re.search(r"〕(\d+)号", page.locator("h1").inner_text())
    assert found
    return int(found[1])
