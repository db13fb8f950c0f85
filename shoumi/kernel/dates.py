"""Days as people write them in ledgers: 2024.3.5, 二〇二四年三月五日, 3月5日, 20240305, a serial number.

A day that is written and does not exist (2023-02-30) is told apart from what is no day at all, because
the first is a slip of the pen to be put right and the second may be a remark in the wrong column.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

_NUMERALS = {
    sign: value
    for value, signs in enumerate(
        ("〇零○Ｏ◯", "一壹元", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for sign in signs
}
_HAN = f"[{''.join(_NUMERALS)}十廿卅]"
_NUMBER = rf"(?:[0-9]{{1,2}}|{_HAN}{{1,3}})"
_YEAR = rf"(?:[0-9]{{4}}|[0-9]{{2}}|{_HAN}{{4}}|{_HAN}{{2}})"
_SEPARATOR = r"[-./,、—–－．。]"
_WHOLE = re.compile(
    rf"(?<![0-9])(?P<year>{_YEAR})(?:年|{_SEPARATOR})(?P<month>{_NUMBER})(?:月|{_SEPARATOR})"
    rf"(?P<day>{_NUMBER})[日号]?(?![0-9])"
)
_COMPACT = re.compile(
    r"(?<![0-9])(?P<year>19[0-9]{2}|20[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])"
)
_IN_A_YEAR = re.compile(rf"(?<![0-9])(?P<month>{_NUMBER})月(?P<day>{_NUMBER})[日号]?(?![0-9])")
_BARE = re.compile(rf"(?P<month>[0-9]{{1,2}}){_SEPARATOR}(?P<day>[0-9]{{1,2}})")
_BARE_WITHIN = re.compile(r"(?<![0-9./-])(?P<month>[0-9]{1,2})[./](?P<day>[0-9]{1,2})(?![0-9./-])")
_CLOCK = re.compile(r"[T ]?(?:上午|下午)?[0-9]{1,2}(?::[0-9]{1,2}){1,2}(?:\.[0-9]+)?$|[上下]午$")
_MONTH = re.compile(
    rf"(?P<year>[0-9]{{4}}|{_HAN}{{4}})(?:年|{_SEPARATOR})(?P<month>{_NUMBER})月?(?:份|[上中下]旬)?"
)
_COMPACT_MONTH = re.compile(r"(?P<year>19[0-9]{2}|20[0-9]{2})(?P<month>[0-9]{2})")
_YEAR_ONLY = re.compile(rf"(?P<year>19[0-9]{{2}}|20[0-9]{{2}}|{_HAN}{{4}})(?:年(?:度|初|底)?)?")
_YEAR_ALONE = re.compile(rf"(?<![0-9])(?P<year>[0-9]{{4}}|{_HAN}{{4}})年?(?:度)?")

# Day 0 of the usual spreadsheet calendar, its invented 29 February 1900 already counted.
_SERIAL_ZERO = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 18_264, 73_050  # 1950 to 2099
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_MONTHS = 12


class Reading(StrEnum):
    """What a cell of a date column turned out to hold; partial is a month or a year without its day."""

    BLANK = "blank"
    READ = "read"
    PARTIAL = "partial"
    IMPOSSIBLE = "impossible"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as read, or why there is none; `text` is what stands there."""

    reading: Reading
    day: date | None = None
    text: str = ""
    rest: str = ""

    def __bool__(self) -> bool:
        """Whether something stands there at all, be it right or wrong."""
        return self.reading is not Reading.BLANK


NOTHING = WrittenDay(Reading.BLANK)


def read_day(value: object, *, year: int | None = None) -> WrittenDay:
    """Read one cell; `year` completes a day written without its year."""
    if value is None or isinstance(value, bool):
        return NOTHING
    if isinstance(value, datetime):
        return WrittenDay(Reading.READ, value.date(), f"{value:%Y-%m-%d}")
    if isinstance(value, date):
        return WrittenDay(Reading.READ, value, f"{value:%Y-%m-%d}")
    if isinstance(value, int | float):
        return _of_number(value)
    text = str(value).strip()
    plain = _plain(text)
    if not plain:
        return NOTHING
    if plain.isdigit() and plain.isascii() and len(plain) != 8:
        return _of_number(int(plain), text=text)
    for form in (_WHOLE, _COMPACT, _IN_A_YEAR, _BARE):
        if found := form.fullmatch(plain):
            return _made(found, year=year, text=text)
    return _partial(plain, text=text)


