"""Cross-checks (账账核对): what breaks a rule between two ledgers becomes a duty, and goes when it is cured.

A hit is a `Duty` of the kind `crosscheck.<key>` about the row that breaks the rule, under that row's label:
whoever may not know the row does not learn of the hit. The rules are data (`rulebook.crosschecks`); the
owner of the tables registers the query:

    register("container_level", model=Item, broken=lambda on: Item.unscoped.filter(…))

On save, an act hands `judge` the rows it wrote; once a day, and on demand, `run` asks the whole base. Both
ask the same query, two statements a rule, however large the base is.
"""

import time as clock
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import models
from django.db.models import F

from shoumi.platform.access.acting import SYSTEM, Action, Hidden, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.directory.selectors import system_person
from shoumi.platform.obligations.due import Due, due_in_workdays
from shoumi.platform.obligations.models import Duty, Schedule
from shoumi.platform.obligations.services import close_many, next_escalation
from shoumi.platform.rulebook.controls import Control, register_point
from shoumi.platform.rulebook.crosschecks import Crosscheck, crosschecks
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.model import RulebookError
from shoumi.platform.trail.models import name_of
from shoumi.platform.trail.recording import Record

RUN = Action(
    "crosschecks.run",
    "账账核对",
    clause="crosschecks.run",
    posts=frozenset({SYSTEM, "registrar", "secrecy_office"}),
)
SHOWN = Control("crosschecks.page", kind="display", label="账账核对结果")
PREFIX = "crosscheck."
_AT_ONCE = 500

Progress = Callable[[str, int, int], None]
Broken = Callable[[date], "models.QuerySet[Any]"]


@dataclass(frozen=True, kw_only=True)
class Query:
    """Which rows of a table break a rule on a day, whoever may know them, and paths from such a row.

    `name` leads to the words that stand for it (a number, never a title), `target` to the key of the
    page where it is cured.
    """

    model: type[models.Model]
    broken: Broken
    body: str = "label__body"
    label: str = "label"
    name: str = "name"
    target: str = "pk"


@dataclass(frozen=True)
class Found:
    """What one rule found: hits that are open now, new ones, and those that were cured."""

    rule: Crosscheck
    standing: int
    fresh: int
    cured: int
    seconds: float


QUERIES: dict[str, Query] = {}


def register(key: str, *, model: type[models.Model], broken: Broken, **paths: str) -> None:
    """Enter the query of a rule of the rulebook. `label=""` is for rows that bear none."""
    rule = crosschecks()[key]
    QUERIES[key] = Query(model=model, broken=broken, **paths)
    for kind in ("count", "duty"):
        register_point(rule.point, kind, rule.title)


def enforce_asked() -> None:
    """Refuse to start with a rule of the rulebook that no query answers."""
    if unasked := sorted(crosschecks().keys() - QUERIES.keys()):
        raise RulebookError(f"账账核对没有登记查询：{'、'.join(unasked)}")


def run(
    *, actor: Person, at: datetime, body: Body | None = None, progress: Progress | None = None
) -> list[Found]:
    """Ask every rule about a whole body; the system asks about all of them. Clause: crosschecks.run."""
    with act(actor, RUN, body, at=at) as deed:
        if not actor.is_system and (body is None or body.pk != actor.body_id):
            raise Hidden("没有这一项", clause="access.may_know")
        return _all(body, at=at, deed=deed, progress=progress)


def run_daily(at: datetime) -> list[Found]:
    """The whole base, once a day: claimed and asked in one act of the system. Clause: crosschecks.run."""
    system, today = system_person(), day_of(at)
    tomorrow = today + timedelta(days=1)
    last = Schedule.objects.filter(body=system.body, key=RUN.key).first()
    if last is not None and last.next_on > today:
        return []
    with act(system, RUN, None, at=at) as deed:
        if last is None:
            Schedule.objects.create(body=system.body, key=RUN.key, through=today, next_on=tomorrow)
        else:
            claim = Schedule.objects.filter(pk=last.pk, next_on=last.next_on)
            if not claim.update(through=today, next_on=tomorrow):
                return []
        return _all(None, at=at, deed=deed)


def judge(rows: Sequence[models.Model], *, at: datetime) -> list[Found]:
    """Ask the rules of these rows' table about them alone; inside the act that wrote them."""
    asked = [key for key, query in QUERIES.items() if rows and query.model is type(rows[0])]
    return [
        _asked(key, at=at, keys=[row.pk for row in rows[start : start + _AT_ONCE]])
        for start in range(0, len(rows), _AT_ONCE)
        for key in asked
    ]


def cure(rows: Sequence[models.Model], *, at: datetime) -> None:
    """Ask again about those of these rows that stand as hits; inside the act that may have cured them."""
    names = [name_of(row) for row in rows]
    hits = Duty.objects.filter(
        subject__in=names, kind__startswith=PREFIX, state=Duty.State.OPEN
    ).values_list("subject", flat=True)
    hit = set(hits)
    judge([row for row in rows if name_of(row) in hit], at=at)


