"""Verification (校验): the chain, every sealed row, the change texts, the tables, and a checkpoint.

An intact log proves little; here every business row must equal its last seal, none may be missing and none
may be extra. Upper floors add what only they know (files, rulebook) to EXTRA. With two processes the second
digests rows and change texts while the first walks the chain; both read one snapshot.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError, connection

from shoumi.kernel import chain
from shoumi.kernel.chain import COLUMNS, Finding, Walk
from shoumi.platform.trail import schema, seals
from shoumi.platform.trail.exempt import EXEMPT
from shoumi.platform.trail.models import Entry, Head, recorded_models
from shoumi.platform.trail.pieces import CHANGES, Piece, Pieces, model_of, view
from shoumi.platform.trail.texts import Reader, ahead

EXTRA: list[Callable[[], Iterable[Finding]]] = []
UNANCHORED = "未与外部检查点比对，不能排除截尾、整链重算或回退"
Progress = Callable[[str, int, int], None]
Place = tuple[str, int, str]


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
    *,
    checkpoint: dict[str, Any] | None = None,
    progress: Progress = lambda *_: None,
    processes: int = 1,
) -> Report:
    """Read everything once, in one snapshot, and say what does not agree."""
    report = Report(anchored=checkpoint is not None)
    watch = {
        (h["chain"], h["number"]): h["digest"]
        for h in (checkpoint or {}).get("heads", [])
        if h["number"]
    }
    with view(processes) as second:
        reader = Reader()
        pieces = Pieces(reader, second)
        present = _present()
        # A table that a newer version brings is not there yet; a dropped one leaves its seals.
        tables = [CHANGES, *(m._meta.db_table for m in recorded_models())]
        pieces.add([table for table in tables if table in present])
        walked = _walk(reader, watch, progress)
        report.entries = walked.entries
        report.findings += walked.findings
        report.findings += _heads(walked)
        report.findings += _tables(present)
        rows = _rows(report, walked, pieces, progress)
        if walked.findings or reader.changed != reader.kept_changes():
            report.findings += _lost_changes()
        report.findings += rows
        report.findings += schema.compare()
        for extra in EXTRA:
            report.findings += list(extra())
    return report


def export() -> Iterator[str]:
    """The trail as JSON lines for the stand-alone verifier; change texts stay inside."""
    columns = ", ".join(f'"{c}"' for c in (*COLUMNS, "digest"))
    for row in Reader().stream(f"SELECT {columns} FROM trail_entry ORDER BY chain, number"):
        yield json.dumps(list(row), ensure_ascii=False, separators=(",", ":"), default=repr)


def _walk(reader: Reader, watch: dict[tuple[str, int], str], progress: Progress) -> Walk:
    """The chains in great strides; where one does not come out even, all over again step by step."""
    total = Entry.objects.count()
    walked = Walk(watch)
    try:
        for stride in ahead(reader.strides()):
            if not walked.stride(stride):
                break
            progress("痕迹账", walked.entries, total)
    except OperationalError:
        # SQLite makes no JSON of bytes that stand where a text should.
        walked.entries = -1
    if walked.entries == total:
        return walked.finish()
    return chain.walk(reader.links(), watch=watch)


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


def _lost_changes() -> Iterator[Finding]:
    """Entries that digest changes whose text is no longer there."""
    lost = Entry.objects.exclude(changes="").filter(change=None)
    for entry in lost.order_by("id").iterator(chunk_size=2_000):
        text = f"链 {entry.chain} 第 {entry.number} 条的变更明细缺失"
        yield Finding("change", text, entry.chain, entry.number, CHANGES, "")


def _tables(present: set[str]) -> Iterator[Finding]:
    """A table nobody thought of is a place to hide rows."""
    known = {m._meta.db_table for m in recorded_models()} | set(EXEMPT)
    for table in sorted(present - known):
        yield Finding("table", f"数据库中有来历不明的表 {table}", table=table)


def _present() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))


def _rows(report: Report, walked: Walk, pieces: Pieces, progress: Progress) -> list[Finding]:
    """Every row against its last seal: what differs, what nobody sealed, what is gone."""
    reader = pieces.reader
    last, findings = _last_seals(reader, walked)
    suspects: list[tuple[str, str]] = []
    again: list[Piece] = []

    def compare(table: str, keys: list[str], digests: list[str]) -> None:
        names = [f"{table}:{key}" for key in keys]
        sealed = [last.pop(name, None) for name in names]
        if sealed != digests:
            each = zip(names, sealed, digests, strict=True)
            suspects.extend((name, digest) for name, seal, digest in each if seal != digest)
        report.rows += len(keys)
        progress("封存数据", report.rows, 0)

    for piece, keys, digests, wrong in pieces.outcomes():
        if wrong:
            again.append(piece)
        else:
            compare(piece.table, keys, digests)
    for table, low, high in again:
        if table == CHANGES:
            findings += _wrong_changes(reader, low, high)
        else:
            compare(table, *reader.rows(model_of(table), low, high))
    suspects = _read_again(reader, suspects)
    suspects += [(name, seals.GONE) for name, seal in last.items() if seal != seals.GONE]
    places, earlier = _where(reader, suspects)
    for name, digest in suspects:
        if finding := _judged(name, digest, places.get(name), earlier.get((name, digest))):
            findings.append(finding)
    return findings


def _wrong_changes(reader: Reader, low: int, high: int | None) -> Iterator[Finding]:
    for key, name, number in reader.wrong_changes(low, high):
        text = f"链 {name} 第 {number} 条的变更明细被改动"
        yield Finding("change", text, name, number, CHANGES, str(key))


def _last_seals(reader: Reader, walked: Walk) -> tuple[dict[str, str], list[Finding]]:
    """The last seal of every row; where two chains sealed the same row, the later entry decides."""
    merged: dict[str, str] = {}
    shared: set[str] = set()
    for mine in walked.seals.values():
        shared |= merged.keys() & mine.keys()
        merged.update(mine)
    if not shared:
        return merged, []
    places, _ = _where(reader, [(name, "") for name in shared])
    merged.update({name: place[2] for name, place in places.items()})
    out_of_turn = [
        Finding("order", f"链 {name} 第 {number} 条重复或错位", name, number)
        for name, number in reader.out_of_turn()
    ]
    return merged, out_of_turn


def _read_again(reader: Reader, suspects: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The rows that do not agree, digested from each column as it stands."""
    found = []
    for name in dict(suspects):
        table, _, key = name.partition(":")
        _, digests = reader.rows(model_of(table), int(key) - 1, int(key))
        found += [(name, digest) for digest in digests]
    return found


