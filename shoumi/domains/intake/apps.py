from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.domains.intake"
    label = "intake"
    verbose_name = "旧台账接收"

    def ready(self) -> None:
        import shoumi.domains.intake.rules.package  # noqa: F401
        from shoumi.domains.intake.services.checking import CLEARERS, TAKERS
        from shoumi.platform.ui import menu

        menu.add(
            menu.MenuItem("旧台账导入", "intake", TAKERS | CLEARERS, "系统", "file-import", 85),
        )
