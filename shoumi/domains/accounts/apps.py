from django.apps import AppConfig

from shoumi.platform.trail.exempt import exempt


class Config(AppConfig):
    name = "shoumi.domains.accounts"
    label = "accounts"
    verbose_name = "账号与三员"

    def ready(self) -> None:
        from shoumi.domains.accounts import services  # noqa: F401  registers its actions
        from shoumi.platform.ui import menu

        for table in ("accountfailures", "addressfailures", "openlogin"):
            exempt(f"accounts_{table}", "登录状态，不含业务，随登录变动")
        menu.PLACES.password = "accounts-password"
        menu.PLACES.logout = "accounts-logout"
        officers = frozenset({"sysadmin", "secadmin", "auditor"})
        seconds = frozenset({"secrecy_office", "deputy_leader", "head"})
        see_grants = seconds | {"secadmin", "auditor"}
        item, group = menu.MenuItem, "机构与人员"
        menu.add(
            item("我的账号", "accounts-mine", None, "常用", "user", 95),
            item("人员与账号", "accounts-people", officers, group, "users", 10),
            item("部门", "accounts-departments", officers, group, "sitemap", 8),
            item(
                "场所",
                "accounts-places",
                frozenset({"secrecy_office", "office_director", "registrar"}),
                group,
                "door",
                9,
            ),
            item("任岗登记", "accounts-posts", officers, group, "id-badge", 11),
            item(
                "涉密等级",
                "accounts-clearances",
                frozenset({"secadmin", "auditor", "secrecy_office"}),
                group,
                "certificate",
                12,
            ),
            item("授权提议", "accounts-proposals", see_grants, group, "user-check", 13),
            item(
                "权限表",
                "accounts-rights",
                frozenset({"secadmin", "auditor"}),
                group,
                "checklist",
                14,
            ),
            item(
                "权限复核",
                "accounts-reviews",
                frozenset({"secadmin", "auditor"}),
                group,
                "zoom-check",
                15,
            ),
            item("异常告警", "accounts-alarms", frozenset({"auditor"}), "系统", "alarm", 11),
            item("参数调整", "accounts-figures", see_grants, "系统", "adjustments", 20),
            item(
                "审计",
                "accounts-trail",
                frozenset({"secadmin", "auditor"}),
                "系统",
                "history",
                10,
            ),
        )
