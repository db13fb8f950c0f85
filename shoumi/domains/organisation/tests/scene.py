"""What the tests of this room start from: a committee with its seats, undertakings, a meeting, a task."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from conftest import NOW, prepared
from shoumi.domains.organisation.models import Meeting, Organ, Task, Tenure, Undertaking
from shoumi.domains.organisation.services import meetings, organs, tasks, tenures, undertakings
from shoumi.platform.directory.models import Appointment, Person
from shoumi.platform.obligations.models import Duty

DAY = timedelta(days=1)


def fresh(row: Any) -> Any:
    """The row as it now stands, with nothing kept from before."""
    manager = getattr(type(row), "unscoped", type(row)._default_manager)
    return manager.get(pk=row.pk)


def person(someone: Person) -> Person:
    """The person as the next request would load them."""
    return Person.objects.get(pk=someone.pk)


def organ(
    office: SimpleNamespace, kind: str = "committee", *, at: Any = NOW, **changed: Any
) -> Organ:
    given = {
        "kind": kind,
        "name": {"committee": "甲局保密委员会", "office": "甲局保密办"}.get(kind, f"甲局{kind}"),
        "basis": "甲局〔2026〕1号",
        "set_up_on": at.date(),
    } | changed
    return organs.set_up(actor=person(office.office), at=at, **given)


def named(office: SimpleNamespace, role: str, who: str, *, at: Any = NOW, **changed: Any) -> Tenure:
    given = {"since": at.date(), "basis": "甲局〔2026〕1号"} | changed
    return tenures.begin(
        actor=person(office.office), at=at, role=role, person=getattr(office, who), **given
    )


def committee(office: SimpleNamespace, *, at: Any = NOW) -> Organ:
    """覃正 in the chair, 尉迟山 beside, 查国栋 for the only department that has a head; once a test."""
    standing = Organ.objects.filter(body=office.body, kind="committee").first()
    if standing is not None:
        return standing
    made = organ(office, at=at)
    for role, who in (
        ("committee_chair", "head"),
        ("committee_vice", "leader"),
        ("committee_member", "chief"),
    ):
        named(office, role, who, at=at, organ=made)
    return made


def leaves(office: SimpleNamespace, who: str, post: str, *, at: Any = NOW) -> None:
    """Somebody's appointment ended yesterday."""
    with prepared(office.body, at=at):
        rows = Appointment.objects.filter(person=getattr(office, who), post=post)
        rows.update(until=at.date() - DAY)


def follows(office: SimpleNamespace, who: str, post: str, *, at: Any = NOW) -> None:
    """Somebody holds a post from today."""
    someone = getattr(office, who)
    with prepared(office.body, at=at):
        Appointment.objects.create(
            person=someone,
            post=post,
            body=office.body,
            department=someone.department if post == "department_head" else None,
            since=at.date(),
        )


def issued(office: SimpleNamespace, *, at: Any = NOW, kind: str = "general") -> list[Undertaking]:
    return undertakings.issue(actor=person(office.office), at=at, kind=kind)


def called(
    office: SimpleNamespace, made: Organ | None = None, *, at: Any = NOW, **changed: Any
) -> Meeting:
    given = {
        "kind": "机构会议",
        "organ": made or committee(office, at=at),
        "name": "保密委员会第一次会议",
        "planned_at": at + timedelta(hours=2),
        "place": "第一会议室",
        "presider": office.head,
        "people": [office.leader, office.chief],
        "agenda": "审议年度保密工作计划\n审议机要室修缮方案",
    } | changed
    actor = person(given.pop("actor", office.office))
    return meetings.call(actor=actor, at=at, **given)


def held(office: SimpleNamespace, *, at: Any = NOW, absent: Any = (), **changed: Any) -> Meeting:
    meeting = called(office, at=at - timedelta(hours=3), **changed)
    return meetings.hold(
        actor=person(office.office),
        subject=fresh(meeting),
        at=at,
        held_at=at - timedelta(hours=1),
        absent=list(absent),
        reasons="\n".join("公出" for _ in absent),
        minutes="听取保密办汇报，议定以下事项。",
    )


def resolution(office: SimpleNamespace, **changed: Any) -> dict[str, Any]:
    return {
        "text": "年底前修缮机要室",
        "yes": 3,
        "no": 0,
        "abstained": 0,
        "line": "技术防护",
        "person": office.handler,
        "due_on": NOW.date() + 30 * DAY,
    } | changed


def assigned(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Task:
    given = {
        "origin": "领导交办",
        "line": "保密检查",
        "matter": "检查各部门保密柜",
        "person": office.handler,
        "due_on": at.date() + 5 * DAY,
    } | changed
    return tasks.assign(actor=person(office.leader), at=at, **given)


def duties(kind: str, **told: Any) -> list[Duty]:
    return list(Duty.objects.filter(kind=kind, state=Duty.State.OPEN, **told).order_by("id"))
