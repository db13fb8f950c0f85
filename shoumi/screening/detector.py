"""From passages to findings: anchors from the engine, decisions from the checks."""

import hashlib
import os
import re
import tempfile
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from shoumi.screening import contacts, copy_numbers, marks, numbers
from shoumi.screening.engine import Engine, HyperscanEngine, PortableEngine, has_hyperscan
from shoumi.screening.findings import Confidence, Finding, Kind
from shoumi.screening.lineage import RULE, Lineage
from shoumi.screening.marks import Draft
from shoumi.screening.passage import Passage, Zone
from shoumi.screening.rules import BadRule, RuleBook, own_rules
from shoumi.screening.words import Disguised, WordList, is_whole, longest, squeezed

_CHECKS: dict[str, Callable[[Passage, int, int], Iterator[Draft]]] = {
    "mark": marks.check_starred,
    "unstarred_mark": marks.check_unstarred,
    "misread_mark": marks.check_misread,
    "bare_mark": marks.check_bare,
    "bracketed_mark": marks.check_bracketed,
    "labelled_mark": marks.check_labelled,
    "internal_mark": marks.check_internal,
    "copy_number": copy_numbers.check_copy_number,
    "digits": numbers.check_digits,
    "landline": contacts.check_landline,
    "email": contacts.check_email,
    "address": contacts.check_address,
}
_MOST_BREAKS = 2
_WIDEST = 9
_STRETCH = "|".join(
    (
        r"(?:[\u4e00-\u9fffA-Za-z0-9]{N}{1,3}){2}[\u4e00-\u9fffA-Za-z0-9]",
        r"[Ａ-Ｚａ-ｚ０-９\u00ad\u200b-\u200f\u2060-\u2064\ufeff]",
        r"[\u4e00-\u9fff][ ·•・_-]{1,3}[\u4e00-\u9fff]",
    )
)


