"""Marks (密级标志): read every written form, print the one right form, say when the period ends.

A mark that is irregular but clear is refused on a paper of our own and accepted with a warning on a
paper received from others, because the registrar must be able to register what has arrived. What
the law knows no exception to (a missing period, one that is too long, a starred work secret) is
refused on both. How long a period may be is a figure of the rulebook and comes in as `limits`.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal

STAR = "★"
RELEASED = "解密"
WORK_SECRET_WORDINGS = ("内部", "内部事项 注意保管", "内部资料 注意保密")

FORM = "marks.form"
LIMIT = "marks.period.limit"
MISSING = "marks.period.missing"
NO_STAR = "marks.work_secret.no_star"

_LONG_TERM = "长期"
_LEVELS = {"绝密": Level.TOP_SECRET, "机密": Level.SECRET, "秘密": Level.CONFIDENTIAL}
_SIMPLIFIED = str.maketrans("絕絶機祕內長個箇項資貳參陸兩", "绝绝机秘内长个个项资贰叁陆两")
_WRONG_STARS = "☆＊*✩✭✮✯⭐⋆﹡•·"
_DIGITS = {
    sign: value
    for value, signs in enumerate(
        ("〇零○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for sign in signs
}
_NUMERAL = f"[{''.join(_DIGITS)}十拾]"
_COUNT = rf"([0-9]+|{_NUMERAL}+)"
_TERM = re.compile(rf"{_COUNT}(年|个月|月)")
_DATES = (
    re.compile(rf"{_COUNT}年{_COUNT}月{_COUNT}[日号](?:解密)?"),
    re.compile(r"([0-9]{4})[-./．]([0-9]{1,2})[-./．]([0-9]{1,2})(?:解密)?"),
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:解密)?"),
)
# What looks like a term or a day without being one must not pass as a condition.
_BROKEN_TERM = re.compile(
    rf".{{0,4}}(?:年|个月)|(?:[0-9]{{1,3}}|{_NUMERAL}{{1,3}})年.*|[0-9]{{4}}年[初中底末]"
    rf"|{_COUNT}年{_COUNT}月[初中底末]?|{_COUNT}?半?个?(?:半月|日|天|周|星期|小时|季度)|[0-9]+"
)
_LONGEST_READABLE = 99
_LONGEST_CONDITION = 60
_FIRST_YEAR = 1949


class BadMark(Refusal):
    """The mark is not one that the law knows, or not one that this paper may bear."""


class PeriodKind(StrEnum):
    YEARS = "years"
    MONTHS = "months"
    DATE = "date"
    CONDITION = "condition"
    LONG_TERM = "long_term"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Period:
    """A secrecy period (保密期限), a day (解密时间) or a condition (解密条件)."""

    kind: PeriodKind
    count: int = 0
    day: date | None = None
    condition: str = ""

    @classmethod
    def years(cls, count: int) -> "Period":
        return cls(PeriodKind.YEARS, count=count)

    @classmethod
    def months(cls, count: int) -> "Period":
        return cls(PeriodKind.MONTHS, count=count)

    @classmethod
    def until(cls, day: date) -> "Period":
        return cls(PeriodKind.DATE, day=day)

    @classmethod
    def when(cls, condition: str) -> "Period":
        return cls(PeriodKind.CONDITION, condition=_squeeze(condition))

    @classmethod
    def long_term(cls) -> "Period":
        return cls(PeriodKind.LONG_TERM)

    @classmethod
    def none(cls) -> "Period":
        return cls(PeriodKind.NONE)

    def __str__(self) -> str:
        if self.kind is PeriodKind.YEARS:
            return f"{self.count}年"
        if self.kind is PeriodKind.MONTHS:
            return f"{self.count}个月"
        if self.day is not None:
            return f"{self.day.year}年{self.day.month}月{self.day.day}日"
        return _LONG_TERM if self.kind is PeriodKind.LONG_TERM else self.condition


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands on the paper; `wording` is for work secrets (工作秘密) only."""

    level: Level
    period: Period
    wording: str = ""

    def __post_init__(self) -> None:
        if self.level is Level.INTERNAL and not self.wording:
            object.__setattr__(self, "wording", WORK_SECRET_WORDINGS[0])

    def __str__(self) -> str:
        return print_mark(self)


