"""变更密级: up at any time, down only after treatment; what was on the special network never by itself."""

from datetime import datetime

from shoumi.domains.equipment.models import Device, Permit
from shoumi.domains.equipment.rules import fitness
from shoumi.domains.equipment.rules.networks import PUBLIC, Network, check_isolation
from shoumi.domains.equipment.services.gathering import KEEPERS, ChangedByOther, note, written
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import relevel as relevel_label
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.services import check_person, check_place
from shoumi.platform.directory.models import Person

RELEVEL = Action("equipment.relevel", "变更密级", clause="equipment.relevel", posts=KEEPERS)
TREAT = Action("equipment.treat", "登记消除处理", clause="equipment.parts", posts=KEEPERS)


def relevel(*, actor: Person, subject: Device, level: Level, reason: str, at: datetime) -> None:
    """Another level for the device and its thing; everybody who answers for it must be cleared for it."""
    with act(actor, RELEVEL, subject, at=at) as deed:
        written(reason, "变更理由", clause=RELEVEL.clause)
        level, old = Level(level), subject.level
        if level == old:
            raise ChangedByOther()
        if level < old:
            _check_lowering(subject, level, at=at)
            relevel_label(subject.label, level=level)
        else:
            check_isolation(level, Network(subject.network))
            if subject.state == Device.State.IN_USE:
                fitness.check_fit(subject.facts(level=level), today=day_of(at))
            raise_to(subject, level, at=at)
        # The sign on the machine speaks of the former level, and so does the pledge.
        note(subject, labelled_on=None, pledged_on=None)
        deed.note(before=int(old), after=int(level))


def raise_to(device: Device, level: Level, *, at: datetime) -> None:
    """The higher level for device and thing, inside somebody's act; who holds it must be fit for it."""
    relevel_label(device.label, level=level)
    holder = device.item.holder
    if holder.place is not None:
        check_place(holder.place, label=device.label)
    for person in dict.fromkeys([*device.persons, holder.person]):
        if person is not None:
            check_person(person, label=device.label, at=at)


def treat(*, actor: Person, subject: Device, method: str, at: datetime) -> None:
    """消除、技术处理: what was stored is beyond recovery, before anything else is made of the device."""
    with act(actor, TREAT, subject, at=at):
        done = written(method, "消除、技术处理的方式和执行单位", clause=TREAT.clause)
        if subject.treated_on is not None:
            raise ChangedByOther()
        note(subject, treated_on=day_of(at), treatment=done)


def _check_lowering(device: Device, level: Level, *, at: datetime) -> None:
    if device.bound_on is not None and not Permit.in_force(
        device, Permit.Kind.REPURPOSE, on=day_of(at)
    ):
        raise Refusal(
            "接入过专网或者涉密网的设备不得改作他用",
            clause="equipment.network.bound",
            way_on="确需改变用途的，先申请并经批准；停用的办理报废",
        )
    if device.treated_on is None:
        raise Refusal(
            "未经消除处理不得降低密级",
            clause=RELEVEL.clause,
            way_on="请先由指定机构消除并登记",
        )
    if Network(device.network) not in (Network.STANDALONE, *PUBLIC):
        raise Refusal(
            "在网设备不得降低密级", clause=RELEVEL.clause, way_on="请先登记断开，再变更密级"
        )
