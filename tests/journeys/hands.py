"""What people do on a page, in the words on the page: press a button, fill a field, read a refusal."""

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect


def press(page: Page, words: str) -> None:
    """The button or link with exactly these words, in the main part of the page."""
    main = page.locator("#main")
    button = main.get_by_role("button", name=words, exact=True)
    link = main.get_by_role("link", name=words, exact=True)
    button.or_(link).first.wait_for()
    # A refusal may name a clause in the same words: the button comes first.
    (button if button.count() else link).first.click()


def confirm(page: Page, words: str) -> None:
    """What cannot be taken back is read once more (请核对) before it is done."""
    press(page, "下一步：核对")
    expect(page.locator("#main h1")).to_have_text(f"请核对：{words}")
    press(page, f"确认{words}")


def fill(page: Page, **values: object) -> None:
    """Fields by name: text, ticks (True/False), choices by their words or value."""
    for name, value in values.items():
        field = page.locator(f"#main [name={name}]").first
        tag = field.evaluate("e => e.tagName + ':' + (e.type || '')")
        if isinstance(value, bool):
            field.set_checked(value)
        elif tag.startswith("SELECT"):
            wanted = [value] if isinstance(value, str) else value
            values_ = [_option(field, words) for words in wanted]
            _choose(page, field, values_)
        else:
            field.fill(str(value))


def receive(page: Page, **changes: object) -> str:
    """Sign for a paper as a registrar does, with what the test wants otherwise; its number."""
    open_receipt(page, **changes)
    press(page, "签收登记")
    return number_of(page)


def open_receipt(page: Page, **changes: object) -> None:
    """The form of a receipt, filled in and not yet sent."""
    page.goto("/documents/receive/")
    fill(
        page,
        **{
            "addressed": True,
            "number_agrees": True,
            "count_agrees": True,
            "intact": True,
            "undamaged": True,
            "emptied": True,
            "complete": True,
            "channel": "机要交通",
            "deliverer": "机要交通员",
            "kind": "文件",
            "issuer": "丙市保密委员会",
            "issue_number": "丙保委[2026]7号",
            "issued_on": (date.today() - timedelta(days=3)).isoformat(),
            "title": "关于开展年度检查的通知",
            "mark": "机 密 ★ 10年",
            "copies": 3,
            "copy_numbers": "000011-000013",
            "place": "1号柜",
            **changes,
        },
    )


def number_of(page: Page) -> str:
    """The number in the heading (收文〔2026〕3号); empty while the page is none of a row."""
    found = re.search(r"[^\s〔]+〔\d{4}〕\d+号", page.locator("#main h1").first.inner_text())
    return found[0] if found else ""


def done(page: Page, words: str = "已办理") -> None:
    """The act went through."""
    expect(page.locator(".messages")).to_contain_text(words)


def refused(page: Page, words: str, clause: str) -> None:
    """A refusal in words, with its clause linked."""
    expect(page.locator("#main")).to_contain_text(words)
    link = page.locator(f"#main a[href*='/rulebook/clause/{clause}/']").first
    expect(link).to_be_visible()


def fact(page: Page, label: str) -> str:
    """The value beside a label on a detail page."""
    row = page.locator("dl.facts > div", has=page.locator("dt", has_text=re.compile(f"^{label}$")))
    return row.locator("dd").first.inner_text().strip()


def open_duty(page: Page, words: str) -> None:
    """From the home page into the thing that waits."""
    page.goto("/?size=100")
    page.locator("#main a", has_text=words).first.click()


def duty(page: Page, words: str) -> str:
    """The line of the home page with these words, or nothing."""
    page.goto("/?size=100")
    line = page.locator("#main tbody tr", has_text=words)
    return line.first.inner_text() if line.count() else ""


def absent(page: Page, address: str) -> None:
    """What one may not know answers, in this window, like what never was."""
    hidden = page.request.get(address)
    # Row addresses are keyed codes: one made up is a row that never was.
    never = page.request.get(re.sub(r"/[0-9a-z]{13}/", "/aaaaaaaaaaaaa/", address))
    assert (hidden.status, never.status) == (404, 404)
    assert hidden.text() == never.text()


def agree(page: Page, words: str) -> None:
    """From the home page into the case with these words, and 同意."""
    open_duty(page, words)
    press(page, "同意")
    press(page, "同意")
    done(page)


def find(page: Page, ledger: str, words: str) -> None:
    """Into the first row of a ledger with these words."""
    page.goto(f"{ledger}?q={words}")
    page.locator("#main tbody a").first.click()


def own_database(url: str, name: str) -> str:
    """An empty PostgreSQL database of this name beside the one of the address; its address."""
    with postgres(url) as connection:
        connection.autocommit = True
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def postgres(url: str) -> Any:
    """A connection of one's own, beside the program."""
    import psycopg

    from shoumi.config.installation import postgres_settings

    said = postgres_settings(url)
    return psycopg.connect(host=said["HOST"], user=said["USER"], dbname=said["NAME"])


def _option(field: Locator, words: str) -> str:
    for option in field.locator("option").all():
        if words in (option.inner_text() or option.text_content() or "") or (
            option.get_attribute("value") == words
        ):
            return str(option.get_attribute("value"))
    raise AssertionError(f"no choice {words}")


def _choose(page: Page, field: Locator, values: list[str]) -> None:
    """Through the script's own widget where one stands over the field."""
    field.evaluate(
        """(e, values) => {
            if (e.tomselect) { e.tomselect.setValue(e.multiple ? values : values[0]); }
            else { for (const o of e.options) o.selected = values.includes(o.value); }
            e.dispatchEvent(new Event('change', {bubbles: true}));
        }""",
        values,
    )
