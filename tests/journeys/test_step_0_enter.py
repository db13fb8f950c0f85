"""Before the first step: coming in for the first time, and being put out at once."""

import re
import socket
import urllib.request
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import done, fact, fill, press

pytestmark = pytest.mark.browser

OWN = "Yun-qi7-Hai.wan"


def half_on(page):
    """The part of a first password on the slip, which is shown once."""
    return page.locator("#half").inner_text()


def person(page, name):
    page.goto(f"/accounts/people/?q={name}")
    page.locator("#main tbody a", has_text=name).first.click()


@pytest.mark.clause(
    "accounts.first_login",
    "accounts.officers.sysadmin",
    "accounts.officers.secadmin",
)
def test_the_first_log_in_changes_the_password_and_signs_the_reminder(sit_down):
    sysadmin = sit_down("sysadmin")
    sysadmin.goto("/accounts/people/")
    press(sysadmin, "建立账号")
    fill(sysadmin, name="钭瑶", account="touyao", staff_number="G-90", department="审批科")
    press(sysadmin, "建立账号")
    first = half_on(sysadmin)
    # Neither half opens anything, and the one who made the account cannot enable it.
    person(sysadmin, "钭瑶")
    expect(sysadmin.get_by_role("link", name="启用账号")).to_have_count(0)
    secadmin = sit_down("secadmin")
    person(secadmin, "钭瑶")
    press(secadmin, "启用账号")
    second = half_on(secadmin)
    assert first != second

    newcomer = sit_down("touyao", password=f"{first}{second}")
    expect(newcomer.locator("h1")).to_have_text("更改口令")
    newcomer.goto("/documents/")
    expect(newcomer.locator("h1")).to_have_text("更改口令")
    fill(newcomer, old=f"{first}{second}", new="touyao123456", again="touyao123456")
    press(newcomer, "更改口令")
    expect(newcomer.locator("#main a[href*='/rulebook/clause/accounts.']").first).to_be_visible()
    fill(newcomer, old=f"{first}{second}", new=OWN, again=OWN)
    press(newcomer, "更改口令")
    expect(newcomer.locator("h1")).to_contain_text("保密提醒")
    newcomer.goto("/documents/")
    expect(newcomer.locator("h1")).to_contain_text("保密提醒")
    press(newcomer, "签署")
    expect(newcomer.locator("#main label.tick")).to_be_visible()
    fill(newcomer, agreed=True)
    press(newcomer, "签署")
    done(newcomer, "已签署保密提醒")
    assert newcomer.goto("/documents/").status == 200
    assert newcomer.locator("#main tbody tr").count() == 0


@pytest.mark.clause("accounts.disable")
def test_an_open_window_is_dead_on_the_click_after_its_account_was_stopped(sit_down, served):
    clerk = sit_down("window")
    expect(clerk.locator("h1")).to_have_text("我的待办")
    secadmin = sit_down("secadmin")
    person(secadmin, "冼梅")
    press(secadmin, "停用账号")
    fill(secadmin, reason="调离本单位")
    press(secadmin, "停用账号")
    done(secadmin)
    assert fact(secadmin, "账号状态") == "已停用"

    clerk.locator(".side a").first.click()
    expect(clerk).to_have_url(re.compile(r"/login/"))
    clerk.fill("[name=account]", "window")
    clerk.fill("[name=password]", "window-Pass-2026")
    clerk.click("form button[type=submit]")
    expect(clerk.locator("body")).to_contain_text("账号或者口令")
    expect(clerk).to_have_url(re.compile(r"/login/"))


def test_a_hundred_idle_windows_keep_nobody_out(served):
    server = urlsplit(served.url)
    with ExitStack() as windows:
        for _ in range(150):
            windows.enter_context(socket.create_connection((server.hostname, server.port)))
        with urllib.request.urlopen(f"{served.url}/login/", timeout=10) as answer:
            assert answer.status == 200
