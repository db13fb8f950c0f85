"""Addresses of the room."""

from django.urls import include, path

from shoumi.domains.facilities import views
from shoumi.domains.facilities.registers import (
    ADMISSIONS,
    CHECKS,
    COMBINATIONS,
    KEYS,
    PASSAGES,
    SECRETS,
    SITES,
    VISITS,
)

urlpatterns = [
    path("doors/", views.doors, name="facilities-doors"),
    path("doors/<row:pk>/", views.door, name="facilities-door"),
    path("doors/<row:pk>/enter/", views.let_in, name="facilities-enter"),
    path("doors/<row:pk>/check/<slug:round_key>/", views.look, name="facilities-look"),
    path("sites/<row:pk>/sign/", views.sign, name="facilities-sign"),
    path("visits/<row:pk>/form/", views.visit_form, name="facilities-visit-form"),
    path("board/", views.work_board, name="facilities-board"),
    path("crosschecks/", views.crosschecks, name="facilities-crosschecks"),
    path("crosschecks/run/", views.run_crosschecks, name="facilities-crosschecks-run"),
    path("sites/", include(SITES.urls)),
    path("admissions/", include(ADMISSIONS.urls)),
    path("passages/", include(PASSAGES.urls)),
    path("visits/", include(VISITS.urls)),
    path("checks/", include(CHECKS.urls)),
    path("keys/", include(KEYS.urls)),
    path("secret-signs/", include(SECRETS.urls)),
    path("combinations/", include(COMBINATIONS.urls)),
]
