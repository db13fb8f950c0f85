"""Simple ledgers (简单台账) as data: what is entered, by whom, who reads it, which clause asks for it.

A ledger file has five kinds of column, no joins, no computed values and no lifecycle; whoever needs one of
these writes a register in code. Whatever a file says wrongly is named with file, ledger and column.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from shoumi.kernel.levels import Level
from shoumi.platform.rulebook.loader import DATA, LEVELS
from shoumi.platform.rulebook.model import ControlRef, RulebookError
from shoumi.platform.rulebook.reader import Reader, read_toml

COLUMN_KINDS = {"text": "文字", "number": "数字", "choice": "选项", "date": "日期", "tick": "勾选"}
TODAY = "today"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. `readers` keeps it from all other posts; `personal` is stored encrypted and masked."""

    key: str
    label: str
    kind: str
    required: bool = False
    most: int = 0
    until_today: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""
    hint: str = ""
    readers: frozenset[str] = frozenset()
    personal: bool = False
    retired: bool = False

    @property
    def heading(self) -> str:
        return f"{self.label}（{self.unit}）" if self.unit else self.label

    @property
    def is_tick(self) -> bool:
        return self.kind == "tick"

    def is_for(self, posts: Iterable[str]) -> bool:
        return not self.readers or not self.readers.isdisjoint(posts)


@dataclass(frozen=True, kw_only=True)
class Demand:
    """Where a row says this, or a number is above the clause's figure, that column must be filled in."""

    column: str
    say: str
    when: Mapping[str, Any]
    above: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The kind of duty that a row proves done, where the row says so."""

    duty: str
    when: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an installation must have from a level on, in one area."""

    area: str
    level: Level
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The choices of a column that must each be borne out by a row, and which rows count."""

    column: str
    when: Mapping[str, Any]
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """One ledger file; `item` names what is entered: 登记…, 更正…."""

    key: str
    file: str
    title: str
    item: str
    clause: str
    controls: tuple[ControlRef, ...]
    posts: frozenset[str]
    readers: frozenset[str]
    everyone: bool
    level: Level
    version: int
    columns: tuple[Column, ...]
    shown: tuple[str, ...]
    filters: tuple[str, ...]
    search: tuple[str, ...]
    demands: tuple[Demand, ...]
    evidence: tuple[Evidence, ...]
    coverage: Coverage | None
    signatures: tuple[str, ...]

    def column(self, key: str) -> Column:
        return next(c for c in self.columns if c.key == key)

    @property
    def current(self) -> tuple[Column, ...]:
        """The columns that are still filled in."""
        return tuple(c for c in self.columns if not c.retired)

    @property
    def admitted(self) -> frozenset[str]:
        """Posts for which this ledger exists."""
        return self.posts | self.readers


def load_ledgers(data: Path = DATA) -> list[Ledger]:
    """Every file of `ledgers/`; malformed ones are named."""
    return [_ledger(path) for path in sorted((data / "ledgers").glob("*.toml"))]


def _ledger(path: Path) -> Ledger:
    row = read_toml(path)
    level = row.take("level", str, "内部")
    if level not in LEVELS:
        raise RulebookError(f"{row.place}：「{level}」不是密级")
    title = row.take("title", str)
    columns = tuple(_column(row, table) for table in row.take("column", list, []))
    keys = tuple(c.key for c in columns if not c.retired)
    found = Ledger(
        key=row.take("key", str),
        file=path.name,
        title=title,
        item=row.take("item", str),
        clause=row.take("clause", str),
        controls=tuple(_control(row, text) for text in _words(row, "controls")),
        posts=frozenset(_words(row, "posts")),
        readers=frozenset(_words(row, "readers")),
        everyone=row.take("everyone", bool, False),
        level=LEVELS[level],
        version=row.take("version", int, 1),
        columns=columns,
        shown=_words(row, "list") or keys,
        filters=_words(row, "filters"),
        search=_words(row, "search"),
        demands=tuple(_demand(row, table) for table in row.take("demand", list, [])),
        evidence=tuple(_evidence(row, table) for table in row.take("evidence", list, [])),
        coverage=_coverage(row, row.take("coverage", dict, None)),
        signatures=_words(row, "signatures") or ("填表人", "审核人", "负责人"),
    )
    row.done()
    return found


def _column(whole: Reader, table: Any) -> Column:
    named = table.get("key", "未命名") if isinstance(table, dict) else "未命名"
    row = whole.inside(table, f"栏目「{named}」")
    most = row.take("max", (int, str), 0)
    if isinstance(most, str) and most != TODAY:
        raise RulebookError(f"{row.place}：「max」只能是数，日期栏可写 today")
    found = Column(
        key=row.take("key", str),
        label=row.take("label", str),
        kind=row.take("kind", str),
        required=row.take("required", bool, False),
        most=most if isinstance(most, int) else 0,
        until_today=most == TODAY,
        choices=_words(row, "choices"),
        unit=row.take("unit", str, ""),
        hint=row.take("hint", str, ""),
        readers=frozenset(_words(row, "readers")),
        personal=row.take("personal", bool, False),
        retired=row.take("retired", bool, False),
    )
    row.done()
    return found


def _demand(whole: Reader, table: Any) -> Demand:
    row = whole.inside(table, "应填项")
    found = Demand(
        column=row.take("column", str),
        say=row.take("say", str),
        when=MappingProxyType(row.take("when", dict, {})),
        above=MappingProxyType(row.take("above", dict, {})),
    )
    row.done()
    return found


def _evidence(whole: Reader, table: Any) -> Evidence:
    row = whole.inside(table, "办结凭据")
    found = Evidence(duty=row.take("duty", str), when=MappingProxyType(row.take("when", dict, {})))
    row.done()
    return found


def _coverage(whole: Reader, table: Any) -> Coverage | None:
    if table is None:
        return None
    row = whole.inside(table, "应有项")
    found = Coverage(
        column=row.take("column", str),
        when=MappingProxyType(row.take("when", dict, {})),
        wanted=tuple(_wanted(row, entry) for entry in row.take("wanted", list)),
    )
    row.done()
    return found


def _wanted(whole: Reader, table: Any) -> Wanted:
    row = whole.inside(table, "应有项")
    level = row.take("level", str)
    if level not in LEVELS:
        raise RulebookError(f"{row.place}：「{level}」不是密级")
    found = Wanted(area=row.take("area", str), level=LEVELS[level], names=_words(row, "names"))
    row.done()
    return found


def _words(row: Reader, key: str) -> tuple[str, ...]:
    words = row.take(key, list, [])
    if not all(isinstance(word, str) for word in words):
        raise RulebookError(f"{row.place}：「{key}」应为文字列表")
    return tuple(words)


def _control(row: Reader, text: str) -> ControlRef:
    kind, colon, point = text.partition(":")
    if not (colon and kind and point):
        raise RulebookError(f"{row.place}：控制「{text}」应写作「类别：控制点」")
    return ControlRef(kind=kind, point=point)
