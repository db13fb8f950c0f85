from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.platform.access"
    label = "access"
    verbose_name = "知悉门"
