"""The addresses of this room, with the pages its templates lead to."""

from django.urls import include, path

urlpatterns = [
    path("", include("shoumi.desk.urls")),
    path("", include("shoumi.platform.ui.urls")),
    path("", include("shoumi.domains.accounts.urls")),
    path("rulebook/", include("shoumi.desk.rules_urls")),
    path("ledgers/", include("shoumi.domains.ledgers.urls")),
]
handler404 = "shoumi.platform.ui.errors.not_found"