@dataclass(frozen=True, slots=True)
class ParsedMark:
    mark: Mark
    warnings: tuple[str, ...] = ()


def print_mark(mark: Mark) -> str:
    """The canonical form, Arabic digits and no spaces; what is public bears no mark."""
    if mark.level.is_state_secret:
        period = str(mark.period)
        return f"{mark.level.label}{STAR}{period}" if period else mark.level.label
    return mark.wording


@dataclass(frozen=True, slots=True)
class Stroke:
    """A piece of a mark as it is drawn; what is struck has a line through it."""

    text: str
    struck: bool = False


def drawn(mark_text: str, struck: Sequence[str] = ()) -> tuple[Stroke, ...]:
    """How a mark is drawn on page, print, label and cover alike: the old ones struck, the new one beside.

    What bore a mark and bears none any more is marked 「解密」; what never bore one stays blank.
    """
    now = mark_text or (RELEASED if struck else "")
    old = tuple(Stroke(text, struck=True) for text in struck if text)
    return (*old, Stroke(now)) if now else old


def expires_on(mark: Mark, start: date) -> date | None:
    """The last day of the period counted from the issue date; None where no day is known."""
    period = mark.period
    if period.kind is PeriodKind.YEARS:
        return months_later(start, period.count * 12)
    if period.kind is PeriodKind.MONTHS:
        return months_later(start, period.count)
    return period.day


def deemed_period(level: Level, *, limits: Mapping[Level, int]) -> Period:
    """The period of a received paper that bears none: it counts as marked with the longest."""
    return Period.years(limits[level])


def parse_mark(
    text: str, *, own: bool, limits: Mapping[Level, int], start: date | None = None
) -> ParsedMark:
    """Read a mark as written; `start` (制发日期), where known, also bounds a 解密时间."""
    mark, faults = _read(_squeeze(text))
    faults += _faults(mark, limits=limits, start=start)
    if own and faults:
        raise faults[0]
    return ParsedMark(mark, tuple(f"来文标志不规范：{fault.message}" for fault in faults))


def check_mark(mark: Mark, *, limits: Mapping[Level, int], start: date | None = None) -> None:
    """Refuse a mark that a paper of our own may not bear."""
    for fault in _faults(mark, limits=limits, start=start):
        raise fault


def _squeeze(text: str) -> str:
    """Drop blanks and invisible signs, and make every decimal digit an ASCII one."""
    kept = []
    for sign in text:
        if sign.isspace() or sign in "\ufe0e\ufe0f" or unicodedata.category(sign) in {"Cf", "Cc"}:
            continue
        digit = unicodedata.decimal(sign, None)
        kept.append(sign if digit is None else str(digit))
    return "".join(kept)


def _read(text: str) -> tuple[Mark, list[BadMark]]:
    plain = text.translate(_SIMPLIFIED)
    if plain.startswith(("内部", "工作秘密")):
        return _read_work_secret(plain)
    level = _LEVELS.get(plain[:2])
    if level is None:
        raise BadMark(
            f"「{_shown(text)}」不是密级标志" if text else "未填写密级标志",
            clause=FORM,
            way_on="国家秘密标为如「机密★10年」，工作秘密标为「内部」，公开事项不标",
        )
    rest, notes = _read_joint(text[2:], level)
    period, more = _read_period(rest)
    mark = Mark(level, period)
    if not rest.isprintable() or (period.kind is PeriodKind.CONDITION and "joint" in notes):
        # A level word in running text (「机密文件」) is no mark.
        raise BadMark(
            f"「{_shown(text)}」不是密级标志", clause=FORM, way_on="密级与期限之间标「★」"
        )
    told = (*notes.values(), *more)
    return mark, [BadMark(note, clause=FORM, way_on=f"改标为「{mark}」") for note in told]


