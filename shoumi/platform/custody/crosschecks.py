"""What breaks a rule between the account of things and those of people and places (账账核对)."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from shoumi.kernel.levels import Level
from shoumi.platform.access.clearances import cleared
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.directory.models import Place
from shoumi.platform.obligations.crosschecks import register

IN_PLACES = Q(holder_kind=Holder.Kind.PLACE)
WITH_PEOPLE = Q(holder_kind=Holder.Kind.PERSON)


def _above_the_place(on: date) -> QuerySet[Item, Any]:
    return Item.unscoped.filter(IN_PLACES, label__level__gt=F("holder__place__level_limit"))


def _top_secret_elsewhere(on: date) -> QuerySet[Item, Any]:
    found = Item.unscoped.filter(IN_PLACES, label__level=Level.TOP_SECRET)
    return found.exclude(holder__place__kind=Place.Kind.SEALED_SAFE)


def _in_places_out_of_use(on: date) -> QuerySet[Item, Any]:
    return Item.unscoped.filter(IN_PLACES, holder__place__active=False)


def _with_people_not_cleared(on: date) -> QuerySet[Item, Any]:
    held = Item.unscoped.filter(WITH_PEOPLE, holder__person__active=True)
    return held.exclude(cleared("holder__person", "label__level", on=on))


def _with_people_gone(on: date) -> QuerySet[Item, Any]:
    return Item.unscoped.filter(WITH_PEOPLE, holder__person__active=False)


def _kept_by_unfit(on: date) -> QuerySet[Place, Any]:
    """Places with something above 内部 in them, whose keeper is gone or not cleared for what may lie there."""
    inside = Item.unscoped.filter(IN_PLACES, holder__place=OuterRef("pk"))
    kept = Place.objects.filter(
        Exists(inside.filter(label__level__gt=Level.INTERNAL)), active=True, keeper__isnull=False
    )
    return kept.filter(Q(keeper__active=False) | ~cleared("keeper", "level_limit", on=on))


register("container_level", model=Item, broken=_above_the_place)
register("container_top_secret", model=Item, broken=_top_secret_elsewhere)
register("container_out_of_use", model=Item, broken=_in_places_out_of_use)
register("holder_not_cleared", model=Item, broken=_with_people_not_cleared)
register("holder_gone", model=Item, broken=_with_people_gone)
register("keeper_unfit", model=Place, broken=_kept_by_unfit, body="body", label="")
