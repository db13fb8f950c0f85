"""From a grid to rows of named fields: finding the headings, and telling records from everything else.

A ledger may have title rows, headings of two rows, repeated headings, pages with totals, rows of a month,
signatures, merged cells and ditto marks; several tables may stand in one sheet.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from shoumi.domains.intake.rules.grid import Sheet, Value
from shoumi.domains.intake.rules.package import column_letters
from shoumi.domains.intake.rules.words import (
    LEDGERS,
    Words,
    bare,
    common,
    heading,
    is_blank,
    signs,
    squeezed,
    words_of,
)
from shoumi.kernel.dates import find_year

_EXACT, _OUTSIDE, _INSIDE, _PART = range(4)
_BRACKETED = re.compile(r"[(（【\[〔].*?[)）】\]〕]")
_LONGEST_HEADING = 24
_MOST_HEADING_ROWS = 3
_LEAST_HEADINGS = 3
# So many rows below the headings are looked at; so many values, and so great a share, tell.
_SAMPLED, _TELLING, _MOSTLY = 60, 3, 0.7


class RowKind(StrEnum):
    RECORD = "record"
    PAGE_TOTAL = "page_total"
    GRAND_TOTAL = "grand_total"


@dataclass(frozen=True, slots=True)
class Row:
    """One row that says something; `inherited` fields come from above, by a ditto mark or `merged` cells."""

    sheet: str
    number: int
    kind: RowKind
    fields: Mapping[str, Value]
    inherited: frozenset[str]
    merged: frozenset[str]
    texts: tuple[str, ...]
    is_struck: bool
    year: int | None

    def get(self, name: str) -> Value:
        return self.fields.get(name)

    def text(self, name: str) -> str:
        value = self.fields.get(name)
        return "" if value is None else str(value).strip()

    def own(self, name: str) -> bool:
        """Whether the row itself, and no row above, fills this field."""
        return name not in self.inherited and not is_blank(self.fields.get(name))


@dataclass(slots=True)
class Table:
    """The rows under one set of headings."""

    sheet: str
    columns: dict[str, int]
    titles: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)

    def cell(self, name: str, row: int) -> str:
        """The address of a field in a row, for marking it; the first column where there is none."""
        return f"{column_letters(self.columns.get(name, 1))}{row}"


@dataclass(frozen=True, slots=True)
class _Headings:
    columns: dict[str, int]
    rows: int
    texts: dict[int, str]


def find_tables(sheet: Sheet, kind: str) -> list[Table]:
    """All tables of the kind in a sheet; none where no row reads as its headings."""
    return list(_Walk(sheet, words_of(kind)).tables())


class _Walk:
    """One way through a sheet from top to bottom."""

    def __init__(self, sheet: Sheet, words: Words) -> None:
        self.sheet, self.words = sheet, words
        self.year = find_year(sheet.name)
        self.titles: list[str] = list(sheet.above)
        self.current: Table | None = None
        self.headings: _Headings | None = None
        self.last: dict[str, Value] = {}

    def tables(self) -> Iterator[Table]:
        for text in self.titles:
            self.year = find_year(text) or self.year
        skip_to = 0
        for number in sorted(self.sheet.rows):
            if number < skip_to:
                continue
            if found := self._headings_at(number):
                skip_to = number + found.rows
                if self.current is None or found.columns != self.current.columns:
                    if self.current:
                        yield self.current
                    self.current = Table(self.sheet.name, found.columns, tuple(self.titles))
                    self.last = {}
                self.headings, self.titles = found, []
            elif self._is_banner(number):
                self._heed(number)
            elif self.current is not None and (row := self._row(number)):
                self.current.rows.append(row)
        if self.current:
            yield self.current

    def _headings_at(self, number: int) -> _Headings | None:
        """The headings that begin in this row, over as many rows as say the most."""
        best: _Headings | None = None
        if not all(map(_is_short_text, self.sheet.rows[number].values())):
            return None
        for count in range(1, _MOST_HEADING_ROWS + 1):
            rows = range(number, number + count)
            if count > 1 and not self._reads_as_heading(rows[-1]):
                break
            texts = self._heading_texts(rows)
            columns = assign(texts, self.words)
            if best is None or len(columns) > len(best.columns):
                best = _Headings(columns, count, texts)
                without_first = assign(self._heading_texts(rows[1:]), self.words)
                if count > 1 and len(without_first) >= len(columns):
                    return None  # a title over the headings
        if best is None or not self._reads_as_heading(number, best):
            return None
        _by_values(best.columns, self._sample(number + best.rows), self.words)
        names = set(best.columns)
        enough = len(names) >= _LEAST_HEADINGS and all(need & names for need in self.words.needed)
        return best if enough else None

    def _sample(self, first: int) -> dict[int, list[str]]:
        """What stands in each column below the headings, as far as it takes to tell what it holds."""
        found: dict[int, list[str]] = {}
        for number in range(first, first + _SAMPLED):
            for column, value in self.sheet.rows.get(number, {}).items():
                if not is_blank(value):
                    found.setdefault(column, []).append(bare(value))
        return found

    def _heading_texts(self, rows: Sequence[int]) -> dict[int, str]:
        """For each column the texts over it, from the top down, each once."""
        columns = {c for r in rows for c in self.sheet.rows.get(r, {})}
        columns |= {c for (r, c) in self.sheet.anchors if r in rows}
        texts: dict[int, str] = {}
        for column in sorted(columns):
            parts = [str(v) for r in rows if (v := self.sheet.value(r, column)) not in (None, "")]
            texts[column] = "\n\n".join(dict.fromkeys(parts))
        return texts

    def _reads_as_heading(self, number: int, found: _Headings | None = None) -> bool:
        """Short texts only, no number among them, and enough of them known words."""
        values = [v for v in self.sheet.rows.get(number, {}).values() if not is_blank(v)]
        if not values or not all(map(_is_short_text, values)):
            return False
        texts = [str(v) for v in values]
        if found is not None and found.rows > 1:
            # The upper row may hold names of groups only; what it says is judged with the row below.
            texts = [t for t in found.texts.values() if t]
        known = sum(1 for text in texts if _readings(text, self.words.title))
        return known * 2 >= len(texts)

    def _is_banner(self, number: int) -> bool:
        """A title, a month or a year over the whole width: one text only."""
        values = [v for v in self.sheet.rows[number].values() if not is_blank(v)]
        if len(values) != 1 or not isinstance(values[0], str):
            return False
        if self.current is None:
            return True
        (column,) = (c for c, v in self.sheet.rows[number].items() if not is_blank(v))
        wide = any(
            top == number and left == column and right - left >= 2
            for top, left, _, right in self.sheet.merged
        )
        first = column == min(self.current.columns.values())
        return wide or (first and not squeezed(values[0]).isdigit())

    def _heed(self, number: int) -> None:
        (text,) = (str(v) for v in self.sheet.rows[number].values() if not is_blank(v))
        if self.current is None or len(squeezed(text)) <= _LONGEST_HEADING:
            self.year = find_year(text) or self.year
        self.titles.append(text)

    def _row(self, number: int) -> Row | None:
        table, values = self.current, self.sheet.rows[number]
        assert table is not None
        texts = tuple(str(v).strip() for v in values.values() if not is_blank(v))
        kind = _kind_of(texts)
        if kind is RowKind.RECORD and (self._repeats_headings(values) or _is_closing(texts)):
            return None
        fields: dict[str, Value] = {}
        ditto, merged = set(), set()
        for name, column in table.columns.items():
            value = self.sheet.value(number, column)
            if isinstance(value, str) and squeezed(value) in signs("ditto"):
                value = self.last.get(name)
                ditto.add(name)
            elif self.sheet.above_merged(number, column):
                merged.add(name)
            fields[name] = value
        own = {n for n, v in fields.items() if n not in ditto | merged and not is_blank(v)}
        if kind is RowKind.RECORD:
            if not own - {"seq"}:
                return None
            self.last = fields
        return Row(
            sheet=self.sheet.name,
            number=number,
            kind=kind,
            fields=fields,
            inherited=frozenset(ditto | merged),
            merged=frozenset(merged),
            texts=texts,
            is_struck=number in self.sheet.struck,
            year=self.year,
        )

    def _repeats_headings(self, values: Mapping[int, Value]) -> bool:
        assert self.headings is not None
        said = [(c, v) for c, v in values.items() if not is_blank(v)]
        same = sum(
            1 for c, v in said if bare(v) and bare(v) in bare(self.headings.texts.get(c, ""))
        )
        return len(said) >= 2 and same * 2 > len(said) and all(isinstance(v, str) for _, v in said)


def assign(texts: Mapping[int, str], words: Words) -> dict[str, int]:
    """Which column is which field; the surest readings first, every field and column once."""
    claims = sorted(
        (reading, column)
        for column, text in texts.items()
        for reading in _readings(text, words.title)
    )
    names = tuple(words.columns)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for (_, _, _, order), column in claims:
        if names[order] not in found and column not in taken:
            found[names[order]] = column
            taken.add(column)
    return found


def _by_values(columns: dict[str, int], sample: Mapping[int, Sequence[str]], words: Words) -> None:
    """Find a field whose heading is none of its own by what stands below: a column of classes is one of classes."""
    for name, (listed, loose) in words.lists.get("values", {}).items():
        if name in columns:
            continue
        known = {bare(word) for some in words.lists[listed].values() for word in some}
        taken = {column for other, column in columns.items() if other not in loose}
        for column, values in sample.items():
            fit = sum(value in known for value in values)
            if column not in taken and len(values) >= _TELLING and fit > len(values) * _MOSTLY:
                for other in [one for one, where in columns.items() if where == column]:
                    del columns[other]
                columns[name] = column
                break


# How surely a heading means a field, best first: (how it fits, length of the word, its place, the field).
_Reading = tuple[int, int, int, int]


@lru_cache(maxsize=5_000)
def _readings(text: str, title: str) -> tuple[_Reading, ...]:
    """What a heading may mean: as it is, without its bracket, in its bracket, or in part.

    Headings of two rows come with both, parted by an empty line: together, then the lower one.
    """
    upper, _, lower = text.partition("\n\n")
    return tuple(
        reading
        for part in ((text.replace("\n\n", ""), lower) if lower else (upper,))
        if part and len(squeezed(part)) <= 2 * _LONGEST_HEADING
        for reading in _readings_of(part, _headings_of(title))
    )


def _readings_of(text: str, known: Sequence[tuple[str, int, int]]) -> Iterator[_Reading]:
    whole, outside = heading(text), heading(_BRACKETED.sub("", text))
    inside = {heading(part) for part in _BRACKETED.findall(text)}
    for word, place, order in known:
        if word == whole:
            fit = _EXACT
        elif word == outside:
            fit = _OUTSIDE
        elif word in inside:
            fit = _INSIDE
        elif len(word) >= 2 and word in outside:
            fit = _PART
        else:
            continue
        yield (fit, -len(word), place, order)


@lru_cache
def _headings_of(title: str) -> tuple[tuple[str, int, int], ...]:
    """Every known heading of the kind with this title: the word, its place in the list, the field's order."""
    (words,) = (w for w in map(words_of, LEDGERS) if w.title == title)
    return tuple(
        (heading(word), place, order)
        for order, listed in enumerate(words.columns.values())
        for place, word in enumerate(listed)
        if heading(word)
    )


def _is_short_text(value: Value) -> bool:
    if not isinstance(value, str) or len(value) > 4 * _LONGEST_HEADING:
        return is_blank(value)
    text = squeezed(value)
    return len(text) <= _LONGEST_HEADING and not text.isdigit()


def _kind_of(texts: Sequence[str]) -> RowKind:
    for text in texts[:2]:
        plain = bare(text)
        if any(plain.startswith(bare(word)) for word in common()["page_total"]):
            return RowKind.PAGE_TOTAL
        if any(plain.startswith(bare(word)) for word in common()["grand_total"]):
            return RowKind.GRAND_TOTAL
    return RowKind.RECORD


def _is_closing(texts: Sequence[str]) -> bool:
    """A row of signatures or notes below the records."""
    if not texts or len(texts) > 4:
        return False
    first = squeezed(texts[0])
    if any(first.startswith((f"{start}:", f"{start}1")) for start in common()["note_starts"]):
        return True
    spoken = [t for t in texts if any(squeezed(w) in squeezed(t) for w in common()["closing"])]
    return bool(spoken) and not first.isdigit()
