"""拼音首字母 of a title, in every reading, for the search by a few letters."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Any

from pypinyin import Style, pinyin

MOST_INITIALS = 16
MOST_SIGNS = 60


def title_initials(title: str) -> str:
    """Initials of a title in every reading, at most sixteen, for the search by pinyin (拼音首字母)."""
    signs = "".join(s for s in title if s.isalnum())[:MOST_SIGNS]
    spoken = pinyin(signs, style=Style.FIRST_LETTER, errors=_as_written)
    readings = [
        _readings(sign, in_context=heard[0]) for sign, heard in zip(signs, spoken, strict=True)
    ]
    found = dict.fromkeys("".join(letters) for letters in product(*_capped(readings)))
    return " ".join(found)


def _readings(sign: str, *, in_context: str) -> tuple[str, ...]:
    """The initial that this word asks for first, then those of the sign's other readings."""
    if sign.isascii():
        return (sign.lower(),)
    return tuple(dict.fromkeys((in_context, *_spoken(sign))))


@lru_cache(maxsize=10_000)
def _spoken(sign: str) -> tuple[str, ...]:
    """Every initial of a sign: the few thousand that titles are made of are looked up once."""
    return tuple(pinyin(sign, style=Style.FIRST_LETTER, heteronym=True, errors=_as_written)[0])


def _as_written(other: str) -> Any:
    """What is no Chinese character stays as it is, sign by sign."""
    return [[sign] for sign in other]


def _capped(readings: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Keep other readings from the front of the title until their product would pass the cap."""
    kept, total = [], 1
    for letters in readings:
        if total * len(letters) > MOST_INITIALS:
            letters = letters[: max(1, MOST_INITIALS // total)]
        total *= len(letters)
        kept.append(letters)
    return kept
