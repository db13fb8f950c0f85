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
    width = len(ledger.headings) + 1
    last = get_column_letter(width)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:4"
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    sheet.oddFooter.right.text = ledger.serial.replace("&", "&&")
    sheet.freeze_panes = "A5"
    for place, size in enumerate(_widths(ledger), 1):
        sheet.column_dimensions[get_column_letter(place)].width = size
    merged = [CellRange(f"A{row}:{last}{row}") for row in (1, 2, 3)]

    def cell(value: Any, font: Font, side: str = "left", line: Border | None = None) -> Any:
        one = WriteOnlyCell(sheet, neutral(value))
        one.font = font
        one.alignment = Alignment(horizontal=side, vertical="center", wrap_text=line is not None)
        if line:
            one.border = line
        return one

    thin = Side(style="thin")
    frame = Border(left=thin, right=thin, top=thin, bottom=thin)
    song, hei = Font(name=SONG, size=11), Font(name=HEI, size=11)
    sheet.append([cell(ledger.mark, Font(name=HEI, size=16))])
    sheet.append([cell(ledger.title, Font(name=TITLE, size=20), "center")])
    head = f"单位：{ledger.body}    期间：{ledger.period}    填表人：{ledger.filler}"
    sheet.append([cell(head, song)])
    sheet.append([cell(h, hei, "center", frame) for h in ("序号", *ledger.headings)])
    sides = ["center", *({"": "left", "centre": "center"}.get(s, s) for s in ledger.sides)]
    for number, row in enumerate(ledger.rows, 1):
        values = zip([number, *row], sides, strict=True)
        sheet.append([cell(value, song, side, frame) for value, side in values])
    end = len(ledger.rows) + 5
    signed = "            ".join(f"{who}：" for who in ledger.signatures)
    sheet.append([cell(f"{signed}            年    月    日", song)])
    small = Font(name=SONG, size=8, color="00555555")
    sheet.append([cell(f"编号 {ledger.serial}  {ledger.trace}", small)])
    merged += [CellRange(f"A{row}:{last}{row}") for row in (end, end + 1)]
    for area in merged:
        sheet.merged_cells.add(area)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _widths(ledger: Ledger) -> list[float]:
    """Column widths from the first rows; a Chinese character is two wide."""
    widths = [6.0]
    for place, heading in enumerate(ledger.headings):
        seen = [heading, *(str(row[place]) for row in ledger.rows[:200])]
        longest = max(sum(2 if ord(c) > 255 else 1 for c in text) for text in seen)
        widths.append(min(max(longest + 2, 8), 44))
    return widths
