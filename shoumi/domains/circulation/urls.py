"""Addresses of circulations."""

from django.urls import include, path

from shoumi.domains.circulation.registers import CIRCULATIONS, LATE, READERS, WIDENINGS

urlpatterns = [
    # The late ones first: the page of a reader's line is the one of the register named after them.
    path("late/", include(LATE.urls)),
    path("readers/", include(READERS.urls)),
    path("widenings/", include(WIDENINGS.urls)),
    path("", include(CIRCULATIONS.urls)),
]
