"""Filters (筛选): the conditions of a list as they stand in its address."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date

from shoumi.platform.registers.columns import field_of, heading_of

MANY = 200


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
            field = field_of(model, one.name)
            part = f"{one.name}__date" if isinstance(field, models.DateTimeField) else one.name
            if since := _day(one.value):
                rows = rows.filter(**{f"{part}__gte": since})
            if until := _day(one.until):
                rows = rows.filter(**{f"{part}__lte": until})
        elif one.value and one.kind == "choice":
            known = one.value in dict(one.choices)
            rows = rows.filter(**{one.name: one.value}) if known else rows.none()
        elif one.value:
            rows = rows.filter(**{f"{one.name}__icontains": one.value})
    return rows


def search(rows: models.QuerySet[Any], fields: Iterable[str], words: str) -> models.QuerySet[Any]:
    """Rows where every word occurs in one of the fields."""
    for word in words.split()[:5]:
        found = models.Q()
        for name in fields:
            found |= models.Q(**{f"{name}__icontains": word})
        rows = rows.filter(found)
    return rows


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
        keys = visible.order_by().values_list(condition.field, flat=True).distinct()[:MANY]
        others = field.related_model._base_manager.in_bulk([k for k in keys if k is not None])
        given = sorted(((k, str(v)) for k, v in others.items()), key=lambda pair: pair[1])
    else:
        return None
    return [(str(value), str(label)) for value, label in given]


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
