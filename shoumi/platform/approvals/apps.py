"""Configuration of the approval gate (审批门)."""

from django.apps import AppConfig


class Config(AppConfig):
    """May this be done, who must agree, and in what order."""

    name = "shoumi.platform.approvals"
    label = "approvals"
    verbose_name = "审批门"