def _read_work_secret(plain: str) -> tuple[Mark, list[BadMark]]:
    for wording in WORK_SECRET_WORDINGS:
        if plain == _squeeze(wording):
            return Mark(Level.INTERNAL, Period.none(), wording), []
    tail = plain.removeprefix("工作秘密").removeprefix("内部")
    if any(sign in tail for sign in STAR + _WRONG_STARS) or _TERM.search(tail):
        raise _no_star()
    if any(word in tail for word in _LEVELS):
        raise _no_star()
    return Mark(Level.INTERNAL, Period.none()), [
        BadMark(
            f"「{_shown(plain)}」不是规范的工作秘密标志",
            clause=FORM,
            way_on="标注「内部」「内部事项 注意保管」或「内部资料 注意保密」",
        )
    ]


def _read_joint(rest: str, level: Level) -> tuple[str, dict[str, str]]:
    """Cut the star off; returns what follows it and what is irregular about the joint."""
    notes = {}
    if rest.startswith(("级", "級")):
        notes["suffix"] = f"密级写作「{level.label}」，不加「级」字"
        rest = rest[1:]
    after = rest[1:]
    if rest and rest[0] in _WRONG_STARS:
        notes["star"] = f"密级与保密期限之间用「★」，不用「{rest[0]}」"
    elif not rest.startswith(STAR):
        notes["joint"] = "密级与保密期限之间应有「★」"
        after = rest.lstrip(":：-－—,，")
    if not after:
        raise _missing(level)
    return after, notes


def _read_period(text: str) -> tuple[Period, list[str]]:
    plain = text.translate(_SIMPLIFIED)
    if plain == _LONG_TERM:
        return Period.long_term(), []
    if plain == "半年":
        return Period.months(6), ["不满一年的保密期限以月计，「半年」应写作「6个月」"]
    if term := _TERM.fullmatch(plain):
        return _read_term(term)
    for form in _DATES:
        if written := form.fullmatch(plain):
            return Period.until(_read_day(written)), []
    if _BROKEN_TERM.fullmatch(plain):
        raise BadMark(
            f"「{_shown(text)}」不是规范的保密期限",
            clause=FORM,
            way_on="一年以上以年计，不满一年以月计；解密时间写明年、月、日",
        )
    return Period.when(text), []


