"""Addresses of the rulebook; every refusal links to one of them."""

from django.urls import path

from shoumi.desk import rules_views

app_name = "rulebook"
urlpatterns = [
    path("", rules_views.regulations, name="regulations"),
    path("clause/<str:clause_id>/", rules_views.clause, name="clause"),
    path("<slug:regulation_id>/", rules_views.regulation, name="regulation"),
]
