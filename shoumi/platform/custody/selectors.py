"""Questions to the ledger: the statement (对账单), who holds what, where a thing has been, a count's result.

Every answer is for a reader: what one may not know is not counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from shoumi.kernel.levels import Level
from shoumi.platform.custody.models import (
    Handover,
    HandoverLine,
    Holder,
    Item,
    Movement,
    Scan,
    Stocktake,
    StocktakeLine,
)
from shoumi.platform.directory.models import Person, Place
from shoumi.platform.rulebook.controls import Control

BALANCE = Control("custody.statement", kind="count", label="对账单")
SHOWN = Control("custody.statement", kind="display", label="对账单")

Kind, Sink, Source = Movement.Kind, Holder.Sink, Item.Source
INSIDE = (Holder.Kind.PERSON, Holder.Kind.PLACE)
HOLDERS = ("person", "place", "outside")

ENTERED = Q(kind=Kind.ENTER)
# Columns of the official ledger, in its order: what came in, and what went out.
INCOMINGS: dict[str, tuple[str, Q]] = {
    "received": ("收到", ENTERED & Q(item__source=Source.RECEIVED)),
    "made": ("制作", ENTERED & Q(item__source=Source.MADE)),
    "found": ("账外查获", ENTERED & Q(item__source=Source.FOUND)),
    "back": ("收回入账", Q(kind=Kind.BACK)),
    "taken": ("转入", Q(kind=Kind.PASS)),
}
OUTGOINGS: dict[str, tuple[str, Q]] = {
    "returned": ("清退", Q(receiver__sink=Sink.RETURNED)),
    "transferred": (
        "移交外单位",
        Q(receiver__sink=Sink.TRANSFERRED) | Q(receiver__kind=Holder.Kind.OUTSIDE),
    ),
    "archived": ("归档", Q(receiver__sink=Sink.ARCHIVED)),
    "destroyed": ("销毁", Q(receiver__sink=Sink.DESTROYED)),
    "missing": ("下落不明", Q(receiver__sink=Sink.MISSING)),
    "passed": ("转出", Q(kind=Kind.PASS)),
}
BETWEEN = ("taken", "passed")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a statement is about; every field narrows it. `holders=()` is somebody who never held."""

    labels: Sequence[int] | None = None
    holders: Sequence[int] | None = None
    level: Level | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure of a statement; the items behind it are asked for only when somebody looks."""

    key: str
    label: str
    count: int
    behind: Callable[[], QuerySet[Item]]

    @property
    def items(self) -> QuerySet[Item]:
        return self.behind()


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Opening + incomings = closing + outgoings; `closing` is what is really held, not a remainder."""

    scope: Scope
    opening: Figure
    incomings: tuple[Figure, ...]
    outgoings: tuple[Figure, ...]
    closing: Figure

    @property
    def left_side(self) -> int:
        return self.opening.count + sum(f.count for f in self.incomings)

    @property
    def right_side(self) -> int:
        return self.closing.count + sum(f.count for f in self.outgoings)

    @property
    def balances(self) -> bool:
        return self.left_side == self.right_side

    def __getitem__(self, key: str) -> int:
        """The count of a figure by its key, e.g. `statement["received"]`."""
        figures = (self.opening, *self.incomings, *self.outgoings, self.closing)
        found = {figure.key: figure.count for figure in figures}
        return found[key]


def statement(*, reader: Person, at: datetime, scope: Scope) -> Statement:
    """The statement of a document, a holder, a level or a period, computed from the movements.

    An open end is compared with the items as they are held now, so that a movement without its item, or
    an item without its movement, shows as a difference.
    """
    items, moves = _in_scope(reader, at, scope)
    period = moves
    if scope.since is not None:
        period = period.filter(at__gt=scope.since)
    if scope.until is not None:
        period = period.filter(at__lte=scope.until)
    if scope.holders is None:
        comings = period.filter(kind__in=[Kind.ENTER, Kind.BACK])
        goings = period.filter(kind=Kind.LEAVE)
    else:
        comings = period.filter(receiver__in=scope.holders).exclude(giver__in=scope.holders)
        goings = period.filter(giver__in=scope.holders).exclude(receiver__in=scope.holders)
    return Statement(
        scope=scope,
        opening=_standing("opening", "期初结存", items, scope=scope, moment=scope.since),
        incomings=_figures(INCOMINGS, comings, items, scope=scope),
        outgoings=_figures(OUTGOINGS, goings, items, scope=scope),
        closing=_closing(items, scope=scope),
    )


