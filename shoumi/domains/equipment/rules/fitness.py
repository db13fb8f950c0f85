"""What a device lacks: the one list from which starting up is refused and the anomalies are shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shoumi.domains.equipment.rules.kinds import KINDS, Family
from shoumi.domains.equipment.rules.networks import PUBLIC, Network
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A device as the rules see it."""

    kind: str
    level: Level
    network: Network
    persons: tuple[bool, bool, bool]
    has_place: bool
    accepted: bool
    standard_proof: str
    emission: str
    imported: bool
    import_check: str
    wireless: bool
    antivirus: str
    firewall: str
    scanner: str
    intrusion: str
    virus_on: date | None
    scanned_on: date | None
    for_leader: bool
    has_liaison: bool
    labelled: bool
    pledged: bool
    treated: bool

    @property
    def classified(self) -> bool:
        return self.level.is_state_secret

    @property
    def family(self) -> Family:
        return KINDS[self.kind].family


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """One thing that is wanting; a blocking one keeps the device out of use."""

    clause: str
    text: str
    blocks: bool = False


def lacking(facts: Facts) -> list[str]:
    """Which of the three protections of a machine on a public network are not there."""
    wanted = {
        "防病毒软件": facts.antivirus,
        "漏洞扫描": facts.scanner,
        "入侵防护": facts.intrusion,
    }
    return [name for name, product in wanted.items() if not product]


def shortcomings(
    facts: Facts, *, today: date, virus_days: int, scan_days: int
) -> list[Shortcoming]:
    """Everything wanting, what blocks first."""
    found = [*_of_people(facts), *_of_trust(facts)]
    found += _of_software(facts, today=today, virus_days=virus_days, scan_days=scan_days)
    found += _of_signs(facts)
    return sorted(found, key=lambda one: not one.blocks)


def check_fit(facts: Facts, *, today: date) -> None:
    """Refuse to put into use what lacks something that blocks."""
    for one in shortcomings(facts, today=today, virus_days=1, scan_days=1):
        if one.blocks:
            raise Refusal(f"{one.text}，不得启用", clause=one.clause, way_on="请补齐后再启用")


def _of_people(facts: Facts) -> Iterator[Shortcoming]:
    first, second, third = facts.persons
    if not first:
        yield Shortcoming(
            "equipment.persons", "未定管理责任人", blocks=facts.family is not Family.PART
        )
    elif facts.classified and facts.family is Family.MACHINE and not (second and third):
        yield Shortcoming(
            "equipment.persons.three", "涉密设备未定齐第一、第二、第三责任人", blocks=True
        )
    if facts.for_leader and not facts.has_liaison:
        yield Shortcoming("equipment.persons.leader", "领导用机未指定联系科室负责人")


def _of_trust(facts: Facts) -> Iterator[Shortcoming]:
    if not facts.accepted:
        yield Shortcoming("equipment.acceptance", "没有验收合格记录", blocks=True)
    if facts.family is Family.PART and not facts.treated:
        yield Shortcoming("equipment.parts", "换下部件未经技术处理", blocks=True)
    if not facts.classified:
        return
    if not facts.standard_proof:
        yield Shortcoming("equipment.standard", "没有符合国家保密标准的证明", blocks=True)
    if facts.imported and not facts.import_check:
        yield Shortcoming("equipment.imported", "进口设备未经保密技术检查", blocks=True)
    if facts.wireless:
        yield Shortcoming("equipment.wireless", "涉密设备带有无线装置", blocks=True)
    if facts.family in (Family.MACHINE, Family.OFFICE):
        if not facts.emission:
            yield Shortcoming("equipment.emission", "未登记防电磁辐射措施", blocks=True)
        if not facts.has_place:
            yield Shortcoming("equipment.place", "未安置在登记的保密场所", blocks=True)


def _of_software(
    facts: Facts, *, today: date, virus_days: int, scan_days: int
) -> Iterator[Shortcoming]:
    if facts.family is not Family.MACHINE:
        return
    if not (facts.antivirus and facts.firewall):
        yield Shortcoming("equipment.software", "未装防病毒软件或者防火墙")
    elif facts.virus_on is None or today - facts.virus_on > timedelta(days=virus_days):
        yield Shortcoming("equipment.software", f"病毒库超过 {virus_days} 天未更新")
    if facts.network in PUBLIC:
        if lacking(facts):
            yield Shortcoming(
                "equipment.network.protected", f"上网计算机未装{'、'.join(lacking(facts))}"
            )
        elif facts.scanned_on is None or today - facts.scanned_on > timedelta(days=scan_days):
            yield Shortcoming("equipment.internet", f"超过 {scan_days} 天未作漏洞和入侵检测")


def _of_signs(facts: Facts) -> Iterator[Shortcoming]:
    if not facts.labelled:
        yield Shortcoming("equipment.label", "未贴保密标识")
    if facts.classified and facts.family is Family.MACHINE and not facts.pledged:
        yield Shortcoming("equipment.pledge", "未签涉密设备安全使用管理责任书")
