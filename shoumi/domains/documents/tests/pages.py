"""The addresses that these tests call."""

from django.urls import include, path

urlpatterns = [path("documents/", include("shoumi.domains.documents.urls"))]
handler404 = "shoumi.platform.ui.errors.not_found"
