"""Cases as their readers see them: what waits for me, what I asked, and a case on one page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Prefetch, QuerySet

from shoumi.platform.approvals.models import Case, CaseStep, Seat, Vote
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import working_times
from shoumi.platform.trail.models import name_of

_WITH = ("applicant", "department", "label")


@dataclass(frozen=True)
class StepLine:
    """One step on the vertical line: who sits, who said what, and how much office time it took."""

    step: CaseStep
    seats: list[Seat]
    votes: list[Vote]
    used: timedelta
    overdue: bool


@dataclass(frozen=True)
class CasePage:
    """A case with its line of steps, and what the reader may do."""

    case: Case
    lines: list[StepLine]
    waits_for_me: bool
    may_withdraw: bool


def cases(person: Person, *, at: datetime) -> QuerySet[Case]:
    """Every case this person may know."""
    found: QuerySet[Case] = Case.objects.visible_to(person, at=at)
    return found.select_related(*_WITH).order_by("-id")


def waiting(person: Person, *, at: datetime) -> QuerySet[Case]:
    """What waits for my vote (待审批), the oldest first."""
    seats = Seat.objects.filter(person=person, state=Seat.State.WAITING)
    return cases(person, at=at).filter(steps__in=seats.values("step")).order_by("id")


def applications(person: Person, *, at: datetime) -> QuerySet[Case]:
    """What I asked for (我发起), the latest first."""
    return cases(person, at=at).filter(applicant=person)


def decided(person: Person, *, at: datetime) -> QuerySet[Case]:
    """What I have voted on (已办), the latest first."""
    votes = Vote.objects.filter(person=person)
    return cases(person, at=at).filter(pk__in=votes.values("step__case"))


def cases_about(subject: models.Model, *, matter: str = "") -> QuerySet[Case]:
    """Cases of a thing, the latest first: for the services of the room that owns the thing."""
    found = Case.unscoped.filter(subject=name_of(subject)).order_by("-id")
    return found.filter(matter=matter) if matter else found


def case_page(case: Case, *, reader: Person, at: datetime) -> CasePage:
    """Steps, seats, votes and working hours used; the same few queries however long the case."""
    people = Seat.objects.select_related("person").order_by("id")
    votes = Vote.objects.select_related("person", "to_person", "cast_by").order_by("id")
    steps = case.steps.order_by("order").prefetch_related(
        Prefetch("seats", people), Prefetch("votes", votes)
    )
    spans = [(step.opened_at or at, step.closed_at or at) for step in steps]
    used = working_times(spans, body=case.body)
    lines = [_line(step, time, at=at) for step, time in zip(steps, used, strict=True)]
    seats = [seat for line in lines for seat in line.seats]
    is_open = case.state == Case.State.OPEN
    return CasePage(
        case=case,
        lines=lines,
        waits_for_me=any(s.person_id == reader.pk and s.state == Seat.State.WAITING for s in seats),
        may_withdraw=is_open
        and case.applicant_id == reader.pk
        and not any(line.votes for line in lines),
    )


def _line(step: CaseStep, used: timedelta, *, at: datetime) -> StepLine:
    overdue = step.due_at is not None and step.due_at < (step.closed_at or at)
    return StepLine(step, list(step.seats.all()), list(step.votes.all()), used, overdue)