class Detector:
    """Rules and words, made ready; safe to use for any number of files in one thread."""

    def __init__(
        self,
        words: WordList | None = None,
        *,
        lineage: Lineage | None = None,
        book: RuleBook | None = None,
        portable: bool = False,
        cache: Path | None = None,
    ) -> None:
        """`cache` is a folder for compiled word lists; `portable` asks for the slower engine."""
        book = book or own_rules()
        self.words = words or WordList()
        self._lineage = lineage or Lineage()
        self._rules = book.rules
        for rule in self._rules:
            if rule.verify not in _CHECKS:
                raise BadRule(f"规则「{rule.key}」的核验办法「{rule.verify}」不存在")
        patterns = [rule.anchor for rule in self._rules]
        disguise = own_rules().pattern(_unescaped(_STRETCH))
        self._terms = self.words.terms
        self._needles, self._of = _needles(self._terms)
        self._engine = self._make_engine(patterns, disguise, portable=portable, cache=cache)
        self._disguised = Disguised(self._terms)

    def _make_engine(
        self, patterns: Sequence[str], disguise: str, *, portable: bool, cache: Path | None
    ) -> Engine:
        needles = self._needles
        if portable or not has_hyperscan():
            return PortableEngine(patterns, disguise, needles)
        kept = _kept(cache, needles)
        if kept is not None and kept.exists():
            return HyperscanEngine(patterns, disguise, needles, kept.read_bytes())
        engine = HyperscanEngine(patterns, disguise, needles)
        if kept is not None:
            _keep(kept, engine.dump())
        return engine

    def detect(self, passages: Sequence[Passage]) -> Iterator[tuple[Passage, Draft, str]]:
        """Every decision with its passage and the key of its rule, in the order of the text."""
        found: dict[tuple[int, int, int, Kind], tuple[Passage, Draft, str]] = {}
        for index, passage in enumerate(passages):
            for draft, key in self._in_passage(passage):
                found.setdefault((index, draft.start, draft.end, draft.kind), (passage, draft, key))
        yield from _beside_marks(sorted(found.items(), key=lambda item: item[0]), passages)

    def _in_passage(self, passage: Passage) -> Iterator[tuple[Draft, str]]:
        # A line feed on both sides lets a pattern ask for the edge of a line at the edge of the text.
        data = f"\n{passage.text}\n".encode("utf-8", "replace")
        at = _Characters(data)
        for number, first, last in self._engine.rules(data):
            start, end = max(0, at(first) - 1), min(len(passage.text), at(last) - 1)
            rule = self._rules[number]
            for draft in _CHECKS[rule.verify](passage, start, end):
                yield draft, rule.key
        if self._terms:
            yield from self._terms_in(passage, data)
        for draft in self._lineage.find(passage):
            yield draft, RULE

    def _terms_in(self, passage: Passage, data: bytes) -> Iterator[tuple[Draft, str]]:
        text = passage.text
        hits = list(self._words_in(passage))
        at = _Characters(data)
        ends = [at(end) - 1 for end in self._engine.ends(data)]
        stretches = [
            end for end in ends if self._disguised.may_hold(text[max(0, end - _WIDEST) : end])
        ]
        for start, end in _merged(stretches, self._disguised.reach):
            hits += self._disguised.find(text, start, end)
        for term, start, end in longest(hits):
            if is_whole(text, start, end) and not self._is_allowed(text, start, end):
                plain = text[start:end] == term
                why = (
                    "词表所列"
                    if plain
                    else "词表所列，写法有变（字间夹有符号、全角、大小写或者断行）"
                )
                yield Draft(Kind.TERM, start, end, term, why, Confidence.HIGH), "term"

    def _words_in(self, passage: Passage) -> Iterator[tuple[str, int, int]]:
        """Terms with their spans; in the lines of a page, also those that a line's end cuts."""
        # How many characters of the text without its line feeds stand before each of them.
        before: list[int] = []
        text = passage.text
        if passage.unit != "段":
            feeds = (hit.start() for hit in re.finditer("\n", text))
            before = [at - number for number, at in enumerate(feeds)]
            text = text.replace("\n", "")
        data = text.encode("utf-8", "replace").lower()
        at = _Characters(data)
        for number, first, _ in self._engine.words(data):
            term = self._terms[self._of[number]]
            start = at(first)
            end = start + len(self._needles[number].decode())
            shift, beyond = bisect_right(before, start), bisect_right(before, end - 1)
            if beyond == shift or (len(term) >= 4 and beyond - shift <= _MOST_BREAKS):
                yield term, start + shift, end + beyond

    def _is_allowed(self, text: str, start: int, end: int) -> bool:
        for phrase in self.words.allowed:
            window = text[max(0, start - len(phrase)) : end + len(phrase)]
            at = window.find(phrase)
            while at >= 0:
                begin = max(0, start - len(phrase)) + at
                if begin <= start and end <= begin + len(phrase):
                    return True
                at = window.find(phrase, at + 1)
        return False


class _Characters:
    """Byte offsets, asked for in rising order, as character offsets."""

    def __init__(self, data: bytes) -> None:
        self._data, self._byte, self._character = data, 0, 0

    def __call__(self, byte: int) -> int:
        if byte < self._byte:
            return self._character - len(self._data[byte : self._byte].decode("utf-8", "ignore"))
        self._character += len(self._data[self._byte : byte].decode("utf-8", "ignore"))
        self._byte = byte
        return self._character


def _unescaped(pattern: str) -> str:
    return pattern.encode("ascii", "backslashreplace").decode("unicode_escape")


def _merged(ends: list[int], reach: int) -> Iterator[tuple[int, int]]:
    """Stretches widened to where a term could begin or end, joined where they meet."""
    begin = end = -1
    for stop in sorted(ends):
        if begin >= 0 and stop - _WIDEST - reach <= end:
            end = stop + reach
            continue
        if begin >= 0:
            yield begin, end
        begin, end = max(0, stop - _WIDEST - reach), stop + reach
    if begin >= 0:
        yield begin, end


_Item = tuple[tuple[int, int, int, Kind], tuple[Passage, Draft, str]]


