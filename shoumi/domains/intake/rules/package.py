"""A look inside a file before anything is read from it: what it really is, and whether it is safe to open.

Everything refused here gets a sentence for a registrar, who knows spreadsheets but not archives.
"""

import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shoumi.kernel.refusal import Refusal

CLAUSE = "intake.file"
MOST_BYTES = 5 * 1024 * 1024
MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
# Below this size a high ratio is only an empty table.
RATIO_COUNTS_FROM = 1024 * 1024
LAST_COLUMN = 200
LAST_ROW = 100_000
MOST_MERGED = 500_000
_CHUNK = 1024 * 1024
_OVERLAP = 256

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN = {"xl/workbook.xml": "xlsx", "word/document.xml": "docx"}
_CELL = re.compile(rb'<(?:\w+:)?(?:c|row)\b[^>]*?\br="([A-Z]{0,4})([0-9]{1,9})"')
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,4})([0-9]{1,9})(?::([A-Z]{1,4})([0-9]{1,9}))?"'
)
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_SAVE_AS = "请用办公软件打开，核对内容后另存为 .xlsx（借阅登记簿也可为 .docx），再行导入"


class BadFile(Refusal):
    """The file is none that may be opened here."""

    def __init__(self, message: str, way_on: str = _SAVE_AS) -> None:
        super().__init__(message, clause=CLAUSE, way_on=way_on)


@dataclass(frozen=True, slots=True)
class Package:
    """A file that was looked into: its path and its kind, `xlsx` or `docx`."""

    path: Path
    kind: str


def look(path: Path) -> Package:
    """Judge the file by its directory alone; nothing is unpacked."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise BadFile(
            f"文件有 {size / 1024 / 1024:.1f} MB，超过 {MOST_BYTES // 1024 // 1024} MB",
            "请删去图片、空白格式和无关的工作表，或者分成几个文件导入",
        )
    _check_signature(path)
    try:
        with zipfile.ZipFile(path) as archive:
            return Package(path, _check_directory(archive.infolist()))
    except (zipfile.BadZipFile, OSError, ValueError) as fault:
        raise BadFile("文件已损坏或者不完整，打不开") from fault


def check_extent(path: Path) -> None:
    """Refuse cells far out, endless merged ranges and declared entities; reads every part once."""
    with zipfile.ZipFile(path) as archive:
        unpacked = 0
        for entry in archive.infolist():
            is_sheet = entry.filename.startswith("xl/worksheets/")
            rows = merged = 0
            if not entry.filename.endswith((".xml", ".rels")):
                continue
            for piece in _pieces(archive, entry):
                unpacked += len(piece)
                if unpacked > 2 * MOST_UNPACKED:
                    raise _bomb()
                if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                    raise BadFile("文件中含有不应有的声明，可能是伪造的")
                if is_sheet:
                    _check_cells(piece)
                    rows += len(_ROW.findall(piece))
                    merged += sum(_area(found) for found in _MERGED.findall(piece))
            if rows > LAST_ROW * 1.01 or merged > MOST_MERGED:
                raise _too_far()


def column_number(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _check_signature(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(8)
        if head == _OLE:
            if _ENCRYPTED in head + file.read():
                raise BadFile(
                    "文件设有打开密码，系统不能读取",
                    "请在办公软件中取消打开密码并另存，导入后按规定处理该副本",
                )
            raise BadFile("这是旧格式（.xls 或者 .doc）的文件，不能直接导入")
    if not head:
        raise BadFile("文件是空的", "请重新选取文件")
    if not head.startswith(b"PK"):
        raise BadFile("文件的内容不是 .xlsx 或者 .docx，可能只是改了扩展名")


def _check_directory(entries: list[zipfile.ZipInfo]) -> str:
    if len(entries) > MOST_ENTRIES:
        raise _bomb()
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise BadFile("文件内部有同名的部分，可能是伪造的")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise BadFile("文件内部加了密，系统不能读取", "请取消密码并另存后导入")
        if _is_outside(entry.filename) or stat.S_ISLNK(entry.external_attr >> 16):
            raise BadFile("文件内部指向了外面的位置，可能是伪造的")
        packed = max(entry.compress_size, 1)
        if entry.file_size > RATIO_COUNTS_FROM and entry.file_size / packed > MOST_RATIO:
            raise _bomb()
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise _bomb()
    if "[Content_Types].xml" not in names:
        raise BadFile("这是一个压缩包，不是办公文档", "请解开压缩包，逐个导入其中的台账")
    kinds = [kind for name, kind in _MAIN.items() if name in names]
    if not kinds:
        raise BadFile("这不是电子表格，也不是 Word 文档")
    return kinds[0]


def _is_outside(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or bool(re.match(r"[A-Za-z]:", plain))


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces that overlap, so that no tag is cut in two unseen."""
    with archive.open(entry) as part:
        tail = b""
        while block := part.read(_CHUNK):
            yield tail + block
            tail = block[-_OVERLAP:]


def _check_cells(piece: bytes) -> None:
    for letters, row in _CELL.findall(piece):
        if int(row) > LAST_ROW or (letters and column_number(letters.decode()) > LAST_COLUMN):
            raise _too_far()


def _area(found: tuple[bytes, bytes, bytes, bytes]) -> int:
    left, top, right, bottom = found
    if not right:
        return 1
    wide = column_number(right.decode()) - column_number(left.decode()) + 1
    return max(wide, 1) * max(int(bottom) - int(top) + 1, 1)


def _too_far() -> BadFile:
    return BadFile(
        f"表格中有第 {LAST_COLUMN} 列以外或者第 {LAST_ROW} 行以外的单元格",
        "请删去表格右侧和下方的空行、空列（选中后整行、整列删除），保存后再导入",
    )


def _bomb() -> BadFile:
    return BadFile(
        "文件展开后过大，可能是恶意构造的压缩文件",
        "请在办公软件中打开核对，只保留台账内容，另存后导入",
    )
