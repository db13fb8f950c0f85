"""Whose turn it is: the home list, what is late, and what was done."""

from datetime import datetime, time
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from shoumi.platform.directory.models import Department, Person
from shoumi.platform.obligations.models import Duty, DutyQuerySet, Reminder

_WITH = ("raised_by", "person", "department", "label")


def mine(person: Person, *, at: datetime) -> DutyQuerySet:
    """What waits for me (待办), the nearest due time first."""
    found = Duty.objects.visible_to(person, at=at).filter(state=Duty.State.OPEN)
    return found.select_related(*_WITH).order_by("due_at", "id")


def done(person: Person, *, at: datetime) -> DutyQuerySet:
    """What I or my posts have finished (已办), the latest first."""
    found = Duty.objects.visible_to(person, at=at).exclude(state=Duty.State.OPEN)
    return found.select_related(*_WITH).order_by("-closed_at", "-id")


def raised_by(person: Person, *, at: datetime) -> DutyQuerySet:
    """What others must do on my account (我发起), the open ones to be urged from here."""
    found = Duty.objects.filter(raised_by=person).knowable_to(person, at=at)
    return found.select_related(*_WITH).order_by("-id")


def overdue(reader: Person, *, at: datetime, department: Department | None = None) -> DutyQuerySet:
    """What is late in the reader's body (逾期), or in one department, as far as the reader may know."""
    late = Duty.objects.filter(
        body=reader.body_id, state=Duty.State.OPEN, due_at__lt=at, above=None
    )
    if department is not None:
        late = late.filter(Q(department=department) | Q(person__department=department))
    return late.knowable_to(reader, at=at).select_related(*_WITH).order_by("due_at", "id")


def counts(person: Person, *, at: datetime) -> dict[str, int]:
    """How many wait for me, are late, or fall due today; one query."""
    midnight = timezone.make_aware(datetime.combine(timezone.localtime(at).date(), time.max))
    found: dict[str, Any] = (
        Duty.objects.visible_to(person, at=at)
        .filter(state=Duty.State.OPEN)
        .aggregate(
            waiting=Count("id"),
            overdue=Count("id", filter=Q(due_at__lt=at)),
            today=Count("id", filter=Q(due_at__gte=at, due_at__lte=midnight)),
        )
    )
    return found


def reminders_of(duty: Duty) -> list[Reminder]:
    """Every 催办 of a duty, the latest first."""
    return list(duty.given.select_related("by").order_by("-at", "-id"))
