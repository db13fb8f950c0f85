"""准用 by kind: for which devices it may be asked, and what must be told."""

from collections.abc import Mapping
from dataclasses import dataclass

from shoumi.domains.equipment.rules.kinds import Family
from shoumi.domains.equipment.rules.networks import LABELS, Network
from shoumi.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Terms:
    """`families` and `kinds` say for what it may be asked; `wanted` maps a field to its name."""

    clause: str
    families: frozenset[Family]
    kinds: frozenset[str] = frozenset()
    wanted: Mapping[str, str] | None = None
    standalone: bool = False

    def check(self, *, family: Family, kind: str, network: str, given: Mapping[str, str]) -> None:
        if family not in self.families or (self.kinds and not self.kinds & {kind}):
            raise Refusal("该类设备不办理这项准用", clause=self.clause, way_on="请核对事项和设备")
        for field, name in (self.wanted or {}).items():
            if not given[field]:
                raise Refusal(f"请写明{name}", clause=self.clause, way_on=f"填写{name}后再提交")
        if self.standalone and Network(network) is not Network.STANDALONE:
            raise Refusal(
                f"该机接入{LABELS[Network(network)]}，不得处理工作秘密",
                clause=self.clause,
                way_on="请改用未联网的办公计算机",
            )


_MACHINE = frozenset({Family.MACHINE})
_CRYPTO = frozenset({Family.CRYPTO})
_USED = frozenset({Family.MACHINE, Family.OFFICE})
_BOUND = frozenset({Family.MACHINE, Family.MEDIUM, Family.OFFICE, Family.NETWORK})
_CRYPTO_TERMS = Terms("equipment.crypto.approval", _CRYPTO)

TERMS = {
    "user": Terms("equipment.user", _USED),
    "work_secret": Terms("equipment.work_secret", _MACHINE, standalone=True),
    "public_network": Terms(
        "equipment.network.exception", _MACHINE, wanted={"card": "安全隔离卡编号"}
    ),
    "keeper": Terms("equipment.server", _MACHINE, kinds=frozenset({"server"})),
    "repurpose": Terms("equipment.network.bound", _BOUND),
    "software": Terms("equipment.install", _MACHINE, wanted={"software": "软件名称及版本"}),
    "crypto_use": _CRYPTO_TERMS,
    "crypto_change": _CRYPTO_TERMS,
    "crypto_destroy": _CRYPTO_TERMS,
}
