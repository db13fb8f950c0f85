"""机构目录: what a department is, from when, and until when."""

from datetime import date, datetime

from shoumi.domains.organisation.models import Tenure, Unit
from shoumi.domains.organisation.services.looking import MANAGERS, look
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.directory.models import Department, Person

CLAUSE = "organisation.unit"
ENTER = Action("organisation.unit.enter", "登记部门", clause=CLAUSE, posts=MANAGERS)
CLOSE = Action("organisation.unit.close", "停用部门", clause=CLAUSE, posts=MANAGERS)


def enter(
    *,
    actor: Person,
    at: datetime,
    department: Department,
    kind: str,
    functions: str,
    opened_on: date,
) -> Unit:
    """What a department of the directory is and does."""
    with act(actor, ENTER, at=at, kind=kind) as deed:
        if department.body_id != actor.body_id:
            raise Refusal("没有这个部门", clause=CLAUSE, way_on="请在本单位部门中选择")
        if Unit.objects.filter(department=department).exists():
            raise Stale(f"{department}已经登记", clause=CLAUSE, way_on="请在目录中查看")
        deed.subject = unit = Unit.objects.create(
            body=actor.body,
            department=department,
            kind=kind,
            functions=functions.strip(),
            opened_on=opened_on,
        )
    return unit


def close(*, actor: Person, subject: Unit, at: datetime, closed_on: date) -> Unit:
    """A department is there no longer: nobody bears anything in it from then on."""
    with act(actor, CLOSE, subject, at=at):
        if closed_on < subject.opened_on:
            raise Refusal("停用日期早于启用日期", clause=CLAUSE, way_on="核对日期")
        borne = Tenure.objects.filter(
            department=subject.department, state=Tenure.State.BORNE
        ).exclude(role="department")
        if names := "、".join(sorted({str(row.person) for row in borne.select_related("person")})):
            raise Refusal(
                f"{subject}还有在任的责任人：{names}",
                clause=CLAUSE,
                way_on="先办理免去，再停用部门",
            )
        if not subject.move(before=Unit.State.OPEN, after=Unit.State.CLOSED, closed_on=closed_on):
            raise Stale("该部门已经停用", clause=CLAUSE, way_on="请刷新页面")
        look(subject.body, at=at)
    return subject
