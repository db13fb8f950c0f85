"""The addresses that these tests call, composed as the product composes them."""

from django.urls import include, path

import shoumi.config.rooms  # noqa: F401
from shoumi.desk.registers import CASES

urlpatterns = [
    path("cases/", include(CASES.urls)),
    path("handling/", include("shoumi.domains.handling.urls")),
    path("equipment/", include("shoumi.domains.equipment.urls")),
]
handler404 = "shoumi.platform.ui.errors.not_found"
