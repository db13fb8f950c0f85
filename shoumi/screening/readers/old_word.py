"""Word 97–2003: the piece table gives all text, headers and notes included ([MS-DOC] 2.4.1)."""

import struct
from collections.abc import Iterator, Mapping

from shoumi.screening.passage import Passage, Zone
from shoumi.screening.readers.office import HEAD_LINES
from shoumi.screening.readers.pieces import Piece, Unreadable

_WORD = 0xA5EC
_ENCRYPTED, _TABLE_ONE = 0x0100, 0x0200
_COUNTS = 0x4C
_CLX = 0x01A2
_COMPRESSED = 1 << 30
# The parts follow one another in this order; the fourth count (macros) is always nought.
_PARTS: tuple[tuple[str, Zone], ...] = (
    ("正文", Zone.BODY),
    ("脚注", Zone.ASIDE),
    ("页眉页脚", Zone.MARGIN),
    ("宏", Zone.ASIDE),
    ("批注", Zone.ASIDE),
    ("尾注", Zone.ASIDE),
    ("文本框", Zone.MARGIN),
    ("页眉文本框", Zone.MARGIN),
)
_SIGNS = {
    0x07: "\t",
    0x0B: "\n",
    0x0C: "\n",
    0x0D: "\n",
    0x1E: "-",
    0x1F: "",
    0x13: " ",
    0x14: " ",
    0x15: " ",
    0x01: "",
    0x02: "",
    0x03: "",
    0x04: "",
    0x05: "",
    0x08: "",
    0x00: "",
}


def read_old_word(contents: Mapping[str, bytes]) -> Iterator[Piece]:
    main = contents["WordDocument"]
    try:
        (magic,) = struct.unpack_from("<H", main, 0)
        (flags,) = struct.unpack_from("<H", main, 0x0A)
        if flags & _ENCRYPTED:
            raise Unreadable("已加密，需要口令")
        if magic != _WORD:
            raise Unreadable("文字处理文件的版本过旧，不能读取")
        table = contents["1Table" if flags & _TABLE_ONE else "0Table"]
        counts = struct.unpack_from("<8i", main, _COUNTS)
        start, size = struct.unpack_from("<II", main, _CLX)
        text = "".join(_pieces(main, table[start : start + size]))
    except (struct.error, KeyError) as error:
        raise Unreadable("文字处理文件已损坏") from error
    if not text or min(counts) < 0:
        raise Unreadable("文字处理文件已损坏")
    at = 0
    for (place, zone), count in zip(_PARTS, counts, strict=True):
        part = text[at : at + count].translate(_SIGNS)
        at += count
        if part.strip():
            body = zone is Zone.BODY
            yield Passage(part, place, zone, "段" if body else "", HEAD_LINES if body else 0)
    if rest := text[at:].translate(_SIGNS).strip():
        yield Passage(rest, "其他文字", Zone.ASIDE)


def _pieces(main: bytes, clx: bytes) -> Iterator[str]:
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        raise Unreadable("文字处理文件缺少文字表")
    (size,) = struct.unpack_from("<I", clx, at + 1)
    table = clx[at + 5 : at + 5 + size]
    count = (len(table) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", table, 0)
    for number in range(count):
        (where,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)
        length = ends[number + 1] - ends[number]
        if length < 0 or length > len(main):
            raise Unreadable("文字处理文件的文字表已损坏")
        if where & _COMPRESSED:
            offset = (where & ~_COMPRESSED) // 2
            yield main[offset : offset + length].decode("cp1252", "replace")
        else:
            yield main[where : where + 2 * length].decode("utf-16-le", "replace")
