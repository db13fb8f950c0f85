"""The issuer's list (发文单位清单) as a workbook: a strict little reader behind `issuer_list`.

Looked at from outside first (size, entries, unpacked size, far cells), then read row by row. It reads 文号, 份号
and 密级 and nothing else: titles are not kept.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, Any

from openpyxl import load_workbook

from shoumi.domains.handling.rules.reconciling import Listed
from shoumi.kernel.levels import Level
from shoumi.kernel.numbering import BadNumber, parse_copy_numbers, parse_number
from shoumi.kernel.refusal import Refusal

CLAUSE = "carriers.recall.reconcile"
LARGEST = 5 * 1024 * 1024
UNPACKED = 60 * 1024 * 1024
RATIO = 100
ENTRIES = 2_000
ROWS, COLUMNS = 20_000, 200
HEADER_WITHIN = 15
MOST_FAULTS = 50

NUMBERS = frozenset({"文号", "发文字号", "发文号", "文件字号", "文件编号"})
COPIES = frozenset({"份号", "份号起止", "份号编号", "份数份号", "编号", "文件份号"})
LEVELS = frozenset({"密级", "密级和保密期限", "文件密级"})
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+)\d+"')
# 岚保〔2026〕第008号 is 8号 to everybody but the strict reader of numbers.
_PADDED = re.compile(r"(?<=[〕\]）)】])\s*第?\s*0*(?=[1-9])")
_TOTAL = re.compile(r"合\s*计|小\s*计|总\s*计|本页")


class BadList(Refusal):
    """The file is not a list that can be read safely or completely."""


def issuer_list(file: IO[bytes]) -> tuple[Listed, ...]:
    """Every copy on the first sheet that has the columns 文号 and 份号; anything unreadable refuses the whole."""
    _look_inside(file)
    file.seek(0)
    try:
        book = load_workbook(file, read_only=True, data_only=True)
        found = [_read(rows) for rows in map(_rows, book.worksheets)]
    except Refusal:
        raise
    except Exception as fault:
        raise _bad("文件打不开，可能已损坏或者不是 .xlsx 表格") from fault
    lists = [one for one in found if one is not None]
    if not lists:
        raise _bad("没有找到同时有「文号」和「份号」两栏的工作表")
    if not lists[0]:
        raise _bad("清单没有一份文件")
    return tuple(lists[0])


def _look_inside(file: IO[bytes]) -> None:
    """Refuse what would hurt before anything parses it."""
    size = file.seek(0, 2)
    file.seek(0)
    if size > LARGEST:
        raise _bad("文件超过 5 MB")
    if file.read(4) == b"\xd0\xcf\x11\xe0":
        raise _bad("文件已加密，或者是旧式 .xls 表格")
    file.seek(0)
    if not zipfile.is_zipfile(file):
        raise _bad("不是 .xlsx 表格")
    with zipfile.ZipFile(file) as package:
        parts = package.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > ENTRIES or unpacked > UNPACKED or unpacked > RATIO * max(size, 100_000):
            raise _bad("文件内容异常庞大")
        if any(part.flag_bits & 1 for part in parts):
            raise _bad("文件已加密")
        for part in parts:
            if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                _check_extent(package.read(part))


def _check_extent(sheet: bytes) -> None:
    rows = (int(found[1]) for found in _ROW.finditer(sheet))
    columns = {found[1] for found in _CELL.finditer(sheet)}
    if any(row > ROWS for row in rows) or any(_column(c) > COLUMNS for c in columns):
        raise _bad(f"表格超出 {ROWS} 行、{COLUMNS} 列")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + letter - 64
    return number


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    rows = sheet.iter_rows(max_row=ROWS, max_col=COLUMNS, values_only=True)
    for number, cells in enumerate(rows, 1):
        yield number, [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def _read(rows: Iterator[tuple[int, list[str]]]) -> list[Listed] | None:
    """The copies of one sheet; None where its head has not both columns."""
    head = _head(rows)
    if head is None:
        return None
    found: list[Listed] = []
    faults: list[str] = []
    number = level = ""
    for row, cells in rows:
        line = [cells[n] if n is not None and n < len(cells) else "" for n in head]
        if not any(line) or any(_TOTAL.search(cell) for cell in cells):
            continue
        if line[0]:
            # Cells merged over several copies of one paper are written once.
            number, level = line[0], line[2]
        try:
            found += _copies(row, number, line[1], line[2] or level)
        except Refusal as refusal:
            faults.append(f"第 {row} 行{refusal.message}")
    if faults:
        more = f"等 {len(faults)} 处" if len(faults) > MOST_FAULTS else ""
        raise _bad("清单有读不懂的行：" + "；".join(faults[:MOST_FAULTS]) + more)
    return found


def _head(rows: Iterator[tuple[int, list[str]]]) -> tuple[int, int, int | None] | None:
    for row, cells in rows:
        names = ["".join(cell.split()) for cell in cells]
        number, copies = _where(names, NUMBERS), _where(names, COPIES)
        if number is not None and copies is not None:
            return number, copies, _where(names, LEVELS)
        if row >= HEADER_WITHIN:
            break
    return None


def _where(names: Sequence[str], wanted: frozenset[str]) -> int | None:
    return next((n for n, name in enumerate(names) if name in wanted), None)


def _copies(row: int, number: str, copies: str, mark: str) -> list[Listed]:
    if not number:
        raise BadNumber("没有写文号", clause=CLAUSE)
    paper = str(parse_number(_PADDED.sub("", number)))
    level = next((one.label for one in reversed(Level) if one.label in mark), "")
    return [
        Listed(row=row, number=paper, copy=copy, level=level)
        for copy in parse_copy_numbers(copies.replace("第", "").replace("号", ""))
    ]


def _bad(fault: str) -> BadList:
    return BadList(
        f"清单未能读入：{fault}",
        clause=CLAUSE,
        way_on="请按「文号、份号、密级」三栏整理为 .xlsx 后重新上传",
    )
