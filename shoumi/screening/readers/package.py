"""Zip packages, opened with care: sizes are counted while unpacking, never believed."""

import zipfile
import zlib
from functools import lru_cache
from io import BytesIO

from lxml import etree

from shoumi.screening.readers.pieces import MIB, Budget, TooMuch, Unreadable

_CHUNK = 256 * 1024
_LARGEST_MEMBER = 512 * MIB
_RATIO = 400
"""Office files compress up to about a hundredfold; a bomb a thousandfold and more."""


class Package:
    """A zip file in memory."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self._budget = budget
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            self.entries = [
                entry for entry in self._zip.infolist() if not entry.filename.endswith("/")
            ]
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise Unreadable("压缩结构已损坏，不能打开") from error
        self.names = [entry.filename for entry in self.entries]

    def read(self, entry: zipfile.ZipInfo | str) -> bytes:
        """One member; raises Unreadable with the reason."""
        info = self._zip.getinfo(entry) if isinstance(entry, str) else entry
        if info.flag_bits & 1:
            raise Unreadable("已加密，需要口令")
        self._budget.open_member()
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self._budget.spend(len(chunk))
                    if size > _LARGEST_MEMBER or (
                        size > 8 * MIB and size > _RATIO * max(info.compress_size, 1)
                    ):
                        raise TooMuch("单个成员解开后过大，疑似压缩炸弹")
                    parts.append(chunk)
        except (
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            EOFError,
            OSError,
            RuntimeError,
            ValueError,
        ) as error:
            raise Unreadable("压缩内容已损坏，或者压缩方式不支持") from error
        return b"".join(parts)

    def xml(self, name: str) -> etree._Element:
        return parse_xml(self.read(name))


def parse_xml(data: bytes) -> etree._Element:
    """An XML tree without entities, network or endless depth; raises Unreadable."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    if b"<!ENTITY" in data[:65536]:
        raise Unreadable("XML 中定义了实体，不予展开")
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("XML 内容已损坏") from error
    if root is None:
        raise Unreadable("XML 内容为空")
    return root


def local(element: etree._Element) -> str:
    """The tag without its namespace; empty for comments and instructions."""
    return bare(element.tag)


@lru_cache(maxsize=4096)
def bare(tag: object) -> str:
    """Kept for every tag, since a document repeats a few tags thousands of times."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
