"""File types (附件类型): extension, signature and container must agree; what hides something is refused."""

import io
import re
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass

from shoumi.kernel.refusal import Refusal

CLAUSE = "systems.attachment"
MOST_PARTS = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
HIGHEST_RATIO = 100
LONGEST_SIDE = 20_000
SAME = {"jpeg": "jpg", "tiff": "tif"}
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class BadFile(Refusal):
    """This file is not taken in, and the sentence says why."""

    def __init__(self, message: str, *, way_on: str = "") -> None:
        super().__init__(message, clause=CLAUSE, way_on=way_on)


@dataclass(frozen=True)
class FileKind:
    """One type that may be taken in: how its bytes are recognised, and as what it is handed out."""

    extension: str
    media_type: str
    check: Callable[[bytes], None]


def check_file(name: str, content: bytes, *, allowed: Collection[str], longest: int) -> FileKind:
    """The type of a file that may be stored, or the reason why it may not. Clause: systems.attachment."""
    if not content:
        raise BadFile("文件是空的", way_on="请检查文件后重新选择")
    if len(content) > longest:
        raise BadFile(
            f"文件大于 {longest // 1024 // 1024} 兆字节", way_on="请压缩图像或者分成几个文件"
        )
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    extension = SAME.get(extension, extension)
    kind = KINDS.get(extension)
    if kind is None or extension not in allowed:
        raise BadFile(
            f"不收「{extension or '无扩展名'}」类型的文件",
            way_on="允许的类型：" + "、".join(sorted(allowed)),
        )
    if content.startswith(OLE):
        raise BadFile(
            "旧格式文档或者加了密码的文档不能存入", way_on="请另存为新格式、去掉密码后再传"
        )
    kind.check(content)
    return kind


def clean_name(name: str) -> str:
    """The name as it is kept and shown: no path, nothing invisible, no word a system keeps for itself."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2]).strip(" .")
    if any(unicodedata.category(c)[0] == "C" for c in name):
        raise BadFile("文件名含不可见字符", way_on="请改名后再传")
    if re.search(r'[<>:"|?*]', name) or name.partition(".")[0].lower() in DEVICES:
        raise BadFile("文件名含不允许的字符或者保留字", way_on="请改名后再传")
    if not name or len(name) > 120:
        raise BadFile("文件名为空或者长于 120 个字", way_on="请改名后再传")
    return name


def _pdf(content: bytes) -> None:
    _must(content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:], "pdf")
    _alone(content, "pdf")
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), content)
    if re.search(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b", plain):
        raise BadFile("PDF 文件含脚本、内嵌文件或者启动命令", way_on="请打印为新的 PDF 后再传")
    if re.search(rb"/Encrypt\b", plain):
        raise BadFile("PDF 文件加了密码", way_on="请去掉密码后再传")


def _png(content: bytes) -> None:
    _must(content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 45, "png")
    _must(content[-12:] == b"\x00\x00\x00\x00IEND\xaeB`\x82", "png")
    width, height = struct.unpack(">II", content[16:24])
    if max(width, height) > LONGEST_SIDE:
        raise BadFile(f"图像边长超过 {LONGEST_SIDE} 点", way_on="请缩小后再传")


def _jpg(content: bytes) -> None:
    _must(
        content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\x00").endswith(b"\xff\xd9"), "jpg"
    )
    _alone(content, "jpg")


def _tif(content: bytes) -> None:
    _must(content[:4] in (b"II*\x00", b"MM\x00*"), "tif")
    _alone(content, "tif")


def _txt(content: bytes) -> None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        _must(not any(unicodedata.category(c) == "Cc" and c not in "\t\r\n\f" for c in text), "txt")
        _alone(content, "txt")
        return
    _must(False, "txt")


def _zip_of(extension: str, *needed: str) -> Callable[[bytes], None]:
    """A container whose parts say that it is what its extension says."""

    def check(content: bytes) -> None:
        _must(content.startswith(b"PK\x03\x04"), extension)
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as parts:
                infos = parts.infolist()
                _zip_is_harmless(infos, len(content))
                present = {info.filename for info in infos}
                _must(all(part in present for part in needed), extension)
                _parts_are_harmless(parts, infos)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
            raise BadFile("文件已损坏，无法读取", way_on="请重新保存后再传") from None

    return check


def _zip_is_harmless(infos: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    starts = [info.header_offset for info in infos]
    if (
        len(infos) > MOST_PARTS
        or unpacked > MOST_UNPACKED
        or (unpacked > 1024 * 1024 and unpacked > HIGHEST_RATIO * max(packed, 1))
        or packed > size
        or len(set(starts)) != len(starts)
    ):
        raise BadFile("文件展开后过大或者结构异常", way_on="请减少内容后重新保存")
    for info in infos:
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise BadFile("文件内部路径异常", way_on="请重新保存后再传")
        if info.flag_bits & 1:
            raise BadFile("文件加了密码", way_on="请去掉密码后再传")
        if (info.external_attr >> 16) & 0o170000 == 0o120000:
            raise BadFile("文件内部含链接", way_on="请重新保存后再传")


def _parts_are_harmless(parts: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> None:
    for info in infos:
        name = info.filename.lower()
        if name.endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs", ".ps1", ".bat", ".zip")):
            raise BadFile("文件含宏、程序或者内嵌压缩包", way_on="请另存为不含宏的文件")
        if name.endswith((".xml", ".rels")):
            with parts.open(info) as source:
                text = source.read(1024 * 1024)
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise BadFile("文件内部含实体定义", way_on="请重新保存后再传")
            if name.endswith(".rels") and re.search(
                rb'(?:attachedTemplate|oleObject|frame|subDocument)"[^>]*TargetMode="External"',
                text,
            ):
                raise BadFile("文件引用外部模板或者对象", way_on="请取消外部引用后再传")


def _alone(content: bytes, extension: str) -> None:
    """Nothing may be hung on that another program would read as an archive."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise BadFile(f"{extension} 文件中夹带压缩包", way_on="请重新保存后再传")


def _must(is_so: bool, extension: str) -> None:
    if not is_so:
        raise BadFile(
            f"文件内容不是 {extension} 格式，与扩展名不符", way_on="请核对文件，不要只改扩展名"
        )


_OFFICE = "application/vnd.openxmlformats-officedocument."
_TYPES = "[Content_Types].xml"
KINDS: dict[str, FileKind] = {
    kind.extension: kind
    for kind in (
        FileKind("pdf", "application/pdf", _pdf),
        FileKind("png", "image/png", _png),
        FileKind("jpg", "image/jpeg", _jpg),
        FileKind("tif", "image/tiff", _tif),
        FileKind("txt", "text/plain; charset=utf-8", _txt),
        FileKind("docx", f"{_OFFICE}wordprocessingml.document", _zip_of("docx", _TYPES, "word/document.xml")),
        FileKind("xlsx", f"{_OFFICE}spreadsheetml.sheet", _zip_of("xlsx", _TYPES, "xl/workbook.xml")),
        FileKind("pptx", f"{_OFFICE}presentationml.presentation", _zip_of("pptx", _TYPES, "ppt/presentation.xml")),
        FileKind("odt", "application/vnd.oasis.opendocument.text", _zip_of("odt", "mimetype", "content.xml")),
        FileKind("ofd", "application/ofd", _zip_of("ofd", "OFD.xml")),
    )
}  # fmt: skip
