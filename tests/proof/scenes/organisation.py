"""A committee with its seats, an undertaking, a meeting that was called, a task, a department, and one of the staff."""

from shoumi.domains.organisation.services import staff, tasks, units
from shoumi.domains.organisation.tests.scene import called, committee, issued, person
from shoumi.kernel.levels import Level
from tests.proof.scenes.world import World

# The leaders, and whoever was called to the meeting or given the task.
LEADERS = frozenset({"office", "director", "leader", "head"})


def build(world: World) -> None:
    office, at = world.office, world.at
    day = at.date()
    organ = committee(office, at=at)
    called(
        office,
        organ,
        at=at,
        level=Level.CONFIDENTIAL,
        name=world.canary("雀集会名", LEADERS | {"chief"}),
        agenda=world.canary("雀集会密题", LEADERS | {"chief"}),
    )
    tasks.assign(
        actor=person(office.leader),
        at=at,
        origin="领导交办",
        line="保密检查",
        matter=world.canary("雀派工", LEADERS | {"handler"}),
        person=office.handler,
        due_on=day,
    )
    units.enter(
        actor=person(office.office),
        at=at,
        department=office.departments["业务科"],
        kind="业务受理",
        functions="受理",
        opened_on=day,
    )
    staff.enter(
        actor=person(office.office),
        at=at,
        person=office.newcomer,
        category="实习生",
        conditions=["政治条件", "职业道德", "专业业务", "身体健康"],
        since=day,
    )
    (row,) = [one for one in issued(office, at=at) if one.signer_id == office.handler.pk]
    world.rows["organisation-undertakings"] = row.pk
