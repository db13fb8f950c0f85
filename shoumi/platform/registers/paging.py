"""Pages of a list (分页): 20, 50 or 100 rows, counted no further than somebody will turn."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from shoumi.platform.ui.templatetags.ui import SIZES

MOST = 10_000


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """A million rows are not counted to show twenty; the page then says 「以上」."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[:MOST].count())

    @property
    def is_capped(self) -> bool:
        return self.count >= MOST


def page_of(rows: QuerySet[Any], request: HttpRequest) -> "Page[Any]":
    """The page the address asks for, or the nearest there is."""
    asked = request.GET.get("size", "")
    size = int(asked) if asked in map(str, SIZES) else SIZES[0]
    return CappedPaginator(rows, size).get_page(request.GET.get("page"))
