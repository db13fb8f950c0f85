"""Questions of the room: what lies on the shelf, what I hold and when it is due, who holds how much."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from shoumi.domains.circulation.models import Reader
from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.handling.models import Carrying, Loan, Succession
from shoumi.kernel.levels import Level
from shoumi.platform.access.acting import posts_held
from shoumi.platform.approvals.models import Seat
from shoumi.platform.custody import selectors as ledger
from shoumi.platform.custody.models import (
    Handover,
    Holder,
    Item,
    Scan,
    Stocktake,
    StocktakeLine,
)
from shoumi.platform.directory.models import SYSTEM_ACCOUNT, Person, Place

# Who looks after the room's books for the whole body, as far as each of them may know.
KEEPERS = frozenset({"registrar", "office_director", "secrecy_office", "deputy_leader", "head"})
NEAR = ("label", "holder__person", "holder__place", "holder__outside")


def keeps(person: Person, *, at: datetime) -> bool:
    return bool(KEEPERS & posts_held(person, at=at))


def concerning(person: Person, *roles: str) -> Q:
    """Requests of one's own, those one decides, and those in which one has a part."""
    seats = Seat.objects.filter(person=person).values("step__case")
    mine = Q(case__in=seats)
    for role in ("asked_by", *roles):
        mine |= Q(**{role: person})
    return mine


def in_account(reader: Person, *, at: datetime) -> QuerySet[Item]:
    """Everything of the reader's body that the reader may know and that has not left the account."""
    rows: QuerySet[Item] = Item.objects.visible_to(reader, at=at)
    own = rows.filter(label__body=reader.body_id).exclude(state=Item.State.GONE)
    return own.select_related(*NEAR)


def on_shelf(reader: Person, *, at: datetime) -> QuerySet[Item]:
    """What lies in the registry and is kept for nobody."""
    return in_account(reader, at=at).filter(holder_kind=Holder.Kind.PLACE, state=Item.State.HELD)


def finished_on_shelf(reader: Person, *, at: datetime) -> QuerySet[Item]:
    """Copies of papers that were handled: ready for the archive."""
    done = Copy.objects.visible_to(reader, at=at).filter(
        document__state__in=[Document.State.HANDLED, Document.State.ARCHIVED]
    )
    return on_shelf(reader, at=at).filter(pk__in=done.values("item"))


def held_by_person(reader: Person, holder: Person | None, *, at: datetime) -> QuerySet[Item]:
    """What a person answers for and could hand over today."""
    held = in_account(reader, at=at).filter(holder__person=holder, state=Item.State.HELD)
    out = Loan.objects.visible_to(reader, at=at).filter(state__in=Loan.OUT)
    return held.exclude(pk__in=out.values("item")) if holder else held.none()


def holders_among(reader: Person, *, at: datetime) -> QuerySet[Person]:
    """People who hold something that the reader may know."""
    held = in_account(reader, at=at).filter(holder_kind=Holder.Kind.PERSON)
    return Person.objects.filter(pk__in=held.values("holder__person")).order_by("name", "id")


def colleagues(reader: Person) -> QuerySet[Person]:
    """Everybody of the body with a working account."""
    found = Person.objects.filter(body=reader.body_id, active=True, account__isnull=False)
    found = found.exclude(account=SYSTEM_ACCOUNT)
    return found.select_related("department").order_by("name", "id")


def places_of(reader: Person) -> QuerySet[Place]:
    return Place.objects.filter(body=reader.body_id, active=True).order_by("kind", "name")


# ---- what I hold


@dataclass
class Held:
    """One piece on my account: since which act, until when, and where it is given back."""

    item: Item
    why: str
    due_at: datetime | None = None
    page: tuple[str, int] | None = None


def holdings(person: Person, *, at: datetime) -> list[Held]:
    """What I answer for, whatever is due first first; a few questions however much there is."""
    items = in_account(person, at=at).filter(holder__person=person).order_by("name", "id")
    loans = Loan.objects.visible_to(person, at=at).filter(asked_by=person, state__in=Loan.OUT)
    loan_of = {loan.item_id: loan for loan in loans}
    reading = Reader.objects.visible_to(person, at=at).filter(
        person=person, state__in=(Reader.State.READING, Reader.State.GIVEN_BACK)
    )
    read_as = {
        reader.copy.item_id: reader for reader in reading.select_related("copy") if reader.copy
    }
    trips = Carrying.objects.visible_to(person, at=at).filter(
        asked_by=person, state=Carrying.State.OUT
    )
    trip_of = {line.item_id: trip for trip in trips for line in trip.lines_for(person, at=at)}
    held = [_held(item, loan_of, read_as, trip_of) for item in items]
    last = max((h.due_at for h in held if h.due_at), default=at)
    return sorted(held, key=lambda h: (h.due_at is None, h.due_at or last, h.item.pk))


