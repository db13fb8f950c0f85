"""Pages of what one may know, at a cost that does not grow with what one may not.

The gate stays where it always is (`visible_to`). What is added here only helps the database to begin at
the right end: somebody listed on few labels begins with these, somebody listed on nearly all with the rows.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.functional import cached_property

from shoumi.platform.access.models import Labelled, knowable
from shoumi.platform.access.subjects import day_of, subject_of
from shoumi.platform.directory.models import Person

COUNTED = 500
FEW, NEAR = 3_000, 10_000


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
    ) -> None:
        super().__init__(rows, per_page)
        self.rows, self.reader, self.at, self.sort = rows, reader, at, tuple(sort)

    @cached_property
    def keys(self) -> list[Any]:
        """Keys of the rows in their order, at most one more than are counted."""
        return first_keys(self.rows, COUNTED + 1, reader=self.reader, at=self.at)

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


def first_keys(rows: "QuerySet[Any]", most: int, *, reader: Person, at: datetime) -> list[Any]:
    """Keys of the first of these visible rows, in their order."""
    rows = rows.select_related(None).prefetch_related(None)
    if issubclass(rows.model, Labelled):
        near = _near(rows.model, reader=reader, at=at)
        rows = rows if near is None else rows.filter(pk__in=near)
    return list(rows.values_list("pk", flat=True)[:most])


def _near(model: type[Labelled], *, reader: Person, at: datetime) -> list[Any] | None:
    """Keys of all rows under the labels that list the reader, if these are few."""
    labels = knowable(subject_of(reader, at), on=day_of(at)).values_list("label_id", flat=True)
    few = list(labels[: FEW + 1])
    if len(few) > FEW:
        return None
    found = list(model.unscoped.filter(label_id__in=few).values_list("pk", flat=True)[: NEAR + 1])
    return found if len(found) <= NEAR else None


def where_related(
    rows: "QuerySet[Any]", model: type[Model], *, key: str, **condition: Any
) -> "QuerySet[Any]":
    """Rows whose `key` points to a row of `model` under a condition.

    A rare condition is asked for first and the few keys are looked up; a common one is asked row by row.
    Neither database can tell which it is before it has begun.
    """
    found = model._base_manager.filter(**condition)
    few = list(found.values_list("pk", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return rows.filter(**{f"{key}__in": few})
    return rows.filter(Exists(found.filter(pk=OuterRef(key))))
