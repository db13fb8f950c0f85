"""Reading the tables of a Word file into grids. Runs in the reading process only."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring

from shoumi.domains.intake.rules.grid import Sheet, Span, Value
from shoumi.domains.intake.rules.package import LAST_COLUMN, LAST_ROW, BadFile

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_S = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def read_tables(path: Path) -> list[Sheet]:
    """The tables in their order, named 表1, 表2, …; each with the lines that stand over it."""
    with zipfile.ZipFile(path) as archive:
        root = fromstring(
            archive.read("word/document.xml").replace(_S[1:-1].encode(), _W[1:-1].encode())
        )
    found: list[Sheet] = []
    above: list[str] = []
    for part in _blocks(root.find(f"{_W}body")):
        if part.tag == f"{_W}p":
            if text := _text(part):
                above.append(text)
        else:
            found.append(_table(part, f"表{len(found) + 1}", tuple(above)))
            above = []
    return [sheet for sheet in found if sheet.rows]


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables of the body, also those inside content controls."""
    for part in parent if parent is not None else ():
        if part.tag in (f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"):
            yield part
        elif part.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _blocks(part)


def _table(table: Any, name: str, above: tuple[str, ...]) -> Sheet:
    rows: dict[int, dict[int, Value]] = {}
    merged: list[Span] = []
    struck = set()
    open_spans: dict[int, Span] = {}
    for number, row in enumerate((b for b in _blocks(table) if b.tag == f"{_W}tr"), start=1):
        if number > LAST_ROW:
            raise BadFile("Word 表格的行数过多，请分成几个文件导入")
        column = 1 + _width(row.find(f"{_W}trPr/{_W}gridBefore"), least=0)
        texts: list[str] = []
        for cell in (b for b in _blocks(row) if b.tag == f"{_W}tc"):
            wide = _width(cell.find(f"{_W}tcPr/{_W}gridSpan"), least=1)
            if column + wide - 1 > LAST_COLUMN:
                raise BadFile("Word 表格的列数过多，请核对后再导入")
            _place(cell, number, column, wide, open_spans)
            text = _text(cell)
            if text and open_spans[column][0] == number:
                rows.setdefault(number, {})[column] = text
                texts.append(text)
            column += wide
        if texts and _is_struck(row):
            struck.add(number)
        done = [key for key, span in open_spans.items() if span[2] < number]
        merged += [open_spans.pop(key) for key in done]
    merged += open_spans.values()
    wider = tuple(s for s in merged if s[0] != s[2] or s[1] != s[3])
    return Sheet(name, rows, wider, frozenset(struck), above)


def _place(cell: Any, row: int, column: int, wide: int, open_spans: dict[int, Span]) -> None:
    """Begin a cell, or lengthen the one above that it continues (vMerge)."""
    joint = cell.find(f"{_W}tcPr/{_W}vMerge")
    if (
        joint is not None
        and joint.get(f"{_W}val", "continue") == "continue"
        and column in open_spans
    ):
        top, left, _, right = open_spans[column]
        open_spans[column] = (top, left, row, right)
    else:
        # A span that ends here is kept under a key no column has.
        if column in open_spans:
            open_spans[-len(open_spans) * LAST_ROW - row] = open_spans.pop(column)
        open_spans[column] = (row, column, row, column + wide - 1)


def _width(part: Any, *, least: int) -> int:
    said = part.get(f"{_W}val", "") if part is not None else ""
    return max(int(said), least) if said.isdigit() else least


def _text(part: Any) -> str:
    """The text without what was deleted under tracking; breaks and paragraphs part it."""
    kept: list[str] = []
    for inner in part.iter():
        if inner.tag == f"{_W}t":
            kept.append(inner.text or "")
        elif inner.tag in (f"{_W}br", f"{_W}cr", f"{_W}p", f"{_W}tab"):
            kept.append("\n" if inner.tag != f"{_W}tab" else " ")
    return "".join(kept).strip()


def _is_struck(row: Any) -> bool:
    runs = [
        run
        for run in row.iter(f"{_W}r")
        if "".join(t.text or "" for t in run.iter(f"{_W}t")).strip()
    ]
    return bool(runs) and all(_strikes(run.find(f"{_W}rPr/{_W}strike")) for run in runs)


def _strikes(mark: Any) -> bool:
    return mark is not None and mark.get(f"{_W}val", "true") not in ("false", "0")
