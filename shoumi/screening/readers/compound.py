"""Compound files of the old Office (.doc .xls .ppt .wps .et .dps), and what is embedded in them."""

import re
from collections.abc import Iterator
from io import BytesIO

import olefile

from shoumi.screening.passage import Passage, Zone
from shoumi.screening.readers.old_sheets import read_old_workbook
from shoumi.screening.readers.old_slides import read_old_slides
from shoumi.screening.readers.old_word import read_old_word
from shoumi.screening.readers.pieces import Budget, Gap, Member, Picture, Piece, Unreadable

_MAIN = {
    "WordDocument": read_old_word,
    "Workbook": read_old_workbook,
    "Book": read_old_workbook,
    "PowerPoint Document": read_old_slides,
}
_PROPERTIES = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
_PNG_END = b"IEND\xaeB`\x82"


def read_compound(data: bytes, budget: Budget) -> Iterator[Piece]:
    try:
        with olefile.OleFileIO(BytesIO(data), raise_defects=olefile.DEFECT_FATAL) as ole:
            streams = {"/".join(path): path for path in ole.listdir(streams=True, storages=False)}
            if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
                raise Unreadable("已加密，需要口令")
            contents: dict[str, bytes] = {}
            for name, path in streams.items():
                budget.open_member()
                contents[name] = ole.openstream(path).read()
                budget.spend(len(contents[name]))
    except Unreadable:
        raise
    except (OSError, ValueError, IndexError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable("复合文档已损坏，不能打开") from error
    yield from _contents(contents)


def _contents(contents: dict[str, bytes]) -> Iterator[Piece]:
    mains = [name for name in contents if name in _MAIN]
    for name in mains:
        yield from _MAIN[name](contents)
    for name in _PROPERTIES:
        if text := _strings(contents.get(name, b"")):
            yield Passage(text, "文档属性", Zone.ASIDE)
    embedded = False
    for name, data in contents.items():
        if name in _MAIN or name in _PROPERTIES:
            if name != "WordDocument":
                yield from pictures_in(data)
            continue
        if name.rpartition("/")[2] in {"Data", "Pictures"}:
            yield from pictures_in(data)
        for member in _embedded(name, data):
            embedded = True
            yield member
    nested = sorted(
        {name.rpartition("/")[0] for name in contents if name.rpartition("/")[2] in _MAIN}
    )
    for storage in nested:
        if storage:
            inner = {
                name.removeprefix(f"{storage}/"): data
                for name, data in contents.items()
                if name.startswith(f"{storage}/")
            }
            for key in [key for key in inner if key in _MAIN]:
                yield from _placed(_MAIN[key](inner), "嵌入对象 ")
    if not mains and not embedded and not any(nested):
        raise Unreadable("复合文档的种类不认识")


def _placed(pieces: Iterator[Piece], place: str) -> Iterator[Piece]:
    for piece in pieces:
        if isinstance(piece, Passage):
            piece.place = place + piece.place
        yield piece


def _embedded(name: str, data: bytes) -> Iterator[Member]:
    """Packages kept in a stream of their own, whole or behind a header."""
    if "\x01Ole10Native" not in name and name.rpartition("/")[2] not in {
        "Package",
        "CONTENTS",
        "EmbeddedOdf",
    }:
        return
    for magic in (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"):
        at = data.find(magic, 0, 4096)
        if at >= 0:
            yield Member("嵌入对象", data[at:])
            return
    if data.strip(b"\x00"):
        yield Member("嵌入对象", data)


def pictures_in(data: bytes) -> Iterator[Picture | Gap]:
    """PNG and JPEG images found by their signatures."""
    for hit in re.finditer(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff[\xe0\xe1\xdb]", data):
        if hit[0].startswith(b"\x89"):
            end = data.find(_PNG_END, hit.start())
            if end > 0:
                yield Picture("嵌入图片", data[hit.start() : end + len(_PNG_END)])
        else:
            end = data.find(b"\xff\xd9", hit.start())
            if end - hit.start() > 2000:
                yield Picture("嵌入图片", data[hit.start() :][: 32 * 1024 * 1024])


def _strings(data: bytes) -> str:
    """Readable runs of a property set, whichever of the usual encodings it is in."""
    found: list[str] = []
    for encoding in ("utf-16-le", "gb18030", "utf-8"):
        text = data.decode(encoding, "ignore")
        found += re.findall(r"[\u4e00-\u9fff★☆0-9A-Za-z（）()：: ]{2,}", text)
    return "\n".join(run for run in dict.fromkeys(found) if re.search(r"[\u4e00-\u9fff]{2}", run))
