"""Pages of what one may know, at a cost that does not grow with what one may not.

The gate stays where it always is (`visible_to`). What is added here only helps the database to begin at
the right end: somebody listed on few labels begins with these, somebody listed on nearly all with the rows.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.functional import cached_property

from shoumi.platform.access.finding import labels_with
from shoumi.platform.access.models import Labelled, knowable
from shoumi.platform.access.subjects import day_of, subject_of
from shoumi.platform.directory.models import Person

COUNTED = 500
# So many look-ups cost no more than passing over the rows that are not meant.
FEW = 10_000
WRITTEN = 3_000


class VisiblePaginator(Paginator):  # type: ignore[type-arg]
    """Django's paginator over the first COUNTED keys of a list, fetched at once and in its order.

    Further rows are not counted: the page says 「500 条以上」, since nobody turns to page twenty-six, and a
    list of which not all is known is not sorted anew.
    """

    def __init__(
        self,
        rows: "QuerySet[Any]",
        per_page: int,
        *,
        reader: Person,
        at: datetime,
        sort: Sequence[str] = (),
        words: Sequence[str] = (),
    ) -> None:
        super().__init__(rows, per_page)
        self.rows, self.reader, self.at = rows, reader, at
        self.sort, self.words = tuple(sort), tuple(words)

    @cached_property
    def keys(self) -> list[Any]:
        """Keys of the rows in their order, at most one more than are counted."""
        most = COUNTED + 1
        return first_keys(self.rows, most, reader=self.reader, at=self.at, words=self.words)

    @cached_property
    def count(self) -> int:
        return min(len(self.keys), COUNTED)

    @property
    def is_more(self) -> bool:
        return len(self.keys) > COUNTED

    def page(self, number: int | str) -> Any:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        keys = self.keys[:COUNTED]
        if self.sort and not self.is_more:
            found = self.rows.filter(pk__in=keys).order_by(*self.sort, "-pk")
            return Page(list(found[start : start + self.per_page]), number, self)
        keys = keys[start : start + self.per_page]
        found = self.rows.filter(pk__in=keys).order_by()
        order = {key: place for place, key in enumerate(keys)}
        return Page(sorted(found, key=lambda row: order[row.pk]), number, self)


def first_keys(
    rows: "QuerySet[Any]", most: int, *, reader: Person, at: datetime, words: Sequence[str] = ()
) -> list[Any]:
    """Keys of the first of these visible rows, in their order.

    `words` are such as every one of the rows has in its `found_by`. Somebody listed on few labels begins
    with these whatever they look for, so that the time tells nothing of words they may not know.
    """
    rows = rows.select_related(None).prefetch_related(None)
    rows = begun(rows, reader=reader, at=at, words=words)
    return list(rows.values_list("pk", flat=True)[:most])


def begun(
    rows: "QuerySet[Any]", *, reader: Person, at: datetime, words: Sequence[str] = ()
) -> "QuerySet[Any]":
    """The same rows, begun with the labels of the reader or of the words where these are few."""
    if not issubclass(rows.model, Labelled):
        return rows
    mine = knowable(subject_of(reader, at), on=day_of(at))
    return _under(rows, mine) if _are_few(mine) else _where_written(rows, words)


def _are_few(rows: "QuerySet[Any, Any]") -> bool:
    return rows.order_by()[: FEW + 1].count() <= FEW


def _where_written(rows: "QuerySet[Any]", words: Sequence[str]) -> "QuerySet[Any]":
    """Only rows under the labels where a rare word may stand; a common one is met on the way."""
    for word in words:
        few = labels_with(rows.model, word, most=WRITTEN)
        rows = rows if few is None else _under(rows, few)
    return rows


def _under(rows: "QuerySet[Any]", labels: Any) -> "QuerySet[Any]":
    """Rows under these labels, and begun with them.

    PostgreSQL knows that they are few; SQLite does not, and must be kept from beginning elsewhere.
    """
    if connection.vendor == "postgresql":
        return rows.filter(label__in=labels)
    return rows.filter(pk__in=rows.model.unscoped.filter(label__in=labels).values("pk"))


def where_related(
    rows: "QuerySet[Any]", model: type[Model], *, key: str, **condition: Any
) -> "QuerySet[Any]":
    """Rows whose `key` points to a row of `model` under a condition.

    A rare condition is asked for first and its rows are looked up; a common one is asked row by row.
    Neither database can tell which it is before it has begun.
    """
    found = model._base_manager.filter(**condition)
    if _are_few(found):
        return rows.filter(**{f"{key}__in": found.values("pk")})
    return rows.filter(Exists(found.filter(pk=OuterRef(key))))
