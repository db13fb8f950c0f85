"""The addresses that these tests call, composed as the product composes them."""

from django.urls import include, path

from shoumi.domains.circulation import registers, verbs
from shoumi.domains.documents.registers import RECEIVED

if verbs.OPEN not in RECEIVED.verbs:
    RECEIVED.verbs = (verbs.OPEN, *RECEIVED.verbs, verbs.WIDEN)
    RECEIVED.children = (*RECEIVED.children, (registers.READERS, "circulation__document"))

urlpatterns = [
    path("documents/", include("shoumi.domains.documents.urls")),
    path("circulation/", include("shoumi.domains.circulation.urls")),
]
handler404 = "shoumi.platform.ui.errors.not_found"
