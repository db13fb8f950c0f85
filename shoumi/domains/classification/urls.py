"""Addresses of the room."""

from django.urls import include, path

from shoumi.domains.classification import views
from shoumi.domains.classification.registers import (
    AUTHORITIES,
    CATALOGUES,
    CHANGES,
    DERIVED,
    DETERMINATIONS,
    EXPIRING,
    FAULTS,
    MATTERS,
    NOTICES,
    POWERS,
    REFERRALS,
    REMARKINGS,
    REVIEWS,
    WORK,
)

urlpatterns = [
    path("suggest/", views.suggest, name="classification-suggest"),
    path("statistics/", views.statistics, name="classification-statistics"),
    path("matters/", include(MATTERS.urls)),
    path("catalogues/", include(CATALOGUES.urls)),
    path("powers/", include(POWERS.urls)),
    path("authorities/", include(AUTHORITIES.urls)),
    path("derived/", include(DERIVED.urls)),
    path("work/", include(WORK.urls)),
    path("expiring/", include(EXPIRING.urls)),
    path("remarkings/", include(REMARKINGS.urls)),
    path("notices/", include(NOTICES.urls)),
    path("referrals/", include(REFERRALS.urls)),
    path("reviews/", include(REVIEWS.urls)),
    path("changes/<row:pk>/notice/", views.change_notice, name="classification-changes-notice"),
    path("changes/<row:pk>/labels/", views.change_labels, name="classification-changes-labels"),
    path("changes/", include(CHANGES.urls)),
    path("faults/<row:pk>/notice/", views.fault_notice, name="classification-faults-notice"),
    path("faults/", include(FAULTS.urls)),
    path(
        "determinations/<row:pk>/form/",
        views.determination_form,
        name="classification-determinations-form",
    ),
    path("determinations/<row:pk>/cover/", views.cover, name="classification-determinations-cover"),
    # After the books of one manner: the page of a row is the one that shows its whole life.
    path("determinations/", include(DETERMINATIONS.urls)),
]
