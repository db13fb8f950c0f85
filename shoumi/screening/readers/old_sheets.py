"""Excel 97–2003 (BIFF8): cells of all sheets, hidden ones too, printed margins, comments ([MS-XLS])."""

import re
import struct
from collections.abc import Iterator, Mapping

from shoumi.screening.passage import Passage, Zone
from shoumi.screening.readers.pieces import Piece, Unreadable
from shoumi.screening.readers.sheets import PRINT_CODE, Strings

_BOF, _FILEPASS, _SHEET, _SST, _CONTINUE = 0x809, 0x2F, 0x85, 0xFC, 0x3C
_LABELSST, _LABEL, _NUMBER, _RK, _MULRK, _STRING, _FORMULA = (
    0xFD,
    0x204,
    0x203,
    0x27E,
    0xBD,
    0x207,
    0x06,
)
_MARGINS = {0x14, 0x15}
_TEXT_OBJECT, _NOTE = 0x1B6, 0x1C
_STATES = {1: "隐藏工作表", 2: "深度隐藏工作表"}
_BIFF8 = 0x0600

_Record = tuple[int, bytes, int]


def read_old_workbook(contents: Mapping[str, bytes]) -> Iterator[Piece]:
    data = contents.get("Workbook") or contents.get("Book") or b""
    try:
        records = list(_records(data))
        if not records or records[0][0] != _BOF:
            raise Unreadable("电子表格已损坏")
        if struct.unpack_from("<H", records[0][1], 0)[0] != _BIFF8:
            raise Unreadable("电子表格的版本过旧，不能读取")
        if any(code == _FILEPASS for code, _, _ in records[:20]):
            raise Unreadable("已加密，需要口令")
        yield from _workbook(records)
    except (struct.error, IndexError) as error:
        raise Unreadable("电子表格已损坏") from error


def _records(data: bytes) -> Iterator[_Record]:
    at = 0
    while at + 4 <= len(data):
        code, size = struct.unpack_from("<HH", data, at)
        yield code, data[at + 4 : at + 4 + size], at
        at += 4 + size


def _workbook(records: list[_Record]) -> Iterator[Piece]:
    strings = Strings()
    sheets: dict[int, str] = {}
    names: list[str] = []
    for index, (code, body, _) in enumerate(records):
        if code == _SST:
            parts = [body]
            for following, more, _ in records[index + 1 :]:
                if following != _CONTINUE:
                    break
                parts.append(more)
            strings = _shared(parts)
        elif code == _SHEET:
            where, state, _, length, wide = struct.unpack_from("<IBBBB", body, 0)
            title = _decode(body[8:], length, wide)
            names.append(title)
            sheets[where] = f"{_STATES.get(state, '工作表')}「{title}」"
    yield Passage("\n".join(names), "工作表名", Zone.ASIDE)
    yield from _cells(records, sheets, strings)
    yield Passage(strings.unused(), "已删除而仍保存的文字", Zone.ASIDE)


def _cells(records: list[_Record], sheets: dict[int, str], strings: Strings) -> Iterator[Passage]:
    place = "工作簿"
    rows: dict[int, dict[int, str]] = {}
    previous = 0
    for code, body, at in records:
        if code == _BOF:
            yield from _rows(rows, place)
            rows, place = {}, sheets.get(at, place)
        elif code in _MARGINS and len(body) > 3:
            length, wide = struct.unpack_from("<HB", body, 0)
            yield Passage(
                PRINT_CODE.sub("\t", _decode(body[3:], length, wide)),
                f"{place}打印页眉页脚",
                Zone.MARGIN,
            )
        elif code == _CONTINUE and previous == _TEXT_OBJECT and len(body) > 1:
            yield Passage(
                _decode(body[1:], len(body), body[0]), f"{place}批注与文本框", Zone.MARGIN
            )
        for row, column, text in _values(code, body, strings):
            rows.setdefault(row, {})[column] = text
        previous = code
    yield from _rows(rows, place)


