"""Reading a spreadsheet into grids. Runs in the reading process only."""

from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell

from shoumi.domains.intake.rules.grid import Sheet, Value
from shoumi.domains.intake.rules.package import LAST_COLUMN, LAST_ROW, BadFile


def read_workbook(path: Path) -> list[Sheet]:
    """Every sheet with something in it; values of formulas as they were last worked out."""
    with path.open("rb") as file:  # by its content: a name tells nothing
        book = openpyxl.load_workbook(file, data_only=True, keep_links=False)
    return [sheet for sheet in map(_read, book.worksheets) if sheet.rows]


def _read(source: Any) -> Sheet:
    if source.max_column > LAST_COLUMN or source.max_row > LAST_ROW:
        raise BadFile(f"工作表「{source.title}」过大，请删去空行、空列后再导入")
    rows: dict[int, dict[int, Value]] = {}
    struck = set()
    for cells in source.iter_rows():
        found = {c.column: c for c in cells if isinstance(c, Cell) and c.value not in (None, "")}
        if not found:
            continue
        number = next(iter(found.values())).row
        rows[number] = {column: _value(cell.value) for column, cell in found.items()}
        if all(cell.has_style and cell.font.strike for cell in found.values()):
            struck.add(number)
    merged = tuple(
        (span.min_row, span.min_col, span.max_row, span.max_col)
        for span in source.merged_cells.ranges
    )
    return Sheet(source.title, rows, merged, frozenset(struck))


def _value(value: Any) -> Value:
    """Days, numbers and texts; whatever else (a truth value, a time of day) as its text."""
    is_plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    if not is_plain and not hasattr(value, "year"):
        return str(value)
    found: Value = value
    return found
