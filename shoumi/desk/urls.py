"""Addresses of the desk."""

from django.urls import path

from shoumi.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.find, name="search"),
    path("statistics/", views.statistics_page, name="statistics"),
    path("remind/<int:pk>/", views.remind, name="remind"),
]
