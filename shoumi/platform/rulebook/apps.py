from importlib import import_module

from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.platform.rulebook"
    label = "rulebook"
    verbose_name = "规章"

    def ready(self) -> None:
        """The points of the floors below are known as soon as the program is."""
        import_module("shoumi.platform.rulebook.check")
        import_module("shoumi.platform.rulebook.figures")
        import_module("shoumi.platform.rulebook.floors_below")
