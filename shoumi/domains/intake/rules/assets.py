"""What the ledgers of computers and of media have in common: two books, serial numbers, people, an end."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from shoumi.domains.intake.rules.around import Roster
from shoumi.domains.intake.rules.columns import Row, RowKind, Table
from shoumi.domains.intake.rules.findings import Report
from shoumi.domains.intake.rules.values import (
    BLANK_LEVEL,
    WrittenMark,
    name_of,
    names_in,
    number_key,
    read_mark,
)
from shoumi.domains.intake.rules.words import common, has_any, is_blank, squeezed
from shoumi.kernel.levels import Level

NO_LEVEL = "无"
_PLANNED = ("待报废", "拟报废", "申请报废", "未报废")


@dataclass(slots=True)
class Asset:
    """One row: a thing with a code, in the classified or in the unclassified book."""

    row: Row
    table: Table
    code: str
    is_classified: bool
    mark: WrittenMark
    is_scrapped: bool
    is_rejected: bool = False

    @property
    def level_called(self) -> str:
        """The level for totals: an unclassified thing without one has none, a classified one lacks it."""
        called = self.mark.called
        return NO_LEVEL if called == BLANK_LEVEL and not self.is_classified else called

    @property
    def where(self) -> tuple[str, int]:
        return (self.row.sheet, self.row.number)


@dataclass(frozen=True, slots=True)
class Wording:
    """How findings speak of the thing and of who answers for it."""

    thing: str
    not_cleared: str
    too_low: str


def read_assets(tables: Iterable[Table]) -> list[Asset]:
    return [
        _asset(row, table)
        for table in tables
        for row in table.rows
        if row.kind is RowKind.RECORD
        and any(row.own(n) for n in ("code", "serial", "disk", "model", "type"))
    ]


def _asset(row: Row, table: Table) -> Asset:
    mark = read_mark(row.get("level"))
    status = squeezed(row.get("status"))
    return Asset(
        row=row,
        table=table,
        code="".join(row.text("code").split()),
        is_classified=_in_classified_book(row, table, mark),
        mark=mark,
        is_scrapped=has_any(status, common()["scrapped"]) and not has_any(status, _PLANNED),
    )


def _in_classified_book(row: Row, table: Table, mark: WrittenMark) -> bool:
    for text in (squeezed(row.get("book")), squeezed(table.sheet), squeezed("".join(table.titles))):
        unclassified = [squeezed(word) for word in common()["unclassified_book"]]
        rest = text
        for word in unclassified:
            rest = rest.replace(word, "")
        classified = has_any(rest, common()["classified_book"])
        if (rest != text) != classified:
            return classified
    return mark.is_secret


def check_level(asset: Asset, report: Report, wording: Wording) -> None:
    row, table, mark = asset.row, asset.table, asset.mark
    if mark.is_typo:
        guess = f"，疑为{mark.likely}" if mark.likely else ""
        report.add("level_typo", table, row, "level", f"密级写作“{mark.text}”{guess}")
    elif asset.is_classified and not mark.is_secret:
        what = "为空" if mark.called == BLANK_LEVEL else f"写“{mark.called}”"
        report.add("level_missing", table, row, "level", f"涉密{wording.thing}密级{what}")
    elif not asset.is_classified and mark.is_secret:
        said = f"非涉密{wording.thing}密级写“{mark.called}”"
        report.add("level_on_unclassified", table, row, "level", said)


def check_disposal(asset: Asset, report: Report) -> None:
    if asset.is_scrapped and "dest" in asset.table.columns and is_blank(asset.row.get("dest")):
        report.add(
            "scrapped_without_disposal", asset.table, asset.row, "dest", "已报废，无销毁去向"
        )


def check_keeper(
    asset: Asset, name: str, report: Report, *, roster: Roster, prefix: str, wording: Wording
) -> None:
    """Who answers for a classified thing is known, still there, and cleared as high as the thing."""
    whole = name_of(asset.row.get(name))
    if not asset.is_classified or not whole:
        return
    several = names_in(asset.row.get(name))
    for person in [whole] if roster.named(whole) else several:
        _check_person(asset, name, person, report, roster=roster, prefix=prefix, wording=wording)


def _check_person(
    asset: Asset,
    name: str,
    person: str,
    report: Report,
    *,
    roster: Roster,
    prefix: str,
    wording: Wording,
) -> None:
    table, row, level = asset.table, asset.row, asset.mark.level
    people = roster.named(person)
    if not people:
        report.add(f"{prefix}_unknown", table, row, name, f"{person}不在人员台账")
    if len(people) != 1:
        return
    (known,) = people
    if known.left is not None:
        report.add(f"{prefix}_departed", table, row, name, f"{person}已于 {known.left} 离岗")
    if known.clearance is Level.PUBLIC:
        called = f"{asset.mark.called}级" if asset.mark.is_secret else "涉密"
        said = wording.not_cleared.format(person=person, level=called.removesuffix("级"))
        report.add(f"{prefix}_not_cleared", table, row, name, said)
    elif known.clearance is not None and asset.mark.is_secret and known.clearance < (level or 0):
        said = wording.too_low.format(
            person=person, label=known.class_label, level=asset.mark.called
        )
        report.add(f"{prefix}_clearance_low", table, row, name, said)


def check_serials(
    assets: Sequence[Asset],
    names: Sequence[str],
    report: Report,
    *,
    twice: Callable[[str, Asset], str],
    both: Callable[[str, Asset], str],
    both_kind: str,
) -> None:
    """The same number twice in one book, or in both; the later row, or the unclassified one, is named."""
    named: set[tuple[str, int]] = set()
    for name in names:
        first: dict[tuple[bool, str], Asset] = {}
        for asset in sorted(assets, key=lambda a: not a.is_classified):
            key = number_key(asset.row.get(name))
            if not key:
                continue
            before = first.get((asset.is_classified, key))
            other = None if asset.is_classified else first.get((True, key))
            if asset.where not in named and (before or other):
                named.add(asset.where)
                if other is not None:
                    report.add(both_kind, asset.table, asset.row, name, both(name, other))
                elif before is not None:
                    report.add(
                        "duplicate_serial", asset.table, asset.row, name, twice(name, before)
                    )
            first.setdefault((asset.is_classified, key), asset)


def totals_of(assets: Iterable[Asset]) -> dict[str, Any]:
    by_sheet: dict[str, list[Asset]] = {}
    for asset in assets:
        by_sheet.setdefault(asset.row.sheet, []).append(asset)
    return {
        sheet: {
            "rows": len(rows),
            "by_level": dict(sorted(Counter(asset.level_called for asset in rows).items())),
            "scrapped": sum(asset.is_scrapped for asset in rows),
        }
        for sheet, rows in by_sheet.items()
    }
