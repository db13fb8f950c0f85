from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.domains.documents"
    label = "documents"
    verbose_name = "收发文"
