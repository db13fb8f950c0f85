"""用工: entered after the four conditions were checked; those from outside end by themselves on their last day."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import F

from shoumi.domains.organisation.models import Employment
from shoumi.domains.organisation.services.looking import MANAGERS, look
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.obligations.due import due_on
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import ON_DUE, fulfil, raise_duty, settle
from shoumi.platform.rulebook.figures import figure

CLAUSE = "organisation.employment"
OUTSIDE = "organisation.employment.outside"
ENTER = Action("organisation.employment.enter", "登记用工", clause=CLAUSE, posts=MANAGERS)
END = Action("organisation.employment.end", "登记离岗", clause=OUTSIDE, posts=MANAGERS)

State = Employment.State


def enter(
    *,
    actor: Person,
    at: datetime,
    person: Person,
    category: str,
    conditions: Sequence[str],
    since: date,
    until: date | None = None,
    project: str = "",
    pledged_on: date | None = None,
) -> Employment:
    """In which capacity somebody works here. Clauses: organisation.employment.conditions, …outside."""
    with act(actor, ENTER, at=at, category=category) as deed:
        day, body = day_of(at), actor.body
        if person.body_id != body.pk:
            raise Refusal("没有此人", clause=CLAUSE)
        _check_conditions(conditions, body=body, on=day)
        outside = category in figure(OUTSIDE, "categories", on=day, body=body)
        if outside:
            _check_outside(until, project, pledged_on, on=day)
        if until is not None and until < since:
            raise Refusal("止日早于起日", clause=CLAUSE, way_on="核对起止日期")
        if Employment.objects.filter(person=person, state=State.WORKING).exists():
            raise Stale(f"{person}已经登记", clause=CLAUSE, way_on="先登记离岗，再重新登记")
        deed.subject = row = Employment.objects.create(
            body=body,
            person=person,
            category=category,
            outside=outside,
            project=project.strip(),
            pledged_on=pledged_on,
            since=since,
            until=until,
        )
        if outside and until is not None:
            raise_duty(
                kind=END.key,
                clause=OUTSIDE,
                text="外部人员到期离岗，收回载体并登记",
                due=due_on(until, start=at, body=body, rule="outside"),
                at=at,
                body=body,
                post="secrecy_office",
                subject=row,
                url_name="organisation-employments-detail",
                url_pk=row.pk,
                raised_by=actor,
            )
    return row


def end(*, actor: Person, subject: Employment, at: datetime) -> Employment:
    """Somebody works here no longer; the account of an outsider is cut with it."""
    with act(actor, END, subject, at=at):
        if not _leave(subject, at=at):
            raise Stale("他人已修改：此人已经离岗", clause=OUTSIDE, way_on="请刷新页面")
        settle(kind=END.key, subject=subject, evidence=subject, at=at)
        look(subject.body, at=at)
    return subject


def _leave(row: Employment, *, at: datetime) -> bool:
    if not row.move(before=State.WORKING, after=State.ENDED, ended_at=at):
        return False
    if row.outside:
        Person.objects.filter(pk=row.person_id, active=True).update(
            active=False, session_epoch=F("session_epoch") + 1
        )
    return True


def _expired(duty: Duty, *, at: datetime) -> None:
    """到期自动失权: on the last day the account stops, whether or not anybody has looked."""
    row = Employment.objects.select_related("body").get(pk=int(duty.subject.rpartition(":")[2]))
    _leave(row, at=at)
    fulfil(duty, evidence=row, at=at)
    look(row.body, at=at)


def _check_conditions(conditions: Sequence[str], *, body: Body, on: date) -> None:
    """Clause: organisation.employment.conditions."""
    clause = "organisation.employment.conditions"
    wanted = figure(clause, "conditions", on=on, body=body)
    if missing := [one for one in wanted if one not in conditions]:
        raise Refusal(
            f"未核查或者不合格：{'、'.join(missing)}",
            clause=clause,
            way_on="四项条件逐条核查合格后再登记",
        )


def _check_outside(until: date | None, project: str, pledged_on: date | None, *, on: date) -> None:
    """Clause: organisation.employment.outside."""
    if until is None or not project.strip() or pledged_on is None:
        raise Refusal(
            "外部人员须写明参与项目、止日和承诺书签署日期",
            clause=OUTSIDE,
            way_on="签署承诺书后补填",
        )
    if pledged_on > on or until < on:
        raise Refusal("承诺书签署日期晚于今日，或者止日已过", clause=OUTSIDE, way_on="核对日期")


ON_DUE[END.key] = _expired
