from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.platform.rulebook"
    label = "rulebook"
    verbose_name = "规章"
