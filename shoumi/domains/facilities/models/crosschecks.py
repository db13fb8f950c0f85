"""What breaks a rule between this room's tables and those of people and things (账账核对)."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from shoumi.domains.facilities.models.safes import Combination, Guarded, KnowsCombination
from shoumi.domains.facilities.models.sites import Admission, Site
from shoumi.platform.access.clearances import cleared
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.directory.selectors import appointments_on
from shoumi.platform.obligations.crosschecks import register

HOLDER = "item__holder__person"


def _kept_by_unfit(on: date) -> QuerySet[Site, Any]:
    found = Site.unscoped.filter(state=Site.State.IN_USE)
    return found.filter(Q(keeper__active=False) | ~cleared("keeper", "secrecy", on=on))


def _used_before_acceptance(on: date) -> QuerySet[Site, Any]:
    """Strongrooms that wait for acceptance while something lies in them or in what stands in them."""
    lies = Item.unscoped.filter(holder_kind=Holder.Kind.PLACE).filter(
        Q(holder__place=OuterRef("place")) | Q(holder__place__within=OuterRef("place"))
    )
    waiting = Site.unscoped.filter(kind=Site.Kind.STRONGROOM, state=Site.State.DETERMINED)
    return waiting.filter(Exists(lies))


def _keys_of_strangers(on: date) -> QuerySet[Guarded, Any]:
    """Keys with somebody who is neither keeper of the room they open nor on its list."""
    through_post = appointments_on(on).filter(
        person=OuterRef(OuterRef(OuterRef(HOLDER))),
        post=OuterRef("post"),
        body=OuterRef("site__body"),
    )
    listed = Admission.unscoped.filter(
        Q(until=None) | Q(until__gte=on),
        Q(person=OuterRef(OuterRef(HOLDER))) | Exists(through_post),
        site=OuterRef("pk"),
        state=Admission.State.IN_FORCE,
        since__lte=on,
    )
    closed_to = Site.unscoped.filter(
        Q(place=OuterRef("place")) | Q(place=OuterRef("place__within")),
        ~Q(keeper=OuterRef(HOLDER)),
        ~Exists(listed),
        state=Site.State.IN_USE,
    )
    out = Guarded.unscoped.filter(kind=Guarded.Kind.KEY, item__holder_kind=Holder.Kind.PERSON)
    return out.filter(Exists(closed_to))


def _combinations_overdue(on: date) -> QuerySet[Combination, Any]:
    return Combination.unscoped.filter(current=True, next_on__lt=on)


def _known_to_unfit(on: date) -> QuerySet[KnowsCombination, Any]:
    known = KnowsCombination.unscoped.filter(combination__current=True)
    fit = cleared("person", "combination__place__level_limit", on=on)
    return known.filter(Q(person__active=False) | ~fit)


PLACE = {"body": "body", "name": "place__name"}
register("site_keeper_unfit", model=Site, broken=_kept_by_unfit, **PLACE)
register("site_not_accepted", model=Site, broken=_used_before_acceptance, **PLACE)
register("key_holder_not_admitted", model=Guarded, broken=_keys_of_strangers, body="body")
register("combination_overdue", model=Combination, broken=_combinations_overdue, **PLACE)
register(
    "combination_knower_unfit",
    model=KnowsCombination,
    broken=_known_to_unfit,
    body="combination__body",
    name="combination__place__name",
    target="combination",
)
