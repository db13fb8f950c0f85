from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.platform.registers"
    label = "registers"
    verbose_name = "台账"
