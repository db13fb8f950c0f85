"""The official ledger layout (台账): the same sheet as a spreadsheet and on paper.

The level of the whole, a merged title, unit, period and filler, the columns in their order, a line for
signatures, and a line that tells whose copy this is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.properties import PageSetupProperties

from shoumi.kernel.levels import Level

MOST_ROWS = 20_000
MOST_PRINTED = 2_000
ROWS_A_SHEET = 18
# What a spreadsheet program would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

HEI = "黑体"
SONG = "仿宋_GB2312"
TITLE = "方正小标宋简体"


@dataclass(frozen=True)
class Ledger:
    """One ledger ready to be written or printed."""

    title: str
    body: str
    period: str
    filler: str
    headings: list[str]
    sides: list[str]
    rows: list[list[Any]]
    level: Level
    serial: str
    trace: str
    signatures: tuple[str, ...] = field(default=("填表人", "审核人", "负责人"))

    @property
    def mark(self) -> str:
        """The level as it stands top left; what is public bears none."""
        return self.level.label if self.level > Level.PUBLIC else ""

    def sheets(self) -> Iterator[tuple[int, list[tuple[int, list[tuple[Any, str]]]]]]:
        """(page number, numbered rows of cells and sides): one empty sheet when nothing is listed."""
        numbered = [
            (n, list(zip(row, self.sides, strict=True))) for n, row in enumerate(self.rows, 1)
        ]
        for page, start in enumerate(range(0, max(len(numbered), 1), ROWS_A_SHEET), 1):
            yield page, numbered[start : start + ROWS_A_SHEET]

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.rows) // ROWS_A_SHEET))


def neutral(value: Any) -> Any:
    """Text that a spreadsheet would run is made to be text."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def workbook(ledger: Ledger) -> bytes:
    """The ledger as .xlsx: A4 across, title rows on every page, page x of y."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    end = len(ledger.rows) + 5
    _set_page(sheet, ledger, merged_rows=(1, 2, 3, end, end + 1))
    song, hei = Font(name=SONG, size=11), Font(name=HEI, size=11)
    line = Side(style="thin")
    frame = Border(left=line, right=line, top=line, bottom=line)
    head = f"单位：{ledger.body}    期间：{ledger.period}    填表人：{ledger.filler}"
    signed = "            ".join(f"{who}：" for who in ledger.signatures)
    small = Font(name=SONG, size=8, color="00555555")
    sheet.append([_cell(sheet, ledger.mark, Font(name=HEI, size=16))])
    sheet.append([_cell(sheet, ledger.title, Font(name=TITLE, size=20), "center")])
    sheet.append([_cell(sheet, head, song)])
    sheet.append([_cell(sheet, h, hei, "center", frame) for h in ("序号", *ledger.headings)])
    sides = ["center", *({"": "left", "centre": "center"}.get(s, s) for s in ledger.sides)]
    # Styling cell by cell costs a millisecond each; cells of a column share one style.
    styles = [_cell(sheet, "", song, side, frame)._style for side in sides]
    for number, row in enumerate(ledger.rows, 1):
        cells = [WriteOnlyCell(sheet, neutral(value)) for value in (number, *row)]
        for cell, style in zip(cells, styles, strict=True):
            cell._style = style
        sheet.append(cells)
    sheet.append([_cell(sheet, f"{signed}            年    月    日", song)])
    sheet.append([_cell(sheet, f"编号 {ledger.serial}  {ledger.trace}", small)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _set_page(sheet: Any, ledger: Ledger, *, merged_rows: tuple[int, ...]) -> None:
    """What must be said before the first row is written."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:4"
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    sheet.oddFooter.right.text = ledger.serial.replace("&", "&&")
    sheet.freeze_panes = "A5"
    last = get_column_letter(len(ledger.headings) + 1)
    for row in merged_rows:
        sheet.merged_cells.add(CellRange(f"A{row}:{last}{row}"))
    for place, size in enumerate(_widths(ledger), 1):
        sheet.column_dimensions[get_column_letter(place)].width = size


def _cell(
    sheet: Any, value: Any, font: Font, side: str = "left", frame: Border | None = None
) -> Any:
    one = WriteOnlyCell(sheet, neutral(value))
    one.font = font
    one.alignment = Alignment(horizontal=side, vertical="center", wrap_text=frame is not None)
    if frame:
        one.border = frame
    return one


def _widths(ledger: Ledger) -> list[float]:
    """Column widths from the first rows; a Chinese character is two wide."""
    widths = [6.0]
    for place, heading in enumerate(ledger.headings):
        seen = [heading, *(str(row[place]) for row in ledger.rows[:200])]
        longest = max(sum(2 if ord(c) > 255 else 1 for c in text) for text in seen)
        widths.append(min(max(longest + 2, 8), 44))
    return widths