def find_day(text: str, *, year: int | None = None, bare: bool = False) -> WrittenDay:
    """The first day named in running text (2023年7月18日集中销毁); `rest` is the text without it.

    `bare` also takes 3.8 for a day, where no other number is to be expected.
    """
    plain = _plain(text)
    for form in (_WHOLE, _COMPACT, _IN_A_YEAR, *((_BARE_WITHIN,) if bare else ())):
        if found := form.search(plain):
            read = _made(found, year=year, text=found[0])
            rest = plain[: found.start()] + plain[found.end() :]
            return WrittenDay(read.reading, read.day, read.text, rest)
    return WrittenDay(Reading.BLANK, rest=plain)


def find_year(text: str) -> int | None:
    """The year that a title or a sheet's name speaks of: 2024年收文, 二〇二三年."""
    for found in _YEAR_ALONE.finditer(_plain(text)):
        year = _number(found["year"])
        if 1949 <= year <= _LAST_YEAR:
            return year
    return None


def years_later(day: date, years: int) -> date:
    """The corresponding day; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_later(day: date, months: int) -> date:
    """The corresponding day so many months on, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, _MONTHS)
    first = date(day.year + years, month + 1, 1)
    return min(first + timedelta(days=day.day - 1), _last_of(first))


def _last_of(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _of_number(number: float, *, text: str = "") -> WrittenDay:
    """An eight-digit day, or a spreadsheet's count of days."""
    text = text or str(int(number) if number == int(number) else number)
    if found := _COMPACT.fullmatch(str(int(number))):
        return _made(found, year=None, text=text)
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return WrittenDay(Reading.READ, _SERIAL_ZERO + timedelta(days=int(number)), text)
    return _partial(f"{number:g}", text=text)


def _partial(plain: str, *, text: str) -> WrittenDay:
    """A month or a year and no day: 2018年5月, 2018.5, 201805, 2018."""
    for form in (_MONTH, _COMPACT_MONTH, _YEAR_ONLY):
        if (found := form.fullmatch(plain)) is None:
            continue
        parts = found.groupdict()
        if not _FIRST_YEAR <= _number(parts["year"]) <= _LAST_YEAR:
            break
        is_month = 1 <= _number(parts.get("month") or "1") <= _MONTHS
        return WrittenDay(Reading.PARTIAL if is_month else Reading.IMPOSSIBLE, text=text)
    return WrittenDay(Reading.UNREADABLE, text=text)


def _made(found: re.Match[str], *, year: int | None, text: str) -> WrittenDay:
    parts = found.groupdict()
    if "year" in parts:
        year = _number(parts["year"])
        year = year + 2000 if year < 80 else year + 1900 if year < 100 else year
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return WrittenDay(Reading.UNREADABLE, text=text)
    try:
        day = date(year, _number(parts["month"]), _number(parts["day"]))
    except ValueError:
        return WrittenDay(Reading.IMPOSSIBLE, text=text)
    return WrittenDay(Reading.READ, day, text)


def _plain(text: str) -> str:
    """ASCII digits, no blanks, no invisible signs, no time of day."""
    kept = "".join(
        sign
        for sign in unicodedata.normalize("NFKC", text)
        if unicodedata.category(sign) not in {"Cf", "Cc"}
    )
    return "".join(_CLOCK.sub("", kept.strip()).split())


def _number(written: str) -> int:
    """Arabic digits, 三十一, 廿五, or digit by digit as in 二〇二四."""
    if written.isdigit() and written.isascii():
        return int(written)
    written = written.replace("廿", "二十").replace("卅", "三十")
    if "十" not in written:
        return int("".join(str(_NUMERALS[sign]) for sign in written))
    tens, ones = written.split("十", 1)
    return (_NUMERALS.get(tens, 1) if tens else 1) * 10 + (_NUMERALS.get(ones, 0))
