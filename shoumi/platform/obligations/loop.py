"""The deadline loop (到期处理): called every minute, each deed an act of its own.

Claim and consequence are in the same act: a process that dies between them leaves both undone, and two
processes at once find that the other got there first. Whatever fails is set aside for the hour, so that
one bad row keeps nobody else waiting.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import F, Q

from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import SYSTEM, Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.directory.selectors import appointments_on, holders_of, system_person
from shoumi.platform.obligations.calendar import calendar_for
from shoumi.platform.obligations.due import due_in_hours
from shoumi.platform.obligations.knowing import knows
from shoumi.platform.obligations.models import Duty, Schedule
from shoumi.platform.obligations.recurring import Period, Recurring, definitions
from shoumi.platform.obligations.services import ON_DUE, ON_LEFT, next_escalation, raise_duty
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.posts import label_of
from shoumi.platform.trail.models import name_of

RAISE = Action(
    "obligations.raise", "产生定期职责", clause="obligations.person", posts=frozenset({SYSTEM})
)
DUE = Action("obligations.due", "到期处理", clause="obligations.person", posts=frozenset({SYSTEM}))
ESCALATE = Action(
    "obligations.escalate", "逾期上报", clause="obligations.escalation", posts=frozenset({SYSTEM})
)
REHOME = Action(
    "obligations.rehome", "职责转接", clause="obligations.person", posts=frozenset({SYSTEM})
)
# kind → what else opens when a body's recurring duty does: called as f(duty, at=at) in the system's act.
ON_RAISED: dict[str, Callable[..., None]] = {}
OVERDUE = "obligations.overdue"
SUPERIORS = ("office_director", "deputy_leader", "head")

ASIDE = timedelta(hours=1)
_YEAR = timedelta(days=366)

_log = logging.getLogger(__name__)
# (deed, salt of the duty) → until when this process leaves it alone.
_aside: dict[tuple[str, str], datetime] = {}


@dataclass
class Ticked:
    """What one turn of the loop did."""

    raised: int = 0
    due: int = 0
    escalated: int = 0
    rehomed: int = 0
    noticed: int = 0
    failed: list[str] = field(default_factory=list)


def tick(at: datetime) -> Ticked:
    """Raise what opens, let the rooms look, hand on what a leaver left, act on what ran out, report what is late."""
    return _turn(at, (*_RAISING, *NOTICING, *_WATCHING))


def run_due(at: datetime) -> int:
    """Raise the recurring duties that opened since the last run, each period once; how many."""
    return _turn(at, _RAISING).raised


def _turn(at: datetime, deeds: Iterable[tuple[str, "Find", "Deed"]]) -> Ticked:
    system, done = system_person(), Ticked()
    for name, find, deed in deeds:
        for row in find(at):
            if _aside.get((name, row.salt), at) > at:
                continue
            try:
                count = deed(system, row, at=at)
            except Exception:
                _log.exception("%s failed for %s", name, name_of(row))
                _aside[name, row.salt] = at + ASIDE
                done.failed.append(f"{name}:{name_of(row)}")
            else:
                setattr(done, name, getattr(done, name) + count)
    return done


def _bodies_to_adopt(at: datetime) -> list[Body]:
    """Bodies of this system that some recurring duty has not been raised in."""
    bodies = Body.objects.filter(local=True)
    known = Schedule.objects.filter(key__in=definitions(), body__local=True)
    if known.count() == bodies.count() * len(definitions()):
        return []
    have = set(known.values_list("body", "key"))
    return [b for b in bodies.order_by("id") if any((b.pk, k) not in have for k in definitions())]


def _adopt(system: Person, body: Body, *, at: datetime) -> int:
    """Begin the schedules of a body: periods that are open and not yet over count from the start."""
    today, raised = day_of(at), 0
    with act(system, RAISE, body, at=at) as deed:
        have = set(Schedule.objects.filter(body=body).values_list("key", flat=True))
        calendar = calendar_for(body)
        for key, definition in definitions().items():
            if key in have:
                continue
            for period in definition.periods(today - _YEAR, today, calendar=calendar):
                if definition.due.day_in(period, calendar=calendar) >= today:
                    raised += _raise_one(definition, body, period, at=at)
            following = definition.opening_after(today, calendar=calendar)
            Schedule.objects.create(body=body, key=key, through=today, next_on=following)
        deed.note(raised=raised)
    return raised


def _opening(at: datetime) -> Iterable[Schedule]:
    """Schedules whose next period opens by today."""
    found = Schedule.objects.filter(next_on__lte=day_of(at), key__in=definitions())
    return found.select_related("body").order_by("id")


def _raise_periods(system: Person, schedule: Schedule, *, at: datetime) -> int:
    """Claim the schedule, then raise every period that opened; a lost claim raises nothing."""
    today, body = day_of(at), schedule.body
    definition, calendar = definitions()[schedule.key], calendar_for(body)
    following = definition.opening_after(today, calendar=calendar)
    raised = 0
    with act(system, RAISE, schedule, at=at) as deed:
        claimed = Schedule.objects.filter(
            pk=schedule.pk, through=schedule.through, next_on=schedule.next_on
        ).update(through=today, next_on=following)
        if claimed:
            for period in definition.periods(schedule.through, today, calendar=calendar):
                raised += _raise_one(definition, body, period, at=at)
        deed.note(key=schedule.key, raised=raised)
    return raised


def _raise_one(definition: Recurring, body: Body, period: Period, *, at: datetime) -> int:
    """One period's duty, unless it stands already: a new calendar can move an opening past it."""
    stands = Duty.objects.filter(
        body=body, kind=definition.key, clause=definition.clause, period=period.key
    )
    if stands.exists():
        return 0
    duty = raise_duty(
        kind=definition.key,
        clause=definition.clause,
        text=definition.text,
        due=definition.due_in(period, at=at, body=body),
        at=at,
        body=body,
        post=definition.post,
        url_name=definition.url,
        urgency=definition.urgency,
        period=period.key,
    )
    if definition.key in ON_RAISED:
        ON_RAISED[definition.key](duty, at=at)
    return 1


