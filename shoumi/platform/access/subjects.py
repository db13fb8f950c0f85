"""A person as the gate sees them at a time: clearance from the dated record, principals from posts."""

from datetime import date, datetime
from typing import cast

from shoumi.kernel.levels import EVERYONE, Level, PersonnelClass, Subject
from shoumi.platform.access.models import ClearanceRecord, Label
from shoumi.platform.directory.models import OFFICERS, Appointment, Person
from shoumi.platform.directory.selectors import appointments_on
from shoumi.platform.rulebook.posts import sees_content


def person_principal(person_id: int) -> str:
    return f"p:{person_id}"


def post_principal(post: str, body_id: int) -> str:
    return f"t:{post}@{body_id}"


def post_of(principal: str) -> str:
    """The post a principal names, or nothing for a person, department, body or 「everyone」."""
    sign, _, named = principal.partition(":")
    return named.partition("@")[0] if sign == "t" else ""


def department_principal(department_id: int) -> str:
    return f"d:{department_id}"


def body_principal(body_id: int) -> str:
    return f"b:{body_id}"


def appointments_of(person: Person, at: datetime) -> list[Appointment]:
    """Posts a person holds, stand-ins included; asked once per person object and day."""
    kept = person.__dict__.setdefault("_appointments", {})
    day = day_of(at)
    if day not in kept:
        kept[day] = list(appointments_on(day).filter(person=person).order_by("since", "id"))
    return cast(list[Appointment], kept[day])


def holds(person: Person, post: str, at: datetime, *, body_id: int | None = None) -> bool:
    """Whether a person holds a post, in a given body where one is named."""
    return any(
        a.post == post and (body_id is None or a.body_id == body_id)
        for a in appointments_of(person, at)
    )


def subject_of(person: Person, at: datetime) -> Subject:
    """The subject of the gate; kept on the person object, which lives for one request only."""
    kept = person.__dict__.setdefault("_subjects", {})
    day = day_of(at)
    if day not in kept:
        kept[day] = _subject(person, at)
    return cast(Subject, kept[day])


def officer_principals(body_id: int) -> frozenset[str]:
    """How the three officers of a body are named: on the labels of system ledgers and nowhere else."""
    return frozenset(post_principal(post, body_id) for post in OFFICERS)


def label_of(label: Label, *, on: date) -> "frozenset[str]":
    """Principals of a label in force on a day."""
    rows = label.need_to_know.filter(since__lte=on)
    return frozenset(r.principal for r in rows if r.until is None or r.until >= on)


def day_of(at: datetime) -> date:
    """The calendar day of a moment where the office stands."""
    from django.utils import timezone

    return timezone.localtime(at).date()


def _subject(person: Person, at: datetime) -> Subject:
    day = day_of(at)
    if not person.active:
        return Subject(person.pk, Level.PUBLIC)
    posts = appointments_of(person, at)
    clearance, leaving = _cleared(person, on=day)
    if any(not sees_content(a.post) for a in posts):
        return _without_content(person, posts, leaving=leaving)
    principals = {EVERYONE, person_principal(person.pk), body_principal(person.body_id)}
    if person.department_id is not None:
        principals.add(department_principal(person.department_id))
    principals.update(post_principal(a.post, a.body_id) for a in posts)
    principals.update(department_principal(a.department_id) for a in posts if a.department_id)
    return Subject(person.pk, clearance, frozenset(principals), leaving)


def _without_content(person: Person, posts: list[Appointment], *, leaving: bool) -> Subject:
    """An officer is their post and nothing else: neither a name, a department nor 「everyone」.

    Only the labels of system ledgers list such a post, so that no business row is ever visible.
    """
    held = frozenset(post_principal(a.post, a.body_id) for a in posts if a.post in OFFICERS)
    return Subject(person.pk, Level.INTERNAL if held else Level.PUBLIC, held, leaving)


def _cleared(person: Person, *, on: date) -> tuple[Level, bool]:
    """The highest valid clearance, and whether an exit period runs."""
    clearance, leaving = Level.INTERNAL, False
    for record in ClearanceRecord.objects.filter(person=person).order_by("-since", "-id"):
        if record.is_valid(on):
            clearance = max(clearance, PersonnelClass(record.personnel_class).clearance)
        leaving = leaving or record.is_exit_period(on)
    return clearance, leaving
