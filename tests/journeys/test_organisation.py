"""A committee is formed, its undertakings are signed, a member leaves, and what it resolved is done."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.hands import (
    absent,
    confirm,
    done,
    duty,
    fill,
    find,
    open_duty,
    press,
    refused,
)

TENURES = "/organisation/tenures/"
NAME = f"{TENURES}new/organisation-tenure-begin/"
ORGAN = "岚江局保密委员会"


def today():
    return f"{timezone.localdate()}"


def name(page, role, person, **more):
    page.goto(NAME)
    fill(page, role=role, person=person, since=today(), basis="甲局〔2026〕5号", **more)
    press(page, "确定责任人")


def test_a_committee_is_formed_signed_for_changed_and_its_resolution_is_done(sit_down):
    office, head, leader = sit_down("office"), sit_down("head"), sit_down("leader")
    handler, chief = sit_down("handler"), sit_down("chief")

    office.goto("/organisation/organs/new/organisation-organ-set-up/")
    fill(office, kind="保密委员会", name=ORGAN, set_up_on=today(), basis="甲局〔2026〕5号")
    press(office, "设立机构")
    done(office)
    assert "补齐：保密委员会主任" in duty(office, "补齐：保密委员会主任")
    name(office, "保密委员会主任", "查国栋（业务科）", organ=ORGAN)
    refused(office, "保密委员会主任由主要领导担任", "organisation.committee")
    for role, person in (
        ("保密委员会主任", "覃正（单位领导）"),
        ("保密委员会副主任", "尉迟山（单位领导）"),
        ("保密委员会委员", "查国栋（业务科）"),
    ):
        name(office, role, person, organ=ORGAN)
        done(office)
    name(office, "分管保密工作领导", "尉迟山（单位领导）")
    done(office)
    assert not duty(office, "补齐：保密委员会主任")
    handler.goto("/organisation/")
    expect(handler.locator("#main")).to_contain_text(ORGAN)
    expect(handler.locator(".tree-top")).to_contain_text("覃正")
    handler.goto("/organisation/wall/a4/")
    expect(handler.locator(".wall h1")).to_contain_text("组织机构图")

    office.goto("/organisation/undertakings/new/organisation-undertaking-issue/")
    fill(office, kind="保密工作责任书")
    press(office, "发起责任书")
    done(office)
    for below, above in ((leader, head), (handler, chief)):
        open_duty(below, "签署保密工作责任书")
        press(below, "签署责任书")
        confirm(below, "签署责任书")
        done(below)
        open_duty(above, "作为上级签署保密工作责任书")
        press(above, "上级签署责任书")
        done(above)
        expect(above.locator("#main")).to_contain_text("已签订")
    handler.goto("/organisation/gaps/")
    unsigned = handler.locator("section", has_text="责任书未签订")
    expect(unsigned).not_to_contain_text("单平")
    expect(unsigned).to_contain_text("任远")

    find(office, TENURES, f"{ORGAN} 尉迟山")
    press(office, "免去")
    fill(office, until=today(), reason="调离")
    press(office, "免去")
    done(office)
    assert "补齐" in duty(office, "补齐：保密委员会副主任")
    office.goto("/organisation/gaps/")
    expect(office.locator("#main")).to_contain_text("尉迟山未列入")
    name(office, "保密委员会副主任", "尉迟山（单位领导）", organ=ORGAN)
    done(office)
    assert not duty(office, "补齐：保密委员会副主任")

    office.goto("/organisation/meetings/new/organisation-meeting-call/")
    fill(
        office,
        kind="机构会议",
        organ=ORGAN,
        name="岚江局保密委员会会议",
        planned_at=f"{timezone.localtime() - timedelta(minutes=2):%Y-%m-%dT%H:%M}",
        place="第一会议室",
        presider="覃正（单位领导）",
        agenda="人事事项",
        people=["尉迟山（单位领导）", "查国栋（业务科）"],
    )
    press(office, "通知会议")
    refused(office, "议程中没有保密议题", "organisation.meeting.topic")
    fill(office, agenda="审议年度保密检查方案")
    press(office, "通知会议")
    done(office)
    meeting = office.url
    absent(handler, meeting)
    open_duty(chief, "参加会议 会〔")
    press(office, "登记到会")
    fill(
        office,
        held_at=f"{timezone.localtime() - timedelta(minutes=1):%Y-%m-%dT%H:%M}",
        minutes="听取保密办汇报，审议通过检查方案。",
    )
    press(office, "登记到会")
    done(office)
    press(office, "登记决议")
    due = f"{timezone.localdate() + timedelta(days=10)}"
    fill(
        office,
        text="月内完成年度保密检查",
        yes=2,
        line="保密检查",
        person="单平（业务科）",
        due_on=due,
    )
    press(office, "登记决议")
    refused(office, "到会成员 3 人，表决合计 2 人", "organisation.resolution")
    fill(office, yes=3)
    press(office, "登记决议")
    done(office)
    open_duty(handler, "办理交办事项 办〔")
    press(handler, "办结事项")
    fill(handler, outcome="检查完毕，发现两项已整改")
    press(handler, "办结事项")
    done(handler)
    expect(handler.locator("#main")).to_contain_text("已办结")
    office.goto(meeting)
    press(office, "印发纪要")
    confirm(office, "印发纪要")
    done(office)
    press(office, "会议纪要")
    expect(office.locator(".deed")).to_contain_text(
        "月内完成年度保密检查（同意 3，反对 0，弃权 0）"
    )
