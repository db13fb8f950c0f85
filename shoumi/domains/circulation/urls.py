"""Addresses of circulations."""

from django.urls import include, path

from shoumi.domains.circulation import views
from shoumi.domains.circulation.registers import (
    CIRCULATIONS,
    ESCORTS,
    LATE,
    READERS,
    WIDENINGS,
)

urlpatterns = [
    path("figures/", views.figures, name="circulation-figures"),
    path("steps/<row:pk>/", views.steps, name="circulation-steps"),
    # The late ones first: the page of a reader's line is the one of the register named after them.
    path("late/", include(LATE.urls)),
    path("readers/", include(READERS.urls)),
    path("escorts/", include(ESCORTS.urls)),
    path("widenings/", include(WIDENINGS.urls)),
    path("", include(CIRCULATIONS.urls)),
]
