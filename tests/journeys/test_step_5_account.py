"""Step 5: statements balance from every side, and a count by scanning finds what is not as the account says."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.hands import done, fill, find, press, receive, refused

pytestmark = pytest.mark.browser

FIRST, SECOND = "2号柜", "3号柜"


def statement(page, **scope):
    """The figures of a statement that says it balances, by their names."""
    page.goto("/handling/statements/")
    fill(page, **scope)
    press(page, "出具")
    heading = page.locator("#main .heading")
    expect(heading).to_contain_text("收付平衡")
    for words in scope.values():
        if words != str(timezone.localdate())[:7]:
            expect(heading).to_contain_text(words)
    return figures(page.locator("#main table").first)


def figures(table):
    found = {}
    for line in table.locator("tr").all()[1:]:
        cells = [cell.strip() for cell in line.locator("td").all_inner_texts()]
        found |= {
            name: int(count) for name, count in (cells[:2], cells[2:4]) if count and name != "合计"
        }
        if cells[0] == "合计":
            assert cells[1] == cells[3]
            found["合计"] = int(cells[1])
    return found


@pytest.mark.clause("carriers.statement", "carriers.one_holder")
def test_statements_of_paper_person_safe_level_and_month_balance_and_follow_every_act(sit_down):
    registrar = sit_down("registrar")
    scopes = {
        "level": {"level": "机密"},
        "safe": {"place": "1号柜"},
        "person": {"person": "单平"},
        "month": {"month": str(timezone.localdate())[:7]},
        "all": {},
    }
    before = {name: statement(registrar, **scope) for name, scope in scopes.items()}
    number = receive(registrar, people=["单平"])
    find(registrar, "/handling/items/", f"{number} 000011")
    press(registrar, "交出")
    fill(registrar, receiver="单平", purpose="承办")
    press(registrar, "交出")
    done(registrar)
    handler = sit_down("handler")
    handler.goto("/handling/mine/")
    handler.locator("#main tr", has_text=number).locator("a.btn").click()
    press(handler, "全部点到")
    press(handler, "签收")
    done(handler, "已签收 1 件")

    after = {name: statement(registrar, **scope) for name, scope in scopes.items()}

    def risen(scope):
        names = before[scope].keys() | after[scope].keys()
        found = {n: after[scope].get(n, 0) - before[scope].get(n, 0) for n in names}
        return {name: count for name, count in found.items() if count}

    for scope in ("level", "month", "all"):
        assert risen(scope) == {"收到": 3, "期末结存": 3, "合计": 3}
    assert risen("safe") == {"收到": 3, "转出": 1, "期末结存": 2, "合计": 3}
    assert risen("person") == {"转入": 1, "期末结存": 1, "合计": 1}

    # A figure opens the things behind it; the holder sees the same of what is his own.
    statement(registrar, person="单平")
    registrar.locator("#main tr", has_text="期末结存").locator("a").last.click()
    rows = registrar.locator("#main section").last.locator("tbody tr")
    assert rows.count() == after["person"]["期末结存"]
    expect(rows.filter(has_text=number)).to_have_count(1)
    handler.goto("/handling/statements/")
    expect(handler.locator("h1")).to_contain_text("单平")
    assert figures(handler.locator("#main table").first) == after["person"]

    find(registrar, "/documents/", number)
    registrar.get_by_role("link", name="对账单", exact=True).last.click()
    expect(registrar.locator("#main .heading")).to_contain_text("账实相符")
    paper = figures(registrar.locator("#main table").first)
    assert (paper["收到"], paper["期末结存"], paper["合计"]) == (3, 3, 3)


@pytest.mark.clause("carriers.stocktake", "carriers.stocktake.open", "carriers.label.code")
def test_a_count_by_scanning_finds_missing_unknown_misplaced_and_twice(sit_down):
    registrar = sit_down("registrar")
    inside, beside = codes(registrar, FIRST), codes(registrar, SECOND)
    assert (len(inside), len(beside)) == (3, 1)
    registrar.goto("/handling/stocktakes/")
    fill(registrar, place=FIRST)
    press(registrar, "开始清点")
    done(registrar, "应点清单已固定")
    count = registrar.url

    scan(registrar, inside[0], "已点到")
    scan(registrar, inside[1], "已点到")
    scan(registrar, inside[1], "重复扫描")
    scan(registrar, beside[0], "已点到")
    scan(registrar, "QT-0001-77", "不明编码，已留存")
    # A label that was misread is read again; it does not pass for an unknown thing.
    wrong = inside[2][:-1] + ("A" if inside[2][-1] != "A" else "B")
    type_code(registrar, wrong)
    refused(registrar, "校验不符", "carriers.label.code")
    assert cards(registrar) == {"应点": 3, "已点到": 2, "未点到": 1, "重复扫描": 1, "不明编码": 1}
    # The same safe is not counted twice at once.
    again = registrar.context.new_page()
    again.goto("/handling/stocktakes/")
    fill(again, place=FIRST)
    press(again, "开始清点")
    refused(again, "没有办结", "carriers.stocktake.open")

    registrar.goto(count)
    fill(registrar, witness="翟海")
    press(registrar, "清点完毕")
    done(registrar, "请监点人本人登录签认")
    assert registrar.get_by_role("button", name="我已监点，予以签认").count() == 0
    for group, code in (("missing", inside[2]), ("misplaced", beside[0]), ("twice", inside[1])):
        section = registrar.locator(f"#main section#{group}")
        expect(section).to_contain_text(code)
        expect(section.locator("tbody tr")).to_have_count(1)
    expect(registrar.locator("#main section#unknown")).to_contain_text("QT-0001-77")

    witness = sit_down("director")
    witness.goto("/handling/stocktakes/")
    witness.locator("#main tbody a", has_text=FIRST).first.click()
    press(witness, "我已监点，予以签认")
    done(witness, "清点办结")
    press(witness, "清点报告")
    report = witness.locator("body").inner_text()
    for words in (inside[2], beside[0], "QT-0001-77", "区敏", "翟海"):
        assert words in report


def codes(page, place):
    """The label codes of what the account says is in a safe."""
    page.goto(f"/documents/?q={place}内的文件")
    with page.expect_navigation():
        page.locator("#main tbody a").first.click()
    cells = page.locator("#main td", has_text="BM1-").all_inner_texts()
    return sorted({cell.strip() for cell in cells})


def type_code(page, code):
    """As a scanner does: keys into the box, then Enter."""
    page.locator("#code").press_sequentially(code)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def scan(page, code, words):
    type_code(page, code)
    expect(page.locator(".scan-said")).to_have_text(f"{code}：{words}")
    expect(page.locator("#code")).to_be_focused()


def cards(page):
    """The number cards at the head of the page."""
    found = {}
    for card in page.locator("#main .number-card").all():
        found[card.locator("span").inner_text()] = int(card.locator("b").inner_text())
    return found
