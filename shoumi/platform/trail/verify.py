"""Verification (校验): the chain, every sealed row, the change texts, the tables, and a checkpoint.

An intact log proves little; here every business row must equal its last seal, none may be missing and none
may be extra. Upper floors add what only they know (files, rulebook) to EXTRA.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models, transaction

from shoumi.kernel import chain
from shoumi.kernel.chain import COLUMNS, Finding, Walk, sm3
from shoumi.platform.trail import schema, seals
from shoumi.platform.trail.exempt import EXEMPT
from shoumi.platform.trail.models import Change, Entry, Head, recorded_models

EXTRA: list[Callable[[], Iterable[Finding]]] = []
UNANCHORED = "未与外部检查点比对，不能排除截尾、整链重算或回退"
Progress = Callable[[str, int, int], None]


@dataclass
class Report:
    """What was read and what is not whole; `anchored` when a checkpoint kept outside was compared."""

    entries: int = 0
    rows: int = 0
    anchored: bool = False
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.findings


def verify(
    *, checkpoint: dict[str, Any] | None = None, progress: Progress = lambda *_: None
) -> Report:
    """Read everything once, in one snapshot, and say what does not agree."""
    report = Report(anchored=checkpoint is not None)
    watch = {
        (h["chain"], h["number"]): h["digest"]
        for h in (checkpoint or {}).get("heads", [])
        if h["number"]
    }
    with transaction.atomic():
        walked = chain.walk(_entries(progress), watch=watch)
        report.entries = walked.entries
        report.findings += walked.findings
        report.findings += _heads(walked)
        report.findings += _changes()
        report.findings += _tables()
        present = _present()
        for model in recorded_models():
            # A table that a newer version brings is not there yet; a dropped one leaves its seals.
            if model._meta.db_table in present:
                report.rows += _rows(model, walked, report.findings, progress)
        report.findings += [
            Finding("missing", _text(table, key, seal, "已不存在"), seal[1], seal[2], table, key)
            for table, key, seal in _unclaimed(walked)
        ]
        report.findings += schema.compare()
        for extra in EXTRA:
            report.findings += list(extra())
    return report


def export() -> Iterator[str]:
    """The trail as JSON lines for the stand-alone verifier; change texts stay inside."""
    for row in _entries(lambda *_: None):
        yield json.dumps(list(row), ensure_ascii=False, separators=(",", ":"))


def _entries(progress: Progress) -> Iterator[tuple[Any, ...]]:
    total = Entry.objects.count()
    columns = ", ".join(f'"{c}"' for c in (*COLUMNS, "digest"))
    done = 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM trail_entry ORDER BY chain, number")
        while rows := cursor.fetchmany(2_000):
            yield from rows
            done += len(rows)
            progress("痕迹账", done, total)


def _heads(walked: Walk) -> Iterator[Finding]:
    known = {h.chain: (h.number, h.digest) for h in Head.objects.all()}
    for name, last in walked.heads.items():
        if known.get(name) != last:
            said = known.get(name, (0, ""))[0]
            text = f"链 {name} 的链头记为第 {said} 条，实有末条为第 {last[0]} 条"
            yield Finding("head", text, name, min(said, last[0]) + 1)
    for name, (number, _) in known.items():
        if name not in walked.heads and number:
            yield Finding("head", f"链 {name} 应有 {number} 条，现一条不存", name, 1)


def _changes() -> Iterator[Finding]:
    """Every change text equals the digest in its entry; none is missing, none is extra."""
    texts = Change.objects.select_related("entry").order_by("entry_id")
    for change in texts.iterator(chunk_size=2_000):
        entry = change.entry
        if sm3(change.text.encode()) != entry.changes:
            text = f"链 {entry.chain} 第 {entry.number} 条的变更明细被改动"
            yield Finding("change", text, entry.chain, entry.number, "trail_change", str(change.pk))
    lost = Entry.objects.exclude(changes="").filter(change=None)
    for entry in lost.iterator(chunk_size=2_000):
        text = f"链 {entry.chain} 第 {entry.number} 条的变更明细缺失"
        yield Finding("change", text, entry.chain, entry.number, "trail_change", "")


def _tables() -> Iterator[Finding]:
    """A table nobody thought of is a place to hide rows."""
    known = {m._meta.db_table for m in recorded_models()} | set(EXEMPT)
    for table in sorted(_present() - known):
        yield Finding("table", f"数据库中有来历不明的表 {table}", table=table)


def _present() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))


def _rows(
    model: type[models.Model], walked: Walk, findings: list[Finding], progress: Progress
) -> int:
    table = model._meta.db_table
    total = 0
    for key, values in seals.read_rows(connection, model):
        total += 1
        seal = walked.seals.pop(f"{table}:{key}", None)
        if seal is None:
            text = f"{table} 第 {key} 行没有任何办理记录，不是经办理写入的"
            findings.append(Finding("extra", text, table=table, key=str(key)))
        else:
            digest = seals.row_digest(table, key, values)
            if digest != seal[0]:
                findings.append(_altered(table, str(key), digest, seal))
        if total % 10_000 == 0:
            progress(str(model._meta.verbose_name), total, 0)
    return total


def _altered(table: str, key: str, digest: str, seal: tuple[str, str, int]) -> Finding:
    if seal[0] == seals.GONE:
        text = _text(table, key, seal, "应已删除，却又出现")
        return Finding("extra", text, seal[1], seal[2], table, key)
    earlier = Entry.objects.filter(seals__contains=f"{table}:{key}={digest}").order_by("id").last()
    if earlier is not None:
        what = f"被换回第 {earlier.number} 条时的旧内容"
        return Finding("rolled_back", _text(table, key, seal, what), seal[1], seal[2], table, key)
    return Finding("altered", _text(table, key, seal, "内容被改动"), seal[1], seal[2], table, key)


def _unclaimed(walked: Walk) -> Iterator[tuple[str, str, tuple[str, str, int]]]:
    for name, seal in walked.seals.items():
        if seal[0] != seals.GONE:
            table, _, key = name.partition(":")
            yield table, key, seal


def _text(table: str, key: str, seal: tuple[str, str, int], what: str) -> str:
    return f"{table} 第 {key} 行{what}；最后一次如实记录：链 {seal[1]} 第 {seal[2]} 条"