def _read_term(term: re.Match[str]) -> tuple[Period, list[str]]:
    count, unit = _number(term[1]), term[2]
    if not 0 < count <= _LONGEST_READABLE:
        raise BadMark(
            f"「{_shown(term[0])}」不是可信的保密期限，请核对原件",
            clause=FORM,
            way_on="期限写作「10年」或「6个月」；解密时间写明年、月、日",
        )
    if unit == "年":
        return Period.years(count), []
    if count % 12 == 0:
        return Period.years(count // 12), [f"满一年的保密期限以年计，应写作「{count // 12}年」"]
    notes = [f"「{_shown(term[0])}」应写作「{count}个月」"] if unit == "月" else []
    return Period.months(count), notes


def _read_day(written: re.Match[str]) -> date:
    year, month, day = (_number(part) for part in written.groups())
    try:
        if year >= _FIRST_YEAR:
            return date(year, month, day)
    except ValueError:
        pass
    raise BadMark(
        f"「{_shown(written[0])}」不是有效的解密时间", clause=FORM, way_on="写明有效的年、月、日"
    )


def _number(written: str) -> int:
    """Arabic digits, 二十五, or digit by digit as in 二〇三〇; -1 where it is no such number."""
    written = written.replace("拾", "十")
    if len(written) > 8:
        return -1
    if "十" not in written:
        return int("".join(str(_DIGITS.get(sign, sign)) for sign in written))
    tens, ones = written.split("十", 1)
    if len(tens) > 1 or len(ones) > 1 or ones == "十":
        return -1
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def _faults(mark: Mark, *, limits: Mapping[Level, int], start: date | None) -> list[BadMark]:
    """What our own paper may not bear; what no paper can bear is raised at once."""
    if not mark.level.is_state_secret:
        _refuse_period_on_unclassified(mark)
        return []
    period, most = mark.period, limits[mark.level]
    if period.kind is PeriodKind.NONE:
        raise _missing(mark.level)
    if not _is_sound(mark):
        raise BadMark(
            f"「{_shown(str(mark))}」不是规范的密级标志",
            clause=FORM,
            way_on="标明保密期限、解密时间或解密条件",
        )
    shorter = f"标注不超过 {most} 年的期限，或者标明解密条件"
    if _exceeds(period, most, start):
        message = f"{mark.level.label}级保密期限不超过 {most} 年，「{mark}」超过"
        raise BadMark(message, clause=LIMIT, way_on=shorter)
    faults = []
    if period.kind is PeriodKind.LONG_TERM:
        faults.append(BadMark("「长期」是旧式标注，不是保密期限", clause=LIMIT, way_on=shorter))
    if period.kind is PeriodKind.MONTHS and period.count >= 12:
        message = f"满一年的保密期限以年计，「{mark}」以月计"
        faults.append(BadMark(message, clause=FORM, way_on="改标整年的期限"))
    if period.day and start and period.day < start:
        message = f"解密时间早于制发日期 {start}"
        faults.append(BadMark(message, clause=FORM, way_on="核对解密时间和制发日期"))
    return faults


def _refuse_period_on_unclassified(mark: Mark) -> None:
    if mark.period.kind is PeriodKind.NONE:
        if mark.wording in (WORK_SECRET_WORDINGS if mark.level is Level.INTERNAL else ("",)):
            return
        raise BadMark(
            f"「{_shown(mark.wording)}」不是规范的标志",
            clause=FORM,
            way_on="工作秘密标注「内部」，公开事项不标注",
        )
    if mark.level is Level.INTERNAL:
        raise _no_star()
    raise BadMark("公开事项不得标注保密期限", clause=FORM, way_on="删去保密期限")


def _is_sound(mark: Mark) -> bool:
    """Printed, the mark reads back as itself."""
    if mark.wording:
        return False
    period = mark.period
    if period.kind is not PeriodKind.CONDITION:
        return period.kind is PeriodKind.LONG_TERM or period.day is not None or period.count > 0
    condition = period.condition
    if not condition.isprintable() or len(condition) > _LONGEST_CONDITION or STAR in condition:
        return False
    return any(sign.isalpha() for sign in condition) and _read_period(condition)[0] == period


def _exceeds(period: Period, most: int, start: date | None) -> bool:
    if period.day:
        return start is not None and period.day > months_later(start, most * 12)
    return period.count > most * (1 if period.kind is PeriodKind.YEARS else 12)


def months_later(start: date, months: int) -> date:
    """The corresponding day, or the last day of a month that has no such day."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _missing(level: Level) -> BadMark:
    return BadMark(
        f"「{level.label}」未标注保密期限、解密时间或解密条件",
        clause=MISSING,
        way_on=f"标为「{level.label}★期限」；来文漏标的，向发文单位核实，未明确的按最长期限管理",
    )


def _no_star() -> BadMark:
    return BadMark(
        "工作秘密不是国家秘密，不得标注★、密级或保密期限",
        clause=NO_STAR,
        way_on="标注「内部」或「内部事项 注意保管」",
    )


def _shown(text: str) -> str:
    printable = "".join(sign for sign in text if sign.isprintable())
    return printable if len(printable) <= 20 else f"{printable[:20]}…"