def _where(
    reader: Reader, suspects: list[tuple[str, str]]
) -> tuple[dict[str, Place], dict[tuple[str, str], int]]:
    """Which entry sealed each of these rows last, and which one sealed them as they now are."""
    places: dict[str, Place] = {}
    earlier: dict[tuple[str, str], int] = {}
    wanted, names = set(suspects), dict(suspects)
    for chain_name, number, said in reader.seals() if suspects else ():
        for line in str(said).split("\n"):
            name, _, digest = line.partition("=")
            if name in names:
                places[name] = (chain_name, number, digest)
                if (name, digest) in wanted:
                    earlier[name, digest] = number
    return places, earlier


def _judged(name: str, digest: str, place: Place | None, earlier: int | None) -> Finding | None:
    """What is wrong with a row, named with its last honest entry."""
    table, _, key = name.partition(":")
    if place is None:
        text = f"{table} 第 {key} 行没有任何办理记录，不是经办理写入的"
        return Finding("extra", text, table=table, key=key)
    number, seal = place[:2], place[2]
    if digest == seal:
        return None
    if digest == seals.GONE:
        return Finding("missing", _text(name, place, "已不存在"), *number, table, key)
    if seal == seals.GONE:
        return Finding("extra", _text(name, place, "应已删除，却又出现"), *number, table, key)
    if earlier is not None:
        what = f"被换回第 {earlier} 条时的旧内容"
        return Finding("rolled_back", _text(name, place, what), *number, table, key)
    return Finding("altered", _text(name, place, "内容被改动"), *number, table, key)


def _text(name: str, place: Place, what: str) -> str:
    table, _, key = name.partition(":")
    return f"{table} 第 {key} 行{what}；最后一次如实记录：链 {place[0]} 第 {place[1]} 条"
