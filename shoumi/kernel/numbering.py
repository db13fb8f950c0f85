"""Numbers of papers: the document number (文号), the copy number (份号), and the next in a series.

A series never has a gap: what comes next follows from the last number given, from nothing else.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from shoumi.kernel.refusal import Refusal

HIGHEST_COPY = 999_999
_MOST_COPIES = 10_000
_OPENING, _CLOSING = "〔[(（【［﹝〖", "〕])）】］﹞〗"
_BRACKETS = str.maketrans({sign: "〔" for sign in _OPENING} | {sign: "〕" for sign in _CLOSING})
_NUMBER = re.compile(r"([^〔〕]*)〔([0-9]*)年?〕(第?)([0-9]+)(号?)")
_SEPARATORS = re.compile(r"[、,，;；\s]+")
_LOOSE_NUMBER = re.compile(
    r"([^〔〕0-9]+[^〔〕]*?)(?=[^〕]*〔|[0-9]{4}年?〕)〔?([0-9]{4})年?〕?第?0*([1-9][0-9]{0,5})号?"
)
_COPY_WORDS = re.compile(r"^(?:№|[Nn][Oo]\.?|#|编号|份号|第)+|(?:号|份)+$")
_JOINT = re.compile(r"[-‐–—―−~～－至到]+")
_SPACED_JOINT = re.compile(rf"\s*({_JOINT.pattern})\s*")
_RANGE = re.compile(r"([0-9]{1,6})(?:[-‐–—~～－至到]+([0-9]{1,6}))?")


class BadNumber(Refusal):
    """The number is not in the one form that the standard knows."""


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """机关代字〔年份〕序号: full year, hexagonal brackets, no padding, no 第."""

    code: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.number}号"


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """Numbers are given per kind of paper and year."""

    kind: str
    year: int


def next_number(last: int | None) -> int:
    """The number after the last one given; a series begins with 1."""
    return (last or 0) + 1


def parse_number(text: str) -> DocumentNumber:
    """Read a document number; brackets of any shape and full-width digits are set right."""
    plain = _squeeze(text).translate(_BRACKETS)
    found = _NUMBER.fullmatch(plain)
    if found is None:
        raise _bad_number(f"「{_shown(text)}」不是规范的文号")
    code, year, ordinal, number, last = found.groups()
    if not code.isalnum() or len(code) > 20:
        raise _bad_number("文号应以发文机关代字开头")
    if len(year) != 4 or not "1949" <= year <= "2199":
        raise _bad_number("文号的年份应标全称四位数字")
    if len(number) > 6 or int(number) == 0:
        raise _bad_number("文号的顺序号应为一至六位的数字")
    right = DocumentNumber(code, int(year), int(number))
    if ordinal:
        raise _bad_number("文号的顺序号前不加「第」字", right)
    if number.startswith("0"):
        raise _bad_number("文号的顺序号不编虚位", right)
    if not last:
        raise _bad_number("文号应以「号」字结尾", right)
    return right


def print_copy_number(number: int) -> str:
    """份号: six digits."""
    if not 0 < number <= HIGHEST_COPY:
        raise _bad_copy(f"份号应在 000001 至 {HIGHEST_COPY} 之间")
    return f"{number:06d}"


def parse_copy_number(text: str) -> int:
    numbers = parse_copy_numbers(text)
    if len(numbers) != 1:
        raise _bad_copy("此处只填写一个份号")
    return numbers[0]


def parse_copy_numbers(text: str) -> tuple[int, ...]:
    """Read a list such as 000001-000003、5, in the order in which it is written."""
    found: dict[int, None] = {}
    for piece in _SEPARATORS.split(_digits(text).strip("、,，;； \t\r\n\u3000")):
        span = _RANGE.fullmatch(piece)
        if span is None:
            raise _bad_copy(f"「{_shown(piece)}」不是份号" if piece else "未填写份号")
        first = int(span[1])
        last = int(span[2] or first)
        if first == 0 or last < first:
            raise _bad_copy(f"份号「{piece}」应由小到大，从 000001 起编")
        if len(found) + last - first >= _MOST_COPIES:
            raise _bad_copy(f"一次填写的份号不超过 {_MOST_COPIES} 个")
        for number in range(first, last + 1):
            if number in found:
                raise _bad_copy(f"份号 {print_copy_number(number)} 重复")
            found[number] = None
    return tuple(found)


def read_number(text: str) -> str:
    """The right form of a number as an old ledger has it; what is no such number, only squeezed.

    A missing 号, a 第, padding, and brackets of two shapes or only one of them are put right.
    """
    plain = _squeeze(text).translate(_BRACKETS)
    if found := _LOOSE_NUMBER.fullmatch(plain):
        return str(DocumentNumber(found[1], int(found[2]), int(found[3])))
    return plain


def read_copy_numbers(written: object) -> tuple[int, ...] | None:
    """The copies an old ledger lists, repeats kept as they stand; None where it is no list of numbers.

    №000123, 第5号, 123-128, 1375至1376，1379 and a plain number are all read.
    """
    if isinstance(written, float) and written == int(written):
        written = int(written)
    found: list[int] = []
    text = unicodedata.normalize("NFKC", _digits(str(written)).replace("№", "")).strip(
        "、,;. \t\r\n"
    )
    text = _SPACED_JOINT.sub(r"\1", text)
    for piece in _SEPARATORS.split(text):
        ends = [_COPY_WORDS.sub("", end) for end in _JOINT.split(piece)]
        if not all(end.isdigit() and len(end) <= 6 for end in ends) or len(ends) > 2:
            return None
        first, last = int(ends[0]), int(ends[-1])
        if first == 0 or not first <= last < first + _MOST_COPIES:
            return None
        found += range(first, last + 1)
    return tuple(found)


def print_copy_numbers(numbers: Iterable[int]) -> str:
    """The short list, consecutive numbers drawn together: 000001-000003、000005."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return "、".join(
        print_copy_number(first)
        if first == last
        else f"{print_copy_number(first)}-{print_copy_number(last)}"
        for first, last in spans
    )


def _digits(text: str) -> str:
    """Every decimal digit as an ASCII one; invisible signs dropped."""
    kept = []
    for sign in text:
        if unicodedata.category(sign) == "Cf":
            continue
        digit = unicodedata.decimal(sign, None)
        kept.append(sign if digit is None else str(digit))
    return "".join(kept)


def _squeeze(text: str) -> str:
    return "".join(_digits(text).split())


def _shown(text: str) -> str:
    printable = "".join(sign for sign in text if sign.isprintable())
    return printable if len(printable) <= 30 else f"{printable[:30]}…"


def _bad_number(message: str, right: DocumentNumber | None = None) -> BadNumber:
    way_on = f"改为「{right}」" if right else "按「机关代字〔2026〕12号」的形式填写"
    return BadNumber(message, clause="documents.number.form", way_on=way_on)


def _bad_copy(message: str) -> BadNumber:
    return BadNumber(
        message,
        clause="documents.copy_number.form",
        way_on="按「000001」或「000001-000003、000005」的形式填写",
    )
