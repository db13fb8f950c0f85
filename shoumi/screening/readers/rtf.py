"""Rich text: body, headers, footnotes, annotations, properties, without a full interpreter."""

import codecs
import re
from collections.abc import Iterator

from shoumi.screening.passage import Passage, Zone
from shoumi.screening.readers.office import HEAD_LINES
from shoumi.screening.readers.pieces import Budget, Picture, Piece, Unreadable

_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_PAGES = {936: "gb18030", 950: "big5", 1252: "cp1252", 65001: "utf-8", 54936: "gb18030"}
_SIGNS = {
    "par": "\n",
    "line": "\n",
    "page": "\n",
    "sect": "\n",
    "row": "\n",
    "cell": "\t",
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
# Groups of fonts, colours and the like, which hold no writing.
_SILENT = frozenset(
    [
        "fonttbl",
        "colortbl",
        "stylesheet",
        "listtable",
        "listoverridetable",
        "rsidtbl",
        "themedata",
        "colorschememapping",
        "latentstyles",
        "datastore",
        "xmlnstbl",
        "generator",
        "filetbl",
        "revtbl",
        "pgptbl",
        "mmathPr",
        "wgrffmtfilter",
        "blipuid",
        "listpicture",
    ]
)
_PLACES = {
    "header": "页眉",
    "headerl": "页眉",
    "headerr": "页眉",
    "headerf": "页眉",
    "footer": "页脚",
    "footerl": "页脚",
    "footerr": "页脚",
    "footerf": "页脚",
    "footnote": "脚注",
    "annotation": "批注",
    "info": "文档属性",
    "shptxt": "文本框",
}
_ASIDE = {"脚注", "批注", "文档属性"}
_DEEPEST = 2000


def read_rtf(data: bytes, budget: Budget) -> Iterator[Piece]:
    if not data.lstrip().startswith(b"{\\rtf"):
        raise Unreadable("不是 RTF 文件")
    collected: dict[str, list[str]] = {"正文": []}
    pictures: list[bytes] = []
    _walk(data, collected, pictures)
    for place, parts in collected.items():
        text = "".join(parts)
        if not text.strip():
            continue
        if place == "正文":
            yield Passage(text.lstrip("\n"), place, Zone.BODY, "段", HEAD_LINES)
        else:
            yield Passage(text, place, Zone.ASIDE if place in _ASIDE else Zone.MARGIN)
    for picture in pictures[: budget.pictures]:
        yield Picture("嵌入图片", picture)


class _Group:
    __slots__ = ("doubled", "picture", "place", "silent")

    def __init__(self, place: str, silent: bool, doubled: int, picture: bool) -> None:
        self.place, self.silent, self.doubled, self.picture = place, silent, doubled, picture


def _walk(data: bytes, collected: dict[str, list[str]], pictures: list[bytes]) -> None:
    stack = [_Group("正文", False, 1, False)]
    decoder = codecs.getincrementaldecoder("gb18030")("replace")
    pending = 0
    picture: list[bytes] = []

    def put(text: str) -> None:
        if not stack[-1].silent and text:
            collected.setdefault(stack[-1].place, []).append(text)

    for token in _TOKEN.finditer(data):
        word, argument, byte, sign, brace, plain = token.groups()
        group = stack[-1]
        if byte is not None or plain is not None:
            raw = bytes([int(byte, 16)]) if byte else plain
            if group.picture:
                picture.append(raw)
                continue
            while pending and raw:
                raw, pending = raw[1:], pending - 1
            put(decoder.decode(raw))
            continue
        if brace == b"{":
            if len(stack) > _DEEPEST:
                raise Unreadable("RTF 嵌套过深")
            stack.append(_Group(group.place, group.silent, group.doubled, False))
        elif brace == b"}":
            if group.picture and picture:
                pictures += _picture(picture)
                picture = []
            if len(stack) > 1:
                stack.pop()
                if stack[-1].place != group.place:
                    collected.setdefault(group.place, []).append("\n")
        elif sign is not None:
            put(
                {b"~": "\u00a0", b"-": "", b"_": "-"}.get(
                    sign, sign.decode("latin-1") if sign in b"\\{}" else ""
                )
            )
        elif word is not None:
            name = word.decode()
            number = int(argument) if argument else None
            if name == "u" and number is not None:
                put(chr(number % 65536) if not 0xD800 <= number % 65536 <= 0xDFFF else "")
                pending = group.doubled
            elif name == "uc":
                group.doubled = min(number or 0, 4)
            elif name == "ansicpg" and number in _PAGES:
                decoder = codecs.getincrementaldecoder(_PAGES[number])("replace")
            elif name == "bin":
                raise Unreadable("RTF 中含二进制数据段，未能检查")
            elif name in _SIGNS:
                put(_SIGNS[name])
            elif name in _SILENT:
                group.silent = True
            elif name in _PLACES:
                group.place = _PLACES[name]
            elif name == "pict":
                group.picture = group.silent = True


def _picture(parts: list[bytes]) -> list[bytes]:
    digits = re.sub(rb"[^0-9a-fA-F]", b"", b"".join(parts))
    data = bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
    return [data] if data[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1") else []
