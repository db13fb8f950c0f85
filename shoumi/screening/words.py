"""A unit's own words: files of terms with dates and exceptions, found even where they are disguised."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from shoumi.screening.plain import BadText, decoded

_LONGEST = 60


class BadWordList(ValueError):
    """A word file that cannot be read; the message names the line."""


@dataclass(frozen=True, slots=True)
class WordList:
    """Terms in force and the phrases in which they do not count.

    A file holds one term a line; `#` begins a comment, `!` a phrase that is allowed. Behind the term,
    divided by tabs, may stand the first and the last day on which it counts (2025-01-01).
    """

    terms: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()

    @classmethod
    def read(cls, paths: Iterable[Path], *, at: date | None = None) -> "WordList":
        """The terms of all files that are in force on the day `at`, or ever if none is given."""
        terms: dict[str, None] = {}
        allowed: dict[str, None] = {}
        for path in paths:
            try:
                text = decoded(path.read_bytes())
            except (OSError, BadText) as error:
                raise BadWordList(f"词表 {path} 不能读取：{error}") from error
            for number, line in enumerate(text.splitlines(), start=1):
                term, counts = _entry(line, at, f"词表 {path} 第{number}行")
                if term.startswith("!") or term.startswith("！"):
                    allowed.setdefault(term[1:].strip())
                elif term and counts:
                    terms.setdefault(term)
        return cls(tuple(terms), tuple(word for word in allowed if word))

    @property
    def digest(self) -> str:
        joined = "\n".join((*sorted(self.terms), "!", *sorted(self.allowed)))
        return sha256(joined.encode()).hexdigest()


def _entry(line: str, at: date | None, where: str) -> tuple[str, bool]:
    fields = [field.strip() for field in line.strip("\ufeff").split("#")[0].split("\t")]
    term = fields[0]
    if len(term) == 1:
        raise BadWordList(f"{where}：「{term}」只有一个字，会处处命中，请写完整的词")
    if len(term) > _LONGEST:
        raise BadWordList(f"{where}：词超过{_LONGEST}字")
    try:
        first, last = (date.fromisoformat(f) if f else None for f in (*fields[1:3], "", "")[:2])
    except ValueError as error:
        raise BadWordList(f"{where}：日期应写作 2025-01-01") from error
    late = at is not None and first is not None and at < first
    early = at is not None and last is not None and at > last
    return term, not (late or early)


_DROPPED = frozenset(
    " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u00ad\u061c\u115f\u1680\u180e\u3000\u3164\ufe0e\ufe0f\ufeff·•‧・∙⋅.．_－-"
) | {
    chr(code)
    for first, last in ((0x2000, 0x2015), (0x2028, 0x202F), (0x205F, 0x2064))
    for code in range(first, last + 1)
}
# Full-width letters and digits to half-width, small letters to capitals.
_PLAIN = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{ord(sign): ord(sign) - 32 for sign in "abcdefghijklmnopqrstuvwxyz"},
    **{code: code - 0xFEE0 - 32 for code in range(0xFF41, 0xFF5B)},
}


def squeezed(text: str) -> tuple[str, list[int]]:
    """The text in half-width capitals without disguise, and where each sign of it came from."""
    origin = [at for at, sign in enumerate(text) if sign not in _DROPPED]
    return "".join([text[at] for at in origin]).translate(_PLAIN), origin


class Disguised:
    """Finds terms whose characters were driven apart or widened, on stretches that look like it."""

    def __init__(self, terms: Iterable[str]) -> None:
        import ahocorasick_rs

        terms = tuple(terms)
        # A term driven apart throughout is one stretch after another; beyond them it is whole.
        self.reach = 2 + max(map(len, terms), default=0)
        plain = {squeezed(term)[0]: term for term in terms}
        self._terms = [(key, term) for key, term in plain.items() if len(key) > 1]
        keys = [key for key, _ in self._terms]
        self._pairs = {key[at : at + 2] for key in keys for at in range(len(key) - 1)}
        self._engine = (
            ahocorasick_rs.AhoCorasick(
                keys, matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST, store_patterns=False
            )
            if keys
            else None
        )

    def may_hold(self, stretch: str) -> bool:
        """Whether two characters that a gap drives apart stand side by side in some term."""
        plain, origin = squeezed(stretch)
        if len(plain) == len(stretch):
            return True  # Widened letters.
        return any(
            plain[at : at + 2] in self._pairs and origin[at + 1] - origin[at] > 1
            for at in range(len(plain) - 1)
        ) or origin[-1:] != [len(stretch) - 1]

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """Terms in text[start:end], with the span as it is written."""
        if self._engine is None:
            return
        plain, origin = squeezed(text[start:end])
        for number, first, last in self._engine.find_matches_as_indexes(plain):
            begin, stop = start + origin[first], start + origin[last - 1] + 1
            # A gap in a short term is more often the end of one word and the beginning of another.
            gaps = sum(
                b - a > 1
                for a, b in zip(origin[first:last], origin[first + 1 : last], strict=False)
            )
            if last - first >= 4 or gaps in (0, last - first - 1):
                yield self._terms[number][1], begin, stop


def longest(hits: Iterable[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """Of overlapping occurrences the leftmost, and of those the longest."""
    covered = -1
    for hit in sorted(hits, key=lambda hit: (hit[1], -hit[2])):
        if hit[1] >= covered:
            covered = hit[2]
            yield hit


def is_whole(text: str, start: int, end: int) -> bool:
    """A term that begins or ends in Latin letters or digits is not cut out of a longer code."""

    def joined(left: str, right: str) -> bool:
        return all(sign.isascii() and sign.isalnum() for sign in (left, right))

    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before and joined(before, text[start])) and not (
        after and joined(text[end - 1], after)
    )
