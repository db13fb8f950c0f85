"""Reads the data folder. Whatever is malformed is named with its file and clause."""

import csv
from pathlib import Path
from types import MappingProxyType
from typing import Any

from shoumi.kernel.approval import Step
from shoumi.kernel.levels import Level
from shoumi.platform.rulebook.model import (
    Citation,
    Clause,
    ControlRef,
    DatedValue,
    Flow,
    FlowRow,
    Instrument,
    Obligation,
    Parameter,
    Post,
    Regulation,
    Rulebook,
    RulebookError,
)
from shoumi.platform.rulebook.reader import Reader, read_toml

DATA = Path(__file__).parent / "data"
LEVELS = {level.label: level for level in Level}


def load(data: Path = DATA) -> Rulebook:
    """The whole rulebook, read afresh from its files."""
    return Rulebook(
        instruments=MappingProxyType(_instruments(data / "instruments.toml")),
        regulations=tuple(_regulation(path) for path in _files(data / "regulations")),
        posts=MappingProxyType(_posts(data / "posts.toml")),
        flows=tuple(flow for path in _files(data / "flows") for flow in _flows(path)),
        obligations=MappingProxyType(_obligations(data / "obligations.csv")),
        argued=MappingProxyType(_argued(data / "argued.toml")),
    )


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))


def _instruments(path: Path) -> dict[str, Instrument]:
    whole = read_toml(path)
    found: dict[str, Instrument] = {}
    for table in whole.take("instrument", list):
        row = whole.inside(table, "依据")
        instrument = Instrument(
            short=row.take("short", str),
            title=row.take("title", str),
            number=row.take("number", str, ""),
            since=row.day("from"),
            until=row.day("until"),
        )
        row.done()
        if instrument.short in found:
            raise RulebookError(f"{path.name}：依据「{instrument.short}」重复")
        found[instrument.short] = instrument
    whole.done()
    return found


def _regulation(path: Path) -> Regulation:
    whole = read_toml(path)
    regulation = Regulation(
        id=whole.take("id", str),
        title=whole.take("title", str),
        scope=whole.take("scope", str, ""),
        file=path.name,
        clauses=tuple(_clause(whole, table) for table in whole.take("clause", list)),
    )
    whole.done()
    return regulation


def _clause(whole: Reader, table: Any) -> Clause:
    row = whole.inside(table, f"条款「{table.get('id', '未编号')}」")
    clause = Clause(
        id=row.take("id", str),
        title=row.take("title", str),
        text=row.take("text", str),
        samples=_words(row, "samples"),
        basis=tuple(_citation(row, entry) for entry in row.take("basis", list, [])),
        controls=tuple(_control(row, entry) for entry in row.take("controls", list, [])),
        parameters=tuple(_parameter(row, entry) for entry in row.take("parameter", list, [])),
        note=row.take("note", str, ""),
    )
    row.done()
    return clause


def _words(row: Reader, key: str) -> tuple[str, ...]:
    words = row.take(key, list, [])
    if not all(isinstance(word, str) for word in words):
        raise RulebookError(f"{row.place}：「{key}」应为文字列表")
    return tuple(words)


def _citation(row: Reader, entry: Any) -> Citation:
    """Either `["条例", "第二十七条"]` or a table with the days on which it is cited."""
    if isinstance(entry, list) and 1 <= len(entry) <= 2:
        entry = dict(zip(("in", "article"), entry, strict=False))
    inner = row.inside(entry, "依据")
    citation = Citation(
        instrument=inner.take("in", str),
        article=inner.take("article", str, ""),
        since=inner.day("from"),
        until=inner.day("until"),
    )
    inner.done()
    return citation


def _control(row: Reader, entry: Any) -> ControlRef:
    kind, colon, point = str(entry).partition(":")
    if not (colon and kind and point):
        raise RulebookError(f"{row.place}：控制「{entry}」应写作「类别：控制点」")
    return ControlRef(kind=kind, point=point)


def _parameter(row: Reader, table: Any) -> Parameter:
    inner = row.inside(table, f"参数「{table.get('key', '未命名')}」")
    kind = inner.take("kind", str)
    bounds = inner.take("range", list, [None, None])
    if len(bounds) != 2:
        raise RulebookError(f"{inner.place}：「range」应为上下限两个数")
    parameter = Parameter(
        key=inner.take("key", str),
        label=inner.take("label", str),
        kind=kind,
        unit=inner.take("unit", str, ""),
        lowest=bounds[0],
        highest=bounds[1],
        choices=tuple(inner.take("choices", list, [])),
        pattern=inner.take("pattern", str, ""),
        stricter=inner.take("stricter", str, ""),
        fixed=inner.take("fixed", bool, False),
        values=tuple(_value(inner, kind, entry) for entry in inner.take("values", list)),
    )
    inner.done()
    return parameter


