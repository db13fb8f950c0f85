"""Step 4: copied, carried out, handed over, recalled, archived, destroyed; the account follows each of them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.hands import (
    absent,
    agree,
    confirm,
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

pytestmark = pytest.mark.browser


def draw(page, book, words, number, **fields):
    """From a book into a list of all the pieces of one paper, with the rest filled in."""
    page.goto(f"/handling/{book}/")
    press(page, words)
    expect(page.locator("h1")).to_have_text(words)
    page.goto(f"{page.url}?q={number}&all=1")
    expect(page.locator("#main tbody input:checked").first).to_be_visible()
    fill(page, **fields)


def open_item(page, number, copy="000011"):
    find(page, "/handling/items/", f"{number} {copy}")


def whereabouts(page, number):
    """Holder and state of each piece of a paper, as the account has it."""
    page.goto(f"/handling/items/?q={number}&size=100")
    found = {}
    for line in page.locator("#main tbody tr").all():
        cells = [cell.strip() for cell in line.locator("td").all_inner_texts()]
        found[cells[1]] = (cells[5], cells[7])
    return found


@pytest.mark.clause(
    "carriers.copy.approval", "carriers.copy.as_original", "carriers.copy.count", "carriers.signed"
)
def test_a_copy_made_is_numbered_and_managed_as_the_original(sit_down):
    registrar = sit_down("registrar")
    number = receive(registrar, people=["单平"])
    handler = sit_down("handler")
    open_item(handler, number)
    press(handler, "申请复制")
    fill(handler, kind="copy", copies=2, purpose="会议使用")
    press(handler, "申请复制")
    done(handler)
    agree(sit_down("director"), f"复制审批 {number}")
    agree(sit_down("leader"), f"复制审批 {number}")

    find(handler, "/handling/copies/", number)
    open_duty(registrar, f"{fact(handler, '编号')} 复制 2 份")
    press(registrar, "登记复制")
    fill(registrar, destinations="业务科 单平\n审批科\n多的一份", place="1号柜", waste=1)
    fill(registrar, made_in="机要室", supervisor="翟海")
    press(registrar, "下一步：核对")
    press(registrar, "确认登记复制")
    refused(registrar, "多出的不得制作", "carriers.copy.count")
    fill(registrar, destinations="业务科 单平\n审批科")
    confirm(registrar, "登记复制")
    done(registrar)
    assert fact(registrar, "状态") == "已制作"
    made = registrar.locator("#main section", has_text="载体登记簿").locator("tbody tr")
    assert made.count() == 2
    codes = [re.search(r"BM1-\w+-\w", line)[0] for line in made.all_inner_texts()]
    assert len(set(codes)) == 2
    # The copy bears the level of its original, is known to the same people, and is lent as it is.
    made.first.locator("a").first.click()
    expect(registrar.locator("#main .heading")).to_contain_text("机密")
    assert number in fact(registrar, "原件") and fact(registrar, "来源") == "制作"
    assert handler.goto(registrar.url).status == 200
    expect(handler.get_by_role("link", name="申请借阅")).to_be_visible()
    absent(sit_down("peer"), registrar.url)


@pytest.mark.clause("carriers.copy.consent")
def test_a_top_secret_paper_is_not_copied_without_the_consent_of_its_originator(sit_down):
    registrar = sit_down("registrar")
    number = receive(registrar, mark="绝密★20年", place="绝密柜")
    open_item(registrar, number)
    press(registrar, "申请复制")
    fill(registrar, kind="copy", copies=1, purpose="会议使用")
    press(registrar, "申请复制")
    refused(registrar, "未经原定密单位同意", "carriers.copy.consent")
    fill(registrar, consent_number="丙保委函〔2026〕3号")
    press(registrar, "申请复制")
    done(registrar)
    find(registrar, "/handling/copies/", number)
    assert fact(registrar, "状态") == "审批中"


@pytest.mark.clause("carriers.carry.approval", "carriers.carry.purpose", "carriers.carry.measures")
def test_what_is_carried_out_is_signed_for_and_counted_when_it_is_back(sit_down):
    registrar = sit_down("registrar")
    number = receive(registrar, people=["单平"], copies=2, copy_numbers="000011-000012")
    today = timezone.localdate()
    handler = sit_down("handler")
    trip = {
        "destination": "丙市",
        "purpose": "会议",
        "reason": "参加年度会议，会后去丙市游览",
        "leaves_on": today.isoformat(),
        "returns_on": (today + timedelta(days=1)).isoformat(),
        "container": "密箱 07",
        "measures": "专车往返，专用箱加锁。",
    }
    draw(handler, "carryings", "申请携带外出", number, **trip)
    press(handler, "申请携带外出")
    refused(handler, "游览", "carriers.carry.purpose")
    fill(handler, reason="参加年度会议")
    press(handler, "申请携带外出")
    done(handler)
    carried = fact(handler, "编号")
    agree(sit_down("director"), carried)
    agree(sit_down("leader"), carried)
    open_duty(registrar, carried)
    press(registrar, "核发带出")
    done(registrar)
    open_duty(handler, carried)
    press(handler, "签收携带件")
    done(handler)
    assert fact(handler, "状态") == "在外"
    assert set(whereabouts(registrar, number).values()) == {("单平", "在管")}

    find(registrar, "/handling/carryings/", carried)
    press(registrar, "返回核对")
    fill(registrar, counted=1)
    press(registrar, "返回核对")
    expect(registrar.locator("#errors")).to_contain_text("2")
    fill(registrar, counted=2, condition="逐件核对相符，箱包封签完好。")
    press(registrar, "返回核对")
    done(registrar)
    assert fact(registrar, "状态") == "已返回"
    assert {holder for holder, _ in whereabouts(registrar, number).values()} == {"1号柜"}


@pytest.mark.clause("carriers.handover")
def test_a_successor_signs_once_for_fifty_and_declines_one(sit_down):
    giver = sit_down("peer")
    giver.goto("/handling/mine/")
    expect(giver.locator("#main")).to_contain_text("50 件")
    press(giver, "移交")
    press(giver, "全选")
    fill(giver, receiver="查国栋", reason="岗位调整。", where="机要室")
    press(giver, "移交")
    done(giver)
    number = fact(giver, "编号")
    assert fact(giver, "件数") == "50"
    agree(sit_down("director"), "移交审批")
    chief = sit_down("chief")
    open_duty(chief, number)
    press(chief, "逐件点收")
    press(chief, "全部点到")
    lines = chief.locator("#main tbody tr")
    expect(lines).to_have_count(50)
    last = lines.last
    last.locator("[name=taken]").uncheck()
    press(chief, "签收")
    expect(chief.locator("#errors")).to_contain_text("第 50 件未点收，须写明拒收理由")
    last.locator("input.form-control").fill("份号与清单不符")
    press(chief, "签收")
    done(chief, "已签收 49 件，拒收 1 件")
    assert (fact(chief, "接收件数"), fact(chief, "拒收件数")) == ("49", "1")
    assert fact(chief, "状态") == "已接收"
    for page, count in ((giver, "1 件"), (chief, "49 件")):
        page.goto("/handling/mine/")
        kept = page.locator("#main section", has_text="现由我保管").first
        expect(kept.locator(".panel-head")).to_contain_text(count)
    expect(giver.locator("#main")).to_contain_text("000050")
    # The list to be signed on paper says which one was declined.
    giver.goto("/handling/successions/")
    giver.locator("#main tbody a", has_text=number).first.click()
    press(giver, "打印清单")
    expect(giver.locator("body")).to_contain_text("拒收：份号与清单不符")


@pytest.mark.clause("carriers.recall", "carriers.signed", "documents.channel")
def test_what_is_called_in_is_gathered_sent_back_and_acknowledged(sit_down):
    registrar = sit_down("registrar")
    number = receive(registrar, people=["单平"], copies=2, copy_numbers="000011-000012")
    open_item(registrar, number)
    press(registrar, "交出")
    fill(registrar, receiver="单平", purpose="承办")
    press(registrar, "交出")
    done(registrar)
    handler = sit_down("handler")
    handler.goto("/handling/mine/")
    # Other journeys may have left something for 单平 to sign for.
    line = handler.locator("#main tr", has_text=number)
    line.get_by_role("link", name="点收", exact=True).click()
    press(handler, "全部点到")
    press(handler, "签收")
    done(handler, "已签收 1 件")

    until = (timezone.localdate() + timedelta(days=7)).isoformat()
    draw(
        registrar,
        "recalls",
        "登记清退",
        number,
        issuer="丙市保密委员会",
        notice="丙保委〔2026〕15号",
        due_on=until,
    )
    press(registrar, "登记清退")
    done(registrar)
    recall = registrar.url
    press(registrar, "退还发文单位")
    fill(registrar, channel="机要交通")
    confirm(registrar, "退还发文单位")
    refused(registrar, number, "carriers.recall")

    open_duty(handler, f"交回清退载体 {number}")
    press(handler, "退回")
    press(handler, "退回")
    done(handler)
    registrar.goto("/handling/back/")
    line = registrar.locator("#main tbody tr", has_text=number)
    line.locator("a.btn").first.click()
    press(registrar, "全部点到")
    press(registrar, "收回核点")
    done(registrar, "已签收 1 件")

    registrar.goto(recall)
    press(registrar, "退还发文单位")
    # Only the secure channels are offered for a state secret.
    assert "邮政" not in registrar.locator("[name=channel]").inner_text()
    fill(registrar, channel="机要交通")
    confirm(registrar, "退还发文单位")
    done(registrar)
    assert duty(handler, f"交回清退载体 {number}") == ""
    press(registrar, "登记回执")
    fill(registrar, receipt="回执 2026-88")
    press(registrar, "登记回执")
    done(registrar)
    assert {state for _, state in whereabouts(registrar, number).values()} == {"已出账"}


@pytest.mark.clause("carriers.archive.handover", "documents.archive")
def test_only_what_is_finished_goes_to_the_archive_and_the_archivist_counts_it_in(sit_down):
    registrar = sit_down("registrar")
    number = receive(registrar, mark="秘密★5年")
    registrar.goto("/handling/archivings/")
    press(registrar, "提请归档")
    fill(registrar, q=number)
    press(registrar, "查询")
    expect(registrar.locator("#main")).to_contain_text("没有可选的载体")
    director, head = sit_down("director"), sit_down("head")
    open_duty(director, number)
    press(director, "拟办")
    fill(director, addressee="覃正", text="拟请阅示。")
    press(director, "拟办")
    open_duty(head, number)
    press(head, "批示")
    fill(head, text="已阅，存档。")
    press(head, "批示")
    done(head)
    find(registrar, "/documents/", number)
    press(registrar, "办结")
    confirm(registrar, "办结")
    done(registrar)
    draw(registrar, "archivings", "提请归档", number, year=timezone.localdate().year, volume="3-1")
    press(registrar, "提请归档")
    done(registrar)
    box = fact(registrar, "编号")
    agree(director, box)
    archivist = sit_down("authority")
    open_duty(archivist, box)
    press(archivist, "点收归档")
    fill(archivist, counted=2, shelf="档案室 3 号架")
    press(archivist, "下一步：核对")
    press(archivist, "确认点收归档")
    refused(archivist, "数目不符", "carriers.archive.handover")
    fill(archivist, counted=3)
    confirm(archivist, "点收归档")
    done(archivist)
    assert fact(archivist, "状态") == "已归档"
    find(registrar, "/documents/", number)
    assert fact(registrar, "状态") == "已归档"


@pytest.mark.clause(
    "carriers.destroy.approval", "carriers.destroy.two_persons", "carriers.destroy.method"
)
def test_two_persons_destroy_what_was_approved_and_the_certificate_balances(sit_down):
    registrar = sit_down("registrar")
    number = receive(registrar)
    draw(
        registrar,
        "destructions",
        "提请销毁",
        number,
        appraisal="经鉴别，已无保存价值，不属留存份。",
        method="送销毁机构",
        station="丙市涉密载体销毁中心",
    )
    press(registrar, "提请销毁")
    done(registrar)
    request, page = fact(registrar, "编号"), registrar.url
    assert registrar.locator("button, a", has_text="登记销毁").count() == 0
    director = sit_down("director")
    agree(director, request)
    agree(sit_down("leader"), request)

    open_duty(registrar, request)
    press(registrar, "登记销毁")
    fill(registrar, counted=3, witness="翟海")
    press(registrar, "下一步：核对")
    press(registrar, "确认登记销毁")
    # Who approved the list may not witness it, and what was not counted is not destroyed.
    refused(registrar, "翟海", "carriers.destroy.two_persons")
    fill(registrar, counted=2, witness="覃正")
    press(registrar, "下一步：核对")
    press(registrar, "确认登记销毁")
    refused(registrar, "数目不符", "carriers.destroy.approval")
    fill(registrar, counted=3)
    confirm(registrar, "登记销毁")
    done(registrar)
    assert fact(registrar, "状态") == "待监销人签认"
    assert {state for _, state in whereabouts(registrar, number).values()} != {"已出账"}

    head = sit_down("head")
    open_duty(head, request)
    press(head, "监销签认")
    confirm(head, "监销签认")
    done(head)
    assert fact(head, "状态") == "已销毁"
    assert {state for _, state in whereabouts(registrar, number).values()} == {"已出账"}
    registrar.goto(page)
    press(registrar, "销毁证明")
    expect(registrar.locator("h1")).to_have_text("涉密载体销毁证明")
    sheet = registrar.locator("body").inner_text()
    assert "清单 3 件 = 销毁 3 件 + 下落不明 0 件，数目相符" in sheet
    assert "区敏" in sheet and "覃正" in sheet
