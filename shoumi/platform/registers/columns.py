"""Columns (栏目): what a path such as `label__level` is called, holds, and how it is put into words."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.html import format_html

from shoumi.kernel.levels import Level
from shoumi.platform.access.models import Label
from shoumi.platform.ui.templatetags.ui import holder, level_badge, state_badge

STATES = ("status", "state")


def field_of(model: type[models.Model], path: str) -> "models.Field[Any, Any] | None":
    """The field at the end of a path, or None for a property."""
    field: Any = None
    for part in path.split("__"):
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return None
        if field.is_relation:
            model = field.related_model
    return field if isinstance(field, models.Field) else None


def heading_of(model: type[models.Model], path: str) -> str:
    """The verbose name of a field; a property is named by the register (`headings`)."""
    field = field_of(model, path)
    if field is not None:
        return str(field.verbose_name)
    return {"level": "密级"}.get(path, path)


def side_of(model: type[models.Model], path: str) -> str:
    """Text stands left, numbers right, dates and levels in the middle."""
    field = field_of(model, path)
    if path.endswith("level") or isinstance(field, (models.DateField, models.BooleanField)):
        return "centre"
    if isinstance(field, (models.IntegerField, models.DecimalField)) and not field.choices:
        return "right"
    return ""


def joins(model: type[models.Model], paths: tuple[str, ...]) -> list[str]:
    """What must be fetched with the rows so that no cell asks the database again."""
    labelled = any(f.name == "label" and f.related_model is Label for f in model._meta.fields)
    found: dict[str, None] = {}
    for path in (*(["label"] if labelled else []), *paths):
        here, steps = model, []
        for part in path.split("__"):
            field = next((f for f in here._meta.fields if f.name == part), None)
            if field is None or field.related_model is None:
                break
            steps.append(part)
            here = field.related_model
        if steps:
            found["__".join(steps)] = None
    return list(found)


def value_of(row: Any, path: str) -> Any:
    """What a path holds in a row; stored codes come as their Chinese words."""
    *way, last = path.split("__")
    for part in way:
        row = getattr(row, part)
        if row is None:
            return None
    if last == "level" and getattr(row, last, None) is not None:
        return Level(getattr(row, last))
    display = getattr(row, f"get_{last}_display", None)
    value = display() if display else getattr(row, last)
    return value() if callable(value) else value


def words(value: Any) -> Any:
    """A value for a sheet: numbers stay numbers, all else is text."""
    if value is None:
        return ""
    if isinstance(value, Level):
        return value.label
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float, Decimal)):
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return "、".join(str(words(v)) for v in value)
    return str(value)


def shown(row: Any, path: str, value: Any) -> Any:
    """A value for the page: levels and states as badges, long text on two lines, the rest as words."""
    if isinstance(value, Level):
        return level_badge(value)
    if isinstance(value, models.Model) and value._meta.model_name == "holder":
        return holder(value)
    last = path.rpartition("__")[2]
    if last in STATES and value not in (None, ""):
        tones = getattr(row, "TONES", {})
        return state_badge(value, tones.get(getattr(row, last, ""), ""))
    said = words(value)
    if isinstance(said, str) and len(said) > 18 and not isinstance(value, datetime):
        return format_html('<span class="clip" title="{}">{}</span>', said, said)
    return said
