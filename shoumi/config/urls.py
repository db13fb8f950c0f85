"""Every address of the product, composed in one place."""

from django.urls import URLPattern, URLResolver, include, path

import shoumi.config.rooms  # noqa: F401  completes the pages of the lower rooms
from shoumi.desk.registers import CASES

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("shoumi.desk.urls")),
    path("", include("shoumi.platform.ui.urls")),
    path("", include("shoumi.domains.accounts.urls")),
    path("", include("shoumi.platform.attachments.urls")),
    path("", include("shoumi.platform.works.urls")),
    path("rulebook/", include("shoumi.desk.rules_urls")),
    path("cases/", include(CASES.urls)),
    path("documents/", include("shoumi.domains.documents.urls")),
    path("handling/", include("shoumi.domains.handling.urls")),
    path("intake/", include("shoumi.domains.intake.urls")),
    path("ledgers/", include("shoumi.domains.ledgers.urls")),
    path("classification/", include("shoumi.domains.classification.urls")),
    path("equipment/", include("shoumi.domains.equipment.urls")),
    path("dispatch/", include("shoumi.domains.dispatch.urls")),
    path("facilities/", include("shoumi.domains.facilities.urls")),
    path("organisation/", include("shoumi.domains.organisation.urls")),
    path("personnel/", include("shoumi.domains.personnel.urls")),
    path("circulation/", include("shoumi.domains.circulation.urls")),
]

handler400 = "shoumi.platform.ui.errors.bad_request"
handler403 = "shoumi.platform.ui.errors.denied"
handler404 = "shoumi.platform.ui.errors.not_found"
handler500 = "shoumi.platform.ui.errors.server_error"
