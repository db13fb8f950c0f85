"""Step 2: 拟办, 批示, and a round among the readers, each copy from and to the registrar's hands."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import (
    confirm,
    done,
    duty,
    fact,
    fill,
    find,
    open_duty,
    open_receipt,
    press,
    receive,
    refused,
)

pytestmark = pytest.mark.browser

# The title of the paper whose round is open when the journey begins; see world.py.
AT_HAND = "月度核对"
HANDLER, CHIEF = "单平", "查国栋"


def instructed(sit_down, *readers, script=True):
    """A paper that the leader sends to these readers; its number and the registrar's window."""
    registrar = sit_down("registrar", script=script)
    number = receive(registrar)
    director = sit_down("director", script=script)
    open_duty(director, number)
    press(director, "拟办")
    fill(director, addressee="覃正", text="拟请阅示，并送有关科室阅。")
    press(director, "拟办")
    done(director)
    head = sit_down("head", script=script)
    open_duty(head, number)
    press(head, "批示")
    expect(head.locator("#main")).to_contain_text("拟请阅示，并送有关科室阅。")
    fill(head, readers=list(readers), text="请传阅。")
    press(head, "批示")
    done(head)
    return number, registrar


def listed(registrar, number):
    """The list of readers as the instruction names them."""
    open_duty(registrar, f"按批示办理 {number}")
    press(registrar, "建传阅单")
    press(registrar, "建传阅单")
    done(registrar)


def line_of(registrar, number, name):
    """The page of one reader's line."""
    open_duty(registrar, f"{number} 传阅")
    registrar.locator("#main tbody a", has_text=name).first.click()


def send(registrar, number, name, copy):
    line_of(registrar, number, name)
    press(registrar, "送阅")
    fill(registrar, copy=copy, in_person=True)
    press(registrar, "送阅")
    done(registrar)


@pytest.mark.clause(
    "documents.propose",
    "documents.instruct",
    "circulation.list",
    "circulation.in_person",
    "circulation.no_passing",
    "circulation.return",
    "circulation.record",
    "circulation.close",
)
def test_each_reader_has_a_copy_from_the_registrar_and_gives_it_back_to_the_registrar(sit_down):
    number, registrar = instructed(sit_down, HANDLER, CHIEF)
    listed(registrar, number)
    expect(registrar.locator("#main")).to_contain_text("传阅中")
    handler = sit_down("handler")
    assert duty(handler, f"签收传阅件 {number}") == ""
    send(registrar, number, HANDLER, "000011")

    # On the reader's home page, with the time by which the copy is due back.
    said = duty(handler, f"签收传阅件 {number}")
    assert "000011" in said and "机密" in said
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d", said)
    open_duty(handler, f"签收传阅件 {number}")
    press(handler, "签收传阅件")
    done(handler)
    assert fact(handler, "状态") == "阅中"

    press(handler, "转交他人")
    fill(handler, to=CHIEF)
    press(handler, "转交他人")
    refused(handler, "不得在阅件人之间横传", "circulation.no_passing")
    assert duty(sit_down("chief"), f"签收传阅件 {number}") == ""

    open_duty(handler, f"阅后退回 {number}")
    press(handler, "退回传阅件")
    fill(handler, opinion="已阅，建议按月自查。")
    press(handler, "退回传阅件")
    done(handler)
    assert duty(handler, f"阅后退回 {number}") == ""

    open_duty(registrar, f"{number} 传阅")
    press(registrar, "传阅办结")
    confirm(registrar, "传阅办结")
    refused(registrar, HANDLER, "circulation.close")
    line_of(registrar, number, HANDLER)
    assert fact(registrar, "阅件意见") == "已阅，建议按月自查。"
    press(registrar, "收回核点")
    done(registrar)
    assert fact(registrar, "状态") == "已退回"

    # The second reader may have the very same copy, now that it lies in the registry again.
    chief = sit_down("chief")
    send(registrar, number, CHIEF, "000011")
    open_duty(chief, f"签收传阅件 {number}")
    press(chief, "签收传阅件")
    press(chief, "退回传阅件")
    press(chief, "退回传阅件")
    done(chief)
    line_of(registrar, number, CHIEF)
    press(registrar, "收回核点")
    done(registrar)
    open_duty(registrar, f"{number} 传阅")
    press(registrar, "传阅办结")
    confirm(registrar, "传阅办结")
    done(registrar)
    assert fact(registrar, "状态") == "已办结"
    assert duty(registrar, f"{number} 传阅") == ""