def _rows(rows: dict[int, dict[int, str]], place: str) -> Iterator[Passage]:
    out: list[str] = []
    starts: list[int] = []
    names: list[str] = []
    size = 0
    for row in sorted(rows):
        for column in sorted(rows[row]):
            text = rows[row][column].replace("\n", "\v").replace("\t", " ")
            starts.append(size)
            names.append(f"{_letters(column)}{row + 1}")
            out += [text, "\t"]
            size += len(text) + 1
        out.append("\n")
        size += 1
    if starts:
        yield Passage("".join(out), place, Zone.BODY, "行", 3, starts, names)


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _values(code: int, body: bytes, strings: Strings) -> Iterator[tuple[int, int, str]]:
    if code == _LABELSST:
        row, column, _, number = struct.unpack_from("<HHHI", body, 0)
        if number < len(strings):
            yield row, column, strings.take(number)
    elif code == _LABEL:
        row, column, _, length, wide = struct.unpack_from("<HHHHB", body, 0)
        yield row, column, _decode(body[9:], length, wide)
    elif code in (_NUMBER, _FORMULA):
        row, column, _, value = struct.unpack_from("<HHHd", body, 0)
        yield row, column, _plain(value)
    elif code == _RK:
        row, column, _, packed = struct.unpack_from("<HHHI", body, 0)
        yield row, column, _plain(_rk(packed))
    elif code == _MULRK:
        row, first = struct.unpack_from("<HH", body, 0)
        for index in range((len(body) - 6) // 6):
            (packed,) = struct.unpack_from("<I", body, 4 + 6 * index + 2)
            yield row, first + index, _plain(_rk(packed))


def _rk(packed: int) -> float:
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        value = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", packed & 0xFFFFFFFC))[0]
    return value / 100 if packed & 1 else value


def _plain(value: float) -> str:
    if value != value or abs(value) > 1e22:
        return ""
    return str(int(value)) if value == int(value) else repr(value)


def _decode(data: bytes, length: int, wide: int) -> str:
    if wide & 1:
        return data[: 2 * length].decode("utf-16-le", "replace")
    return data[:length].decode("latin-1")


def _shared(parts: list[bytes]) -> Strings:
    """The string table; a string may run on into the next record, which repeats its width."""
    cursor = _Cursor(parts)
    (count,) = struct.unpack("<I", cursor.take(8)[4:])
    found = Strings()
    for _ in range(min(count, 4_000_000)):
        if cursor.done:
            break
        found.append(cursor.string())
    return found


class _Cursor:
    def __init__(self, parts: list[bytes]) -> None:
        self._parts, self._part, self._at = parts, 0, 0

    @property
    def done(self) -> bool:
        return self._part >= len(self._parts) - 1 and self._at >= len(self._parts[-1])

    def take(self, size: int) -> bytes:
        out = b""
        while len(out) < size:
            if self._at >= len(self._parts[self._part]):
                self._next()
            piece = self._parts[self._part][self._at : self._at + size - len(out)]
            self._at += len(piece)
            out += piece
        return out

    def _next(self) -> None:
        self._part, self._at = self._part + 1, 0
        if self._part >= len(self._parts):
            raise IndexError("the string table ends in the middle")

    def string(self) -> str:
        length, flags = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self.take(4))[0] if flags & 4 else 0
        out: list[str] = []
        while length:
            left = len(self._parts[self._part]) - self._at
            if not left:
                self._next()
                flags = self.take(1)[0]
                continue
            fits = min(length, left // 2 if flags & 1 else left)
            if not fits:
                raise IndexError("half a sign at the end of a record")
            out.append(_decode(self.take(fits * (1 + (flags & 1))), fits, flags))
            length -= fits
        self.take(4 * runs)
        self.take(min(extra, 1 << 20))
        return re.sub(r"\x00", "", "".join(out))
