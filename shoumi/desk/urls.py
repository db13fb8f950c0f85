"""Addresses of the desk."""

from django.urls import path

from shoumi.desk import views
from shoumi.platform.registers import addresses  # noqa: F401  makes <row:pk> known

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.find, name="search"),
    path("statistics/", views.statistics_page, name="statistics"),
    path("duties/<row:pk>/", views.duty, name="duty"),
    path("calendar/", views.calendar, name="calendar"),
    path("remind/<row:pk>/", views.remind, name="remind"),
]
