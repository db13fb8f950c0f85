from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.platform.custody"
    label = "custody"
    verbose_name = "实物账"
