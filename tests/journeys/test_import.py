"""An old register comes in through the pages: checked, marked, taken in, found on the shelf, undone."""

import random
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import expect

from tests.journeys.hands import fill, press

pytestmark = pytest.mark.browser

ROWS = [
    ["某局收文登记簿（2024年）"],
    ["登记号", "来文日期", "密级", "发文机关", "发文字号", "文件标题", "份数", "份号", "去向"],
    [
        3,
        "3月1日",
        "秘密★5年",
        "市委",
        "市委发（2024）3号",
        "旧账里的防汛通知",
        2,
        "0011－0012",
        "存机要室",
    ],
    [4, "3月32日", "秘密★5年", "市委", "市委发（2024）4号", "日期写错的通知", 1, "13", "存机要室"],
]


@pytest.fixture
def register(tmp_path: Path) -> Path:
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    path = tmp_path / "收文登记簿.xlsx"
    book.save(path)
    return path


@pytest.mark.clause("intake.check", "intake.batch")
def test_an_old_register_is_checked_taken_in_and_undone(sit_down, register):
    page = sit_down("registrar")
    page.goto("/intake/")
    fill(page, kind="收文登记簿")
    page.locator("[name=upload]").set_input_files(register)
    press(page, "上传核对")
    expect(page.get_by_text("日期“3月32日”不存在")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载标注后的文件").click()
    marked = load_workbook(BytesIO(Path(taken.value.path()).read_bytes())).active
    assert "不存在" in marked["B4"].comment.text

    press(page, "只导入无误的行")
    expect(page.get_by_text("未入账的行")).to_be_visible()
    batch = page.url
    page.goto("/documents/")
    expect(page.get_by_text("旧账里的防汛通知")).to_be_visible()
    expect(page.get_by_text("收文〔2024〕3号")).to_be_visible()

    page.goto(batch)
    fill(page, reason="选错了文件")
    press(page, "撤销导入")
    expect(page.get_by_text("已撤销").first).to_be_visible()
    page.goto("/documents/")
    expect(page.get_by_text("旧账里的防汛通知")).to_have_count(0)


@pytest.fixture
def large_register(tmp_path: Path) -> Path:
    """Few rows with much in them: large enough not to be dealt with inside one request."""
    chance = random.Random(7)
    book = Workbook()
    book.active.append([*ROWS[1], "备注"])
    for n in range(1, 201):
        row = [n, "3月1日", "秘密★5年", "市委", f"市委发（2024）9{n:03}号", "旧账里的调度通知"]
        book.active.append([*row, 1, n, "存机要室", chance.randbytes(400).hex()])
    book.active.title = "2024年"
    path = tmp_path / "大收文登记簿.xlsx"
    book.save(path)
    return path


@pytest.mark.clause("intake.batch")
def test_a_large_register_is_taken_in_beside_the_requests_also_without_script(
    sit_down, large_register
):
    page = sit_down("registrar", script=False)
    page.goto("/intake/")
    page.select_option("[name=kind]", label="收文登记簿")
    page.locator("[name=upload]").set_input_files(large_register)
    page.get_by_role("button", name="上传核对").click()
    expect(page.locator("h1")).to_have_text("核对收文登记簿")
    # The page comes again by itself until the result is there.
    page.wait_for_url("**/intake/*/", timeout=30_000)
    scripted = sit_down("registrar")
    scripted.goto(page.url)
    press(scripted, "全部入账")
    expect(scripted.locator("progress")).to_be_visible()
    expect(scripted.get_by_text("入账条数")).to_be_visible(timeout=30_000)
    scripted.goto("/documents/?q=旧账里的调度通知")
    expect(scripted.get_by_text("旧账里的调度通知").first).to_be_visible()