@pytest.mark.clause("circulation.remind", "obligations.remind.interval")
def test_a_reader_is_urged_once_and_not_again_within_the_interval(sit_down):
    registrar = sit_down("registrar")
    find(registrar, "/circulation/", AT_HAND)
    registrar.locator("#main tbody a", has_text="仇明").first.click()
    press(registrar, "送阅")
    fill(registrar, copy="000001", in_person=True)
    press(registrar, "送阅")
    done(registrar)
    line = registrar.url
    for words in ("请即签收。", "请马上签收。"):
        registrar.goto(line)
        press(registrar, "传阅催办")
        fill(registrar, words=words)
        press(registrar, "传阅催办")
        if words == "请即签收。":
            done(registrar)
    refused(registrar, "催办", "obligations.remind.interval")
    assert registrar.input_value("[name=words]") == "请马上签收。"
    cells = duty(sit_down("authority"), "签收传阅件").split("\t")
    assert cells[-1].strip() == "1"


@pytest.mark.clause("circulation.in_person")
def test_a_copy_is_not_left_in_the_office_of_a_reader_who_is_out(sit_down):
    registrar = sit_down("registrar")
    find(registrar, "/circulation/", AT_HAND)
    registrar.locator("#main tbody a", has_text=CHIEF).first.click()
    press(registrar, "送阅")
    press(registrar, "送阅")
    refused(registrar, "不得留置", "circulation.in_person")


@pytest.mark.clause("circulation.limit", "circulation.return")
def test_late_readers_are_listed_for_those_who_press_for_it_and_for_nobody_else(sit_down):
    registrar = sit_down("registrar")
    registrar.goto("/circulation/late/")
    lines = registrar.locator("#main tbody tr")
    kept = lines.filter(has_text="仇明").first
    expect(kept).to_contain_text("阅中")
    unsent = lines.filter(has_text=CHIEF).first
    expect(unsent).to_contain_text("待送")
    # What was sent today, or is not due yet, does not stand among them.
    assert "收文" in lines.first.inner_text()
    numbers = {_number(line.inner_text()) for line in lines.all()}
    assert len(numbers) == 1
    assert "逾期 4 天" in duty(sit_down("authority"), "阅后退回")
    handler = sit_down("handler")
    response = handler.goto("/circulation/late/")
    assert response.status == 404


@pytest.mark.clause("circulation.no_passing", "documents.instruct")
def test_the_round_runs_without_any_script_in_the_browser(sit_down):
    number, registrar = instructed(sit_down, HANDLER, CHIEF, script=False)
    listed(registrar, number)
    send(registrar, number, HANDLER, "000012")
    handler = sit_down("handler", script=False)
    open_duty(handler, f"签收传阅件 {number}")
    press(handler, "签收传阅件")
    done(handler)
    press(handler, "转交他人")
    fill(handler, to=CHIEF)
    press(handler, "转交他人")
    refused(handler, "不得在阅件人之间横传", "circulation.no_passing")
    open_duty(handler, f"阅后退回 {number}")
    press(handler, "退回传阅件")
    fill(handler, opinion="已阅。")
    press(handler, "退回传阅件")
    done(handler)
    line_of(registrar, number, HANDLER)
    press(registrar, "收回核点")
    done(registrar)
    assert fact(registrar, "状态") == "已退回"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no_script"])
def test_two_clicks_on_the_same_button_act_once(sit_down, script):
    registrar = sit_down("registrar", script=script)
    first = _running(receive(registrar))
    title = f"点两下只收一件{script}"
    open_receipt(registrar, title=title)
    registrar.get_by_role("button", name="签收登记").dblclick()
    expect(registrar.locator("h1").first).not_to_have_text("签收登记")
    assert _running(receive(registrar)) == first + 2
    registrar.goto(f"/documents/?q={title}")
    assert registrar.locator("#main tbody tr").count() == 1


@pytest.mark.clause("access.stale")
def test_a_page_that_another_has_overtaken_says_so_and_changes_nothing(sit_down):
    slow = sit_down("registrar")
    receive(slow)
    paper = slow.url
    press(slow, "勘误")
    quick = slow.context.new_page()
    quick.goto(paper)
    press(quick, "勘误")
    fill(quick, issuer="丙市人民政府", reason="看错来文单位")
    confirm(quick, "勘误")
    done(quick)
    fill(slow, issuer="丁市人民政府", reason="再改一次")
    with slow.expect_response(lambda r: r.request.method == "POST") as answer:
        press(slow, "下一步：核对")
    assert answer.value.status == 409
    refused(slow, "他人已修改", "access.stale")
    assert slow.input_value("[name=issuer]") == "丁市人民政府"
    slow.goto(paper)
    assert fact(slow, "来文单位") == "丙市人民政府"


def _number(text):
    return re.search(r"收文〔\d{4}〕\d+号", text)[0]


def _running(number):
    return int(re.search(r"〕(\d+)号", number)[1])
