from importlib import import_module

from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.platform.custody"
    label = "custody"
    verbose_name = "实物账"

    def ready(self) -> None:
        """The acts and control points of the ledger are known as soon as the program is."""
        import_module("shoumi.platform.custody.services")
        import_module("shoumi.platform.custody.selectors")
        import_module("shoumi.platform.custody.crosschecks")
