"""PowerPoint 97–2003: the text atoms of the document stream ([MS-PPT] 2.9)."""

import struct
from collections.abc import Iterator, Mapping

from shoumi.screening.passage import Passage, Zone
from shoumi.screening.readers.pieces import Piece, Unreadable

_CONTAINER = 0xF
_WIDE, _NARROW, _STRING = 0x0FA0, 0x0FA8, 0x0FBA
_ENCRYPTED = 0xF3D1C4DF


def read_old_slides(contents: Mapping[str, bytes]) -> Iterator[Piece]:
    user = contents.get("Current User", b"")
    if len(user) >= 16 and struct.unpack_from("<I", user, 12)[0] == _ENCRYPTED:
        raise Unreadable("已加密，需要口令")
    data = contents["PowerPoint Document"]
    at = found = 0
    while at + 8 <= len(data):
        head, code, size = struct.unpack_from("<HHI", data, at)
        at += 8
        if head & 0xF == _CONTAINER:
            continue
        body = data[at : at + size]
        at += size
        if code in (_WIDE, _STRING):
            text = body.decode("utf-16-le", "replace")
        elif code == _NARROW:
            text = body.decode("latin-1")
        else:
            continue
        found += 1
        text = text.replace("\r", "\n").replace("\v", "\n")
        if text.strip():
            yield Passage(text, "演示文稿", Zone.MARGIN)
    if not found:
        raise Unreadable("演示文稿已损坏，没有读到文字")
