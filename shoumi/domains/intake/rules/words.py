"""The words of the old ledgers: which heading means which column, which text means which value.

They are rulebook data (`rulebook/data/intake`), so that a body's own wording is added without a program.
"""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

LEDGERS = ("documents", "loans", "people", "computers", "media")
_MARKS = str.maketrans("", "", " \t\r\n:：/、,，.。·-—_*()（）[]【】〔〕<>《》“”\"'　;；|\\")


@dataclass(frozen=True, slots=True)
class FindingKind:
    """What can be wrong in a ledger; `reject` keeps a record out until somebody has decided."""

    key: str
    name: str
    is_reject: bool


@dataclass(frozen=True, slots=True)
class Words:
    """One kind of ledger: headings by field, kinds of finding, and lists of its own."""

    title: str
    needed: tuple[frozenset[str], ...]
    columns: Mapping[str, Sequence[str]]
    kinds: Mapping[str, FindingKind]
    lists: Mapping[str, Any]


@lru_cache
def common() -> Mapping[str, Any]:
    """Words that all kinds of ledger share."""
    return _table("common")


@lru_cache
def words_of(kind: str) -> Words:
    table = _table(kind)
    return Words(
        title=table["title"],
        needed=tuple(frozenset(need.split("|")) for need in table["needed"]),
        columns=table["columns"],
        kinds={
            key: FindingKind(key, row["name"], row["class"] == "reject")
            for key, row in table["kinds"].items()
        },
        lists=table,
    )


def squeezed(value: object) -> str:
    """The text without blanks and invisible signs, full-width signs made plain, in small letters."""
    return "" if value is None else _squeezed(str(value))


@lru_cache(maxsize=50_000)
def _squeezed(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    kept = (s for s in plain if not s.isspace() and unicodedata.category(s) not in {"Cf", "Cc"})
    return "".join(kept).casefold()


def bare(value: object) -> str:
    """Squeezed, and without punctuation."""
    return squeezed(value).translate(_MARKS)


def heading(value: object) -> str:
    """A heading as it is compared: words that mean the same in every heading are made one."""
    text = bare(value)
    for written, meant in common()["heading"].items():
        text = text.replace(written, meant)
    return text


@lru_cache
def signs(*names: str) -> frozenset[str]:
    """A list of the common words, each as `squeezed` gives it."""
    return frozenset(squeezed(word) for name in names for word in common()[name])


def is_blank(value: object) -> bool:
    """Empty, or a stroke that says so."""
    if not isinstance(value, str):
        return value is None
    text = _squeezed(value)
    return not text or text in signs("blank")


def has_any(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words stands in the text; both are squeezed first."""
    plain = squeezed(text)
    return any(squeezed(word) in plain for word in words)


def _table(name: str) -> Mapping[str, Any]:
    source = files("shoumi.platform.rulebook") / "data" / "intake" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
