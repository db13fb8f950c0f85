"""The addresses that these tests call, composed as the product composes them."""

from django.urls import include, path

import shoumi.config.rooms  # noqa: F401
from shoumi.desk.registers import CASES

urlpatterns = [
    path("cases/", include(CASES.urls)),
    path("ledgers/", include("shoumi.domains.ledgers.urls")),
    path("organisation/", include("shoumi.domains.organisation.urls")),
]
handler404 = "shoumi.platform.ui.errors.not_found"
