"""Addresses of the room."""

from django.urls import include, path

from shoumi.domains.organisation import views
from shoumi.domains.organisation.registers import (
    EMPLOYMENTS,
    MEETINGS,
    ORGANS,
    TASKS,
    TENURES,
    UNDERTAKINGS,
    UNITS,
)

urlpatterns = [
    path("", views.chart, name="organisation"),
    path("wall/a3/", views.wall, {"paper": "A3"}, name="organisation-wall-a3"),
    path("wall/a4/", views.wall, {"paper": "A4"}, name="organisation-wall-a4"),
    path("gaps/", views.gaps, name="organisation-gaps"),
    path("duties/", views.duties, name="organisation-duties"),
    path("duties/wall/", views.duties_wall, name="organisation-duties-wall"),
    path("plan/", views.plan, name="organisation-plan"),
    path("units/", include(UNITS.urls)),
    path("organs/<row:pk>/roster/", views.roster, name="organisation-organs-roster"),
    path("organs/", include(ORGANS.urls)),
    path("tenures/", include(TENURES.urls)),
    path("undertakings/<row:pk>/form/", views.undertaking, name="organisation-undertakings-form"),
    path("undertakings/", include(UNDERTAKINGS.urls)),
    path("meetings/<row:pk>/minutes/", views.minutes, name="organisation-meetings-minutes"),
    path("meetings/", include(MEETINGS.urls)),
    path("tasks/", include(TASKS.urls)),
    path("employments/", include(EMPLOYMENTS.urls)),
]
