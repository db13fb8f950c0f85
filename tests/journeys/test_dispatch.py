"""A letter from its draft to the receipt of another body, each step on its page."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.hands import (
    absent,
    agree,
    confirm,
    done,
    fact,
    fill,
    find,
    number_of,
    open_duty,
    press,
    refused,
)

TITLE = "关于开展年度保密自查的通知"
LETTERS = "/dispatch/letters/"


def test_a_letter_is_drafted_signed_printed_sent_and_receipted(sit_down):
    drafter, registrar = sit_down("handler"), sit_down("registrar")
    director, peer = sit_down("director"), sit_down("peer")

    drafter.goto("/dispatch/draft/")
    fill(
        drafter,
        genre="通知",
        purpose="传达贯彻、公布",
        title=TITLE,
        basis="保密事项范围第三条",
        necessity="部署年度自查，须逐单位下达",
        paper_reason="涉密内容不得上网传输。",
        print_run=4,
        distribution_list="乙局 2\n抄送 保密办 1",
    )
    fill(drafter, mark="机密")
    press(drafter, "拟稿")
    refused(drafter, "保密期限", "marks.period.missing")
    fill(drafter, mark="机密★10年")
    press(drafter, "拟稿")
    done(drafter)
    draft = number_of(drafter)
    address = drafter.url
    expect(drafter.locator("#main")).to_contain_text("机密★10年")
    absent(peer, address)
    press(drafter, "送核")
    done(drafter)

    agree(sit_down("chief"), f"{draft} 通知：拟稿部门审稿")
    agree(director, f"{draft} 通知：办公室核稿")
    authority = sit_down("authority")
    open_duty(authority, f"为 {draft} 定密")
    press(authority, "定密")
    fill(authority, mark="机密★5年", basis="保密事项范围第三条")
    confirm(authority, "定密")
    done(authority)
    agree(sit_down("office"), f"{draft} 通知：保密审查")
    agree(sit_down("leader"), f"{draft} 通知：分管领导审核")
    find(registrar, LETTERS, draft)
    expect(registrar.locator("dl.facts dt", has_text=re.compile("^文号$"))).to_have_count(0)
    agree(sit_down("head"), f"{draft} 通知：主要领导签发")

    open_duty(registrar, f"编号登记 {draft}")
    press(registrar, "编号登记")
    fill(registrar, suffix="甲局发")
    press(registrar, "编号登记")
    done(registrar)
    number = fact(registrar, "文号")
    assert number.startswith("甲局发〔") and number.endswith("号")
    press(registrar, "印制登记")
    fill(registrar, made=4, press="机要室", printer="区敏", place="1号柜", waste=2)
    confirm_refused(registrar, "残、次、废页须由两人当场销毁", "dispatch.print.waste")
    fill(registrar, waste_witness="曾静")
    confirm(registrar, "印制登记")
    done(registrar)
    press(registrar, "封装编号")
    done(registrar)

    press(registrar, "交寄")
    fill(registrar, channel="普通邮政", protection="双层密封", couriers="丁一、丁二", tracking="X1")
    confirm_refused(registrar, "机密件不得经普通邮政发出", "dispatch.channel")
    fill(registrar, channel="机要交通")
    confirm(registrar, "交寄")
    done(registrar)

    find(registrar, "/dispatch/recipients/", f"{number} 保密办")
    press(registrar, "内部送达")
    fill(registrar, signer="曾静")
    press(registrar, "内部送达")
    done(registrar)
    office = sit_down("office")
    open_duty(office, f"签收 {number}")
    press(office, "签收发文")
    done(office)
    office.goto("/handling/mine/")
    expect(office.locator("#main")).to_contain_text("000003")

    find(registrar, "/dispatch/recipients/", f"{number} 乙局")
    value = fact(registrar, "校验值")
    press(registrar, "登记回执")
    signed = f"{timezone.localtime():%Y-%m-%dT%H:%M}"
    fill(registrar, receipt="回执第9号", received_by="翟一", received_at=signed)
    fill(registrar, check_value="00000000")
    press(registrar, "登记回执")
    refused(registrar, "校验值与封装时不符", "dispatch.receipt.check")
    fill(registrar, check_value=value)
    press(registrar, "登记回执")
    done(registrar)

    find(registrar, LETTERS, TITLE)
    expect(registrar.locator("#main")).to_contain_text("已办结")
    press(registrar, "分发清单")
    expect(registrar.locator(".letter")).to_contain_text("印 4 份 = 分发 3 份 + 留存 1 份")
    registrar.go_back()
    press(registrar, "发文稿纸")
    expect(registrar.locator(".letter")).to_contain_text(number)
    expect(registrar.locator(".letter")).to_contain_text("覃正（同意）")
    registrar.goto("/dispatch/book/")
    expect(registrar.locator("#main")).to_contain_text(number)
    registrar.goto(f"/search/?q={TITLE[2:8]}")
    expect(registrar.locator("#main")).to_contain_text("发文〔")


def test_a_run_to_the_exchange_brings_envelopes_that_are_signed_for(sit_down):
    registrar, peer = sit_down("registrar"), sit_down("peer")
    registrar.goto("/dispatch/run/")
    moment = f"{timezone.localtime() - timedelta(minutes=1):%Y-%m-%dT%H:%M}"
    fill(
        registrar,
        station="岚江市机要交换站",
        run_at=moment,
        others=2,
        incoming=2,
        station_clerk="丁一",
        brought="乙局 J-0417 审批科",
    )
    press(registrar, "登记机要交换")
    refused(registrar, "取回 2 件，清单列 1 件", "dispatch.exchange")
    fill(registrar, incoming=1)
    press(registrar, "登记机要交换")
    done(registrar)
    find(registrar, "/dispatch/brought/", "J-0417")
    press(registrar, "分送来件")
    fill(registrar, receiver="解峰")
    press(registrar, "分送来件")
    done(registrar)
    open_duty(peer, "签收交换来件 J-0417")
    press(peer, "签收来件")
    done(peer)
    registrar.goto("/dispatch/statistics/")
    expect(registrar.locator("#main")).to_contain_text("1 次")


def confirm_refused(page, words: str, clause: str) -> None:
    """Read once more, confirmed, and refused: the form comes back with what was filled in."""
    press(page, "下一步：核对")
    page.locator("#main").get_by_role("button").filter(has_text="确认").first.click()
    refused(page, words, clause)