def holders_of_person(person: Person) -> tuple[int, ...]:
    """A person as the `holders` of a `Scope`; empty where they never held anything."""
    rows = Holder.objects.filter(body=person.body_id, person=person)
    return tuple(rows.values_list("pk", flat=True))


def holders_of_place(place: Place) -> tuple[int, ...]:
    """A place, with all that stands in it, as the `holders` of a `Scope`."""
    rows = Holder.objects.filter(body=place.body_id, place__in=places_within(place))
    return tuple(rows.order_by("pk").values_list("pk", flat=True))


def places_within(place: Place) -> list[Place]:
    """A place and all that stands in it."""
    found, newest = [place], [place]
    while newest:
        newest = list(Place.objects.filter(within__in=newest).order_by("id"))
        found += newest
    return found


def held_by(*, reader: Person, at: datetime, holders: Sequence[int]) -> QuerySet[Item]:
    """What somebody holds now."""
    rows = Item.objects.visible_to(reader, at=at).filter(holder__in=holders)
    return rows.exclude(state=Item.State.GONE)


def items_of(*, reader: Person, at: datetime, labels: Sequence[int]) -> QuerySet[Item]:
    """The copies of documents by their labels."""
    return Item.objects.visible_to(reader, at=at).filter(label__in=labels)


def movements_of(item: Item, *, reader: Person, at: datetime) -> QuerySet[Movement]:
    """Where a thing has been, the first movement first."""
    rows = Movement.objects.visible_to(reader, at=at).filter(item=item)
    sides = [f"{side}__{kind}" for side in ("giver", "receiver") for kind in HOLDERS]
    return rows.select_related(*sides).order_by("at", "id")


def offers_to(person: Person, *, at: datetime) -> QuerySet[HandoverLine]:
    """What waits for a person's signature."""
    return _open_lines(person, at=at).filter(handover__receiver__person=person)


def offers_to_registry(registrar: Person, *, at: datetime) -> QuerySet[HandoverLine]:
    """What people have offered back and nobody has counted yet."""
    kind = Holder.Kind.PLACE
    return _open_lines(registrar, at=at).filter(
        handover__body=registrar.body_id, handover__receiver__kind=kind
    )


def offers_by(person: Person, *, at: datetime) -> QuerySet[HandoverLine]:
    """What a person has offered and nobody has signed for yet."""
    return _open_lines(person, at=at).filter(handover__offered_by=person)


def lines_of(handover: Handover, *, reader: Person, at: datetime) -> QuerySet[HandoverLine]:
    """The lines of a batch, in their order."""
    rows = HandoverLine.objects.visible_to(reader, at=at).filter(handover=handover)
    return rows.select_related("item", "label").order_by("id")


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The result of a count as a reader may know it; while it is open, how far it has come.

    `counts` has a figure for each finding, and expected, counted, twice, over_limit, unknown.
    """

    stocktake: Stocktake
    lines: QuerySet[StocktakeLine]
    unknown: QuerySet[Scan]
    counts: dict[str, int]


def tally(stocktake: Stocktake, *, reader: Person, at: datetime) -> Tally:
    """Findings of a count: 相符、缺失、不明、错位、重复、超密级存放."""
    lines = _counted(stocktake.pk, reader, at)
    unknown = Scan.objects.filter(stocktake=stocktake, known=0, repeated=0).order_by("id")
    wanted = {
        "expected": Q(expected__isnull=False),
        "counted": Q(expected__isnull=False, scans__gt=0),
        "twice": Q(scans__gt=1),
        "over_limit": Q(over_limit=1),
    }
    wanted |= {f.value: Q(finding=f) for f in StocktakeLine.Finding}
    # Named apart from the columns, which an aggregate must not hide.
    found = lines.aggregate(**{f"is_{k}": Count("pk", filter=q) for k, q in wanted.items()})
    counts = {key: found[f"is_{key}"] for key in wanted}
    counts["unknown"] = unknown.count()
    return Tally(stocktake=stocktake, lines=lines, unknown=unknown, counts=counts)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What changed since the last count of the same scope, as lines of either count."""

    newly_missing: QuerySet[StocktakeLine]
    found_again: QuerySet[StocktakeLine]
    joined: QuerySet[StocktakeLine]
    left: QuerySet[StocktakeLine]


