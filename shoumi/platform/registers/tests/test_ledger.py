"""The official layout, as a sheet and on paper."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from shoumi.kernel.levels import Level
from shoumi.platform.registers.ledger import ROWS_A_SHEET, Ledger, neutral, workbook


def ledger(rows, level=Level.SECRET):
    return Ledger(
        title="收文登记簿",
        body="甲局",
        period="截至 2026-09-01",
        filler="区敏",
        headings=["编号", "标题", "份数"],
        sides=["", "", "right"],
        rows=rows,
        level=level,
        serial="JIA-00000009",
        trace="甲局 区敏 1234",
    )


def sheet_of(made):
    return load_workbook(BytesIO(workbook(made))).active


@pytest.mark.clause("access.export")
def test_the_sheet_has_the_official_layout():
    sheet = sheet_of(ledger([["001", "关于……的通知", 3]]))
    assert sheet["A1"].value == "机密"
    assert sheet["A1"].font.name == "黑体"
    assert sheet["A2"].value == "收文登记簿"
    assert "A2:D2" in {str(r) for r in sheet.merged_cells.ranges}
    for words in ("单位：甲局", "期间：截至 2026-09-01", "填表人：区敏"):
        assert words in sheet["A3"].value
    assert [c.value for c in sheet[4]] == ["序号", "编号", "标题", "份数"]
    assert [c.value for c in sheet[5]] == [1, "001", "关于……的通知", 3]
    assert sheet["D5"].alignment.horizontal == "right"
    assert "负责人：" in sheet["A6"].value
    assert "JIA-00000009" in sheet["A7"].value
    assert "甲局 区敏 1234" in sheet["A7"].value
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$4"
    assert "&P" in sheet.oddFooter.center.text


def test_what_is_public_bears_no_mark():
    assert sheet_of(ledger([], Level.PUBLIC))["A1"].value in (None, "")


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", '=HYPERLINK("x")']
)
def test_no_cell_becomes_a_formula(text):
    cell = sheet_of(ledger([["1", text, 1]]))["C5"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")


def test_numbers_and_plain_words_stay_as_they_are():
    assert [neutral(v) for v in (-3, "甲发〔2026〕3号", "", None)] == [
        -3,
        "甲发〔2026〕3号",
        "",
        None,
    ]


def test_pages_are_counted_and_numbered_through():
    made = ledger([[str(n), "题", 1] for n in range(ROWS_A_SHEET + 1)])
    pages = list(made.sheets())
    assert made.pages == len(pages) == 2
    assert pages[1][1][0][0] == ROWS_A_SHEET + 1


def test_an_empty_ledger_still_has_a_page():
    assert [len(rows) for _, rows in ledger([]).sheets()] == [0]
