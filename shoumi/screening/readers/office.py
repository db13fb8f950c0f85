"""Word and PowerPoint packages: every part, not only the body."""

import re
from collections.abc import Iterator

from lxml import etree

from shoumi.screening.passage import Passage, Zone
from shoumi.screening.readers.package import Package, bare, local, parse_xml
from shoumi.screening.readers.pieces import Budget, Gap, Member, Picture, Piece, TooMuch, Unreadable

_TEXT = {"t", "delText", "instrText", "delInstrText"}
_BLANK = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".gif", ".webp")
_VECTORS = (".emf", ".wmf", ".svg")
_PLACES: tuple[tuple[str, str, Zone], ...] = (
    (r"word/document\d*\.xml", "正文", Zone.BODY),
    (r"word/header\d*\.xml", "页眉", Zone.MARGIN),
    (r"word/footer\d*\.xml", "页脚", Zone.MARGIN),
    (r"word/footnotes\.xml", "脚注", Zone.ASIDE),
    (r"word/endnotes\.xml", "尾注", Zone.ASIDE),
    (r"(?:word|ppt)/(?:comments|.*[cC]omment).*\.xml", "批注", Zone.ASIDE),
    (r"word/glossary/.*\.xml", "文档构件", Zone.BODY),
    (r"ppt/slides/slide\d+\.xml", "幻灯片", Zone.MARGIN),
    (r"ppt/notesSlides/.*\.xml", "备注页", Zone.MARGIN),
    (r"ppt/slideMasters/.*\.xml", "幻灯片母版", Zone.MARGIN),
    (r"ppt/slideLayouts/.*\.xml", "幻灯片版式", Zone.MARGIN),
    (r"ppt/(?:handout|notes)Masters/.*\.xml", "讲义母版", Zone.MARGIN),
    (r"docProps/custom\.xml", "文档自定义属性", Zone.ASIDE),
    (r"docProps/.*\.xml", "文档属性", Zone.ASIDE),
    (r"(?:.*/)?charts/.*\.xml", "图表", Zone.ASIDE),
    (r"(?:.*/)?diagrams/data.*\.xml", "图示", Zone.MARGIN),
    (r"(?:.*/)?drawings/.*\.xml", "图形", Zone.MARGIN),
    (r"customXml/item\d*\.xml", "自定义数据", Zone.ASIDE),
)
_COMPILED = tuple((re.compile(pattern), place, zone) for pattern, place, zone in _PLACES)
# Parts that hold settings and never a word of the author's.
_SILENT = re.compile(
    r"\[Content_Types\]\.xml|.*\.rels|.*/(?:styles|settings|fontTable|webSettings|numbering|theme\d*|"
    r"stylesWithEffects|presProps|viewProps|tableStyles|people|printerSettings\d*)\.xml|"
    r".*/theme/.*|.*/(?:tags|activeX)/.*|customXml/itemProps\d*\.xml|.*/diagrams/(?:layout|quickStyle|colors).*"
)
# Fonts, macros and printer settings.
_WORDLESS = re.compile(
    r"\.(?:odttf|ttf|otf|fntdata|wdp|ico)$|vbaproject\.bin$|printersettings\d*\.bin$|/vbadata"
)
_SPOKEN = ("descr", "title", "string", "name", "alt")
_NAMED = ("{*}docPr", "{*}cNvPr", "{*}textpath", "{*}shape")
HEAD_LINES = 6


def read_office(data: bytes, budget: Budget) -> Iterator[Piece]:
    package = Package(data, budget)
    if not any(place_of(name)[0].startswith(("正文", "幻灯片")) for name in package.names):
        yield Gap("缺少正文部件")
    for name in sorted(package.names, key=_order):
        yield from read_member(package, name)


def _order(name: str) -> tuple[int, str]:
    for index, (pattern, _, _) in enumerate(_COMPILED):
        if pattern.fullmatch(name):
            number = re.search(r"(\d+)\.xml$", name)
            return index, f"{int(number[1]) if number else 0:06}{name}"
    return len(_COMPILED), name


def read_member(package: Package, name: str) -> Iterator[Piece]:
    lower = name.lower()
    try:
        if lower.endswith(_PICTURES):
            yield Picture("嵌入图片", package.read(name))
        elif lower.endswith(_VECTORS):
            yield from vector(package.read(name), lower)
        elif lower.endswith((".xml", ".vml", ".rels")):
            if not _SILENT.fullmatch(name):
                yield from read_part(package.xml(name), *place_of(name))
        elif not _WORDLESS.search(lower):
            # Embedded objects and whatever else was put in; what it is, its bytes tell.
            yield Member(f"嵌入对象{name.rpartition('/')[2]}", package.read(name))
    except TooMuch:
        raise
    except Unreadable as error:
        yield Gap(f"部件{name}：{error}")


