"""Sealed rows: one canonical text for the meaning of a row, the same on both databases."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from shoumi.kernel.chain import canonical, sm3

GONE = "-"


def row_digest(table: str, key: int, values: Iterable[Any]) -> str:
    """Digest of a row: its table, its key, and each column in order."""
    text = json.dumps(
        [table, key, *values], ensure_ascii=False, separators=(",", ":"), default=repr
    )
    return sm3(text.encode())


def read_rows(
    connection: BaseDatabaseWrapper,
    model: type[models.Model],
    keys: list[int] | None = None,
) -> Iterator[tuple[int, list[Any]]]:
    """(key, canonical column values) of the rows with these keys, or of all rows in key order.

    Dates and times are read as text on SQLite: a value put there by hand must be seen as it stands, and not
    as a converter would kindly read it.
    """
    fields = list(model._meta.concrete_fields)
    as_text = connection.vendor == "sqlite"
    columns = ", ".join(
        f'CAST("{f.column}" AS TEXT)' if as_text and kind_of(f) in _AS_TEXT else f'"{f.column}"'
        for f in fields
    )
    sql = f'SELECT "id", {columns} FROM "{model._meta.db_table}"'
    converters = [_CONVERTERS.get(kind_of(f), _plain) for f in fields]
    with connection.cursor() as cursor:
        if keys is None:
            cursor.execute(sql + ' ORDER BY "id"')
        else:
            marks = ", ".join(["%s"] * len(keys))
            cursor.execute(f'{sql} WHERE "id" IN ({marks}) ORDER BY "id"', keys)
        while rows := cursor.fetchmany(2_000):
            for row in rows:
                yield row[0], [_read(c, v) for c, v in zip(converters, row[1:], strict=True)]


def image(model: type[models.Model], old: str) -> dict[str, Any]:
    """The canonical values of a row as a trigger saw it before the act (JSON of raw columns)."""
    raw = json.loads(old)
    return {
        name: None if raw.get(name) is None else _CONVERTERS.get(kind_of(f), _plain)(raw[name])
        for f in model._meta.concrete_fields
        for name in [str(f.column)]
    }


def kind_of(field: "models.Field[Any, Any]") -> str:
    """What a column holds; a foreign key holds what its target does."""
    target: Any = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    return str(target.get_internal_type())


def _read(converter: Callable[[Any], Any], value: Any) -> Any:
    """The canonical value; what no act can have written (a word in a date) stands as it is."""
    if value is None:
        return None
    try:
        return converter(value)
    except (ValueError, ArithmeticError, TypeError):
        return repr(value)


def _plain(value: Any) -> Any:
    return value


def _moment(value: Any) -> str:
    """UTC to the microsecond, as SQLite keeps it: the commonest form must cost nothing to make."""
    if isinstance(value, str):
        if "T" in value:
            return _moment(datetime.fromisoformat(value))
        return f"{value}.000000" if len(value) == 19 else value
    if value.tzinfo is not None:
        value = value.astimezone(UTC)
    return f"{value:%Y-%m-%d %H:%M:%S.%f}"


def _day(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _decimal(value: Any) -> str:
    return format(Decimal(str(value)).normalize(), "f")


def _json(value: Any) -> str:
    return canonical(json.loads(value) if isinstance(value, str) else value)


# A converter would kindly read a hand-written "2" as false, and a crooked time as none.
_AS_TEXT = {"DateTimeField", "DateField", "TimeField", "BooleanField"}
_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": _moment,
    "DateField": _day,
    "TimeField": str,
    "DecimalField": _decimal,
    "BooleanField": int,
    "JSONField": _json,
}
