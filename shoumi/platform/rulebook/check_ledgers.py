"""The start-up check of ledger files: whatever contradicts the rulebook or itself is refused by name."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from shoumi.kernel.levels import Level
from shoumi.platform.rulebook.ledgers import COLUMN_KINDS, Column, Ledger, load_ledgers
from shoumi.platform.rulebook.model import KINDS, Rulebook, RulebookError
from shoumi.platform.rulebook.source import rulebook

LONGEST, LARGEST = 1_000, 1_000_000_000
NAME = re.compile(r"[a-z][a-z0-9_]*")
# Names that the row, its form and its page use themselves.
RESERVED = frozenset(
    (
        *("id", "pk", "salt", "label", "level", "body", "ledger", "version", "data", "personal"),
        *("entered_by", "entered_at", "corrected", "corrected_by", "corrected_at", "reason"),
        *("actor", "subject", "at", "q", "page", "size", "sort"),
    )
)


@cache
def ledgers() -> dict[str, Ledger]:
    """The ledgers of this installation, read and checked once per process."""
    found = load_ledgers()
    enforce_ledgers(found, rulebook())
    return {ledger.key: ledger for ledger in found}


def enforce_ledgers(found: Iterable[Ledger], book: Rulebook) -> None:
    """Refuse to start with ledgers that contradict the rulebook or themselves."""
    if problems := ledger_problems(found, book):
        raise RulebookError("台账未通过启动检查：\n" + "\n".join(problems))


def ledger_problems(found: Iterable[Ledger], book: Rulebook) -> list[str]:
    """Every problem as one Chinese line with file, ledger and column."""
    found = list(found)
    problems = [f"台账名称「{t}」重复" for t in _twice(ledger.title for ledger in found)]
    problems += [f"台账登记事项「{t}」重复" for t in _twice(ledger.item for ledger in found)]
    for ledger in found:
        place = f"{ledger.file}：台账「{ledger.key}」"
        for fault in (*_head(ledger, book), *_rules(ledger, book)):
            problems.append(f"{place}{fault}")
        for column in ledger.columns:
            where = f"{place}栏目「{column.key}」"
            problems += [f"{where}{fault}" for fault in _column_faults(column, ledger)]
    return problems


def _head(ledger: Ledger, book: Rulebook) -> Iterator[str]:
    if ledger.file != f"{ledger.key}.toml" or not NAME.fullmatch(ledger.key):
        yield "：编号应与文件名相同，只用小写字母、数字和下划线"
    if ledger.clause not in book.clauses:
        yield f"：条款「{ledger.clause}」不在规章中"
    claimed = {c for clause in book.clauses.values() for c in clause.controls}
    for control in ledger.controls:
        if control.kind not in KINDS:
            yield f"：控制类别「{control.kind}」不存在"
        elif control not in claimed:
            yield f"：没有条款引用控制「{control}」"
    kinds = [control.kind for control in ledger.controls]
    if "record" not in kinds:
        yield "：没有登记类控制点"
    if "duty" in kinds and not ledger.evidence:
        yield "：有职责类控制点，却没有写明办结凭据"
    for post in sorted((ledger.posts | ledger.readers) - book.posts.keys()):
        yield f"：岗位「{post}」不存在"
    if not ledger.posts:
        yield "：没有写明登记岗位"
    for post in sorted(ledger.readers & book.posts.keys()):
        if not book.posts[post].appointed:
            yield f"：岗位「{post}」人人皆是，不能作为阅看岗位，全员可看的写 everyone"
    officers = {key for key, post in book.posts.items() if post.exclusive == "officers"}
    if ledger.level > Level.INTERNAL and officers & ledger.admitted:
        yield "：三员可见的台账最高为内部"
    if ledger.version < 1:
        yield "：版本应自 1 起"


def _rules(ledger: Ledger, book: Rulebook) -> Iterator[str]:
    columns = {column.key: column for column in ledger.columns}
    for key in _twice(column.key for column in ledger.columns):
        yield f"：栏目「{key}」重复"
    for label in _twice(column.label for column in ledger.columns):
        yield f"：栏目名称「{label}」重复"
    for what, keys in (("列表", ledger.shown), ("筛选", ledger.filters), ("检索", ledger.search)):
        for key in keys:
            if key not in columns:
                yield f"：{what}栏目「{key}」不存在"
    first = columns.get(ledger.shown[0]) if ledger.shown else None
    if first is None or not first.required or first.readers or first.personal:
        yield "：列表首栏应为必填、人人可见的非个人信息栏目"
    for key in ledger.filters:
        if key in columns and columns[key].kind not in ("choice", "tick"):
            yield f"：筛选栏目「{key}」只能是选项或者勾选"
    for key in ledger.search:
        if key in columns and columns[key].kind != "text":
            yield f"：检索栏目「{key}」只能是文字"
    for key in (*ledger.filters, *ledger.search):
        if key in columns and (columns[key].readers or columns[key].personal):
            yield f"：栏目「{key}」限定阅看或者属个人信息，不得筛选、检索"
    yield from _conditions(ledger, columns)
    yield from _figures(ledger, columns, book)


def _conditions(ledger: Ledger, columns: Mapping[str, Column]) -> Iterator[str]:
    told = [d.when for d in ledger.demands] + [e.when for e in ledger.evidence]
    if ledger.coverage:
        told.append(ledger.coverage.when)
        wanted = columns.get(ledger.coverage.column)
        if wanted is None or wanted.kind != "choice":
            yield f"：应有项栏目「{ledger.coverage.column}」不是选项栏目"
        else:
            for one in ledger.coverage.wanted:
                for name in one.names:
                    if name not in wanted.choices:
                        yield f"：应有项「{name}」不在栏目「{wanted.key}」的选项内"
    for when in told:
        for key, value in when.items():
            column = columns.get(key)
            if column is None:
                yield f"：条件栏目「{key}」不存在"
            elif value not in ((True, False) if column.kind == "tick" else column.choices):
                yield f"：条件「{key}」不会是「{value}」"


def _figures(ledger: Ledger, columns: Mapping[str, Column], book: Rulebook) -> Iterator[str]:
    clause = book.clauses.get(ledger.clause)
    counted = {p.key for p in clause.parameters if p.kind == "int"} if clause else set()
    for demand in ledger.demands:
        if demand.column not in columns:
            yield f"：应填栏目「{demand.column}」不存在"
        elif columns[demand.column].required:
            yield f"：栏目「{demand.column}」已是必填，不必再列为应填项"
        if not demand.when and not demand.above:
            yield f"：应填栏目「{demand.column}」没有写明条件"
        for key, figure in demand.above.items():
            if key not in columns or columns[key].kind != "number":
                yield f"：条件栏目「{key}」不是数字栏目"
            if figure not in counted:
                yield f"：条款「{ledger.clause}」没有数值参数「{figure}」"


def _column_faults(column: Column, ledger: Ledger) -> Iterator[str]:
    if not NAME.fullmatch(column.key) or column.key in RESERVED:
        yield "：名称只用小写字母、数字和下划线，且不得与系统栏目同名"
    if column.kind not in COLUMN_KINDS:
        yield f"：类别「{column.kind}」不存在，只有{'、'.join(COLUMN_KINDS.values())}五种"
        return
    limits = {"text": LONGEST, "number": LARGEST}
    if column.kind in limits:
        if not 1 <= column.most <= limits[column.kind]:
            yield f"：应写明上限 max，在 1 至 {limits[column.kind]} 之间"
    elif column.most:
        yield "：只有文字和数字栏目写上限"
    if column.until_today and column.kind != "date":
        yield "：只有日期栏目可写 today"
    if (column.kind == "choice") != bool(column.choices):
        yield "：选项栏目须列选项，其他栏目不列"
    for choice in _twice(column.choices):
        yield f"：选项「{choice}」重复"
    if column.personal and column.kind != "text":
        yield "：个人信息栏目应为文字"
    if column.retired and column.required:
        yield "：停用的栏目不能必填"
    if column.readers - ledger.admitted:
        yield f"：阅看岗位「{'、'.join(sorted(column.readers - ledger.admitted))}」看不到本台账"
    if column.readers and ledger.posts - column.readers:
        yield "：登记岗位应能阅看所登记的栏目"


def _twice(things: Iterable[str]) -> list[str]:
    return [thing for thing, times in Counter(things).items() if times > 1]