def _held(
    item: Item, loans: dict[int, Loan], reading: dict[int, Reader], trips: dict[int, Carrying]
) -> Held:
    if loan := loans.get(item.pk):
        return Held(item, "借阅", loan.due_at, ("handling-loans-detail", loan.pk))
    if reader := reading.get(item.pk):
        return Held(item, "传阅", reader.due_at, ("circulation-readers-detail", reader.pk))
    if trip := trips.get(item.pk):
        return Held(item, "携带外出", trip.due_at, ("handling-carryings-detail", trip.pk))
    return Held(item, "保管")


@dataclass
class Batch:
    """One hand-over that waits for a signature, and the page on which it is signed."""

    handover: Handover
    items: list[Item] = field(default_factory=list)
    page: tuple[str, int] | None = None

    @property
    def level(self) -> Level:
        return max((item.level for item in self.items), default=Level.PUBLIC)


def batches_for(person: Person, *, at: datetime) -> list[Batch]:
    """What was put before me and waits for my signature."""
    batches = _batches(ledger.offers_to(person, at=at))
    keys = [batch.handover.pk for batch in batches]
    pages: dict[int | None, tuple[str, int]] = {}
    for loan in Loan.objects.visible_to(person, at=at).filter(outward__in=keys):
        pages[loan.outward_id] = ("handling-loans-detail", loan.pk)
    for trip in Carrying.objects.visible_to(person, at=at).filter(outward__in=keys):
        pages[trip.outward_id] = ("handling-carryings-detail", trip.pk)
    for reader in Reader.objects.visible_to(person, at=at).filter(outward__in=keys):
        pages[reader.outward_id] = ("circulation-readers-detail", reader.pk)
    for handing in Succession.objects.visible_to(person, at=at).filter(handover__in=keys):
        pages[handing.handover_id] = ("handling-successions-sign", handing.pk)
    for batch in batches:
        batch.page = pages.get(batch.handover.pk, ("handling-batch", batch.handover.pk))
    return batches


def batches_by(person: Person, *, at: datetime) -> list[Batch]:
    """What I have offered and nobody has signed for: I still answer for it."""
    return _batches(ledger.offers_by(person, at=at))


def batches_back(registrar: Person, *, at: datetime) -> list[Batch]:
    """What people have given back and nobody has counted yet."""
    batches = _batches(ledger.offers_to_registry(registrar, at=at))
    keys = [batch.handover.pk for batch in batches]
    pages: dict[int | None, tuple[str, int]] = {}
    for loan in Loan.objects.visible_to(registrar, at=at).filter(homeward__in=keys):
        pages[loan.homeward_id] = ("handling-loans-detail", loan.pk)
    for reader in Reader.objects.visible_to(registrar, at=at).filter(homeward__in=keys):
        pages[reader.homeward_id] = ("circulation-readers-detail", reader.pk)
    for batch in batches:
        batch.page = pages.get(batch.handover.pk, ("handling-batch", batch.handover.pk))
    return batches


def _batches(lines: Iterable[Any]) -> list[Batch]:
    found: dict[int, Batch] = {}
    for line in lines:
        batch = found.setdefault(line.handover_id, Batch(line.handover))
        batch.items.append(line.item)
    return list(found.values())


# ---- the account of the registry


@dataclass
class Row:
    """One holder's line in the account: how many at each level."""

    holder: Holder
    counts: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def account(reader: Person, *, at: datetime) -> tuple[list[Row], list[Row]]:
    """Places and people with what each holds, by level; two questions."""
    counted = (
        in_account(reader, at=at)
        .select_related(None)
        .order_by()
        .values_list("holder", "label__level")
        .annotate(Count("pk"))
    )
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    for holder, level, count in counted:
        counts[holder][level] = count
    near = ("person__department", "place", "outside")
    holders = Holder.objects.filter(pk__in=counts).select_related(*near)
    rows = sorted((Row(h, counts[h.pk]) for h in holders), key=lambda r: (-r.total, r.holder.pk))
    places = [row for row in rows if row.holder.place_id is not None]
    return places, [row for row in rows if row.holder.place_id is None]


# ---- stock-takes


def stocktakes(reader: Person, *, at: datetime) -> QuerySet[Stocktake]:
    """Counts of the body for its keepers; for others, those they witnessed."""
    found = Stocktake.objects.filter(body=reader.body_id)
    if not keeps(reader, at=at):
        found = found.filter(witness=reader)
    near = ("holder__person", "holder__place", "opened_by", "closed_by", "witness")
    return found.select_related(*near).order_by("-id")


def knows_whole_count(
    witness: Person, stocktake: Stocktake, *, counter: Person, at: datetime
) -> bool:
    """Whether a witness may know every carrier that the one who counts has counted."""
    lines = StocktakeLine.objects.visible_to(counter, at=at).filter(stocktake=stocktake)
    known = StocktakeLine.objects.visible_to(witness, at=at).filter(stocktake=stocktake)
    return not lines.exclude(pk__in=known.values("pk")).exists()


def scans_of(stocktake: Stocktake, *, most: int = 10) -> list[Scan]:
    """The last codes read, the newest first."""
    return list(
        Scan.objects.filter(stocktake=stocktake)
        .select_related("place", "by")
        .order_by("-id")[:most]
    )
