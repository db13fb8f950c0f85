"""OpenDocument text, sheets and slides."""

import re
from collections.abc import Iterator

from lxml import etree

from shoumi.screening.passage import Passage, Zone
from shoumi.screening.readers.office import HEAD_LINES
from shoumi.screening.readers.package import Package, local
from shoumi.screening.readers.pieces import Budget, Gap, Member, Picture, Piece, TooMuch, Unreadable

_PLACES = {"content.xml": "正文", "styles.xml": "页眉页脚与样式", "meta.xml": "文档属性"}


def read_opendocument(data: bytes, budget: Budget) -> Iterator[Piece]:
    package = Package(data, budget)
    if "META-INF/manifest.xml" in package.names:
        manifest = package.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise Unreadable("已加密，需要口令")
    for name in sorted(package.names, key=lambda one: (one != "content.xml", one)):
        try:
            if name.endswith(("content.xml", "styles.xml", "meta.xml")):
                yield from _part(package.xml(name), name.rpartition("/")[2])
            elif re.search(r"\.(?:png|jpe?g|bmp|gif|tiff?)$", name, re.IGNORECASE):
                yield Picture("嵌入图片", package.read(name))
            elif name.startswith("Object") and name.count("/") == 0:
                yield Member(name, package.read(name))
        except TooMuch:
            raise
        except Unreadable as error:
            yield Gap(f"部件{name}：{error}")


def _part(root: etree._Element, name: str) -> Iterator[Passage]:
    place = _PLACES[name]
    for box in [
        e for e in root.iter() if local(e) in {"text-box", "annotation", "tracked-changes"}
    ]:
        text = _text(box)
        if text.strip():
            where = {"text-box": "文本框", "annotation": "批注"}.get(local(box), "修订")
            yield Passage(text, f"{place}{where}", Zone.MARGIN)
        parent = box.getparent()
        if parent is not None and local(box) == "text-box":
            parent.remove(box)
    if name == "meta.xml":
        text = "\n".join(t.strip() for t in root.itertext() if t.strip())
        yield Passage(text, place, Zone.ASIDE)
        return
    text = _text(root)
    if text.strip():
        body = name == "content.xml"
        zone = Zone.BODY if body else Zone.MARGIN
        yield Passage(text, place, zone, "段" if body else "", HEAD_LINES if body else 0)


def _text(root: etree._Element) -> str:
    out: list[str] = []
    for element in root.iter("{*}p", "{*}h", "{*}table-row", "{*}table-cell"):
        tag = local(element)
        if tag == "table-row":
            out.append("\n")
        elif tag == "table-cell":
            out.append("\t" if out and out[-1] != "\n" else "")
        else:
            cell = any(local(above) == "table-cell" for above in element.iterancestors())
            out.append(_line(element))
            out.append("\v" if cell else "\n")
    return re.sub(r"\v(?=[\t\n]|$)", "", "".join(out))


def _line(element: etree._Element) -> str:
    out = [element.text or ""]
    for child in element:
        tag = local(child)
        if tag == "s":
            out.append(
                " " * min(int(child.get(_C, "1") or 1), 80)
                if (child.get(_C, "1") or "1").isdigit()
                else " "
            )
        elif tag in {"tab", "line-break"}:
            out.append("\t" if tag == "tab" else "\n")
        elif tag not in {"p", "h"}:
            out.append(_line(child))
        out.append(child.tail or "")
    return "".join(out)


_C = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}c"
