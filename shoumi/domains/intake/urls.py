"""Addresses of the room."""

from django.urls import path

from shoumi.domains.intake import views

urlpatterns = [
    path("", views.index, name="intake"),
    path("template/<slug:kind>/", views.template, name="intake-template"),
    path("<row:pk>/", views.detail, name="intake-detail"),
    path("<row:pk>/take/", views.take, name="intake-take"),
    path("<row:pk>/undo/", views.undone, name="intake-undo"),
    path("<row:pk>/clear/", views.clear, name="intake-clear"),
    path("<row:pk>/marked/", views.marked, name="intake-marked"),
]
