"""Archives: every member is handed on; sizes are counted while unpacking."""

import bz2
import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Protocol

from shoumi.screening.plain import common_share
from shoumi.screening.readers.package import Package
from shoumi.screening.readers.pieces import MIB, Budget, Gap, Member, Piece, TooMuch, Unreadable


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


_CHUNK = MIB
_RATIO = 1000
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, tarfile.TarError, ValueError)


def read_zip(data: bytes, budget: Budget) -> Iterator[Piece]:
    package = Package(data, budget)
    if not package.entries:
        raise Unreadable("压缩包是空的")
    for entry in package.entries:
        name = member_name(entry)
        try:
            yield Member(name, package.read(entry))
        except TooMuch:
            raise
        except Unreadable as error:
            yield Gap(str(error), name)


def member_name(entry: zipfile.ZipInfo) -> str:
    """The name as its maker wrote it: without the UTF-8 flag it is mostly GBK."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    return name_text(raw)


def name_text(raw: bytes) -> str:
    """UTF-8 or GBK, whichever reads more like a name; a few GBK signs can be sound UTF-8."""
    readings = []
    for encoding in ("utf-8", "gb18030"):
        try:
            readings.append(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return max(readings, key=common_share, default=raw.decode("utf-8", "replace"))


def read_tar(data: bytes, budget: Budget) -> Iterator[Piece]:
    yield from _tar(data, budget)


def _tar(data: bytes, budget: Budget) -> Iterator[Piece]:
    try:
        with tarfile.open(
            fileobj=BytesIO(data), mode="r:", encoding="utf-8", errors="surrogateescape"
        ) as tar:
            for entry in tar:
                if not entry.isfile():
                    continue
                budget.open_member()
                stream = tar.extractfile(entry)
                if stream is None:
                    yield Gap("不能取出", _tar_name(entry.name))
                    continue
                yield Member(_tar_name(entry.name), _all(stream, budget))
    except TooMuch:
        raise
    except _BROKEN as error:
        raise Unreadable("归档已损坏") from error


def _tar_name(name: str) -> str:
    raw = name.encode("utf-8", "surrogateescape")
    return name_text(raw)


def _all(stream: _Stream, budget: Budget, compressed: int = 0) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        budget.spend(len(chunk))
        if compressed and size > 32 * MIB and size > _RATIO * compressed:
            raise TooMuch("解开后过大，疑似压缩炸弹")
        parts.append(chunk)
    return b"".join(parts)


def read_gzip(data: bytes, budget: Budget) -> Iterator[Piece]:
    with gzip.GzipFile(fileobj=BytesIO(data)) as stream:
        yield from _single(stream, data, budget)


def read_bzip2(data: bytes, budget: Budget) -> Iterator[Piece]:
    with bz2.BZ2File(BytesIO(data)) as stream:
        yield from _single(stream, data, budget)


def read_xz(data: bytes, budget: Budget) -> Iterator[Piece]:
    with lzma.LZMAFile(BytesIO(data)) as stream:
        yield from _single(stream, data, budget)


def _single(stream: _Stream, data: bytes, budget: Budget) -> Iterator[Piece]:
    try:
        inner = _all(stream, budget, len(data))
    except TooMuch:
        raise
    except (*_BROKEN, MemoryError) as error:
        raise Unreadable("压缩内容已损坏") from error
    if inner[257:262] == b"ustar":
        yield from _tar(inner, budget)
    else:
        yield Member("压缩内容", inner)
