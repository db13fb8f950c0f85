"""计算机台账: its checks within the ledger and against the people."""

import re
from collections.abc import Iterable, Mapping

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
from shoumi.domains.intake.rules.values import name_of, number_key
from shoumi.domains.intake.rules.words import bare, has_any, squeezed, words_of

_SERIALS = {"disk": "硬盘序列号", "serial": "主机序列号"}
_ROLES = ("first", "second", "third")
_JOINTS = re.compile(r"[、,;/+和及与兼&]|以及|同时")
_WORDING = Wording(
    thing="计算机",
    not_cleared="{person}未列为涉密人员，为{level}级计算机责任人",
    too_low="{person}为{label}涉密人员，{level}级计算机",
)


def check_computers(assets: list[Asset], report: Report, *, roster: Roster | None) -> None:
    for asset in assets:
        check_level(asset, report, _WORDING)
        check_disposal(asset, report)
        report.check_days(asset.table, asset.row, "os", "since", to_the_day=False)
        _check_networks(asset, report)
        if "first" in asset.table.columns and not name_of(asset.row.get("first")):
            report.add("responsible_missing", asset.table, asset.row, "first", "第一责任人为空")
        if roster is not None:
            for role in _ROLES:
                check_keeper(
                    asset, role, report, roster=roster, prefix="responsible", wording=_WORDING
                )
    check_serials(
        assets,
        tuple(_SERIALS),
        report,
        twice=lambda name, other: f"{_SERIALS[name]}与 {other.code} 相同",
        both=lambda name, other: f"{_SERIALS[name]}与涉密计算机 {other.code} 相同",
        both_kind="machine_in_both",
    )


def machines_of(assets: Iterable[Asset]) -> Mapping[str, KnownMachine]:
    """The machines by their codes as codes are compared."""
    return {
        number_key(asset.code): KnownMachine(asset.code, asset.is_classified, asset.mark.level)
        for asset in assets
        if asset.code
    }


def networks_in(written: object) -> set[str]:
    """Which sorts of network a field names; each part counts for its longest known word."""
    lists: Mapping[str, list[str]] = words_of("computers").lists["networks"]
    found = set()
    for part in _JOINTS.split(squeezed(written)):
        known = [
            (len(bare(word)), sort)
            for sort, words in lists.items()
            for word in words
            if bare(word) and bare(word) in bare(part)
        ]
        if known:
            found.add(max(known)[1])
    return found - {"standalone"}


def network_of(written: object) -> str:
    """The one network a machine is taken in with; nothing known means 单机."""
    joined = words_of("computers").lists["joined"]
    found = sorted(networks_in(written))
    if has_any(squeezed(written), joined["outer"]):
        return "outer"
    return str(joined[found[0]]) if found else "standalone"


def _check_networks(asset: Asset, report: Report) -> None:
    found = networks_in(asset.row.get("net"))
    if len(found) > 1:
        said = f"同时接入“{asset.row.text('net')}”"
        report.add("dual_network", asset.table, asset.row, "net", said)
    elif asset.is_classified and found == {"internet"}:
        level = f"{asset.mark.called}级" if asset.mark.is_secret else "涉密"
        said = f"{level}计算机网络类型为{asset.row.text('net')}"
        report.add("classified_on_internet", asset.table, asset.row, "net", said)
