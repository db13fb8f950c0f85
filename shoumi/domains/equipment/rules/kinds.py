"""Kinds of device: to which family each belongs and as what kind of thing it stands in custody."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from shoumi.kernel.refusal import Refusal


class Family(StrEnum):
    """What the rules ask about: a machine holds and joins, a medium only holds."""

    MACHINE = "计算机"
    MEDIUM = "移动存储介质"
    OFFICE = "办公自动化和通信设备"
    NETWORK = "网络和安全设备"
    CRYPTO = "密码设备"
    PART = "换下部件"


@dataclass(frozen=True, slots=True)
class Kind:
    """`item` is the kind of thing in custody; `joins` tells whether it is connected to a network.

    An `entrusted` one is given into other hands only by leave of both leaders.
    """

    label: str
    family: Family
    item: str
    joins: bool = False
    entrusted: bool = False


KINDS = {
    "computer": Kind("计算机", Family.MACHINE, "computer", joins=True),
    "server": Kind("服务器", Family.MACHINE, "computer", joins=True, entrusted=True),
    "usb": Kind("U盘", Family.MEDIUM, "medium"),
    "disk": Kind("移动硬盘", Family.MEDIUM, "medium"),
    "disc": Kind("光盘", Family.MEDIUM, "disc"),
    "tape": Kind("磁带", Family.MEDIUM, "medium"),
    "card": Kind("存储卡", Family.MEDIUM, "medium"),
    "printer": Kind("打印机", Family.OFFICE, "device", joins=True),
    "copier": Kind("复印机", Family.OFFICE, "device", joins=True),
    "fax": Kind("传真机", Family.OFFICE, "device"),
    "scanner": Kind("扫描仪", Family.OFFICE, "device", joins=True),
    "recorder": Kind("录像机", Family.OFFICE, "device"),
    "phone": Kind("通信设备", Family.OFFICE, "phone"),
    "network": Kind("网络设备", Family.NETWORK, "device", joins=True),
    "security": Kind("安全设备", Family.NETWORK, "device", joins=True),
    "isolation": Kind("安全隔离卡", Family.NETWORK, "device"),
    "crypto": Kind("密码设备", Family.CRYPTO, "crypto"),
    "part": Kind("换下部件", Family.PART, "other"),
}
ITEM_KINDS = frozenset(kind.item for kind in KINDS.values())
CHOICES = [(key, kind.label) for key, kind in KINDS.items()]


def of_family(*families: Family) -> tuple[str, ...]:
    """The kinds that belong to these families."""
    return tuple(key for key, kind in KINDS.items() if kind.family in families)


def things_of_devices(items: Iterable[tuple[int, str]]) -> list[int]:
    """Of things by key and kind, the keys of those behind which a device may stand."""
    return [key for key, kind in items if kind in ITEM_KINDS]


MACHINES = of_family(Family.MACHINE)
MEDIA = of_family(Family.MEDIUM)


def check_owner(kind: str, *, private: bool, classified: bool) -> None:
    """What belongs to a person is no office machine and holds nothing classified. Clause: equipment.private."""
    if private and (classified or KINDS[kind].family is not Family.OFFICE):
        raise Refusal(
            "个人设备不得登记为办公用机、存储介质，不得涉密",
            clause="equipment.private",
            way_on="请使用单位统一配置的设备；个人手机等只登记为非涉密通信设备",
        )


def wanting(had: Collection[str], wanted: Iterable[str]) -> list[str]:
    """Kinds that a body must have and has none of, by their names. Clause: equipment.kinds."""
    return [name for name in wanted if name not in had]
