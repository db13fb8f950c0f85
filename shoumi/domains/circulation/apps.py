from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.domains.circulation"
    label = "circulation"
    verbose_name = "传阅"
