"""What the books of requests have in common."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from shoumi.domains.handling.selectors import concerning, keeps
from shoumi.platform.registers.addresses import address_of
from shoumi.platform.registers.register import Register

# Numbers that are read as one word are not broken over two lines.
WHOLE = ("number", "item__name", "asked_by__department", "certificate")


def linked(row: Any, words: str) -> Any:
    """A link to the page of another row, where one shows it."""
    address = address_of(row)
    return format_html('<a href="{}">{}</a>', address, words) if address else words


class Requests(Register):
    """Books of requests: their keepers see every one they may know, everybody else their own."""

    parts: tuple[str, ...] = ()
    paper = ""

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        found = super().visible(person, at=at)
        return found if keeps(person, at=at) else found.filter(concerning(person, *self.parts))

    def cell(self, row: Any, column: str) -> Any:
        if column == "case" and row.case is not None:
            return linked(row.case, f"{row.case.title}（{row.case.get_state_display()}）")
        if column == "item":
            return linked(row.item, row.item.name)
        said = super().cell(row, column)
        if column in WHOLE:
            return format_html('<span class="text-nowrap">{}</span>', said)
        # None of them is a finding too, and not an empty field.
        return "0" if isinstance(said, int) and said == 0 else said

    def page(
        self, request: HttpRequest, part: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        return super().page(request, part, context | {"paper": self.paper}, status)
