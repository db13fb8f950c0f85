"""The working calendar of a body: seeded, imported year by year, and kept until it changes."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Count, Max, Q

from shoumi.kernel.workdays import Calendar, DayKind
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.obligations.models import CalendarDay, CalendarYear
from shoumi.platform.trail.memory import forget, remembered

SEED = Path(__file__).parent / "data" / "holidays.json"

_KEPT: dict[int, tuple[tuple[Any, ...], Calendar]] = {}


def calendar_for(body: Body) -> Calendar:
    """The calendar of a body; read anew only when a day was added, replaced or taken away."""
    return remembered(("calendar", body.pk), lambda: _current(body))


def _current(body: Body) -> Calendar:
    days = CalendarDay.objects.filter(Q(body=None) | Q(body=body))
    # The salt is random, so two calendars with the same keys are still told apart.
    version = tuple(days.aggregate(Max("id"), Count("id"), Max("salt")).values())
    kept = _KEPT.get(body.pk)
    if kept is None or kept[0] != version:
        years = CalendarYear.objects.filter(replaced_at=None).values_list("year", flat=True)
        found = Calendar(days=_kinds(body), known_years=frozenset(years))
        kept = _KEPT[body.pk] = (version, found)
    return kept[1]


def _kinds(body: Body) -> dict[date, DayKind]:
    """A body's own holiday does not undo a shifted working day of the state."""
    rows = CalendarDay.objects.filter(Q(body=None) | Q(body=body))
    own: dict[date, DayKind] = {}
    common: dict[date, DayKind] = {}
    for body_id, day, kind in rows.values_list("body", "date", "kind"):
        (common if body_id is None else own)[day] = DayKind(kind)
    return own | common


def seeded_years() -> Iterator[tuple[int, str, list[tuple[date, DayKind, str]]]]:
    """Year, source and days of the calendar that comes with the program."""
    raw = json.loads(SEED.read_text(encoding="utf-8"))
    for year, lists in raw["years"].items():
        days = [
            (day, kind, name)
            for kind, spans in ((DayKind.HOLIDAY, lists["off"]), (DayKind.SHIFTED, lists["work"]))
            for span in spans
            for day, name in _span(int(year), span)
        ]
        yield int(year), raw["source"], days


def lay_down(
    *,
    year: int,
    papers: list[str],
    days: list[tuple[date, DayKind, str]],
    actor: Person,
    at: datetime,
) -> CalendarYear:
    """Put one year in force in place of what stood there; inside the act of its import."""
    CalendarDay.objects.filter(notice__year=year, notice__replaced_at=None).delete()
    CalendarYear.objects.filter(year=year, replaced_at=None).update(replaced_at=at)
    CalendarDay.objects.filter(body=None, date__in=[day for day, _, _ in days]).delete()
    notice = CalendarYear.objects.create(
        year=year, papers=papers, imported_by=actor, imported_at=at
    )
    source = "、".join(papers)[:200]
    CalendarDay.objects.bulk_create(
        CalendarDay(notice=notice, date=day, kind=kind.value, name=name, source=source)
        for day, kind, name in days
    )
    forget()
    return notice


def _span(year: int, text: str) -> Iterator[tuple[date, str]]:
    """`春节 02-15~02-23` as its days."""
    name, days = text.split(" ")
    first, _, last = days.partition("~")
    day = date.fromisoformat(f"{year}-{first}")
    while day <= date.fromisoformat(f"{year}-{last or first}"):
        yield day, name
        day += timedelta(days=1)
