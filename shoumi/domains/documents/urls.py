"""Addresses of the registers of papers."""

from django.urls import include, path

from shoumi.domains.documents import views
from shoumi.domains.documents.registers import (
    CHECKS,
    COPIES,
    FILED,
    OPINIONS,
    RECEIVED,
    SHEETS,
)
from shoumi.domains.documents.registers.matters import (
    ATTENDANCES,
    FILING_CHECKS,
    FILING_LINES,
    LAPSES,
    OPENINGS,
    RETURNS,
    TELEGRAMS,
)

urlpatterns = [
    path("receive/", views.receive, name="documents-receive"),
    # Before the register's own addresses: the ledger goes out in the columns of the paper book.
    path("export/", views.export, name="documents-export"),
    path("print/", views.book, name="documents-sheet"),
    path("copies/", include(COPIES.urls)),
    path("opinions/", include(OPINIONS.urls)),
    path("checks/", include(CHECKS.urls)),
    path("openings/", include(OPENINGS.urls)),
    path("returns/", include(RETURNS.urls)),
    path("telegrams/", include(TELEGRAMS.urls)),
    path("lapses/", include(LAPSES.urls)),
    path("attendances/", include(ATTENDANCES.urls)),
    path("filing/checks/", include(FILING_CHECKS.urls)),
    path("filing/lines/", include(FILING_LINES.urls)),
    # Before the register of received papers: the page of a paper is the one of that register.
    path("filing/", include(FILED.urls)),
    path("labels/<row:pk>/", views.label_sheet, name="documents-labels-detail"),
    path("labels/", include(SHEETS.urls)),
    path("<row:pk>/slip/", views.slip, name="documents-slip"),
    path("<row:pk>/statement/", views.account, name="documents-statement"),
    path("", include(RECEIVED.urls)),
]
