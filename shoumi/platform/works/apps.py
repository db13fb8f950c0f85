from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.platform.works"
    label = "works"
    verbose_name = "长时办理"
