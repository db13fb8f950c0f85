"""Devices of the year (设备): a dozen on the ledger, some issued, one in repair, one that still lacks something."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from shoumi.config.demonstration.queue import Story
from shoumi.domains.equipment.models import Device
from shoumi.domains.equipment.services import (
    connecting,
    issuing,
    providers,
    registering,
    repairing,
)
from shoumi.kernel.levels import Level
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.services import accept

DAYS = 12
PROOF: dict[str, Any] = {
    "standard_proof": "BMJC-2025-118",
    "certificate": "BMRZ-2025-46",
    "emission": "低辐射机",
}
PROTECTION = {
    "antivirus": "瑞星企业版 V17",
    "firewall": "网御星云 V3",
    "scanner": "绿盟 RSAS",
    "intrusion": "天融信 TopSentry",
}


@dataclass(frozen=True)
class Sample:
    """One device: its number, kind and people, and how far it has come."""

    number: str
    kind: str
    name: str
    first: str
    level: Level = Level.PUBLIC
    network: str = ""
    steps: int = 9
    labelled: bool = True


SAMPLES = (
    Sample("涉机-001", "computer", "长城 TN140A2", "danping", Level.SECRET),
    Sample("涉机-002", "computer", "长城 TN140A2", "xiefeng", Level.CONFIDENTIAL),
    Sample("办机-014", "computer", "联想 开天 M90", "renyuan", network="internet"),
    Sample("办机-015", "computer", "联想 开天 M90", "zhangli", network="internet", labelled=False),
    Sample("办机-016", "computer", "同方 超越 E500", "wangwei", steps=1),
    Sample("涉盘-001", "usb", "华旗安全 U 盘 32G", "chenhong", Level.CONFIDENTIAL),
    Sample("盘-007", "usb", "华旗 64G", "letian"),
    Sample("盘-008", "disk", "爱国者 1T", "ouyang"),
    Sample("打-003", "printer", "奔图 P3305", "sunqi"),
    Sample("传-001", "fax", "兄弟 2840", "zhongtian"),
    Sample("网-001", "network", "华为 S5735", "ouyang"),
)


def keep_all(story: Story) -> None:
    """The ledger of the devices, drawn up some days ago."""
    first = story.in_office(story.until - timedelta(days=DAYS))
    story.plan(first, partial(_list_providers, story))
    for turn, sample in enumerate(SAMPLES):
        story.plan(story.later(first, hours=1 + turn * 0.2), partial(_enter, story, sample))


def _list_providers(story: Story, at: datetime) -> None:
    for kind, name in (("repair", "示范市涉密设备维修中心"), ("station", "示范市公文销毁站")):
        providers.enter_provider(
            actor=story.cast["baomi"],
            at=at,
            kind=kind,
            name=name,
            credential="示市保〔2025〕9号",
            valid_until=day_of(at) + timedelta(days=400),
        )


def _enter(story: Story, sample: Sample, at: datetime) -> None:
    cast, secret = story.cast, sample.level.is_state_secret
    people: dict[str, Any] = {"first": cast[sample.first]}
    if secret and sample.kind == "computer":
        people |= {"second": cast["baomi"], "third": cast["fenguan"]}
    device = registering.register(
        actor=cast["baomi"],
        at=at,
        kind=sample.kind,
        number=sample.number,
        name=sample.name,
        level=sample.level,
        place=cast.places["2号保密柜"],
        serial=f"SN{sample.number}",
        location=f"{cast[sample.first].department}",
        bought_on=day_of(at) - timedelta(days=200),
        system_on=day_of(at) - timedelta(days=190) if sample.kind == "computer" else None,
        **people,
    )
    story.plan(story.later(at, hours=3), partial(_use, story, sample, device.pk))


def _use(story: Story, sample: Sample, pk: int, at: datetime) -> None:
    """Looked at, put into use, protected, joined, issued: as far as its row says."""
    keeper = story.cast["baomi"]
    given: dict[str, Any] = PROOF if sample.level.is_state_secret else {}
    registering.accept(actor=keeper, subject=_device(pk), at=at, passed=True, **given)
    if sample.steps == 1:
        return
    registering.commission(actor=keeper, subject=_device(pk), at=at)
    if sample.kind == "computer":
        connecting.protect(
            actor=story.cast[sample.first],
            subject=_device(pk),
            at=at,
            virus_on=day_of(at),
            patched_on=day_of(at),
            scanned_on=day_of(at),
            **PROTECTION,
        )
    if sample.network:
        connecting.connect(actor=keeper, subject=_device(pk), network=sample.network, at=at)
    if sample.labelled:
        registering.stick_label(actor=keeper, subject=_device(pk), at=at)
    owner = story.cast[sample.first]
    batch = issuing.issue(actor=keeper, subject=_device(pk), receiver=owner, at=at)
    accept(actor=owner, subject=batch, at=at)
    if sample.number == "涉机-002":
        when = story.in_office(story.until - timedelta(days=2))
        story.plan(when, partial(_break, story, sample, pk))


def _break(story: Story, sample: Sample, pk: int, at: datetime) -> None:
    repairing.report_fault(
        actor=story.cast[sample.first], subject=_device(pk), fault="开机无显示", at=at
    )


def _device(pk: int) -> Device:
    return Device.unscoped.get(pk=pk)