def _value(row: Reader, kind: str, entry: Any) -> DatedValue:
    inner = row.inside(entry, "取值")
    since = inner.day("from")
    if since is None:
        raise RulebookError(f"{inner.place}：缺少起始日「from」")
    value = inner.take("value", (int, str, bool, list, dict))
    found = DatedValue(
        since=since,
        value=frozen_value(kind, value, place=inner.place),
        note=inner.take("note", str, ""),
        warning=inner.take("warning", str, ""),
    )
    inner.done()
    return found


def frozen_value(kind: str, value: Any, *, place: str) -> Any:
    """A figure as code reads it: by_level keyed by Level, lists as tuples, tables read-only."""
    if kind == "by_level" and isinstance(value, dict):
        unknown = [word for word in value if word not in LEVELS]
        if unknown:
            raise RulebookError(f"{place}：「{'、'.join(unknown)}」不是密级")
        return MappingProxyType({LEVELS[word]: figure for word, figure in value.items()})
    if kind == "table" and isinstance(value, dict):
        return MappingProxyType(dict(value))
    if kind == "list" and isinstance(value, list):
        return tuple(value)
    return value


def _posts(path: Path) -> dict[str, Post]:
    whole = read_toml(path)
    found: dict[str, Post] = {}
    for table in whole.take("post", list):
        row = whole.inside(table, f"岗位「{table.get('key', '未命名')}」")
        post = Post(
            key=row.take("key", str),
            label=row.take("label", str),
            duty=row.take("duty", str),
            content=row.take("content", bool, True),
            exclusive=row.take("exclusive", str, ""),
            bound=row.take("bound", str, "body"),
            appointed=row.take("appointed", bool, True),
        )
        row.done()
        if post.key in found:
            raise RulebookError(f"{path.name}：岗位「{post.key}」重复")
        found[post.key] = post
    whole.done()
    return found


def _flows(path: Path) -> list[Flow]:
    whole = read_toml(path)
    found = []
    for table in whole.take("flow", list):
        row = whole.inside(table, f"流程「{table.get('matter', '未命名')}」")
        clause = row.take("clause", str)
        found.append(
            Flow(
                matter=row.take("matter", str),
                title=row.take("title", str),
                clause=clause,
                file=path.name,
                rows=tuple(_flow_row(row, entry, clause) for entry in row.take("row", list, [])),
            )
        )
        row.done()
    whole.done()
    return found


def _flow_row(row: Reader, table: Any, clause: str) -> FlowRow:
    inner = row.inside(table, "行")
    words = _words(inner, "level")
    unknown = [word for word in words if word not in LEVELS]
    if unknown:
        raise RulebookError(f"{inner.place}：「{'、'.join(unknown)}」不是密级")
    found = FlowRow(
        levels=frozenset(LEVELS[word] for word in words),
        when=MappingProxyType(inner.take("when", dict, {})),
        steps=tuple(_step(inner, entry) for entry in inner.take("steps", list, [])),
        refuse=inner.take("refuse", str, ""),
        way_on=inner.take("way_on", str, ""),
        clause=inner.take("clause", str, clause),
        like=inner.take("like", str, ""),
        since=inner.day("from"),
        until=inner.day("until"),
    )
    inner.done()
    return found


def _step(row: Reader, table: Any) -> Step:
    """One step in the kernel's own form: `post` for one post, `posts` for several."""
    inner = row.inside(table, "步骤")
    single = inner.take("post", str, "")
    posts = (single,) if single else _words(inner, "posts")
    step = Step(
        key="+".join(posts),
        posts=posts,
        mode=inner.take("mode", str, "any"),
        hours=inner.take("hours", int, 8),
        label=inner.take("label", str),
    )
    inner.done()
    return step


def _obligations(path: Path) -> dict[str, Obligation]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: Obligation(**row) for row in csv.DictReader(file)}


def _argued(path: Path) -> dict[str, str]:
    """Obligations that software cannot meet, each with the reason why."""
    whole = read_toml(path)
    reasons: dict[str, str] = whole.take("argued", dict, {})
    whole.done()
    return reasons
