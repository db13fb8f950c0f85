"""What single cells mean: days, counts, names, levels with their periods."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from shoumi.domains.intake.rules.columns import Row
from shoumi.domains.intake.rules.words import common, is_blank, signs, squeezed
from shoumi.kernel.dates import NOTHING, Reading, WrittenDay, find_day, read_day
from shoumi.kernel.levels import Level
from shoumi.kernel.marks import BadMark, Period, PeriodKind, parse_mark

BLANK_LEVEL, UNSURE_LEVEL = "(空白)", "(待确认)"
_SECRETS = {"绝密": Level.TOP_SECRET, "机密": Level.SECRET, "秘密": Level.CONFIDENTIAL}
_OTHERS = {"内部": Level.INTERNAL, "工作秘密": Level.INTERNAL, "无": Level.PUBLIC}
_TRADITIONAL = str.maketrans("絕絶機祕級內", "绝绝机秘级内")
_STARS = "★☆✩✭✮✯⭐⋆*"
_STAR = re.compile(f"[{re.escape(_STARS)}]+")
_NO_LIMIT = {level: 9_999 for level in Level}
_COUNT = re.compile(r"(?:共|计)?([0-9]+|[一二三四五六七八九十两]+)(?:份|件|本|册|个|张|套)?")
_HAN = {sign: value for value, sign in enumerate("零一二三四五六七八九十")} | {"两": 2}
_NAME_NOISE = re.compile(r"[√✓✔☑,，、;；。:：()（）\[\]【】/]+|(?:签字|签名|同志|已借|借)$")
# What stands in brackets after a name is a remark: 张三（兼）.
_REMARK = re.compile(r"[(（][^()（）]*[)）]")
_BETWEEN = re.compile(r"[、,，;；/\n]+")
_LATEST_YEARS = 99


@dataclass(frozen=True, slots=True)
class WrittenMark:
    """A level as an old ledger has it: what it is called there, and what it means.

    `level` is None where nothing stands or nothing can be made of it; `likely` is then what may be meant.
    """

    called: str
    level: Level | None
    text: str = ""
    likely: str = ""
    period: Period | None = None
    has_star: bool = False

    @property
    def is_secret(self) -> bool:
        return self.level is not None and self.level.is_state_secret

    @property
    def is_typo(self) -> bool:
        return self.called == UNSURE_LEVEL


def day_in(row: Row, name: str) -> WrittenDay:
    """The day in a field; a word for what has not happened yet counts as nothing."""
    return day_of(row.get(name), year=row.year)


def day_of(value: object, *, year: int | None) -> WrittenDay:
    if is_blank(value) or squeezed(value) in signs("not_yet"):
        return NOTHING
    if squeezed(value) in signs("done"):
        return WrittenDay(Reading.PARTIAL, text=str(value).strip())
    read = read_day(value, year=year)
    if read.reading is Reading.UNREADABLE and isinstance(value, str):
        within = find_day(value, year=year)
        return within if within else read
    return read


def count_in(row: Row, name: str) -> int | None:
    """A number of pieces: 3, ３份, 三份; None where there is none."""
    value = row.get(name)
    if isinstance(value, int | float):
        return int(value)
    found = _COUNT.search(squeezed(value))
    return _number(found[1]) if found else None


def name_of(value: object) -> str:
    """A person's name without the blanks that fill it out, and without ticks."""
    if is_blank(value):
        return ""
    text = "".join(str(value).split())
    return _NAME_NOISE.sub("", _REMARK.sub("", text) or text)


def names_in(value: object) -> list[str]:
    """Every person in a field that names several: 张三、李四; 张三/李四."""
    return [name for part in _BETWEEN.split(str(value or "")) if (name := name_of(part))]


def codes_in(value: object) -> list[str]:
    """Every number in a field that names several things."""
    if not isinstance(value, str):
        return [str(value)]
    return [part for part in map(str.strip, _BETWEEN.split(value)) if part]


