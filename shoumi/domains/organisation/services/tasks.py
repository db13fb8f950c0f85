"""交办: given to somebody with a due time, and finished by them with an outcome."""

from datetime import date, datetime

from shoumi.domains.organisation.models import Resolution, Task
from shoumi.domains.organisation.selectors import PLAN, PLANNED
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.grades import check_within_grade
from shoumi.platform.access.models import Label
from shoumi.platform.access.services import label_for, widen
from shoumi.platform.access.subjects import day_of, person_principal, post_principal
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.numbering.services import allot
from shoumi.platform.obligations.due import Due, due_in_workdays, due_on
from shoumi.platform.obligations.knowing import knows
from shoumi.platform.obligations.services import (
    cancel_all,
    raise_duty,
    settle,
    settle_recurring,
)
from shoumi.platform.rulebook.figures import figure

CLAUSE = "organisation.task"
FROM_ABOVE, RESOLVED = "上级文件", "会议决议"
PLAN_DUE = "recurring.secrecy_plan"
LEADERS = frozenset({"head", "deputy_leader", "office_director", "secrecy_office"})
ASSIGN = Action(
    "organisation.task.assign", "交办事项", clause=CLAUSE, posts=LEADERS | {"department_head"}
)
REASSIGN = Action("organisation.task.reassign", "改派", clause=CLAUSE, posts=LEADERS)
FINISH = Action("organisation.task.finish", "办结事项", clause=CLAUSE)

State = Task.State


def assign(
    *,
    actor: Person,
    at: datetime,
    origin: str,
    line: str,
    matter: str,
    person: Person,
    due_on: date,
    level: int = Level.INTERNAL,
    basis: str = "",
    measure: str = "",
) -> Task:
    """Give somebody something to do by a day; what came from above has its own limit."""
    with act(actor, ASSIGN, at=at, origin=origin, line=line) as deed:
        check_within_grade(Level(level))
        if origin == RESOLVED:
            raise Refusal("会议决议在会议页面登记", clause=CLAUSE, way_on="打开该次会议，登记决议")
        if origin == FROM_ABOVE:
            _check_from_above(basis, measure, due_on, body=actor.body, at=at)
        label = label_about([actor, person], Level(level), body=actor.body, at=at)
        deed.subject = task = give(
            actor=actor,
            at=at,
            label=label,
            origin=origin,
            line=line,
            matter=matter,
            person=person,
            due_day=due_on,
            basis=basis.strip(),
            measure=measure.strip(),
        )
        if origin == PLAN:
            _settle_plan(task, at=at)
    return task


def give(
    *,
    actor: Person,
    at: datetime,
    label: Label,
    origin: str,
    line: str,
    matter: str,
    person: Person,
    due_day: date,
    basis: str = "",
    measure: str = "",
    resolution: Resolution | None = None,
) -> Task:
    """Make the task and the duty that goes with it; inside the act of whoever gives it."""
    day, body = day_of(at), label.body
    if due_day < day:
        raise Refusal("办理期限早于今日", clause=CLAUSE, way_on="改为今日或者以后的日期")
    _check_here(person, body)
    due = due_on(due_day, start=at, body=body, rule="task")
    task: Task = Task.objects.create(
        label=label,
        body=body,
        number=f"办〔{day.year}〕{allot('organisation.tasks', body=body, year=day.year)}号",
        origin=origin,
        line=line,
        matter=matter.strip(),
        basis=basis,
        measure=measure,
        year=due_day.year,
        resolution=resolution,
        assigned_by=actor,
        assigned_at=at,
        person=person,
        due_at=due.at,
    )
    _ask(task, due, by=actor, at=at)
    return task


