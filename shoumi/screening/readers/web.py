"""HTML: what is shown, and what is hidden in comments, attributes and scripts."""

import base64
import binascii
import re
from collections.abc import Iterator

from lxml import etree, html

from shoumi.screening.passage import Passage, Zone
from shoumi.screening.plain import BadText, decoded
from shoumi.screening.readers.pieces import Budget, Picture, Piece, Unreadable

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_CELLS = {"td", "th"}
_SPOKEN = ("alt", "title", "content", "value", "placeholder", "aria-label", "summary")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_DATA_IMAGE = re.compile(r"data:image/[a-z+.-]+;base64,([A-Za-z0-9+/=\s]+)")


def read_html(data: bytes, budget: Budget) -> Iterator[Piece]:
    yield from read_markup(_decoded(data))


def _decoded(data: bytes) -> str:
    if named := _CHARSET.search(data[:4096]):
        name = named[1].decode().lower()
        name = "gb18030" if name in {"gb2312", "gbk", "gb18030"} else name
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            pass
    try:
        return decoded(data)
    except BadText as error:
        raise Unreadable(str(error)) from error


def read_markup(text: str) -> Iterator[Piece]:
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("网页内容为空或者已损坏") from error
    shown: list[str] = []
    hidden: list[tuple[str, str]] = []
    pictures: list[str] = []
    for event, node in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "comment":
            hidden.append(("网页注释", node.text or ""))
            shown.append(node.tail or "")
            continue
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            _open(node, tag, shown, hidden, pictures)
        else:
            shown.append("\n" if tag in _BLOCKS else "")
            shown.append(node.tail or "")
    body = re.sub(r"\n\s*\n+", "\n", "".join(shown))
    if body.strip():
        yield Passage(body.strip("\n"), "网页正文", Zone.BODY, "行", 8)
    for place, piece in hidden:
        if piece.strip():
            yield Passage(piece, place, Zone.ASIDE, head=1)
    for picture in pictures[:50]:
        try:
            yield Picture("网页内嵌图片", base64.b64decode(picture))
        except (binascii.Error, ValueError):
            continue


def _open(
    node: etree._Element,
    tag: str,
    shown: list[str],
    hidden: list[tuple[str, str]],
    pictures: list[str],
) -> None:
    for key in _SPOKEN:
        if value := node.get(key):
            hidden.append(("图片替代文字" if key == "alt" else f"网页属性{key}", value))
    if (source := node.get("src")) and (image := _DATA_IMAGE.match(source)):
        pictures.append(image[1])
    if tag in _BLOCKS:
        shown.append("\n")
    elif tag in _CELLS:
        shown.append("\t")
    if tag in {"script", "style", "template", "noscript"}:
        hidden.append(("网页脚本与样式", node.text or ""))
    else:
        # A line break in the source is a blank on the page.
        shown.append((node.text or "").replace("\n", "" if tag != "pre" else "\n"))
