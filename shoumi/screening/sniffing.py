"""What a file truly is, by its bytes; the name only decides between kinds of text."""

import zipfile
from io import BytesIO
from pathlib import PurePath

from shoumi.screening.readers.archives import read_bzip2, read_gzip, read_tar, read_xz, read_zip
from shoumi.screening.readers.compound import read_compound
from shoumi.screening.readers.ofd import read_ofd
from shoumi.screening.readers.office import read_office
from shoumi.screening.readers.opendocument import read_opendocument
from shoumi.screening.readers.pdf import read_pdf
from shoumi.screening.readers.pictures import read_picture
from shoumi.screening.readers.pieces import Reader, Unreadable
from shoumi.screening.readers.rtf import read_rtf
from shoumi.screening.readers.sheets import read_workbook
from shoumi.screening.readers.text import read_mail, read_table, read_text
from shoumi.screening.readers.web import read_html

_MAGIC: tuple[tuple[bytes, Reader], ...] = (
    (b"%PDF-", read_pdf),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", read_compound),
    (b"{\\rtf", read_rtf),
    (b"\x89PNG\r\n\x1a\n", read_picture),
    (b"\xff\xd8\xff", read_picture),
    (b"GIF8", read_picture),
    (b"II*\x00", read_picture),
    (b"MM\x00*", read_picture),
    (b"\x1f\x8b", read_gzip),
    (b"BZh", read_bzip2),
    (b"\xfd7zXZ\x00", read_xz),
)
_UNSUPPORTED = (
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包暂不支持"),
    (b"Rar!\x1a\x07", "RAR 压缩包暂不支持"),
    (b"MZ", "可执行文件，不作文字检查"),
    (b"\x7fELF", "可执行文件，不作文字检查"),
    (b"SQLite format 3\x00", "数据库文件暂不支持"),
    (b"ID3", "音频文件，不作文字检查"),
    (b"OggS", "音频文件，不作文字检查"),
    (b"\x1aE\xdf\xa3", "视频文件，不作文字检查"),
)
_BY_NAME: dict[str, Reader] = {
    ".csv": read_table,
    ".tsv": read_text,
    ".htm": read_html,
    ".html": read_html,
    ".xhtml": read_html,
    ".mht": read_mail,
    ".mhtml": read_mail,
    ".eml": read_mail,
}
_PAGES = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<?xml",
    b"<meta",
    b"<div",
    b"<p>",
    b"<table",
)


def reader_of(name: str, data: bytes) -> Reader:
    """The reader for these bytes; raises Unreadable where there is none."""
    if not data:
        raise Unreadable("文件是空的")
    if not data.strip(b"\x00"):
        raise Unreadable("文件内容全为空字节")
    for magic, reason in _UNSUPPORTED:
        if data.startswith(magic):
            raise Unreadable(reason)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _package(data)
    for magic, reader in _MAGIC:
        if data.startswith(magic):
            return reader
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return read_picture
    if data[:2] == b"BM" and len(data) > 54 and data[6:10] == b"\x00\x00\x00\x00":
        return read_picture
    if data[4:8] == b"ftyp":
        raise Unreadable("音像文件，不作文字检查")
    if data[257:262] == b"ustar":
        return read_tar
    if b"%PDF-" in data[:1024]:
        return read_pdf
    return _text(name, data)


def _package(data: bytes) -> Reader:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        return read_zip
    if "xl/workbook.xml" in names:
        return read_workbook
    if "[Content_Types].xml" in names and any(
        n.startswith(("word/", "ppt/", "visio/")) for n in names
    ):
        return read_office
    if "OFD.xml" in names:
        return read_ofd
    if "content.xml" in names and ("mimetype" in names or "META-INF/manifest.xml" in names):
        return read_opendocument
    return read_zip


def _text(name: str, data: bytes) -> Reader:
    by_name = _BY_NAME.get(PurePath(name).suffix.lower())
    if by_name:
        return by_name
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_PAGES):
        return read_html
    return read_text
