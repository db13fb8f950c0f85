"""One check of one file: what was read, what was found, what it comes to. Each kind of ledger is a row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shoumi.domains.intake.rules import (
    assets,
    computers,
    documents,
    documents_checks,
    loans,
    media,
    people,
)
from shoumi.domains.intake.rules.around import Around, Figures
from shoumi.domains.intake.rules.columns import Table, find_tables
from shoumi.domains.intake.rules.findings import Finding, Report
from shoumi.domains.intake.rules.grid import Sheet
from shoumi.domains.intake.rules.package import BadFile
from shoumi.domains.intake.rules.words import common, has_any, words_of
from shoumi.kernel.dates import find_day


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome: `records` are those of the kind's own module; `skipped` sheets hold no such ledger."""

    kind: str
    records: Any
    findings: Sequence[Finding]
    totals: Mapping[str, Any]
    skipped: tuple[str, ...] = ()
    as_of: date | None = None

    def as_json(self) -> dict[str, Any]:
        return {"findings": [f.as_json() for f in self.findings], "totals": self.totals}


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a check needs beside the ledger."""

    figures: Figures
    around: Around
    as_of: date


@dataclass(frozen=True, slots=True)
class LedgerKind:
    """A kind of ledger: how it is read, checked and added up, and which others it is held against."""

    key: str
    read: Callable[[Iterable[Table]], Any]
    check: Callable[[Any, Report, _Setting], None]
    totals: Callable[[Any, Sequence[Table]], Mapping[str, Any]]
    beside: tuple[str, ...] = ()
    last_day: Callable[..., date | None] = field(default=lambda records, today: None)

    @property
    def title(self) -> str:
        return words_of(self.key).title


def check_sheets(
    kind: str,
    sheets: Sequence[Sheet],
    *,
    figures: Figures,
    around: Around,
    today: date,
    as_of: date | None = None,
) -> Checked:
    """Check a ledger.

    `as_of` is the day up to which it was kept; if not given, what the ledger itself says, else its last
    entry, else today.

    Raises:
        BadFile: no sheet of the file has the headings of this kind of ledger.
    """
    row = KINDS[kind]
    tables, skipped = _tables(kind, sheets)
    records = row.read(tables)
    day = as_of or said_day(sheets, today=today) or row.last_day(records, today=today) or today
    report = Report(words_of(kind))
    row.check(records, report, _Setting(figures, around, min(day, today)))
    return Checked(
        kind=kind,
        records=records,
        findings=report.in_order(),
        totals=row.totals(records, tables),
        skipped=skipped,
        as_of=day,
    )


def read_records(kind: str, sheets: Sequence[Sheet]) -> Any:
    """The records of a ledger that another is held against; its own faults do not matter there."""
    return KINDS[kind].read(_tables(kind, sheets)[0])


def recognised(sheets: Sequence[Sheet]) -> str:
    """The kind of ledger a file most likely is; empty where it is none that is known."""
    counts = {
        kind: sum(len(t.rows) * len(t.columns) for s in sheets for t in find_tables(s, kind))
        for kind in KINDS
    }
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] else ""


def said_day(sheets: Sequence[Sheet], *, today: date) -> date | None:
    """The latest day that the ledger itself names as the one up to which it was kept."""
    found = []
    for sheet in sheets:
        for cells in sheet.rows.values():
            texts = [str(v) for v in cells.values() if isinstance(v, str)]
            if len(texts) <= 3 and has_any(
                "".join(texts), (*common()["cut_off"], *common()["closing"])
            ):
                found += [day for text in texts if (day := find_day(text).day) and day <= today]
    return max(found, default=None)


def around_of(known: Mapping[str, Sequence[Sheet]]) -> Around:
    """What other ledgers say, by their kinds."""
    records = {kind: read_records(kind, sheets) for kind, sheets in known.items()}
    return Around(
        roster=people.roster_of(records["people"]) if "people" in records else None,
        machines=computers.machines_of(records["computers"]) if "computers" in records else None,
        papers=loans.papers_of(records["documents"]) if "documents" in records else None,
    )


def _tables(kind: str, sheets: Sequence[Sheet]) -> tuple[list[Table], tuple[str, ...]]:
    found, skipped = [], []
    for sheet in sheets:
        tables = [table for table in find_tables(sheet, kind) if table.rows]
        found += tables
        if not tables:
            skipped.append(sheet.name)
    if not found:
        words = words_of(kind)
        needed = "、".join(
            "或".join(words.columns[name][0] for name in words.columns if name in need)
            for need in words.needed
        )
        raise BadFile(
            f"没有找到{words.title}的表头",
            f"表头应在同一行（或者相邻两行），至少有：{needed}；也可下载模板，把内容抄入后导入",
        )
    return found, tuple(skipped)


def _mark_rejected(records: Iterable[assets.Asset], report: Report) -> None:
    bad = {(f.sheet, f.row) for f in report.findings if f.kind.is_reject}
    for record in records:
        record.is_rejected = record.where in bad


def _check_documents(records: Any, report: Report, setting: _Setting) -> None:
    documents_checks.check_register(
        records,
        report,
        figures=setting.figures,
        as_of=setting.as_of,
        roster=setting.around.roster,
    )


def _check_loans(records: Any, report: Report, setting: _Setting) -> None:
    loans.check_loans(records, report, papers=setting.around.papers)


def _check_people(records: Any, report: Report, setting: _Setting) -> None:
    people.check_people(records, report, figures=setting.figures)


def _check_computers(records: Any, report: Report, setting: _Setting) -> None:
    computers.check_computers(records, report, roster=setting.around.roster)
    _mark_rejected(records, report)


def _check_media(records: Any, report: Report, setting: _Setting) -> None:
    media.check_media(
        records, report, roster=setting.around.roster, machines=setting.around.machines
    )
    _mark_rejected(records, report)


KINDS: Mapping[str, LedgerKind] = {
    kind.key: kind
    for kind in (
        LedgerKind(
            "documents",
            documents.read_register,
            _check_documents,
            lambda records, tables: documents.totals_of(records),
            beside=("people",),
            last_day=documents_checks.last_day,
        ),
        LedgerKind(
            "loans",
            loans.read_loans,
            _check_loans,
            lambda records, tables: {"tables": len(tables), "loans": len(records)},
            beside=("documents",),
        ),
        LedgerKind(
            "people",
            people.read_people,
            _check_people,
            lambda records, tables: people.totals_of(records),
        ),
        LedgerKind(
            "computers",
            assets.read_assets,
            _check_computers,
            lambda records, tables: assets.totals_of(records),
            beside=("people",),
        ),
        LedgerKind(
            "media",
            assets.read_assets,
            _check_media,
            lambda records, tables: assets.totals_of(records),
            beside=("people", "computers"),
        ),
    )
}
