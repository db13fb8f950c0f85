from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.platform.ui"
    label = "ui"
    verbose_name = "界面"

    def ready(self) -> None:
        from shoumi.platform.trail.exempt import exempt

        exempt("ui_usedform", "已提交表单的一次性编号，只为防止重复提交，不含业务")