def name_and_day(row: Row, name: str) -> tuple[str, WrittenDay]:
    """A field that may hold a person and a day in one: 常佳（2025.2.17）."""
    value = row.get(name)
    if not isinstance(value, str):
        return name_of(value), NOTHING
    found = find_day(value, year=row.year, bare=True)
    return (name_of(found.rest), found) if found else (name_of(value), NOTHING)


def number_key(value: object) -> str:
    """A serial number as it is compared: no blanks, no hyphens, one case."""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return "" if is_blank(value) else re.sub(r"[^0-9a-z一-鿿]", "", squeezed(value))


def read_mark(written: object, period: object = None) -> WrittenMark:
    """A level, with its period in the same cell or in one of its own."""
    text = squeezed(written).translate(_TRADITIONAL)
    if not text:
        return WrittenMark(BLANK_LEVEL, None, period=read_period(period))
    head, star, tail = _split(text)
    called, rest = _named(head)
    if called is None:
        return WrittenMark(UNSURE_LEVEL, None, head, likely_level(head), has_star=bool(star))
    level = _SECRETS.get(called, _OTHERS.get(called))
    said = rest + tail
    found = read_period(said) if said else read_period(period)
    return WrittenMark(called, level, squeezed(written), period=found, has_star=bool(star))


def read_period(written: object) -> Period | None:
    """A period, a day or a condition; a bare number means years. None where nothing stands."""
    if is_blank(written):
        return None
    if isinstance(written, date):
        return Period.until(written)
    text = re.sub(r"^(?:至|到|截至|止于|[:：])+", "", squeezed(written))
    if text.isdigit() and 0 < int(text) <= _LATEST_YEARS:
        return Period.years(int(text))
    try:
        return parse_mark(f"绝密★{text}", own=False, limits=_NO_LIMIT).mark.period
    except BadMark:
        return Period.when(text)


def exceeds(period: Period, most: int, *, since: date | None) -> bool:
    """Whether a period is longer than `most` years; a day is measured from the day of receipt."""
    if period.kind is PeriodKind.YEARS:
        return period.count > most
    if period.kind is PeriodKind.MONTHS:
        return period.count > most * 12
    late = period.day is not None and since is not None and period.day.year - since.year > most
    return late


@lru_cache(maxsize=1_000)
def likely_level(text: str) -> str:
    """The level a slip of the pen stands for: signs swapped, or one written for a similar one."""
    similar: Mapping[str, str] = common()["similar"]
    scores = {}
    for word in (*_SECRETS, "内部", "工作秘密"):
        if sorted(text) == sorted(word):
            scores[word] = 2.5
        elif len(text) == len(word):
            pairs = list(zip(text, word, strict=True))
            fit = [1.0 if a == b else 0.6 if a in similar.get(b, "") else 0.0 for a, b in pairs]
            scores[word] = sum(fit) if sum(map(bool, fit)) == len(fit) else max(fit) * 0.5
    best = max(scores, key=lambda word: scores[word], default="")
    return best if best and scores[best] > 0.5 else best if best and scores[best] == 0.5 else ""


def _split(text: str) -> tuple[str, str, str]:
    found = _STAR.search(text)
    if found is None:
        return text, "", ""
    return text[: found.start()], found[0], text[found.end() :]


@lru_cache(maxsize=1_000)
def _named(head: str) -> tuple[str | None, str]:
    """The level's name and what follows it: 机密级10年 is 机密 and 10年."""
    for called, words in common()["levels"].items():
        if head in {squeezed(w) for w in words}:
            return called, ""
    for word in _SECRETS:
        if head.startswith(word):
            return word, head.removeprefix(word).removeprefix("级").strip("-—:：()（）,，")
    for word in ("工作秘密", "内部"):
        rest = head.removeprefix(word)
        if head.startswith(word) and re.match(r"[0-9一二三四五六七八九十半长]", rest):
            return word, rest
    return None, ""


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    tens, found, ones = written.partition("十")
    if not found:
        return _HAN.get(written, 0) if len(written) == 1 else 0
    return _HAN.get(tens, 1) * 10 + _HAN.get(ones, 0)
