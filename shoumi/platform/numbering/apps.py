from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.platform.numbering"
    label = "numbering"
    verbose_name = "编号"
