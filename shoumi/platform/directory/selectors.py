"""Questions about people and posts as of a day."""

from datetime import date

from django.db.models import Q, QuerySet

from shoumi.platform.directory.models import SYSTEM_ACCOUNT, Appointment, Body, Person


def system_person() -> Person:
    """The actor of recurring duties and of the founding; it never logs in."""
    return Person.objects.get(account=SYSTEM_ACCOUNT)


def appointments_on(day: date) -> QuerySet[Appointment]:
    """Appointments in force on a day (the last day included)."""
    return Appointment.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


def holders_of(
    post: str, *, body: Body, on: date, department_id: int | None = None
) -> list[Person]:
    """The people who hold a post in a body on a day, oldest appointment first."""
    found = appointments_on(on).filter(post=post, body=body, person__active=True)
    if department_id is not None:
        found = found.filter(department_id=department_id)
    return [a.person for a in found.select_related("person").order_by("since", "id")]
