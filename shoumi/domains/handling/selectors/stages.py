"""What the registry should look after next: broken stages, what is ready to be destroyed, keeperless places."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from shoumi.domains.documents.models import Copy
from shoumi.domains.handling.models import ReproducedItem, Reproduction
from shoumi.domains.handling.selectors import Row, in_account, on_shelf
from shoumi.kernel.levels import Level
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.models import HandoverLine, Holder, Item, Movement
from shoumi.platform.directory.models import Person, Place
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

STAGES_COUNTED = Control("handling.stages", kind="count", label="三环节报缺")
STAGES_SHOWN = Control("handling.stages", kind="display", label="三环节报缺")
READY_SHOWN = Control("handling.ready", kind="display", label="待销毁清单")
REGISTRY_SHOWN = Control("handling.registry", kind="display", label="机要室账目")
REGISTRY_COUNTED = Control("handling.registry", kind="count", label="机要室账目")


def broken_stages(reader: Person, *, at: datetime) -> list[tuple[str, list[Item]]]:
    """缺环节: passed on and not signed for, out too long, called in and not destroyed.

    Each item bears `passed_at` and `back_at`. Clause: carriers.stages.
    """
    on, body = day_of(at), reader.body
    longest = figure("carriers.stages", "out_days", on=on, body=body)
    within = figure("carriers.stages", "destroy_days", on=on, body=body)
    moves = Movement.objects.visible_to(reader, at=at).filter(item=OuterRef("pk"))
    moves = moves.order_by("-at", "-id")
    person, place = Holder.Kind.PERSON, Holder.Kind.PLACE
    last_out = moves.filter(receiver__kind=person).values("at")[:1]
    last_home = moves.filter(receiver__kind=place, giver__kind=person).values("at")[:1]
    items = (
        in_account(reader, at=at)
        .filter(label__level__gte=Level.INTERNAL)
        .annotate(passed_at=Subquery(last_out), back_at=Subquery(last_home))
        .order_by("name", "id")
    )
    unsigned = HandoverLine.objects.visible_to(reader, at=at).filter(
        state=HandoverLine.State.OFFERED, handover__due_at__lt=at
    )
    called_in = _called_in(reader, at=at).filter(
        reproduction__collected_at__lt=at - timedelta(days=within)
    )
    out_since = at - timedelta(days=longest)
    return [
        ("传递未签收", list(items.filter(pk__in=unsigned.values("item")))),
        ("传出未回收", list(items.filter(holder_kind=person, passed_at__lt=out_since))),
        ("回收未销毁", list(items.filter(pk__in=called_in.values("item")))),
    ]


def ready_to_destroy(reader: Person, *, at: datetime) -> QuerySet[Item]:
    """待销毁: on the shelf, and its period has run out or it is a copy that was called in.

    Each item bears `expired_on` where it is an original. Clause: carriers.destroy.expired.
    """
    expired = Copy.objects.visible_to(reader, at=at).filter(
        label__level__gte=Level.CONFIDENTIAL, document__expires_on__lte=day_of(at)
    )
    called_in = _called_in(reader, at=at)
    rows = on_shelf(reader, at=at).filter(
        Q(pk__in=expired.values("item")) | Q(pk__in=called_in.values("item"))
    )
    period = Copy.objects.visible_to(reader, at=at).filter(item=OuterRef("pk"))
    return rows.annotate(expired_on=Subquery(period.values("document__expires_on")[:1]))


def catalogue(reader: Person, *, at: datetime) -> list[tuple[str, str, dict[int, int]]]:
    """分类编目: of each kind of carrier how many at each level, with the words for the kind."""
    rows = in_account(reader, at=at).select_related(None).order_by()
    counted = rows.values_list("kind", "label__level").annotate(Count("pk"))
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for kind, level, count in counted:
        found[kind][level] = count
    return [(k.value, str(k.label), found[k.value]) for k in Item.Kind if k.value in found]


def without_keeper(rows: list[Row]) -> list[Place]:
    """Places with secrets in them for which nobody is named, neither there nor around (专柜专人)."""
    secret = [
        row.holder.place
        for row in rows
        if row.holder.place is not None and max(row.counts) >= Level.CONFIDENTIAL
    ]
    return [place for place in secret if not _keeper_of(place)]


def _keeper_of(place: Place) -> int | None:
    """Who looks after a place, or after the room it stands in."""
    if place.keeper_id is not None or place.within is None:
        return place.keeper_id
    return _keeper_of(place.within)


def _called_in(reader: Person, *, at: datetime) -> QuerySet[ReproducedItem]:
    """Copies that were made, called in and are still there (年底统一收回销毁)."""
    pieces: QuerySet[ReproducedItem] = ReproducedItem.objects.visible_to(reader, at=at)
    return pieces.filter(reproduction__state=Reproduction.State.COLLECTED)
