"""Devices on their pages: a stick issued, a machine repaired under escort, disposed of by certificate, checked by its label."""

from datetime import date, timedelta

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

DEVICES = "/equipment/devices/"


def provider(page, kind, name):
    page.goto("/equipment/providers/new/equipment-provider-enter/")
    fill(
        page,
        kind=kind,
        name=name,
        credential="岚保〔2026〕3号",
        valid_until=(date.today() + timedelta(days=300)).isoformat(),
    )
    press(page, "登记指定单位")
    done(page)


def registered(page, number, **values):
    page.goto(f"{DEVICES}new/equipment-register/")
    given = {
        "kind": "计算机",
        "number": number,
        "name": "长城 TN140",
        "level": "非涉密",
        "place": "1号柜",
    }
    fill(page, **(given | {"serial": f"SN-{number}"} | values))
    press(page, "登记设备")
    done(page)


def accepted(page, **values):
    press(page, "登记验收")
    fill(page, passed=True, **values)
    press(page, "登记验收")
    done(page)
    press(page, "启用")


PROOF = {"standard_proof": "BMJC-1", "certificate": "RZ-7", "emission": "低辐射机"}


def test_a_stick_is_issued_signed_for_and_kept_from_the_wrong_machine(sit_down):
    keeper, handler = sit_down("office"), sit_down("handler")
    registered(keeper, "盘-101", kind="U盘", name="华旗 32G", first="单平")
    accepted(keeper)
    done(keeper)
    press(keeper, "发放")
    fill(keeper, receiver="单平", purpose="起草材料")
    press(keeper, "发放")
    done(keeper)
    handler.goto("/handling/mine/")
    press(handler, "点收")
    press(handler, "全部点到")
    press(handler, "签收")
    find(keeper, DEVICES, "盘-101")
    assert "单平" in fact(keeper, "保管者")

    registered(keeper, "涉-101", level="机密", first="单平", second="查国栋", third="尉迟山")
    expect(keeper.locator("#main").get_by_role("button", name="启用")).to_have_count(0)
    accepted(keeper)
    refused(keeper, "没有符合国家保密标准的证明", "equipment.standard")
    find(keeper, DEVICES, "涉-101")
    accepted(keeper, **PROOF)
    done(keeper)
    press(keeper, "登记接入")
    fill(keeper, network="互联网")
    press(keeper, "登记接入")
    refused(keeper, "涉密设备严禁直接或者间接接入互联网", "equipment.network.isolation")
    absent(sit_down("junior"), keeper.url.rpartition("/equipment-connect")[0] + "/")
    find(handler, DEVICES, "涉-101")
    press(handler, "登记使用")
    fill(
        handler, operation="起草", content_level="机密", matter="甲局发〔2026〕3号", medium="盘-101"
    )
    press(handler, "登记使用")
    refused(handler, "非涉密介质不得", "equipment.media.content")
    for ledger, number in (("plain-media", "盘-101"), ("classified-computers", "涉-101")):
        keeper.goto(f"/equipment/{ledger}/")
        expect(keeper.locator("#main")).to_contain_text(number)


def test_a_machine_is_repaired_under_escort_and_a_part_of_it_disposed_of_by_certificate(sit_down):
    keeper, handler = sit_down("office"), sit_down("handler")
    provider(keeper, "指定维修点", "岚江维修中心")
    provider(keeper, "指定销毁站", "岚江公文销毁站")
    registered(keeper, "涉-201", level="2", first="单平", second="查国栋", third="尉迟山")
    accepted(keeper, **PROOF)
    done(keeper)
    find(handler, DEVICES, "涉-201")
    press(handler, "报修")
    fill(handler, fault="不能开机")
    press(handler, "报修")
    done(handler)
    open_duty(keeper, "安排维修 涉-201")
    press(keeper, "送修")
    fill(keeper, provider="岚江维修中心", technician="丁一", place="1号柜", escort="查国栋")
    press(keeper, "送修")
    refused(keeper, "送修前须拆除存储部件", "equipment.repair.data")
    fill(keeper, disk_removed=True)
    press(keeper, "送修")
    done(keeper)
    press(keeper, "修复验收")
    fill(keeper, result="更换硬盘", accompanied=True, replaced="硬盘 WD-77")
    press(keeper, "修复验收")
    done(keeper)

    find(keeper, DEVICES, "涉-201-WD-77")
    press(keeper, "登记消除处理")
    fill(keeper, method="拆除存储部件，由指定机构消磁")
    press(keeper, "登记消除处理")
    done(keeper)
    accepted(keeper, **PROOF)
    done(keeper)
    keeper.goto("/equipment/disposals/new/equipment-dispose-propose/")
    keeper.get_by_label("涉-201-WD-77").check()
    fill(keeper, reason="损坏，无法修复", station="岚江公文销毁站")
    press(keeper, "报废造册")
    done(keeper)
    number = number_of(keeper)
    for key, label in (("director", "办公室主任审核"), ("leader", "分管领导批准")):
        agree(sit_down(key), f"{number} 报废 1 台（件）：{label}")
    open_duty(keeper, f"送交销毁站（{number}）")
    press(keeper, "送交销毁站")
    fill(keeper, witness="区敏")
    confirm(keeper, "送交销毁站")
    done(keeper)
    press(keeper, "登记销毁证明")
    fill(keeper, certificate="岚销〔2026〕12号", destroyed_on=date.today().isoformat())
    confirm(keeper, "登记销毁证明")
    done(keeper)
    assert fact(keeper, "销毁证明编号") == "岚销〔2026〕12号"
    press(keeper, "打印清册")
    expect(keeper.locator("body")).to_contain_text("设备报废清册")


def test_the_monthly_check_is_filled_in_by_scanning_the_label(sit_down):
    keeper, chief = sit_down("office"), sit_down("chief")
    registered(keeper, "甲-301", first="单平")
    accepted(keeper)
    done(keeper)
    code = fact(keeper, "载体编码")
    chief.goto("/equipment/scan/")
    chief.fill("#code", code)
    press(chief, "打开检查单")
    press(chief, "登记检查")
    refused(chief, "尚未填写结果", "equipment.monthly")
    for group in chief.locator("fieldset.check-item").all():
        group.get_by_label("符合", exact=True).check()
    chief.locator("fieldset.check-item").nth(3).get_by_label("不符合", exact=True).check()
    chief.fill("#remark", "私装一款软件")
    press(chief, "登记检查")
    done(chief, "已登记：计算机保密月查")
    expect(chief.locator("#main")).to_contain_text("没有私自安装、下载的软件")
    handler = sit_down("handler")
    open_duty(handler, "整改 甲-301：1 项不符合")
    press(handler, "登记整改")
    fill(handler, remedy="已卸载")
    press(handler, "登记整改")
    done(handler)
    keeper.goto("/equipment/overview/")
    keeper.goto("/equipment/signs/")
    expect(keeper.locator("body")).to_contain_text("非涉密设备")
