"""Filters (筛选): the conditions of a list as they stand in its address."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date

from shoumi.platform.access.paging import begun, where_related
from shoumi.platform.registers.columns import field_of, heading_of

MANY, LATEST = 200, 500


@dataclass(frozen=True)
class Filter:
    """One condition; `choices` are pairs, or a function of (person, at) that gives them."""

    field: str
    label: str = ""
    choices: Iterable[tuple[Any, str]] | Callable[..., Iterable[tuple[Any, str]]] | None = None


@dataclass(frozen=True)
class Control:
    """A condition as the page draws it and as it stands now; kind is choice, dates or text."""

    name: str
    label: str
    kind: str
    choices: list[tuple[str, str]]
    value: str
    until: str = ""

    @property
    def said(self) -> str:
        """The condition in words, for the head of a printed sheet."""
        if self.kind == "dates":
            return (
                f"{self.value or '起始'}至{self.until or '今'}" if self.value or self.until else ""
            )
        return dict(self.choices).get(self.value, self.value)


def control(
    model: type[models.Model],
    condition: Filter | str,
    asked: Mapping[str, str],
    visible: models.QuerySet[Any],
    *,
    person: Any,
    at: Any,
) -> Control:
    """Draw one condition. What it offers comes from rows the person may see, so it betrays nothing."""
    condition = Filter(condition) if isinstance(condition, str) else condition
    name = condition.field
    label = condition.label or heading_of(model, name)
    field = field_of(model, name)
    if isinstance(field, models.DateField):
        since, until = asked.get(f"{name}_from", ""), asked.get(f"{name}_to", "")
        return Control(name, label, "dates", [], since, until)
    choices = _choices(condition, field, visible, person=person, at=at)
    kind = "choice" if choices is not None else "text"
    return Control(name, label, kind, choices or [], asked.get(name, "").strip())


def apply(
    rows: models.QuerySet[Any], model: type[models.Model], chosen: Iterable[Control]
) -> models.QuerySet[Any]:
    """Narrow the rows; a value the page never offered finds nothing."""
    for one in chosen:
        if one.kind == "dates":
            rows = _between(rows, model, one)
        elif one.value and one.kind == "choice":
            known = one.value in dict(one.choices)
            rows = _where(rows, model, one) if known else rows.none()
        elif one.value:
            rows = rows.filter(**{f"{one.name}__icontains": one.value})
    return rows


def order(chosen: Iterable[Control]) -> list[str]:
    """A list narrowed to some days comes in the order of these days, the latest first."""
    return [f"-{one.name}" for one in chosen if one.kind == "dates" and (one.value or one.until)]


def _between(
    rows: models.QuerySet[Any], model: type[models.Model], one: Control
) -> models.QuerySet[Any]:
    """Days are compared as moments where moments are kept, so that an index can serve."""
    is_moment = isinstance(field_of(model, one.name), models.DateTimeField)
    since, until = _day(one.value), _day(one.until)
    if since:
        rows = rows.filter(**{f"{one.name}__gte": _at(since, time.min) if is_moment else since})
    if until:
        rows = rows.filter(**{f"{one.name}__lte": _at(until, time.max) if is_moment else until})
    return rows


def _where(
    rows: models.QuerySet[Any], model: type[models.Model], one: Control
) -> models.QuerySet[Any]:
    first, _, rest = one.name.partition("__")
    link: Any = model._meta.get_field(first)
    if rest and "__" not in rest and (link.many_to_one or link.one_to_one):
        return where_related(rows, link.related_model, key=link.attname, **{rest: one.value})
    return rows.filter(**{one.name: one.value})


def words(typed: str) -> list[str]:
    """The words that are looked for; further ones are not."""
    return typed.split()[:5]


def search(rows: models.QuerySet[Any], fields: Iterable[str], typed: str) -> models.QuerySet[Any]:
    """Rows where every word occurs in one of the fields."""
    for word in words(typed):
        found = models.Q()
        for name in fields:
            found |= models.Q(**{f"{name}__{_how(rows.model, name, word)}": word})
        rows = rows.filter(found)
    return rows


def _how(model: type[models.Model], name: str, word: str) -> str:
    """PostgreSQL knows how common a word is only where it need not change its case."""
    is_text = isinstance(field_of(model, name), models.CharField | models.TextField)
    return "contains" if is_text and word.lower() == word.upper() else "icontains"


def _choices(
    condition: Filter, field: Any, visible: models.QuerySet[Any], *, person: Any, at: Any
) -> list[tuple[str, str]] | None:
    if callable(condition.choices):
        given: Iterable[tuple[Any, str]] = condition.choices(person, at=at)
    elif condition.choices is not None:
        given = condition.choices
    elif isinstance(field, models.BooleanField):
        given = [(True, "是"), (False, "否")]
    elif getattr(field, "choices", None):
        given = field.flatchoices
    elif isinstance(field, models.ForeignKey):
        mine = begun(visible, reader=person, at=at).order_by("-pk")
        newest = mine.values_list(condition.field, flat=True)[:LATEST]
        keys = [k for k in dict.fromkeys(newest) if k is not None][:MANY]
        others = field.related_model._base_manager.in_bulk(keys)
        given = sorted(((k, str(v)) for k, v in others.items()), key=lambda pair: pair[1])
    else:
        return None
    return [(str(value), str(label)) for value, label in given]


def _at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


def _day(text: str) -> date | None:
    """The day somebody typed, if it is one that a paper of these times can bear."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and 1900 <= day.year < 2200 else None
