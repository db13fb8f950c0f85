"""Addresses of the simple ledgers, of the measures, and of verification."""

from functools import partial

from django.urls import include, path

from shoumi.domains.ledgers import views
from shoumi.domains.ledgers.registers import DISCLOSURES, REGISTERS, VERIFICATIONS

urlpatterns = [
    path("", views.index, name="ledgers"),
    path("measures/", views.measures, name="ledgers-measures"),
    path("verification/", views.verification, name="ledgers-verification"),
    path("verification/checkpoint/", views.checkpoint, name="ledgers-checkpoint"),
    path("verification/past/", include(VERIFICATIONS.urls)),
    path("disclosures/", include(DISCLOSURES.urls)),
]
for _key, _register in REGISTERS.items():
    _place = _register.slug.removeprefix("ledgers-")
    urlpatterns += [
        path(
            f"{_place}/<row:pk>/reveal/<slug:column>/",
            partial(views.reveal, ledger=_key),
            name=f"{_register.slug}-reveal",
        ),
        path(f"{_place}/", include(_register.urls)),
    ]