def recheck(*keys: str, at: datetime, body: Body) -> list[Found]:
    """Ask some rules about a whole body, where an act changed what they compare with; inside the act."""
    return [_asked(key, at=at, body=body) for key in keys]


def take_back(labels: Sequence[int]) -> None:
    """Hits about what is taken back whole go with it (an import undone); inside that act."""
    for start in range(0, len(labels), _AT_ONCE):
        some = labels[start : start + _AT_ONCE]
        Duty.objects.filter(label__in=some, kind__startswith=PREFIX).delete()


def _all(
    body: Body | None, *, at: datetime, deed: Record, progress: Progress | None = None
) -> list[Found]:
    found = []
    for key in QUERIES:
        found.append(_asked(key, at=at, body=body))
        if progress is not None:
            progress("账账核对", len(found), len(QUERIES))
    deed.note(**{one.rule.key: [one.standing, one.fresh, one.cured] for one in found})
    return found


def _asked(
    key: str, *, at: datetime, body: Body | None = None, keys: Sequence[int] | None = None
) -> Found:
    """One rule: its broken rows beside its open duties; inside somebody's act."""
    begun = clock.perf_counter()
    rule, query = crosschecks()[key], QUERIES[key]
    broken = query.broken(day_of(at))
    standing = Duty.objects.filter(kind=rule.point, state=Duty.State.OPEN)
    if body is not None:
        broken, standing = broken.filter(**{query.body: body}), standing.filter(body=body)
    if keys is not None:
        broken = broken.filter(pk__in=keys)
        standing = standing.filter(subject__in=[_subject(query, pk) for pk in keys])
    open_ones = dict(standing.values_list("subject", "pk"))
    wrong = {
        _subject(query, row["pk"]): row
        for row in broken.order_by().values("pk", **_paths(query)).iterator(chunk_size=2000)
    }
    unlisted = (pair for pair in wrong.items() if pair[0] not in open_ones)
    # One act seals all it writes: whatever is more waits for the next round.
    fresh = list(islice(unlisted, figure("crosschecks.run", "most", on=day_of(at))))
    cured = [pk for name, pk in open_ones.items() if name not in wrong]
    _raise(rule, fresh, at=at)
    close_many(cured, evidence=f"{rule.title}：核对相符", at=at)
    return Found(rule, len(wrong), len(fresh), len(cured), clock.perf_counter() - begun)


def _subject(query: Query, key: int) -> str:
    return f"{query.model._meta.label_lower}:{key}"


def _paths(query: Query) -> dict[str, F]:
    asked = {"of": query.body, "under": query.label, "called": query.name, "leads": query.target}
    return {word: F(path) for word, path in asked.items() if path}


def _raise(rule: Crosscheck, fresh: Sequence[tuple[str, dict[str, Any]]], *, at: datetime) -> None:
    """One duty a hit for the post that the rule names. Clause: crosschecks.cure."""
    bodies = Body.objects.in_bulk({row["of"] for _, row in fresh})
    terms = {body.pk: _terms(body, at=at) for body in bodies.values()}
    Duty.objects.bulk_create(
        (
            Duty(
                body_id=row["of"],
                label_id=row.get("under"),
                kind=rule.point,
                clause=rule.clause,
                text=rule.sentence(str(row["called"]))[:120],
                subject=name,
                url_name=rule.page,
                url_pk=row["leads"] if rule.page else None,
                post=rule.post,
                raised_at=at,
                due_at=terms[row["of"]][0].at,
                due_rule=terms[row["of"]][0].rule,
                counted_from=terms[row["of"]][0].start,
                provisional=terms[row["of"]][0].provisional,
                escalate_at=terms[row["of"]][1],
            )
            for name, row in fresh
        ),
        batch_size=_AT_ONCE,
    )


def _terms(body: Body, *, at: datetime) -> tuple[Due, datetime]:
    """When a hit of today is due in a body, and when it goes to the next level."""
    days = figure("crosschecks.cure", "workdays", on=day_of(at), body=body)
    due = due_in_workdays(days, start=at, body=body)
    return due, next_escalation(due.at, body=body)


def open_hits(reader: Person, *, at: datetime) -> "models.QuerySet[Duty]":
    """The hits of the reader's body that the reader may know, the oldest first."""
    found = Duty.objects.filter(
        body=reader.body_id, state=Duty.State.OPEN, kind__startswith=PREFIX
    ).knowable_to(reader, at=at)
    return found.select_related("label").order_by("kind", "due_at", "id")


def rule_of(duty: Duty) -> Crosscheck | None:
    """The rule a hit breaks; None for one that is not asked any more."""
    return crosschecks().get(duty.kind.removeprefix(PREFIX))


def rules() -> Iterable[Crosscheck]:
    """Every rule that is asked, in the order of the rulebook."""
    return [rule for key, rule in crosschecks().items() if key in QUERIES]
