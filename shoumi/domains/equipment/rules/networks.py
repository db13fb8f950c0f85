"""Networks: what a device may be joined to. Each check refuses with its clause."""

from enum import StrEnum

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal


class Network(StrEnum):
    """Where a device is joined; one at a time."""

    STANDALONE = "standalone"
    INTERNET = "internet"
    OUTER = "outer"
    INNER = "inner"
    SPECIAL = "special"
    CLASSIFIED = "classified"


LABELS = {
    Network.STANDALONE: "单机",
    Network.INTERNET: "互联网",
    Network.OUTER: "政务外网",
    Network.INNER: "政务内网",
    Network.SPECIAL: "机构专网",
    Network.CLASSIFIED: "涉密网",
}
CHOICES = [(network.value, label) for network, label in LABELS.items()]
# Reached by the public, directly or through another network.
PUBLIC = frozenset({Network.INTERNET, Network.OUTER})
# Whatever was once joined to one of these is classified for good.
BINDING = frozenset({Network.SPECIAL, Network.CLASSIFIED})


def check_joins(*, joins: bool, label: str) -> None:
    if not joins:
        raise Refusal(
            f"{label}不是联网设备，不登记接入",
            clause="equipment.network.devices",
            way_on="请核对设备类别",
        )


def check_one_network(now: Network, to: Network) -> None:
    """一机两网: a device leaves one network before it joins another. Clause: equipment.network.one."""
    if now is not Network.STANDALONE and to not in (Network.STANDALONE, now):
        raise Refusal(
            f"该机已接{LABELS[now]}，严禁同时接{LABELS[to]}",
            clause="equipment.network.one",
            way_on="请先登记断开（改为单机）；接过内部网络的设备不得改接公共网络",
        )


def check_isolation(level: Level, to: Network, *, excepted: bool = False) -> None:
    """物理隔离: nothing classified meets the public, whoever agrees. Clause: equipment.network.isolation."""
    if to not in PUBLIC:
        return
    if level.is_state_secret:
        raise Refusal(
            f"涉密设备严禁直接或者间接接入{LABELS[to]}",
            clause="equipment.network.isolation",
            way_on="请使用已登记的非涉密设备上网",
        )
    if level == Level.INTERNAL and not excepted:
        raise Refusal(
            f"处理工作秘密的设备接入{LABELS[to]}须经批准并装有安全隔离卡",
            clause="equipment.network.exception",
            way_on="请先申请接入公共网络，写明隔离卡编号",
        )


def check_bound(*, bound: bool, to: Network) -> None:
    """What was once on the special network does not go elsewhere. Clause: equipment.network.bound."""
    if bound and to in PUBLIC:
        raise Refusal(
            "该设备接入过专网或者涉密网，不得改接公共网络",
            clause="equipment.network.bound",
            way_on="接入过专网的设备一律按涉密设备管理，停用的办理报废销毁",
        )


def check_protected(to: Network, *, lacking: list[str]) -> None:
    """No direct way to the public without protection. Clause: equipment.network.protected."""
    if to in PUBLIC and lacking:
        raise Refusal(
            f"未落实{'、'.join(lacking)}，不得接入{LABELS[to]}",
            clause="equipment.network.protected",
            way_on="请先登记防护情况",
        )


def check_conduct(to: Network, *, faulty: bool) -> None:
    """What was found at a machine is put right before it goes out again. Clause: equipment.conduct."""
    if faulty and to in PUBLIC:
        raise Refusal(
            f"检查发现的问题尚未整改，不得接入{LABELS[to]}",
            clause="equipment.conduct",
            way_on="请先整改并登记",
        )


def check_wireless(level: Level, *, wireless: bool) -> None:
    """No wireless parts on anything classified. Clause: equipment.wireless."""
    if wireless and level.is_state_secret:
        raise Refusal(
            "涉密设备不得带有无线网卡、无线键盘鼠标等无线装置",
            clause="equipment.wireless",
            way_on="请拆除无线装置并登记后再办",
        )


def bound_level(level: Level, to: Network, *, lowest: Level) -> Level:
    """接入即涉密: the level a device has from the moment it is joined. Clause: equipment.network.classified."""
    return max(level, lowest) if to in BINDING else level
