"""The addresses that these tests call, composed as the product composes them."""

from django.urls import include, path

import shoumi.config.rooms  # noqa: F401
from shoumi.domains.documents.registers import RECEIVED

__all__ = ["RECEIVED"]

urlpatterns = [
    path("documents/", include("shoumi.domains.documents.urls")),
    path("circulation/", include("shoumi.domains.circulation.urls")),
]
handler404 = "shoumi.platform.ui.errors.not_found"