def place_of(name: str) -> tuple[str, Zone]:
    for pattern, place, zone in _COMPILED:
        if pattern.fullmatch(name):
            number = re.search(r"(\d+)\.xml$", name)
            paged = place in {"幻灯片", "备注页"} and number
            return (f"{place}{number[1]}" if paged and number else place), zone
    return "其他部件", Zone.ASIDE


def vector(data: bytes, name: str) -> Iterator[Piece]:
    """The readable strings of a drawing: EMF and WMF keep text as UTF-16 or in the local code."""
    if name.endswith(".svg"):
        if text := "\n".join(
            piece.strip() for piece in parse_xml(data).itertext() if piece.strip()
        ):
            yield Passage(text, "矢量图", Zone.MARGIN)
        return
    text = data.decode("utf-16-le", "ignore")
    runs = re.findall(r"[\u4e00-\u9fff★0-9]{2,}", text)
    if runs:
        yield Passage("\n".join(runs), "矢量图", Zone.MARGIN)


def read_part(root: etree._Element, place: str, zone: Zone) -> Iterator[Piece]:
    """The passages of one part: its text boxes, its running text, its names and descriptions."""
    boxes = list(root.iter("{*}txbxContent", "{*}textbox"))
    for box in boxes:
        text = running_text(box)
        if text.strip():
            yield Passage(text, f"{place}文本框", Zone.MARGIN)
    for box in boxes:
        parent = box.getparent()
        if parent is not None:
            parent.remove(box)
    if place.startswith(("幻灯片", "备注页", "讲义")):
        yield from _shapes(root, place)
    else:
        text = running_text(root)
        if not text.strip():
            text = "\n".join(piece.strip() for piece in root.itertext() if piece.strip())
        if text.strip():
            body = zone is Zone.BODY
            yield Passage(text, place, zone, "段" if body else "", _head(place, body))
    if spoken := _descriptions(root):
        yield Passage(spoken, f"{place}替代文字", Zone.ASIDE)


def _head(place: str, body: bool) -> int:
    """Every line of the properties, and the first of a comment, may be a level alone."""
    if body:
        return HEAD_LINES
    return {"文档属性": 99, "文档自定义属性": 99, "批注": 1, "脚注": 1}.get(place, 0)


def _shapes(root: etree._Element, place: str) -> Iterator[Passage]:
    """Every text body of a slide is a field of its own."""
    for element in root.iter():
        if local(element) in {"txBody", "tbl", "cm", "text"}:
            if local(element) == "txBody" and any(
                local(a) == "tc" for a in element.iterancestors()
            ):
                continue
            text = running_text(element) or "".join(element.itertext())
            if text.strip():
                yield Passage(text, place, Zone.MARGIN)


def _descriptions(root: etree._Element) -> str:
    found = [
        value
        for element in root.iter(*_NAMED)
        for key in _SPOKEN
        if (value := element.get(key)) and len(value) > 1
    ]
    return "\n".join(found)


_KEPT_TAGS = [f"{{*}}{tag}" for tag in ("p", "tc", "tr", *_TEXT, *_BLANK)]


def running_text(root: etree._Element) -> str:
    """Paragraphs as lines, cells divided by tabs, rows as lines, cut runs joined."""
    out: list[str] = []
    put = out.append
    fresh, cell = True, False
    for element in root.iter(*_KEPT_TAGS):
        tag = bare(element.tag)
        if tag in _TEXT:
            if text := element.text:
                put(text)
                fresh = cell = False
        elif tag == "p":
            if cell:
                cell = False
            elif not fresh:
                put("\v" if _in_cell(element) else "\n")
            fresh = False
        elif tag == "tc":
            put("\t" if not fresh else "")
            cell, fresh = True, False
        elif tag == "tr":
            put("" if fresh else "\n")
            fresh = True
        else:
            put(_BLANK[tag])
    return "".join(out)


def _in_cell(element: etree._Element) -> bool:
    parent = element.getparent()
    if parent is None:
        return False
    above = bare(parent.tag)
    # The text of a slide's cell stands one level deeper.
    return above == "tc" or (above == "txBody" and local(parent.getparent()) == "tc")