def difference(stocktake: Stocktake, *, reader: Person, at: datetime) -> Difference:
    """A count beside the one before it; without one before, everything has joined."""
    now = _counted(stocktake.pk, reader, at)
    before = _counted(stocktake.previous_id, reader, at)
    missing = Q(finding=StocktakeLine.Finding.MISSING)
    listed = Q(expected__isnull=False)
    return Difference(
        newly_missing=now.filter(missing).exclude(item__in=before.filter(missing).values("item")),
        found_again=now.filter(scans__gt=0, item__in=before.filter(missing).values("item")),
        joined=now.filter(listed).exclude(item__in=before.filter(listed).values("item")),
        left=before.filter(listed).exclude(item__in=now.filter(listed).values("item")),
    )


def _counted(stocktake: int | None, reader: Person, at: datetime) -> QuerySet[StocktakeLine]:
    lines: QuerySet[StocktakeLine] = StocktakeLine.objects.visible_to(reader, at=at)
    return lines.filter(stocktake=stocktake).select_related("item", "label", "seen_in")


def _open_lines(reader: Person, *, at: datetime) -> QuerySet[HandoverLine]:
    lines: QuerySet[HandoverLine] = HandoverLine.objects.visible_to(reader, at=at)
    open_ones = lines.filter(state=HandoverLine.State.OFFERED)
    return open_ones.select_related("handover", "item", "label").order_by("handover", "id")


def _in_scope(
    reader: Person, at: datetime, scope: Scope
) -> tuple[QuerySet[Item], QuerySet[Movement]]:
    """Items and movements of the reader's own body that the scope speaks of."""
    where: dict[str, object] = {"label__body": reader.body_id}
    if scope.labels is not None:
        where["label__in"] = list(scope.labels)
    if scope.level is not None:
        where["label__level"] = scope.level
    items = Item.objects.visible_to(reader, at=at).filter(**where)
    return items, Movement.objects.visible_to(reader, at=at).filter(**where)


def _figures(
    columns: dict[str, tuple[str, Q]],
    moves: QuerySet[Movement],
    items: QuerySet[Item],
    *,
    scope: Scope,
) -> tuple[Figure, ...]:
    # What passes between holders of the account shows only in the statement of a holder.
    shown = {k: v for k, v in columns.items() if scope.holders is not None or k not in BETWEEN}
    counts = moves.aggregate(**{f"is_{k}": Count("pk", filter=q) for k, (_, q) in shown.items()})
    return tuple(
        Figure(
            key=key,
            label=label,
            count=counts[f"is_{key}"],
            behind=partial(_behind, items, moves, q),
        )
        for key, (label, q) in shown.items()
    )


def _behind(items: QuerySet[Item], moves: QuerySet[Movement], which: Q) -> QuerySet[Item]:
    return items.filter(pk__in=moves.filter(which).values("item"))


def _closing(items: QuerySet[Item], *, scope: Scope) -> Figure:
    if scope.until is not None:
        return _standing("closing", "期末结存", items, scope=scope, moment=scope.until)
    held = items.exclude(state=Item.State.GONE)
    if scope.holders is not None:
        held = held.filter(holder__in=scope.holders)
    return Figure(key="closing", label="期末结存", count=held.count(), behind=lambda: held)


def _standing(
    key: str, label: str, items: QuerySet[Item], *, scope: Scope, moment: datetime | None
) -> Figure:
    """What was held at a moment, by the last movement of each item until then."""
    if moment is None:
        return Figure(key=key, label=label, count=0, behind=items.none)
    until = Movement.unscoped.filter(item=OuterRef("pk"), at__lte=moment)
    last = Subquery(until.order_by("-at", "-id").values("receiver")[:1])
    holders = Holder.objects.filter(kind__in=INSIDE)
    if scope.holders is not None:
        holders = holders.filter(pk__in=scope.holders)
    standing = items.annotate(standing=last).filter(standing__in=holders.values("pk"))
    return Figure(key=key, label=label, count=standing.count(), behind=lambda: standing)
