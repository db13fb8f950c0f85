"""Addresses of the room."""

from django.urls import include, path

from shoumi.domains.personnel import views
from shoumi.domains.personnel.registers import (
    CHANGES,
    DEPARTURES,
    DOSSIERS,
    PASSPORTS,
    POSTS,
    REVIEWS,
    TRIPS,
)

urlpatterns = [
    path("mine/", views.mine, name="personnel-mine"),
    path("lapsing/", views.lapsing, name="personnel-lapsing"),
    path("measures/", views.measures, name="personnel-measures"),
    path("posts/", include(POSTS.urls)),
    path("dossiers/", include(DOSSIERS.urls)),
    path("reviews/", include(REVIEWS.urls)),
    path("changes/", include(CHANGES.urls)),
    path("trips/", include(TRIPS.urls)),
    path("passports/", include(PASSPORTS.urls)),
    path("departures/<row:pk>/checklist/", views.departure, name="personnel-departures-checklist"),
    path("departures/", include(DEPARTURES.urls)),
]
