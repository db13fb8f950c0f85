from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.domains.handling"
    label = "handling"
    verbose_name = "借阅与载体办理"

    def ready(self) -> None:
        from shoumi.domains.handling.services import load

        load()
