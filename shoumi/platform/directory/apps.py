from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.platform.directory"
    label = "directory"
    verbose_name = "机构与人员"
