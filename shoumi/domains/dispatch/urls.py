"""Addresses of the room."""

from django.urls import URLPattern, include, path

from shoumi.domains.dispatch import views
from shoumi.domains.dispatch.registers import (
    BOOK,
    BROUGHT,
    COUNTERSIGNS,
    DELIVERIES,
    LETTERS,
    LINES,
    PAPER_BOOK,
    PAPER_DELIVERIES,
    PAPER_LINES,
    RUNS,
)
from shoumi.platform.registers.register import Register


def on_paper(book: str, register: Register) -> list[URLPattern]:
    """Before the register's own addresses: a ledger goes out in the columns of the paper book."""
    return [
        path(f"{book}/export/", register.export, name=f"{register.slug}-export"),
        path(f"{book}/print/", register.sheet, name=f"{register.slug}-sheet"),
    ]


urlpatterns = [
    path("draft/", views.draft, name="dispatch-draft"),
    path("run/", views.run, name="dispatch-run"),
    path("units/", views.units, name="dispatch-units"),
    path("word/", views.word, name="dispatch-word"),
    path("statistics/", views.statistics, name="dispatch-statistics"),
    *on_paper("book", PAPER_BOOK),
    path("book/", include(BOOK.urls)),
    path("countersigns/", include(COUNTERSIGNS.urls)),
    *on_paper("recipients", PAPER_LINES),
    path("recipients/", include(LINES.urls)),
    *on_paper("deliveries", PAPER_DELIVERIES),
    path("deliveries/", include(DELIVERIES.urls)),
    path("runs/", include(RUNS.urls)),
    path("brought/", include(BROUGHT.urls)),
    path("letters/<row:pk>/form/", views.letter_form, name="dispatch-letters-form"),
    path("letters/<row:pk>/distribution/", views.letter_list, name="dispatch-letters-distribution"),
    # After the book: the page of a letter is the one that shows its whole life.
    path("letters/", include(LETTERS.urls)),
]
