"""People: on to a post, abroad and back, and off it again, each step on its page."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.hands import agree, confirm, done, fact, fill, find, open_duty, press, refused

DOSSIERS, TRIPS, LEAVING = "/personnel/dossiers/", "/personnel/trips/", "/personnel/departures/"


def test_nobody_is_cleared_before_post_review_examination_and_pledge(sit_down):
    office, secrecy, leader = sit_down("director"), sit_down("office"), sit_down("leader")
    hired = sit_down("hired")
    hired.goto("/personnel/mine/")
    expect(hired.locator("#main")).to_contain_text("没有被确定为涉密人员")

    office.goto("/personnel/posts/")
    press(office, "提出涉密岗位")
    fill(
        office,
        title="来文承办岗",
        department="业务科",
        handles="机密",
        matters="承办上级来文",
        duties="妥善保管，不扩大知悉范围。",
    )
    press(office, "提出涉密岗位")
    done(office)
    assert fact(office, "岗位类别") == "重要"
    agree(secrecy, "来文承办岗（重要）：保密办审核")
    agree(leader, "来文承办岗（重要）：领导审定")

    office.goto(DOSSIERS)
    press(office, "建立涉密人员档案")
    fill(office, person="蔺新", post="来文承办岗", employment="临时聘用", basis="任职通知")
    press(office, "建立涉密人员档案")
    refused(office, "临时聘用人员不得确定为涉密人员", "personnel.temporary")
    fill(office, employment="事业编制")
    press(office, "建立涉密人员档案")
    done(office)
    press(office, "提请上岗")
    confirm_refused(office, "提请上岗", "审查、培训考试、承诺书未办", "personnel.clear")

    find(office, DOSSIERS, "蔺新")
    press(office, "填报涉密人员审查表")
    said = "情况清楚，无影响任职的情形。"
    fill(office, background=said, conduct=said, relations=said, foreign_ties="无")
    fill(office, political=True, character=True, ability=True)
    press(office, "填报涉密人员审查表")
    done(office)
    agree(secrecy, "蔺新 重要：组织人事、保密办会签")
    agree(office, "蔺新 重要：组织人事、保密办会签")
    agree(leader, "蔺新 重要：分管领导批准")

    find(secrecy, DOSSIERS, "蔺新")
    press(secrecy, "登记保密培训考试")
    today = timezone.localdate()
    fill(secrecy, course="岗前保密培训", held_on=today, hours=8, score=92)
    press(secrecy, "登记保密培训考试")
    done(secrecy)
    hired.goto("/personnel/mine/")
    expect(hired.locator("#main")).to_contain_text("承诺书")
    press(hired, "签订保密承诺")
    fill(hired, kind="保密承诺书", read=True)
    press(hired, "签订保密承诺")
    done(hired)

    find(office, DOSSIERS, "蔺新")
    press(office, "提请上岗")
    confirm(office, "提请上岗")
    done(office)
    find(leader, "/accounts/proposals/", "蔺新")
    press(leader, "同意授权")
    confirm(leader, "同意授权")
    done(leader)
    # The clearance acts on the next request: this very window has to log in again.
    hired.goto("/personnel/mine/")
    assert "/login/" in hired.url


def test_abroad_with_leave_and_a_passport_and_back_with_a_report(sit_down):
    office, secrecy, leader = sit_down("director"), sit_down("office"), sit_down("leader")
    mover, today = sit_down("mover"), timezone.localdate()

    find(office, DOSSIERS, "郑通")
    press(office, "证件入库")
    fill(office, kind="普通护照", ending="0417", place="1号柜")
    fill(office, valid_until=today + timedelta(days=900))
    press(office, "证件入库")
    done(office)

    mover.goto("/personnel/mine/")
    press(mover, "申请出境")
    fill(mover, kind="因私出境", countries="新加坡", purpose="探亲", leaves_on=today)
    fill(mover, returns_on=today + timedelta(days=9))
    press(mover, "申请出境")
    refused(mover, "出境须事先报告", "personnel.travel")
    fill(mover, leaves_on=today + timedelta(days=5))
    press(mover, "申请出境")
    done(mover)

    find(secrecy, TRIPS, "郑通")
    press(secrecy, "征求意见")
    fill(secrecy, authority="公安机关", letter="甲局函〔2026〕5号")
    press(secrecy, "征求意见")
    done(secrecy)
    agree(secrecy, "郑通 因私出境：组织人事、保密办审核")
    open_duty(leader, "郑通 因私出境：分管领导批准")
    press(leader, "同意")
    press(leader, "同意")
    refused(leader, "公安机关的意见尚未收到", "personnel.travel.objection")
    find(secrecy, TRIPS, "郑通")
    press(secrecy, "登记回函")
    fill(secrecy, asked="公安机关", said="无不同意见", reply="公函〔2026〕9号", answered_on=today)
    press(secrecy, "登记回函")
    done(secrecy)
    agree(leader, "郑通 因私出境：分管领导批准")

    # The stick in the drawer stays here.
    open_duty(secrecy, "行前保密教育：郑通")
    press(secrecy, "行前保密教育")
    fill(secrecy, reminder="不携带涉密载体，遇有异常立即报告。")
    press(secrecy, "行前保密教育")
    refused(secrecy, "1 件由机要室掌握", "personnel.travel.nothing_along")


def test_a_leaver_with_one_stick_in_the_drawer_cannot_leave(sit_down):
    office, secrecy, leader = sit_down("director"), sit_down("office"), sit_down("leader")
    mover, registrar = sit_down("mover"), sit_down("registrar")

    mover.goto("/personnel/mine/")
    press(mover, "申请离岗离职")
    fill(mover, kind="离岗", reason="岗位调整", destination="本单位", successor="单平", months=11)
    confirm_refused(mover, "申请离岗离职", "短于规定的下限 12 个月", "personnel.exit.term")
    fill(mover, months=12)
    confirm(mover, "申请离岗离职")
    done(mover)
    agree(office, "郑通 离岗（仍在本单位）：组织人事、保密办审核")
    agree(leader, "郑通 离岗（仍在本单位）：分管领导批准")

    open_duty(secrecy, "离岗提醒谈话：郑通")
    press(secrecy, "登记提醒谈话")
    fill(secrecy, content="重申离岗后的保密义务。")
    press(secrecy, "登记提醒谈话")
    done(secrecy)
    open_duty(mover, "签订离岗保密承诺书，清退载体和设备")
    press(mover, "签订离岗保密承诺书")
    fill(mover, read=True)
    press(mover, "签订离岗保密承诺书")
    done(mover)
    open_duty(office, "办结离岗：郑通")
    press(office, "登记工作交接")
    fill(office, receiver="单平", list_number="清册〔2026〕1号")
    fill(office, badge=True, extracts=True, materials=True, case_files=True)
    press(office, "登记工作交接")
    done(office)
    expect(office.locator("#main")).to_contain_text("未清退：U盘 0007")
    press(office, "办结离岗")
    confirm_refused(office, "办结离岗", "U盘 0007", "personnel.leave.cleared")

    mover.goto("/handling/mine/")
    press(mover, "退回")
    press(mover, "退回")
    done(mover)
    registrar.goto("/handling/back/")
    registrar.locator("#main tr", has_text="郑通").get_by_role("link").last.click()
    press(registrar, "全部点到")
    press(registrar, "收回核点")
    open_duty(office, "办结离岗：郑通")
    expect(office.locator("#main")).to_contain_text("名下已清零")
    press(office, "办结离岗")
    confirm(office, "办结离岗")
    done(office)
    mover.goto("/personnel/mine/")
    assert "/login/" in mover.url


def confirm_refused(page, act, words, clause):
    """What was read once more is refused all the same."""
    press(page, "下一步：核对")
    press(page, f"确认{act}")
    refused(page, words, clause)
