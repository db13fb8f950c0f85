"""What the ledgers know of a person: things in their hands, and what has gone through them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count

from shoumi.kernel.levels import Level
from shoumi.platform.custody.models import Holder, Item, Movement
from shoumi.platform.directory.models import Person


def things_with(person: Person) -> models.QuerySet[Any]:
    """Every thing of the account that this person answers for now, of whatever kind and level.

    For the acts of leaving and travelling only: what may be said of it depends on who asks.
    """
    held: models.QuerySet[Any] = Item.unscoped.filter(
        holder__kind=Holder.Kind.PERSON, holder__person=person
    )
    return held.exclude(state=Item.State.GONE).order_by("id")


def sorted_for(
    reader: Person, things: models.QuerySet[Any], *, at: datetime
) -> tuple[list[str], int]:
    """Names of the things this reader may know, and how many others there are."""
    keys = list(things.values_list("pk", flat=True))
    if not keys:
        return [], 0
    known = Item.objects.visible_to(reader, at=at).filter(pk__in=keys).order_by("id")
    names = list(known.values_list("name", flat=True))
    return names, len(keys) - len(names)


def exposure_of(person: Person) -> dict[Level, int]:
    """How many carriers of each level of state secret have been in this person's hands: counts, no contents."""
    rows: Iterable[Any] = (
        Movement.unscoped.filter(
            receiver__person=person, label__level__gte=Level.CONFIDENTIAL.value
        )
        .order_by()
        .values_list("label__level")
        .annotate(Count("item", distinct=True))
    )
    return {Level(level): count for level, count in rows}
