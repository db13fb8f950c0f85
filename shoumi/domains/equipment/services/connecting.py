"""接入: a device joins a network, leaves it, and is classified from the moment it joins certain ones."""

from datetime import date, datetime

from shoumi.domains.equipment.models import Check, Device, Permit
from shoumi.domains.equipment.rules import fitness, networks
from shoumi.domains.equipment.rules.kinds import KINDS
from shoumi.domains.equipment.rules.networks import Network
from shoumi.domains.equipment.services.gathering import KEEPERS, ChangedByOther, note, step
from shoumi.domains.equipment.services.levelling import raise_to
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import due_in_workdays
from shoumi.platform.obligations.services import raise_duty
from shoumi.platform.rulebook.figures import figure

CONNECT = Action(
    "equipment.connect", "登记接入", clause="equipment.network.isolation", posts=KEEPERS
)
PROTECT = Action("equipment.protect", "登记防护", clause="equipment.software")
COMPLETE = "equipment.complete"
State = Device.State


def connect(*, actor: Person, subject: Device, network: str, at: datetime) -> None:
    """Join a network, or leave with 「单机」; every ban is asked in turn and refuses by its own clause."""
    with act(actor, CONNECT, subject, at=at, network=network) as deed:
        to, now = Network(network), Network(subject.network)
        if to is now:
            raise ChangedByOther()
        if to is not Network.STANDALONE:
            _check(subject, to, now, at=at)
        level = networks.bound_level(
            subject.level,
            to,
            lowest=_lowest(subject, on=day_of(at)),
        )
        if level > subject.level:
            raise_to(subject, level, at=at)
            deed.note(level=int(level))
        bound = {"bound_on": day_of(at)} if to in networks.BINDING and not subject.bound_on else {}
        note(subject, network=to.value, **bound)
        _set_aside_unfit(subject, actor=actor, at=at)


def protect(
    *,
    actor: Person,
    subject: Device,
    at: datetime,
    antivirus: str = "",
    firewall: str = "",
    scanner: str = "",
    intrusion: str = "",
    virus_on: date | None = None,
    patched_on: date | None = None,
    scanned_on: date | None = None,
) -> None:
    """What protects a machine and how new it is: entered by those who answer for it."""
    with act(actor, PROTECT, subject, at=at):
        if not subject.is_answered_for_by(actor):
            raise Denied(
                "防护情况由设备责任人登记", clause=PROTECT.clause, way_on="请责任人登录登记"
            )
        today = day_of(at)
        if any(day is not None and day > today for day in (virus_on, patched_on, scanned_on)):
            raise Refusal("日期不得晚于今天", clause=PROTECT.clause, way_on="请填写实际更新日期")
        note(
            subject,
            antivirus=antivirus.strip(),
            firewall=firewall.strip(),
            scanner=scanner.strip(),
            intrusion=intrusion.strip(),
            virus_on=virus_on,
            patched_on=patched_on,
            scanned_on=scanned_on,
        )


def _check(device: Device, to: Network, now: Network, *, at: datetime) -> None:
    kind = KINDS[device.kind]
    networks.check_joins(joins=kind.joins, label=kind.label)
    if device.accepted_on is None:
        raise Refusal(
            "未经登记验收的设备不得接入网络",
            clause="equipment.network.devices",
            way_on="请先登记验收",
        )
    networks.check_one_network(now, to)
    permit = Permit.in_force(device, Permit.Kind.PUBLIC_NETWORK, on=day_of(at))
    networks.check_isolation(device.level, to, excepted=permit is not None and bool(permit.card))
    networks.check_bound(bound=device.bound_on is not None, to=to)
    networks.check_conduct(to, faulty=Check.has_faults(device))
    networks.check_protected(to, lacking=fitness.lacking(device.facts()))
    networks.check_wireless(
        Level.SECRET if to in networks.BINDING else device.level, wireless=device.wireless
    )


def _lowest(device: Device, *, on: date) -> Level:
    said = figure("equipment.network.classified", "level", on=on, body=device.body)
    return next(level for level in Level if level.label == said)


def _set_aside_unfit(device: Device, *, actor: Person, at: datetime) -> None:
    """接入即涉密 may leave a machine unfit for its new level: it waits until it is fit again."""
    wanting = [
        one
        for one in fitness.shortcomings(device.facts(), today=day_of(at), virus_days=1, scan_days=1)
        if one.blocks
    ]
    if not wanting or device.state != State.IN_USE:
        return
    step(device, State.IN_USE, State.READY)
    raise_duty(
        kind=COMPLETE,
        clause=wanting[0].clause,
        text=f"{device.number} 已按涉密设备管理：补齐{len(wanting)}项后重新启用",
        due=due_in_workdays(5, start=at, body=device.body),
        at=at,
        body=device.body,
        post="secrecy_office",
        label=device.label,
        subject=device,
        url_name="equipment-devices-detail",
        url_pk=device.pk,
        raised_by=actor,
    )
