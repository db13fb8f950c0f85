from django.apps import AppConfig

from shoumi.platform.trail.exempt import exempt


class Config(AppConfig):
    name = "shoumi.domains.accounts"
    label = "accounts"
    verbose_name = "账号与三员"

    def ready(self) -> None:
        from shoumi.domains.accounts import services  # noqa: F401  registers its actions

        for table in ("accountfailures", "addressfailures", "openlogin"):
            exempt(f"accounts_{table}", "登录状态，不含业务，随登录变动")
