"""Clearances asked for many rows at once: the SQL twin of `subjects.subject_of` for the cross-checks."""

from datetime import date

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from shoumi.kernel.levels import Level, PersonnelClass
from shoumi.platform.access.models import ClearanceRecord

_REACH = Case(
    *(When(personnel_class=c.value, then=Value(int(c.clearance))) for c in PersonnelClass),
    output_field=IntegerField(),
)


def cleared(person: str, level: str, *, on: date) -> Q:
    """Whether the person at one path of a row has a clearance for the level at another, on a day.

    Up to 内部 nobody needs one. Valid is what `ClearanceRecord.is_valid` calls so.
    """
    valid = ClearanceRecord.objects.filter(
        Q(until=None) | Q(until__gte=on),
        person=OuterRef(person),
        since__lte=on,
        review_due__gte=on,
        trained_until__gte=on,
        pledged_until__gte=on,
    ).annotate(reach=_REACH)
    return Q(**{f"{level}__lte": Level.INTERNAL}) | Q(
        Exists(valid.filter(reach__gte=OuterRef(level)))
    )
