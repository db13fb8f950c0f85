"""Figures for the registry (统计): every number is a count over what the reader may know, and a link."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.urls import reverse

from shoumi.domains.circulation.models import Reader
from shoumi.domains.documents.models import Document
from shoumi.kernel.levels import Level
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations import selectors as duties

MONTHS = 12


@dataclass(frozen=True)
class Figures:
    """What the page shows; bars are (label, value, address)."""

    cards: list[tuple[str, int, str, str]]
    by_month: list[tuple[str, int, str]]
    by_level: list[tuple[str, int, str]]
    by_state: list[tuple[str, int, str]]
    by_holder: list[tuple[str, int, str]]


def figures(*, reader: Person, at: datetime) -> Figures:
    """Five questions to the database, however much there is."""
    documents = Document.objects.visible_to(reader, at=at)
    items = Item.objects.visible_to(reader, at=at).exclude(state=Item.State.GONE)
    out = items.filter(holder_kind=Holder.Kind.PERSON)
    reading = Reader.objects.visible_to(reader, at=at).filter(state__in=Reader.OUT)
    since = _month_before(day_of(at), MONTHS - 1)
    return Figures(
        cards=[
            ("在管载体", items.count(), reverse("items"), ""),
            ("在个人手中", out.count(), f"{reverse('items')}?holder_kind=person", ""),
            ("传阅在外", reading.count(), reverse("circulation-late"), ""),
            ("逾期事项", duties.overdue(reader, at=at).count(), "/?tab=late", "late"),
        ],
        by_month=_months(documents, since=since),
        by_level=_grouped(
            documents, "label__level", {x.value: x.label for x in reversed(Level)}, "documents"
        ),
        by_state=_grouped(documents, "state", dict(Document.State.choices), "documents"),
        by_holder=_grouped(items, "holder_kind", dict(Holder.Kind.choices), "items"),
    )


def _months(documents: Any, *, since: date) -> list[tuple[str, int, str]]:
    rows = (
        documents.filter(received_at__date__gte=since)
        .annotate(month=TruncMonth("received_at"))
        .values_list("month")
        .annotate(Count("id"))
        .order_by("month")
    )
    found = {f"{month:%Y-%m}": count for month, count in rows}
    months = []
    day = since
    for _ in range(MONTHS):
        name = f"{day:%Y-%m}"
        following = (day + timedelta(days=32)).replace(day=1)
        last = following - timedelta(days=1)
        address = f"{reverse('documents')}?received_at_from={day}&received_at_to={last}"
        months.append((name, found.get(name, 0), address))
        day = following
    return months


def _grouped(
    rows: Any, field: str, words: dict[Any, str], register: str
) -> list[tuple[str, int, str]]:
    counted = dict(rows.order_by().values_list(field).annotate(Count("id")))
    return [
        (label, counted[key], f"{reverse(register)}?{field}={key}")
        for key, label in words.items()
        if counted.get(key)
    ]


def _month_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
