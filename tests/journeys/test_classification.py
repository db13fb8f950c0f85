"""定密 from the list to the last copy's new mark: determination, derivation, declassification."""

import re

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
    receive,
    refused,
)

LIST = "/classification/matters/"
BOOK = "/classification/determinations/"


def test_a_thing_is_determined_derived_from_released_and_every_copy_marked_anew(sit_down):
    office, head, handler = sit_down("office"), sit_down("head"), sit_down("handler")
    authority, registrar = sit_down("authority"), sit_down("registrar")

    # The list: a matter of the office, approved by the head.
    office.goto(LIST)
    press(office, "列入事项")
    fill(
        office,
        name="专项检查抽查安排",
        sort="国家秘密",
        category="业务秘密",
        area="综合政务",
        importance="重要",
        mark="机密★10年",
        harm="harm",
        scope="检查组成员",
        basis="保密工作保密事项范围第三条",
        words="抽查名单、检查路线",
    )
    press(office, "列入事项")
    refused(office, "所拟机密与此不符", "classification.harm.plain")
    fill(office, harm="grave")
    press(office, "列入事项")
    done(office)
    head.goto("/classification/catalogues/")
    press(head, "批准一览表")
    press(head, "下一步：核对")
    press(head, "确认批准一览表")
    done(head)

    # The helper points at the matter and decides nothing.
    handler.goto("/classification/suggest/")
    fill(handler, text="附：各组检查路线和抽查名单。")
    press(handler, "对照一览表")
    expect(handler.locator("#main")).to_contain_text("专项检查抽查安排")
    press(handler, "拟定密级")
    fill(
        handler,
        name="第三季度抽查名单",
        carrier="文稿",
        matter="专项检查抽查安排",
        harm="grave",
        risk="提前泄露将使检查失效",
        points="名单全部",
        people=["查国栋（业务科）", "仇明（保密办）"],
    )
    press(handler, "拟定密级")
    done(handler)
    number, address = number_of(handler), handler.url
    assert number.startswith("定密〔")
    absent(sit_down("peer"), address)
    agree(office, f"{number} 原始定密：保密办审核")
    agree(sit_down("leader"), f"{number} 原始定密：分管领导审查")
    open_duty(authority, f"定密 {number}")
    press(authority, "定密")
    fill(authority, mark="绝密★20年")
    press(authority, "下一步：核对")
    press(authority, "确认定密")
    expect(authority.locator("#main")).to_contain_text("一览表定为机密")
    fill(authority, mark="机密★10年")
    confirm(authority, "定密")
    done(authority)
    find(registrar, BOOK, number)
    press(registrar, "登记载体")
    fill(registrar, copies=2, place="1号柜")
    press(registrar, "登记载体")
    done(registrar)

    # Derived from it, and from a paper that came in.
    paper = receive(
        registrar,
        title="关于年度检查安排的通知",
        issue_number="丙保委[2026]71号",
        mark="秘密★5年",
        copy_numbers="000071-000073",
        people=["单平（业务科）", "查国栋（业务科）", "仇明（保密办）"],
    )
    handler.goto("/classification/derived/")
    press(handler, "派生定密")
    fill(
        handler, sources=f"{number}\n{paper}", likeness="对已定密事项概括总结、编辑整合或者具体细化"
    )
    fill(handler, name="检查情况综述", carrier="文稿", people=["查国栋（业务科）"])
    press(handler, "派生定密")
    done(handler)
    derived = number_of(handler)
    assert fact(handler, "密级标志").startswith("机密★20")
    expect(handler.locator("#main")).to_contain_text(paper)
    agree(office, f"{derived} 派生定密：保密办审核")
    agree(sit_down("leader"), f"{derived} 派生定密：分管领导审查")
    open_duty(authority, f"定密 {derived}")
    press(authority, "定密")
    confirm(authority, "定密")
    done(authority)

    # The source is released: the derived matter falls to what is left, and every copy gets its mark.
    find(authority, BOOK, f"{number}")
    press(authority, "解密")
    fill(
        authority,
        ground="公开后不会损害国家安全和利益，不需要继续保密",
        reason="检查已经结束",
    )
    confirm(authority, "解密")
    done(authority)
    assert fact(authority, "密级标志").endswith("解密")
    expect(authority.locator("#main s").first).to_have_text("机密★10年")
    find(authority, BOOK, derived)
    assert re.search("秘密★20", fact(authority, "密级标志"))
    open_duty(registrar, "逐份换标")
    change = registrar.url
    press(registrar, "登记换标")
    boxes = registrar.locator("#main [name=remarkings]")
    expect(boxes).to_have_count(2)
    boxes.first.check()
    press(registrar, "登记换标")
    done(registrar)
    expect(registrar.locator("#main")).to_contain_text("换标中")
    press(registrar, "登记换标")
    registrar.locator("#main [name=remarkings]").first.check()
    press(registrar, "登记换标")
    done(registrar)
    expect(registrar.locator("#main")).not_to_contain_text("换标中")
    expect(registrar.locator("#main")).to_contain_text("已换标")
    press(registrar, "变动通知书")
    expect(registrar.locator(".paper")).to_contain_text("检查已经结束")
    expect(registrar.locator(".paper table.list tbody tr")).to_have_count(2)
    registrar.goto(change)
    press(registrar, "密级标识")
    expect(registrar.locator(".sticker")).to_have_count(2)
    open_duty(handler, "签收密级变动通知")
    press(handler, "签收通知")
    done(handler)
