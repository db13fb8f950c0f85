"""Excel packages: every sheet, shown or hidden, its printed margins, comments and names."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import BytesIO

from lxml import etree

from shoumi.screening.passage import Passage, Zone
from shoumi.screening.readers.office import place_of, read_member
from shoumi.screening.readers.package import Package, local
from shoumi.screening.readers.pieces import Budget, Gap, Piece, TooMuch, Unreadable

_STATES = {"hidden": "隐藏工作表", "veryHidden": "深度隐藏工作表"}
PRINT_CODE = re.compile(r"&(?:[LCRPNDTZFAGSXYEHOBIU+-]|\"[^\"]*\"|[0-9]{1,3}|K[0-9A-F]{6})")
_MOST_CELLS = 20_000_000


class Strings(list[str]):
    """The strings that cells share, and which of them no cell shows."""

    def __init__(self) -> None:
        super().__init__()
        self._taken: set[int] = set()

    def take(self, number: int) -> str:
        text = self[number]
        self._taken.add(number)
        return text

    def unused(self) -> str:
        return "\n".join(text for number, text in enumerate(self) if number not in self._taken)


def read_workbook(data: bytes, budget: Budget) -> Iterator[Piece]:
    package = Package(data, budget)
    strings = _strings(package)
    sheets = _sheets(package)
    seen = {"xl/workbook.xml", "xl/sharedStrings.xml", *(path for path, _, _ in sheets)}
    if not sheets:
        yield Gap("缺少工作表")
    titles = "\n".join(title for _, title, _ in sheets)
    if titles:
        yield Passage(titles, "工作表名", Zone.ASIDE)
    for path, title, state in sheets:
        place = f"{_STATES.get(state, '工作表')}「{title}」"
        try:
            yield from _sheet(package.read(path), strings, place)
        except TooMuch:
            raise
        except (Unreadable, KeyError) as error:
            yield Gap(f"{place}：{error or '缺失'}")
    # Cells may not use every string that is kept: what was deleted can still be read.
    yield Passage(strings.unused(), "已删除而仍保存的文字", Zone.ASIDE)
    for name in sorted(package.names):
        if name in seen or re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
            continue
        if re.fullmatch(r"xl/(?:comments\d*|threadedComments/.*|comments/.*)\.xml", name):
            yield from _texts(package, name, "单元格批注")
        elif place_of(name)[0] != "其他部件" or not name.endswith(".xml"):
            yield from read_member(package, name)
        elif re.fullmatch(
            r"xl/(?:tables|pivotCache|externalLinks|connections|queryTables).*\.xml", name
        ):
            yield from _texts(package, name, "数据连接与表")


def _texts(package: Package, name: str, place: str) -> Iterator[Piece]:
    try:
        root = package.xml(name)
    except TooMuch:
        raise
    except Unreadable as error:
        yield Gap(f"部件{name}：{error}")
        return
    for comment in root.iter("{*}comment", "{*}threadedComment"):
        text = "".join(comment.itertext()).strip()
        if text:
            yield Passage(text, f"{place}{comment.get('ref', '')}", Zone.ASIDE, head=1)
    values = [
        value for element in root.iter() for value in element.attrib.values() if len(value) > 3
    ]
    rest = "\n".join([*values, *(t.strip() for t in root.itertext() if t.strip())])
    if rest and place != "单元格批注":
        yield Passage(rest, place, Zone.ASIDE)


def _strings(package: Package) -> Strings:
    if "xl/sharedStrings.xml" not in package.names:
        return Strings()
    found = Strings()
    for item in package.xml("xl/sharedStrings.xml").iter("{*}si"):
        # Phonetic guides (rPh) are readings, not text.
        runs = [t.text or "" for t in item.iter("{*}t") if not _is_reading(t)]
        found.append("".join(runs))
    return found


def _is_reading(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) == "rPh"


def _sheets(package: Package) -> list[tuple[str, str, str]]:
    """Path, title and state of every sheet."""
    try:
        relations = {
            one.get("Id"): str(one.get("Target"))
            for one in package.xml("xl/_rels/workbook.xml.rels").iter("{*}Relationship")
        }
        book = package.xml("xl/workbook.xml")
    except KeyError as error:
        raise Unreadable("缺少工作簿部件") from error
    found = []
    for sheet in book.iter("{*}sheet"):
        key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        target = relations.get(key, "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found.append((path, sheet.get("name", ""), sheet.get("state", "")))
    known = {path for path, _, _ in found}
    for name in package.names:
        if (
            re.fullmatch(r"xl/(?:worksheets|chartsheets|macrosheets|dialogsheets)/[^/]+\.xml", name)
            and name not in known
        ):
            found.append((name, name, "veryHidden"))
    return [one for one in found if one[0] in package.names]


def _sheet(data: bytes, strings: Strings, place: str) -> Iterator[Piece]:
    out: list[str] = []
    starts: list[int] = []
    names: list[str] = []
    size = cells = 0
    margins: list[str] = []
    try:
        for _, element in etree.iterparse(
            BytesIO(data),
            events=("end",),
            tag=("{*}row", "{*}headerFooter"),
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
        ):
            if local(element) == "headerFooter":
                margins += [PRINT_CODE.sub("\t", part.text) for part in element if part.text]
                continue
            for cell in element.iterchildren("{*}c"):
                text = _value(cell, strings)
                if text:
                    starts.append(size)
                    names.append(cell.get("r", ""))
                    out.append(text)
                    out.append("\t")
                    size += len(text) + 1
                    cells += 1
            out.append("\n")
            size += 1
            element.clear()
            if cells > _MOST_CELLS:
                raise TooMuch("单元格过多")
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("内容已损坏") from error
    if margins:
        yield Passage("\n".join(margins), f"{place}打印页眉页脚", Zone.MARGIN)
    if out:
        yield Passage("".join(out), place, Zone.BODY, "行", 3, starts, names)


def _value(cell: etree._Element, strings: Strings) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(t.text or "" for t in cell.iter("{*}t")).replace("\n", "\v")
    value = cell.find("{*}v")
    if value is None or not value.text:
        return ""
    if cell.get("t") == "s":
        try:
            return strings.take(int(value.text)).replace("\n", "\v").replace("\t", " ")
        except (ValueError, IndexError):
            return ""
    return _number(value.text) if cell.get("t") in (None, "n") else value.text.replace("\n", "\v")


def _number(text: str) -> str:
    """A number as it was typed: 1.3800138E10 is a telephone."""
    if "E" not in text and "e" not in text:
        return text
    try:
        number = Decimal(text)
        return f"{number:f}" if abs(number.adjusted()) < 30 else text
    except InvalidOperation:
        return text
