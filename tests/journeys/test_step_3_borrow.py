"""Step 3: a copy is asked for, granted by the post its level asks for, lent, given back; others see nothing."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import (
    absent,
    agree,
    done,
    duty,
    fact,
    fill,
    find,
    open_duty,
    press,
    receive,
    refused,
)
from tests.journeys.world import NARROW

pytestmark = pytest.mark.browser

REQUEST = {"purpose": "起草年度报告", "days": 5, "reading_place": "本人办公室"}
OUTSIDERS = (
    "peer",
    "junior",
    "stranger",
    "newcomer",
    "lapsed",
    "leaver",
    "sysadmin",
    "secadmin",
    "auditor",
)


def open_copy(page, number, copy):
    """The page of one copy of a paper."""
    find(page, "/documents/", number)
    page.locator("#main tbody a", has_text=copy).first.click()


def ask(page, number, copy="000011", **changes):
    """A request to borrow a copy; where it led is looked up by the one who asks."""
    open_copy(page, number, copy)
    press(page, "申请借阅")
    fill(page, **(REQUEST | changes))
    press(page, "申请借阅")


def open_loan(page, number):
    """The borrower's, or the registrar's, page of the latest loan of a paper."""
    find(page, "/handling/loans/", number)


@pytest.mark.clause(
    "carriers.borrow.record",
    "carriers.borrow.approval",
    "carriers.borrow.longest",
    "carriers.borrow.return",
    "carriers.signed",
)
def test_a_copy_goes_out_by_the_route_of_its_level_and_comes_back_checked(sit_down):
    registrar = sit_down("registrar")
    number = receive(registrar, people=["单平"])
    handler = sit_down("handler")
    ask(handler, number, days=8)
    refused(handler, "不超过 7 天", "carriers.borrow.longest")
    assert handler.input_value("[name=purpose]") == REQUEST["purpose"]
    fill(handler, days=5)
    press(handler, "申请借阅")
    done(handler)
    open_loan(handler, number)
    assert fact(handler, "状态") == "审批中"
    loan = handler.url

    agree(sit_down("director"), f"借阅审批 {number} 000011 借阅 5 天：办公室主任批准")
    open_duty(registrar, f"借出 {number}")
    press(registrar, "借出")
    done(registrar)
    open_duty(handler, f"签收借阅件 {number}")
    press(handler, "签收借阅件")
    done(handler)
    assert fact(handler, "状态") == "借出"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", fact(handler, "应还时间"))
    assert "单平" in _where(registrar, number)
    assert "剩" in duty(handler, f"归还 {number}")

    handler.goto(loan)
    press(handler, "交还借阅件")
    done(handler)
    # Until the registrar has looked at it the borrower answers for it.
    assert "单平" in _where(registrar, number)
    open_duty(registrar, f"归还查验 {number}")
    press(registrar, "归还查验")
    fill(registrar, intact=False)
    press(registrar, "归还查验")
    refused(registrar, "破损、缺页", "carriers.borrow.return")
    fill(registrar, intact=True)
    press(registrar, "归还查验")
    done(registrar)
    assert fact(registrar, "状态") == "已归还"
    assert "1号柜" in _where(registrar, number)
    assert duty(handler, f"归还 {number}") == ""


@pytest.mark.clause("carriers.borrow.approval", "carriers.borrow.top_secret")
def test_each_level_asks_another_post(sit_down):
    registrar = sit_down("registrar")
    plain = receive(registrar, mark="秘密★5年", people=["单平", "查国栋"])
    top = receive(registrar, mark="绝密★20年", place="绝密柜")
    ask(sit_down("handler"), plain)
    director = sit_down("director")
    ask(director, top, days=1, reading_place="机要室")
    refused(director, "一般不外借", "carriers.borrow.top_secret")
    fill(director, necessity="当面核对原件")
    press(director, "申请借阅")
    done(director)

    leader, chief = sit_down("leader"), sit_down("chief")
    assert "分管领导批准" in duty(leader, f"借阅审批 {top}")
    assert duty(leader, f"借阅审批 {plain}") == duty(chief, f"借阅审批 {top}") == ""
    assert "部门负责人批准" in duty(chief, f"借阅审批 {plain}")
    agree(chief, f"借阅审批 {plain}")
    open_loan(registrar, plain)
    assert fact(registrar, "状态") == "待借出"
    open_loan(registrar, top)
    assert fact(registrar, "状态") == "审批中"


@pytest.mark.clause("access.may_know")
def test_for_whom_may_not_know_it_the_paper_is_not_there(sit_down):
    handler = sit_down("handler")
    handler.goto(f"/search/?q={NARROW}")
    with handler.expect_navigation():
        handler.locator("#main tbody a").first.click()
    number = handler.locator("#main h1").inner_text().split()[-1]
    addresses = [handler.url]
    open_copy(handler, number, "000001")
    addresses.append(handler.url)
    ask(handler, number, "000001")
    done(handler)
    open_loan(handler, number)
    addresses.append(handler.url)
    find(handler, "/handling/items/", number)
    addresses.append(handler.url)
    assert all(re.search(r"/[0-9a-z]{13}/", address) for address in addresses)

    for key in OUTSIDERS:
        page = sit_down(key)
        for address in addresses:
            absent(page, address)
        for words in (NARROW, NARROW[3:7], number):
            answer = page.request.get(f"/search/?q={words}")
            assert answer.status == 404 or "没有找到" in answer.text(), key
            assert "000001" not in answer.text()
        home = page.request.get("/").text()
        assert number not in home and NARROW not in home


@pytest.mark.clause("carriers.borrow.one_copy")
def test_of_two_who_ask_for_the_same_copy_exactly_one_gets_it(sit_down):
    registrar = sit_down("registrar")
    number = receive(registrar, people=["单平", "查国栋"])
    windows = [sit_down("handler"), sit_down("chief")]
    for page in windows:
        open_copy(page, number, "000012")
        press(page, "申请借阅")
        fill(page, **REQUEST)
    statuses = []
    for page in windows:
        page.on("response", lambda r: statuses.append(r.status) if _is_post(r) else None)
        # Both are on their way before either is answered.
        page.evaluate("document.querySelector('#main form.panel').requestSubmit()")
    for page in windows:
        page.locator("#errors, .messages").first.wait_for()
    said = [page.locator("#errors, .messages").first.inner_text() for page in windows]
    assert sorted(status // 100 for status in statuses) == [3, 4]
    assert {s for s in statuses if s >= 400} <= {409, 422}
    loser = windows[0] if "已办理" in said[1] else windows[1]
    assert sum("已办理" in words for words in said) == 1
    refused(loser, number, "carriers.borrow.one_copy")
    assert loser.input_value("[name=purpose]") == REQUEST["purpose"]
    registrar.goto(f"/handling/loans/?q={number}")
    assert registrar.locator("#main tbody tr").count() == 1


@pytest.mark.clause("carriers.borrow.longest", "obligations.remind.interval")
def test_who_keeps_a_copy_too_long_stands_on_a_list_and_is_urged(sit_down):
    registrar = sit_down("registrar")
    registrar.goto("/?tab=late&size=100")
    late = registrar.locator("#main tbody tr", has_text="归还 收文")
    expect(late.first).to_contain_text("仇明")
    expect(late.first).to_contain_text("逾期 3 天")
    late.first.locator("a").first.click()
    expect(registrar.locator("#main .heading")).to_contain_text("逾期 3 天")
    for words in ("请立即归还机要室。", "再催一次。"):
        press(registrar, "催还")
        fill(registrar, words=words)
        press(registrar, "催还")
        if words != "再催一次。":
            done(registrar)
    refused(registrar, "催办", "obligations.remind.interval")
    borrower = sit_down("authority")
    cells = duty(borrower, "归还 收文").split("\t")
    assert "逾期 3 天" in cells[-2] and cells[-1].strip() == "1"
    borrower.goto("/?tab=late")
    expect(borrower.locator("#main .tabs [aria-current=page]")).to_have_text("待办")


def _is_post(response):
    return response.request.method == "POST"


def _where(page, number, copy="000011"):
    """Where the account says a copy is."""
    open_copy(page, number, copy)
    return fact(page, "现在何处")
