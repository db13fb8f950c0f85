"""Pages of a list (分页): 20, 50 or 100 rows, in the order of the ledger or of a column."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest

from shoumi.platform.access.paging import VisiblePaginator
from shoumi.platform.registers import conditions
from shoumi.platform.ui.context import person_of
from shoumi.platform.ui.templatetags.ui import SIZES


def page_of(
    rows: QuerySet[Any], request: HttpRequest, register: Any = None, *, at: datetime
) -> "Page[Any]":
    """The page the address asks for, or the nearest there is; long lists keep their own order."""
    asked = request.GET.get("size", "")
    size = int(asked) if asked in map(str, SIZES) else SIZES[0]
    pages = VisiblePaginator(
        rows,
        size,
        reader=person_of(request),
        at=at,
        sort=_sorts(request, register.sortable()) if register else [],
        words=_words(request, register) if register else [],
    )
    return pages.get_page(request.GET.get("page"))


def as_asked(rows: QuerySet[Any], request: HttpRequest, sortable: Collection[str]) -> QuerySet[Any]:
    """All rows, by the column that the address names if it may."""
    return rows.order_by(*_sorts(request, sortable), *rows.query.order_by)


def _words(request: HttpRequest, register: Any) -> list[str]:
    """What was typed, if the model of the register is found by its words in all these fields."""
    indexed = set(register.search) <= set(getattr(register.model, "found_by", ()))
    return conditions.words(request.GET.get("q", "")) if indexed else []


def _sorts(request: HttpRequest, sortable: Collection[str]) -> list[str]:
    asked = request.GET.get("sort", "")
    return [asked] if asked.removeprefix("-") in sortable else []