def _beside_marks(
    items: list[_Item], passages: Sequence[Passage]
) -> Iterator[tuple[Passage, Draft, str]]:
    """Hand on what was found, and the copy number that stands beside a mark."""
    items = _without_parts(items)
    numbered: set[str] = {d.value for _, (_, d, _) in items if d.kind is Kind.COPY_NUMBER}
    marked = False
    for _, (passage, draft, key) in items:
        yield passage, draft, key
        if draft.kind is not Kind.MARK:
            continue
        marked = True
        if passage.zone in (Zone.ASIDE, Zone.NAME):
            continue
        for beside in copy_numbers.copy_numbers_beside(passage, draft.start, draft.end):
            if beside.value not in numbered:
                numbered.add(beside.value)
                yield passage, beside, "copy_number.beside"
    if not marked:
        return
    # A text box of its own may hold the number.
    for passage in passages:
        if passage.zone is Zone.MARGIN and len(passage.text.strip()) <= 8:
            for beside in copy_numbers.copy_numbers_beside(
                passage, len(passage.text), len(passage.text)
            ):
                if beside.value not in numbered:
                    numbered.add(beside.value)
                    yield passage, beside, "copy_number.beside"


def _without_parts(items: list[_Item]) -> list[_Item]:
    """A level word alone goes where it belongs to a whole mark over several lines."""
    kept: list[_Item] = []
    reach: dict[int, int] = {}
    for item in sorted(items, key=lambda one: (one[0][0], one[0][1], -one[0][2])):
        (index, _, end, kind), _ = item
        if kind is Kind.MARK:
            if end <= reach.get(index, -1):
                continue
            reach[index] = end
        kept.append(item)
    return kept


def _needles(terms: Sequence[str]) -> tuple[list[bytes], list[int]]:
    """What is looked for, in small letters, and the term each belongs to.

    A term with a hyphen is found without it too.
    """
    numbers: dict[bytes, int] = {}
    for number, term in enumerate(terms):
        numbers.setdefault(term.encode().lower(), number)
    for number, term in enumerate(terms):
        bare = squeezed(term)[0]
        if len(bare) > 3:
            numbers.setdefault(bare.encode().lower(), number)
    return list(numbers), list(numbers.values())


def _kept(cache: Path | None, terms: Sequence[bytes]) -> Path | None:
    """Where the compiled words are kept; the engine's version is part of the name."""
    if cache is None or not terms:
        return None
    digest = hashlib.sha256(version("hyperscan").encode() + b"\n" + b"\n".join(terms))
    return cache / f"words-{digest.hexdigest()[:32]}.hs"


def _keep(path: Path, data: bytes) -> None:
    """Written aside and moved into place, so that a reader never sees half a file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError:
        return


def as_finding(passage: Passage, draft: Draft, key: str, inside: str) -> Finding:
    return Finding(
        kind=draft.kind,
        value=draft.value,
        raw=passage.text[draft.start : draft.end],
        place=passage.locate(draft.start),
        context=passage.around(draft.start, draft.end),
        rule=key,
        why=draft.why,
        confidence=draft.confidence,
        inside=inside,
    )


def check_examples(book: RuleBook) -> None:
    """Hold every rule to its examples; raises BadRule on the first that breaks its word."""
    detector = Detector(book=book)
    for rule in book.rules:
        for example in rule.true:
            found = {
                (d.kind, d.value) for _, d, _ in detector.detect([_page(example.text, rule.zone)])
            }
            if (example.kind, example.value) not in found:
                raise BadRule(
                    f"规则「{rule.key}」没有在「{example.text}」中找到{example.value}：{found}"
                )
        for text in rule.false:
            for _, draft, _ in detector.detect([_page(text, rule.zone)]):
                if draft.kind.holds or draft.kind is rule.kind:
                    raise BadRule(f"规则「{rule.key}」误报「{text}」中的{draft.value}")


def _page(text: str, zone: Zone) -> Passage:
    return Passage(text, "正文", zone, "行", head=6)
