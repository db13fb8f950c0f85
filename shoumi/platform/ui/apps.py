from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.platform.ui"
    label = "ui"
    verbose_name = "界面"
