"""What people do on a page, in the words on the page: press a button, fill a field, read a refusal."""

import re

from playwright.sync_api import Locator, Page, expect


def press(page: Page, words: str) -> None:
    """The button or link with exactly these words, in the main part of the page."""
    main = page.locator("#main")
    button = main.get_by_role("button", name=words, exact=True)
    button.or_(main.get_by_role("link", name=words, exact=True)).first.click()


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
            "complete": True,
            "channel": "机要交通",
            "deliverer": "机要交通员",
            "kind": "文件",
            "issuer": "丙市保密委员会",
            "issue_number": "丙保委[2026]7号",
            "issued_on": "2026-09-01",
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
    """What one may not know answers like what never was."""
    response = page.goto(address)
    assert response is not None and response.status == 404
    hidden = response.text()
    # Row addresses are keyed codes: one made up is a row that never was.
    never = page.goto(re.sub(r"/[0-9a-z]{13}/", "/aaaaaaaaaaaaa/", address))
    assert never is not None and never.status == 404
    assert never.text() == hidden


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
