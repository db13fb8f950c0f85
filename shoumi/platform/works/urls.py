"""Address of what is under way."""

from django.urls import path

from shoumi.platform.works import views

urlpatterns = [
    path("works/<slug:key>/", views.work, name="works-work"),
    path("works/<slug:key>/file/", views.result, name="works-result"),
]
