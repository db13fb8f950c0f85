from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.desk"
    label = "desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        from shoumi.desk import frame

        frame.install()
