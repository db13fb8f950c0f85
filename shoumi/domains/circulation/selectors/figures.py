"""Figures of a year: lapses by kind, hours by step, papers by class; each with the address of its rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, QuerySet
from django.urls import reverse

from shoumi.domains.circulation.models import Reader
from shoumi.domains.documents.models import Document, Lapse, Opening, Opinion, Telegram
from shoumi.platform.directory.models import Person

Bars = list[tuple[str, int, str]]
DONE = (Document.State.HANDLED, Document.State.ARCHIVED)


@dataclass(frozen=True)
class YearFigures:
    """What the page of a year shows; bars are (label, value, address)."""

    cards: list[tuple[str, int, str, str]]
    lapses: Bars
    hours: list[tuple[str, float, str]]
    categories: Bars
    telegrams: Bars
    rate: str


def year_figures(year: int, *, reader: Person, at: datetime) -> YearFigures:
    """As far as the reader may know the rows. Clauses: documents.lapse, documents.steps."""
    papers = Document.objects.visible_to(reader, at=at).filter(year=year)
    lapses = Lapse.objects.visible_to(reader, at=at).filter(at__year=year)
    unsealed = Opening.objects.visible_to(reader, at=at).filter(seal=Opening.Seal.AWAITED)
    noted = f"{reverse('documents-lapses')}?{_within('at', year)}"
    of_year = f"{reverse('documents')}?year={year}"
    absent, received = lapses.filter(absent=True).count(), papers.count()
    mistakes = lapses.filter(kind=Lapse.Kind.MISTAKE).count()
    return YearFigures(
        cards=[
            ("收文", received, of_year, ""),
            ("差错", lapses.count(), noted, "late"),
            ("按缺岗计", absent, f"{noted}&absent=True", "late"),
            ("待补章", unsealed.count(), f"{reverse('documents-openings')}?seal=awaited", ""),
        ],
        lapses=_grouped(lapses, "kind", Lapse.Kind.choices, f"{noted}&kind="),
        hours=_hours(papers, reader=reader, at=at, address=of_year),
        categories=_grouped(papers, "category", Document.CATEGORIES, f"{of_year}&category="),
        telegrams=_telegrams(year, reader=reader, at=at),
        rate=f"{mistakes / received:.1%}" if received else "无收文",
    )


def _hours(
    papers: QuerySet[Document], *, reader: Person, at: datetime, address: str
) -> list[tuple[str, float, str]]:
    """How many hours after the signature each step was done, on average; steps nobody did are left out."""
    said = Opinion.objects.visible_to(reader, at=at).filter(document__in=papers)
    lines = Reader.objects.visible_to(reader, at=at).filter(circulation__document__in=papers)
    asked: list[tuple[str, QuerySet[Any], str, str]] = [
        ("拟办", said.filter(kind=Opinion.Kind.PROPOSAL), "at", "document__received_at"),
        ("批示", said.filter(kind=Opinion.Kind.INSTRUCTION), "at", "document__received_at"),
        ("送阅", lines, "sent_at", "circulation__document__received_at"),
        ("阅退", lines, "returned_at", "circulation__document__received_at"),
        ("承办反馈", said.filter(kind=Opinion.Kind.REPORT), "at", "document__received_at"),
        ("办结立卷", papers.filter(state__in=DONE), "state_at", "received_at"),
    ]
    found = []
    for label, rows, done, signed in asked:
        span = ExpressionWrapper(F(done) - F(signed), output_field=DurationField())
        average = rows.exclude(**{done: None}).order_by().aggregate(mean=Avg(span))["mean"]
        if average is not None:
            found.append((label, round(average.total_seconds() / 3600, 1), address))
    return found


def _telegrams(year: int, *, reader: Person, at: datetime) -> Bars:
    rows = Telegram.objects.visible_to(reader, at=at).filter(received_at__year=year)
    address = f"{reverse('documents-telegrams')}?{_within('received_at', year)}"
    asked = [
        ("回单及时", "slip_late", False),
        ("回单超时", "slip_late", True),
        ("办结逾期", "close_late", True),
    ]
    counted = [
        (label, rows.filter(**{field: late}).count(), f"{address}&{field}={late}")
        for label, field, late in asked
    ]
    return counted if rows.exists() else []


def _grouped(rows: QuerySet[Any], field: str, words: Any, address: str) -> Bars:
    counted = dict(rows.order_by().values_list(field).annotate(Count("id")))
    return [(label, counted[key], f"{address}{key}") for key, label in words if counted.get(key)]


def _within(field: str, year: int) -> str:
    return f"{field}_from={year}-01-01&{field}_to={year}-12-31"
