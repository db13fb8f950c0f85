"""The user's own file with every fault marked where it is. Runs in the reading process only."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from shoumi.domains.intake.rules.package import look
from shoumi.domains.intake.rules.wordtables import read_tables

HEADING = "核对结果"
AUTHOR = "守密"
FILLS = {"reject": PatternFill("solid", "FFF8C9C4"), "alert": PatternFill("solid", "FFFFF2CC")}
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def mark_up(path: Path, out: Path, findings: list[dict[str, Any]]) -> None:
    """A coloured cell with a note for every finding, and a last column that gathers them by rows.

    Formulas are replaced by their values, and text that looks like one is kept from becoming one.
    """
    book = _opened(path)
    gathered: dict[tuple[str, int], list[str]] = defaultdict(list)
    for number, found in enumerate(findings, start=1):
        weight = "须定夺" if found["class"] == "reject" else "提示"
        words = f"{number}. [{weight}] {found['essence']}"
        gathered[found["sheet"], found["row"]].append(words)
        _mark(book[found["sheet"]], found, words)
    for sheet in book.worksheets:
        rows = {row: words for (name, row), words in gathered.items() if name == sheet.title}
        if rows:
            _add_column(sheet, rows)
    for sheet in book.worksheets:
        _neutralise(sheet)
    book.save(out)


def strip(path: Path, out: Path, rows: list[dict[str, Any]]) -> None:
    """The user's own file without what may not be kept of some rows; `keep` are columns that stay."""
    book = _opened(path)
    for said in rows:
        for cell in book[said["sheet"]][said["row"]]:
            if cell.column not in said["keep"] and not isinstance(cell, MergedCell):
                cell.value = cell.comment = None
    book.save(out)


def template(out: Path, title: str, headings: list[str]) -> None:
    """An empty ledger with the headings that are always understood."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append([title])
    sheet.append(headings)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(headings))
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for cell in sheet[2]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = max(12, 2 * len(str(cell.value)) + 2)
    sheet.freeze_panes = "A3"
    book.save(out)


def _opened(path: Path) -> Any:
    return {"xlsx": _spreadsheet, "docx": _spread_out}[look(path).kind](path)


def _spreadsheet(path: Path) -> Any:
    with path.open("rb") as file:
        return openpyxl.load_workbook(file, data_only=True, keep_links=False)


def _spread_out(path: Path) -> Any:
    """The tables of a Word file as the sheets of a new spreadsheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in read_tables(path):
        sheet = book.create_sheet(table.name)
        for row, cells in table.rows.items():
            for column, value in cells.items():
                sheet.cell(row, column).value = value
    return book


def _mark(sheet: Any, found: dict[str, Any], words: str) -> None:
    cell = sheet[found["cell"]]
    if isinstance(cell, MergedCell):
        span = next(s for s in sheet.merged_cells.ranges if found["cell"] in s)
        cell = sheet.cell(span.min_row, span.min_col)
    cell.fill = FILLS[found["class"]]
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(f"{before}{words}", AUTHOR, width=320, height=120)


def _add_column(sheet: Any, rows: dict[int, list[str]]) -> None:
    column = sheet.max_column + 1
    for row, words in rows.items():
        cell = sheet.cell(row, column)
        cell.value = "；".join(words)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    head = sheet.cell(max(min(rows) - 1, 1), column)
    head.value, head.font = HEADING, Font(bold=True)
    sheet.column_dimensions[head.column_letter].width = 48


def _neutralise(sheet: Any) -> None:
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell.value, str) and cell.value.startswith(_FORMULA_SIGNS):
                cell.data_type = "s"
                cell.quotePrefix = True
