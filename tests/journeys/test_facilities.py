"""A guarded room in the browser: its door on a tablet, a visitor with a telephone, a key, closing time."""

import re

from playwright.sync_api import expect

from tests.journeys.hands import agree, done, fill, open_duty, press, refused

DOORS = "/facilities/doors/"


def determined(office, leader, name="机要室"):
    """The room becomes a guarded site on the page, and the leader agrees."""
    office.goto("/facilities/sites/new/facilities-site-propose/")
    fill(
        office,
        place=name,
        kind="机要室",
        level="机密",
        department="办公室",
        keeper="区敏",
        cabinet="1号柜",
        protection="门禁、红外报警、监控",
        reason="集中保管涉密载体",
    )
    press(office, "提请确定场所")
    done(office)
    agree(leader, f"确定机要室 {name}")


def scan(page, code):
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")


def at_the_door(page, name="机要室"):
    page.goto(DOORS)
    page.locator("#main a.door", has_text=name).click()


def test_the_door_lets_in_who_is_listed_and_a_visitor_without_telephone(sit_down):
    office, leader, registrar = sit_down("office"), sit_down("leader"), sit_down("registrar")
    determined(office, leader)

    watch, handler = sit_down("watch"), sit_down("handler")
    at_the_door(watch)
    door = watch.url
    scan(watch, "G-handler")
    expect(watch.locator(".scan-said")).to_contain_text("单平（业务科）")
    watch.get_by_label("工作证", exact=True).check()
    press(watch, "登记进入")
    refused(watch, "单平不在「机要室」的准入名单", "facilities.admission")

    watch.goto("/facilities/visits/new/facilities-visit-ask/")
    fill(
        watch,
        visitor="巴特尔",
        unit="丙设备公司",
        document="居民身份证",
        document_number="519901199001011234",
        clearance="机密",
        site="机要室",
        matter="会客",
        host="单平",
        purpose="检修空调",
    )
    press(watch, "登记来访")
    refused(watch, "机要室严禁会客", "facilities.visit.social")
    fill(watch, matter="施工维修")
    press(watch, "登记来访")
    done(watch)
    visit = watch.url
    open_duty(handler, "确认来访 访〔")
    press(handler, "确认接待")
    done(handler)
    watch.goto(visit)
    press(watch, "放行")
    fill(watch, verified=True)
    press(watch, "放行")
    refused(watch, "进入涉密场所须寄存手机等设备", "facilities.visit.devices")
    fill(watch, verified=True, escort="单平", devices="手机 1 部", locker="A03")
    press(watch, "放行")
    done(watch)
    watch.goto(door)
    expect(watch.locator("#main")).to_contain_text("寄存 A03 柜：手机 1 部")
    watch.goto(visit)
    press(watch, "登记离访")
    press(watch, "登记离访")
    refused(watch, "寄存物品尚未退还", "facilities.visit.devices")
    fill(watch, returned=True)
    press(watch, "登记离访")
    done(watch)
    press(watch, "来访登记表")
    expect(watch.locator("#main")).to_contain_text("519***********1234")

    at_the_door(registrar)
    scan(registrar, "g-registrar")
    registrar.get_by_label("指纹", exact=True).check()
    press(registrar, "登记进入")
    expect(registrar.locator(".people").first).to_contain_text("区敏")
    scan(registrar, "G-registrar")
    expect(registrar).to_have_url(re.compile("facilities-leave"))
    press(registrar, "登记离开")
    done(registrar)

    watch.goto(door)
    watch.locator("a.round", has_text="下班检查").click()
    for item in ("物品整理好", "电器关闭好", "门窗关锁"):
        watch.get_by_label(item, exact=True).check()
    press(watch, "登记下班检查")
    refused(watch, "未落实：柜门锁好", "facilities.closing")
    fill(watch, remark="2号柜锁损坏，已报修")
    press(watch, "登记下班检查")
    done(watch, "未落实项已转整改")
    expect(watch.locator(".round.is-done")).to_contain_text("下班检查")

    registrar.goto("/facilities/keys/new/facilities-key-register/")
    fill(registrar, kind="钥匙", name="1号柜钥匙 1/2", place="1号柜", home="绝密柜")
    press(registrar, "登记钥匙印章")
    done(registrar)
    key = registrar.url
    press(registrar, "发放钥匙印章")
    fill(registrar, receiver="单平", purpose="日常开柜")
    press(registrar, "发放钥匙印章")
    refused(registrar, "单平不得进入「1号柜」", "facilities.keys.custodian")
    registrar.goto("/facilities/sites/")
    registrar.locator("#main tbody a").first.click()
    press(registrar, "申请准入")
    fill(registrar, person="单平", reason="协助管理文件")
    press(registrar, "申请准入")
    done(registrar)
    agree(leader, "单平进入 机要室")
    registrar.goto(key)
    press(registrar, "发放钥匙印章")
    fill(registrar, receiver="单平", purpose="日常开柜")
    press(registrar, "发放钥匙印章")
    done(registrar)
    handler.goto("/handling/mine/")
    expect(handler.locator("#main")).to_contain_text("1号柜钥匙 1/2")
    registrar.goto("/facilities/crosschecks/")
    press(registrar, "立即核对全账")
    done(registrar, "核对完毕")
