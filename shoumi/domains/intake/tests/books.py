"""Ledgers made for the tests: a few lines make a spreadsheet or a Word file."""

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.styles import Font

from shoumi.domains.intake.rules.around import Around
from shoumi.domains.intake.rules.checking import Checked, check_sheets
from shoumi.domains.intake.rules.reading import read_file
from shoumi.domains.intake.selectors import figures_on

TODAY = date(2026, 3, 2)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def spreadsheet(
    path: Path,
    sheets: dict[str, Sequence[Sequence[Any]]],
    *,
    merged: Sequence[tuple[str, str]] = (),
    struck: Sequence[tuple[str, int]] = (),
) -> Path:
    """Sheets by name; `merged` and `struck` name a sheet with a range or a row of it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for name, span in merged:
        book[name].merge_cells(span)
    for name, number in struck:
        for cell in book[name][number]:
            cell.font = Font(strike=True)
    book.save(path)
    return path


def word(path: Path, *parts: str | Sequence[Sequence[str]]) -> Path:
    """Paragraphs and tables; a cell "^" goes on with the one above it."""
    body = "".join(_paragraph(p) if isinstance(p, str) else _table(p) for p in parts)
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return path


def check(kind: str, path: Path, *, around: Around | None = None) -> Checked:
    return check_sheets(
        kind, read_file(path), figures=figures_on(TODAY), around=around or Around(), today=TODAY
    )


def faults(checked: Checked) -> set[tuple[str, int, str]]:
    return {(found.sheet, found.row, found.kind.key) for found in checked.findings}


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def _table(rows: Sequence[Sequence[str]]) -> str:
    return f"<w:tbl>{''.join(_row(row, rows[n + 1 :]) for n, row in enumerate(rows))}</w:tbl>"


def _row(row: Sequence[str], below: Sequence[Sequence[str]]) -> str:
    cells = ""
    for column, text in enumerate(row):
        begins = bool(below) and column < len(below[0]) and below[0][column] == "^" and text != "^"
        joint = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>" if text == "^" else ""
        shown = "" if text == "^" else text
        cells += f"<w:tc><w:tcPr>{joint}</w:tcPr>{_paragraph(shown)}</w:tc>"
    return f"<w:tr>{cells}</w:tr>"