def _run_out(at: datetime) -> Iterable[Duty]:
    return _open(at).filter(handled_at=None, due_at__lte=at, kind__in=list(ON_DUE))


def _handle(system: Person, duty: Duty, *, at: datetime) -> bool:
    with act(system, DUE, duty, at=at):
        claimed = _claim(duty, handled_at=None).update(handled_at=at)
        if claimed:
            ON_DUE[duty.kind](duty, at=at)
    return bool(claimed)


def _late(at: datetime) -> Iterable[Duty]:
    return _open(at).filter(escalate_at__lte=at)


def _escalate(system: Person, duty: Duty, *, at: datetime) -> bool:
    """Bring an overdue duty before the next level; after the last one it stays visible as late."""
    chain = superiors(duty, at=at)
    level = duty.escalation
    with act(system, ESCALATE, duty, at=at) as deed:
        further = next_escalation(at, body=duty.body) if level + 1 < len(chain) else None
        claimed = _claim(duty, escalation=level).update(
            escalation=F("escalation") + 1, escalated_at=at, escalate_at=further
        )
        if claimed and level < len(chain):
            post, department = chain[level]
            hours = figure("obligations.escalation", "hours", on=day_of(at), body=duty.body)
            raise_duty(
                kind=OVERDUE,
                clause="obligations.escalation",
                text=f"督促逾期事项：{duty.text}"[:120],
                due=due_in_hours(hours, start=at, body=duty.body),
                at=at,
                body=duty.body,
                post=post,
                department=department,
                label=duty.label,
                subject=duty.subject,
                url_name=duty.url_name,
                url_pk=duty.url_pk,
                urgency=duty.urgency,
                above=duty,
            )
            deed.note(post=label_of(post), level=level + 1)
    return bool(claimed)


