"""Configuration of the obligations ledger (职责账)."""

from django.apps import AppConfig


class Config(AppConfig):
    """Who must do what by when, and whether it was done."""

    name = "shoumi.platform.obligations"
    label = "obligations"
    verbose_name = "职责账"
