"""Addresses of the frame's own pages."""

from django.urls import path

from shoumi.platform.ui import views

urlpatterns = [
    path("ui/type/<slug:size>/", views.type_size, name="ui-type"),
    path("ui/stay/", views.stay, name="ui-stay"),
    path("csp/", views.csp_report, name="ui-csp"),
]
