"""The addresses that these tests call, composed as the product composes them."""

from django.urls import include, path

import shoumi.config.rooms  # noqa: F401
from shoumi.desk.registers import CASES

urlpatterns = [
    path("", include("shoumi.desk.urls")),
    path("rulebook/", include("shoumi.desk.rules_urls")),
    path("cases/", include(CASES.urls)),
    path("documents/", include("shoumi.domains.documents.urls")),
    path("circulation/", include("shoumi.domains.circulation.urls")),
    path("handling/", include("shoumi.domains.handling.urls")),
    path("facilities/", include("shoumi.domains.facilities.urls")),
]
handler404 = "shoumi.platform.ui.errors.not_found"
