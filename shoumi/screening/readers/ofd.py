"""OFD (GB/T 33190): pages, templates, annotations, custom data, attachments."""

import re
from collections.abc import Iterator

from lxml import etree

from shoumi.screening.passage import Passage, Zone
from shoumi.screening.readers.package import Package, local
from shoumi.screening.readers.pieces import Budget, Gap, Member, Picture, Piece, TooMuch, Unreadable

_HEAD_LINES = 6
_SAME_LINE = 2.5
"""Millimetres by which baselines of one printed line may differ."""


def read_ofd(data: bytes, budget: Budget) -> Iterator[Piece]:
    package = Package(data, budget)
    if not any("/pages/" in name.lower() for name in package.names):
        yield Gap("缺少页面")
    for name in sorted(package.names, key=_order):
        try:
            yield from _part(package, name)
        except TooMuch:
            raise
        except Unreadable as error:
            yield Gap(f"部件{name}：{error}")


def _order(name: str) -> tuple[int, str]:
    number = re.search(r"(?:Page|Tpl)_?(\d+)", name)
    return int(number[1]) if number else -1, name


def _part(package: Package, name: str) -> Iterator[Piece]:
    lower = name.lower()
    if lower.endswith((".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".gif")):
        yield Picture("嵌入图片", package.read(name))
    elif lower.endswith(".xml"):
        yield from _xml(package.xml(name), name)
    elif "/attach" in lower:
        yield Member(name.rpartition("/")[2], package.read(name))
    elif lower.endswith((".jb2", ".jp2", ".gbig2")):
        yield Gap(f"图片{name}的编码不支持")


def _xml(root: etree._Element, name: str) -> Iterator[Passage]:
    lines = _lines(root)
    if lines:
        number = re.search(r"Page_?(\d+)", name)
        template = "tpl" in name.lower() or "template" in name.lower()
        if template:
            yield Passage("\n".join(lines), "模板页", Zone.MARGIN)
        elif "annot" in name.lower():
            yield Passage("\n".join(lines), "注释", Zone.MARGIN)
        else:
            page = f"第{int(number[1]) + 1}页" if number else "页面"
            yield Passage("\n".join(lines), page, Zone.BODY, "行", _HEAD_LINES)
        return
    if root.tag and local(root) in {
        "OFD",
        "CustomTags",
        "Annotations",
        "PageAnnot",
        "Attachments",
        "Document",
        "Extensions",
    }:
        texts = [text.strip() for text in root.itertext() if text.strip()]
        names = [
            value
            for element in root.iter()
            for key in ("Name", "Title", "Remark", "AttachmentName", "Subject", "Creator")
            if (value := element.get(key))
        ]
        spoken = "\n".join(text for text in (*texts, *names) if len(text) > 1)
        if spoken:
            yield Passage(spoken, "文档信息与自定义数据", Zone.ASIDE)


def _lines(root: etree._Element) -> list[str]:
    """Text objects put together into printed lines, top to bottom, left to right."""
    pieces: list[tuple[float, float, float, str]] = []
    for item in root.iter("{*}TextObject"):
        left, top, height = _boundary(item)
        size = _float(item.get("Size"), 4.0)
        for code in item.iter("{*}TextCode"):
            text = "".join(code.itertext())
            if text.strip("\n"):
                x, y = _float(code.get("X"), 0.0), _float(code.get("Y"), height)
                pieces.append((top + y, left + x, size * len(text), text))
    pieces.sort(key=lambda piece: piece[0])
    rows: list[list[tuple[float, float, str]]] = []
    last = None
    for y, x, width, text in pieces:
        if last is None or y - last > _SAME_LINE:
            rows.append([])
            last = y
        rows[-1].append((x, width, text))
    return [_row(row) for row in rows]


def _row(row: list[tuple[float, float, str]]) -> str:
    out: list[str] = []
    edge = None
    for x, width, text in sorted(row):
        gap = 0.0 if edge is None else x - edge
        size = width / max(len(text), 1)
        # Wide gaps divide columns.
        out.append("\t" if gap > 3 * size else "  " if gap > 1.2 * size else "")
        out.append(text)
        edge = x + width
    return "".join(out)


def _boundary(item: etree._Element) -> tuple[float, float, float]:
    numbers = [_float(part, 0.0) for part in (item.get("Boundary") or "").split()]
    if len(numbers) != 4:
        return 0.0, 0.0, 0.0
    return numbers[0], numbers[1], numbers[3]


def _float(text: str | None, otherwise: float) -> float:
    try:
        return float(text) if text else otherwise
    except ValueError:
        return otherwise