def reassign(*, actor: Person, subject: Task, at: datetime, person: Person, reason: str) -> Task:
    """Whoever was given it cannot do it (left, changed): another does, by the same day."""
    with act(actor, REASSIGN, subject, at=at, number=subject.number, reason=reason):
        _check_here(person, subject.body)
        if person.pk == subject.person_id:
            raise Refusal("改派的仍是原责任人", clause=CLAUSE, way_on="请另选责任人")
        label = subject.label
        principal = {person_principal(person.pk)}
        widen(label, principals=principal, basis=f"{subject.number} 改派", on=day_of(at))
        _check_cleared([person], label, at=at)
        if not subject.move(before=State.OPEN, after=State.OPEN, person=person):
            raise Stale("他人已修改：该事项已经办结", clause=CLAUSE, way_on="请刷新页面")
        cancel_all(kind=FINISH.key, subject=subject, reason=f"改派：{reason}"[:200], at=at)
        _ask(subject, subject.due_at, by=actor, at=at)
    return subject


def finish(*, actor: Person, subject: Task, at: datetime, outcome: str) -> Task:
    """Whoever was given it says how it ended."""
    with act(actor, FINISH, subject, at=at, number=subject.number):
        if subject.person_id != actor.pk:
            raise Denied("交办事项由责任人本人办结", clause=CLAUSE, way_on="请责任人登录办理")
        if not outcome.strip():
            raise Refusal("没有写明办理结果", clause=CLAUSE, way_on="写明结果后办结")
        done = subject.move(
            before=State.OPEN, after=State.DONE, outcome=outcome.strip(), finished_at=at
        )
        if not done:
            raise Stale("他人已修改：该事项已经办结", clause=CLAUSE, way_on="请刷新页面")
        settle(kind=FINISH.key, subject=subject, evidence=subject, at=at)
    return subject


def label_about(
    people: list[Person], level: Level, *, body: Body, at: datetime, posts: frozenset[str] = LEADERS
) -> Label:
    """A label for what is known to some people and to the leaders; each of them must be cleared for it."""
    principals = {person_principal(person.pk) for person in people}
    label = label_for(
        level=level,
        body=body,
        principals=principals | {post_principal(post, body.pk) for post in posts},
        basis="会议和交办",
        on=day_of(at),
    )
    _check_cleared(people, label, at=at)
    return label


def _check_cleared(people: list[Person], label: Label, *, at: datetime) -> None:
    uncleared = [person.name for person in people if not knows(person, label, at=at)]
    if uncleared:
        raise Refusal(
            f"{'、'.join(uncleared)}不具备{Level(label.level).label}级事项的知悉资格",
            clause="access.may_know",
            way_on="另选人员，或者核对密级",
        )


def _check_here(person: Person, body: Body) -> None:
    if person.body_id != body.pk or not person.is_active:
        raise Refusal("责任人不是本单位在岗人员", clause=CLAUSE, way_on="请另选责任人")


def _ask(task: Task, due: Due | datetime, *, by: Person, at: datetime) -> None:
    raise_duty(
        kind=FINISH.key,
        clause=CLAUSE,
        text=f"办理交办事项 {task.number}",
        due=due,
        at=at,
        person=task.person,
        label=task.label,
        subject=task,
        url_name="organisation-tasks-detail",
        url_pk=task.pk,
        raised_by=by,
    )


def _check_from_above(basis: str, measure: str, due_day: date, *, body: Body, at: datetime) -> None:
    """上级文件: which paper, what is to be done about it, and soon. Clause: organisation.instruction."""
    clause = "organisation.instruction"
    if not (basis.strip() and measure.strip()):
        raise Refusal(
            "上级文件的落实须写明文号和贯彻意见", clause=clause, way_on="补填依据、意见和措施"
        )
    days = figure(clause, "workdays", on=day_of(at), body=body)
    last = day_of(due_in_workdays(days, start=at, body=body).at)
    if due_day > last:
        raise Refusal(
            f"上级文件须在 {days} 个工作日内传达落实",
            clause=clause,
            way_on=f"期限改为 {last} 以前；后续任务另行交办",
        )


def _settle_plan(task: Task, *, at: datetime) -> None:
    """The plan of the year is there once its three lines are. Clause: organisation.plan."""
    rows = Task.objects.visible_to(task.assigned_by, at=at)
    lines = rows.filter(body=task.body, year=task.year, origin=PLAN).values_list("line", flat=True)
    if set(PLANNED) <= set(lines):
        settle_recurring(kind=PLAN_DUE, body=task.body, evidence=task, at=at)
