"""A telegram: signed for, its clock seen, answered late and marked so, closed in time; its odd envelope."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import confirm, done, fill, find, press, receive, refused

pytestmark = pytest.mark.browser
TELEGRAMS = "/documents/telegrams/"


def came(minutes: int) -> str:
    """A time some minutes ago, as the field takes it."""
    return (datetime.now() - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")


def wire(page, **changes):
    plain = {
        "kind": "电报",
        "urgency": "加急",
        "issue_number": "",
        "received_at": came(5),
        "title": "关于防汛值守的通知",
    }
    number = receive(page, **plain | changes)
    done(page)
    return number


def line(page, number):
    page.goto(f"{TELEGRAMS}?q={number}")
    return page.locator("#main tbody tr").first


@pytest.mark.clause("documents.telegram.slip", "documents.telegram.close", "documents.steps")
def test_a_telegram_runs_against_two_clocks_and_is_closed_in_time(sit_down):
    page = sit_down("registrar")
    number = wire(page)
    expect(line(page, number)).to_contain_text("剩 9 分钟")
    find(page, "/documents/", number)
    press(page, "回单")
    done(page, "回单")
    assert "超时" not in line(page, number).inner_text()
    decide(sit_down, number)
    find(page, "/documents/", number)
    press(page, "办结")
    fill(page, reply_channel="机要通信")
    confirm(page, "办结")
    done(page)
    expect(line(page, number)).to_contain_text("已办结")
    find(page, "/documents/", number)
    press(page, "办理环节")
    for step in ("签收", "登记", "拟办", "请办", "催办"):
        expect(page.locator("#main table")).to_contain_text(step)


@pytest.mark.clause("documents.telegram.absent", "documents.lapse")
def test_a_telegram_signed_for_late_stands_as_an_absence_among_the_lapses(sit_down):
    page = sit_down("registrar")
    number = wire(page, received_at=came(40))
    expect(line(page, number)).to_contain_text("逾期")
    find(page, "/documents/", number)
    press(page, "回单")
    done(page)
    expect(line(page, number)).to_contain_text("超时")
    page.goto(f"/documents/lapses/?q={number}&absent=True")
    expect(page.locator("#main tbody tr").first).to_contain_text("电报超时未回单")
    page.goto("/circulation/figures/")
    page.locator("#main .cards a", has_text="按缺岗计").click()
    expect(page.locator("#main tbody")).to_contain_text(number)


@pytest.mark.clause("documents.open.seal", "documents.open.seal_urgent")
def test_a_missing_seal_stops_an_ordinary_paper_and_lets_an_urgent_one_run(sit_down):
    page = sit_down("registrar")
    odd = page.locator("#main summary", has_text="漏章")
    page.goto("/documents/receive/")
    odd.click()
    fill(page, unsealed=True)
    receive_open(page)
    refused(page, "漏盖公章", "documents.open.seal")
    fill(page, urgency="加急", phone_check="市委办值班室 李某")
    press(page, "签收登记")
    done(page)
    press(page, "补盖公章")
    done(page)


def receive_open(page):
    """The rest of the form, in the page as it stands."""
    fill(
        page,
        **dict.fromkeys(
            ("addressed", "number_agrees", "count_agrees", "intact", "undamaged"), True
        ),
        **dict.fromkeys(("emptied", "complete"), True),
        kind="文件",
        urgency="平件",
        issuer="丙市保密委员会",
        issued_on=came(0)[:10],
        title="关于开展检查的通知",
        mark="秘密★5年",
        copies=1,
        copy_numbers="000021",
        place="1号柜",
    )
    press(page, "签收登记")


def decide(sit_down, number):
    """The director proposes and the leader instructs."""
    director = sit_down("director")
    find(director, "/documents/", number)
    press(director, "拟办")
    fill(director, addressee="尉迟山（单位领导）", text="拟请阅示。")
    press(director, "拟办")
    done(director)
    leader = sit_down("leader")
    find(leader, "/documents/", number)
    press(leader, "批示")
    fill(leader, text="已阅。")
    press(leader, "批示")
    done(leader)
