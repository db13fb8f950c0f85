"""移动存储介质台账: its checks within the ledger, against the people and against the computers."""

import re
from collections.abc import Mapping

from shoumi.domains.intake.rules.around import KnownMachine, Roster
from shoumi.domains.intake.rules.assets import (
    Asset,
    Wording,
    check_disposal,
    check_keeper,
    check_level,
    check_serials,
)
from shoumi.domains.intake.rules.findings import Report
from shoumi.domains.intake.rules.values import codes_in, day_in, name_of, number_key
from shoumi.domains.intake.rules.words import is_blank

_DIGIT = re.compile(r"[0-9０-９]")
_WORDING = Wording(
    thing="介质",
    not_cleared="{person}未列为涉密人员，保管{level}介质",
    too_low="{person}为{label}涉密人员，保管{level}介质",
)


def check_media(
    assets: list[Asset],
    report: Report,
    *,
    roster: Roster | None,
    machines: Mapping[str, KnownMachine] | None,
) -> None:
    for asset in assets:
        check_level(asset, report, _WORDING)
        check_disposal(asset, report)
        report.check_days(asset.table, asset.row, "issued", "returned", to_the_day=False)
        issued, returned = day_in(asset.row, "issued").day, day_in(asset.row, "returned").day
        if issued and returned and returned < issued:
            said = f"领用 {issued}，归还 {returned}"
            report.add("return_before_issue", asset.table, asset.row, "returned", said)
        if "holder" in asset.table.columns and not name_of(asset.row.get("holder")):
            report.add("holder_missing", asset.table, asset.row, "holder", "保管人为空")
        if roster is not None:
            check_keeper(asset, "holder", report, roster=roster, prefix="holder", wording=_WORDING)
        if machines is not None:
            _check_machine(asset, report, machines=machines)
    check_serials(
        assets,
        ("serial",),
        report,
        twice=lambda name, other: f"与 {other.code} 序列号相同",
        both=lambda name, other: f"与涉密介质 {other.code} 序列号相同",
        both_kind="medium_in_both",
    )


def _check_machine(asset: Asset, report: Report, *, machines: Mapping[str, KnownMachine]) -> None:
    """A medium is used in machines of its own level and book only (交叉使用)."""
    written = asset.row.get("machine")
    codes = [code for code in codes_in(written) if _DIGIT.search(code)]
    if is_blank(written) or not codes:
        return
    known = [machines[number_key(code)] for code in codes if number_key(code) in machines]
    if not known:
        said = f"{asset.row.text('machine')} 不在计算机台账"
        report.add("unknown_machine", asset.table, asset.row, "machine", said)
    for machine in known:
        if said := _crossed(asset, machine):
            report.add("cross_use", asset.table, asset.row, "machine", said)
            return


def _crossed(asset: Asset, machine: KnownMachine) -> str:
    """What is wrong with the use of this medium in that machine; empty where nothing is."""
    called = asset.mark.called
    if machine.is_classified != asset.is_classified:
        mine = called if asset.mark.is_secret else "涉密" if asset.is_classified else "非涉密"
        theirs = "涉密" if machine.is_classified else "非涉密"
        return f"{mine}介质用于{theirs}计算机 {machine.code}"
    level = machine.level
    is_other = level is not None and level.is_state_secret and level != asset.mark.level
    if asset.mark.is_secret and level is not None and is_other:
        return f"{called}介质用于{level.label}级计算机 {machine.code}"
    return ""