def superiors(duty: Duty, *, at: datetime) -> list[tuple[str, Department | None]]:
    """Before whom a late duty is brought, level by level: posts held by others who may know of it."""
    person = duty.person
    department = person.department if person is not None else duty.department
    chain: list[tuple[str, Department | None]] = [(post, None) for post in _above(duty.post)]
    if department is not None and duty.post != "department_head":
        chain.insert(0, ("department_head", department))
    return [(post, where) for post, where in chain if _answers(post, where, duty, at=at)][:2]


def _above(post: str) -> tuple[str, ...]:
    return SUPERIORS[SUPERIORS.index(post) + 1 :] if post in SUPERIORS else SUPERIORS


def _answers(post: str, department: Department | None, duty: Duty, *, at: datetime) -> bool:
    """Whether somebody else holds this post today and may know what the duty speaks of."""
    key = department.pk if department is not None else None
    people = holders_of(post, body=duty.body, on=day_of(at), department_id=key)
    return any(p.pk != duty.person_id and knows(p, duty.label, at=at) for p in people)


def _homeless(at: datetime) -> list[Duty]:
    """Open duties whose person has left, or whose post nobody holds today."""
    return [*_open(at).filter(person__active=False), *_vacant(at)]


def _vacant(at: datetime) -> list[Duty]:
    named = ("body", "post", "department")
    of_posts = _open(at).filter(person=None)
    wanted = set(of_posts.order_by().values_list(*named).distinct())
    today = appointments_on(day_of(at)).filter(
        person__active=True, post__in={post for _, post, _ in wanted}
    )
    held = set(today.values_list(*named))
    held |= {(body, post, None) for body, post, _ in held}
    vacant = [Q(body=b, post=p, department=d) for b, p, d in sorted(wanted - held, key=str)]
    return list(of_posts.filter(reduce(or_, vacant))) if vacant else []


def _rehome(system: Person, duty: Duty, *, at: datetime) -> bool:
    """Give a duty to who answers for it now; where nobody does, it waits. Clause: obligations.person."""
    takes_over, chain = ON_LEFT.get(duty.kind), superiors(duty, at=at)
    if takes_over is None and not chain:
        return False
    with act(system, REHOME, duty, at=at) as deed:
        if duty.person is not None and takes_over is not None and takes_over(duty, at=at):
            return True
        if not chain:
            raise Refusal("没有可以接办的岗位", clause="obligations.person")
        post, department = chain[0]
        moved = _claim(duty, person=duty.person, post=duty.post).update(
            person=None, post=post, department=department
        )
        deed.note(post=label_of(post))
    return bool(moved)


def _open(at: datetime) -> models.QuerySet[Duty]:
    """Open duties that have come into being by now, oldest first."""
    found = Duty.objects.filter(state=Duty.State.OPEN, raised_at__lte=at)
    return found.select_related("body", "person__department", "department", "label").order_by("id")


def _claim(duty: Duty, **seen: Any) -> models.QuerySet[Duty]:
    """The row as this turn saw it: nothing is found once another process got there first."""
    return Duty.objects.filter(pk=duty.pk, state=Duty.State.OPEN, **seen)


Find = Callable[[datetime], Iterable[Any]]
Deed = Callable[..., int]
# What rooms above look for by themselves (a seat that became empty): they name `noticed` and count it.
NOTICING: list[tuple[str, Find, Deed]] = []
_RAISING: tuple[tuple[str, Find, Deed], ...] = (
    ("raised", _bodies_to_adopt, _adopt),
    ("raised", _opening, _raise_periods),
)
_WATCHING: tuple[tuple[str, Find, Deed], ...] = (
    ("rehomed", _homeless, _rehome),
    ("due", _run_out, _handle),
    ("escalated", _late, _escalate),
)
