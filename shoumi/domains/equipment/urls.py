"""Addresses of the room."""

from django.urls import URLPattern, include, path
from django.views.decorators.http import require_safe

from shoumi.domains.equipment import views
from shoumi.domains.equipment.registers import (
    CHECKS,
    CRYPTO,
    DEVICES,
    DISPOSALS,
    FOUR,
    PERMITS,
    PROVIDERS,
    REPAIRS,
    USES,
)
from shoumi.domains.equipment.registers.devices import Ledger


def book(ledger: Ledger) -> list[URLPattern]:
    """List, export and print of a ledger; the page of a row is the device's own."""
    name = ledger.slug
    at = name.removeprefix("equipment-")
    return [
        path(f"{at}/", require_safe(ledger.index), name=name),
        path(f"{at}/export/", ledger.export, name=f"{name}-export"),
        path(f"{at}/print/", require_safe(ledger.sheet), name=f"{name}-sheet"),
    ]


urlpatterns = [
    path("overview/", views.overview, name="equipment"),
    path("scan/", views.scan, name="equipment-scan"),
    path("signs/", views.signs, name="equipment-signs"),
    path("devices/<row:pk>/sheet/", views.check, name="equipment-check"),
    path("devices/<row:pk>/pledge/", views.pledge, name="equipment-pledge"),
    path("disposals/<row:pk>/list/", views.disposal, name="equipment-disposals-paper"),
    *(pattern for ledger in FOUR for pattern in book(ledger)),
    path("devices/", include(DEVICES.urls)),
    path("uses/", include(USES.urls)),
    path("permits/", include(PERMITS.urls)),
    path("repairs/", include(REPAIRS.urls)),
    path("checks/", include(CHECKS.urls)),
    path("disposals/", include(DISPOSALS.urls)),
    path("crypto/", include(CRYPTO.urls)),
    path("providers/", include(PROVIDERS.urls)),
]
