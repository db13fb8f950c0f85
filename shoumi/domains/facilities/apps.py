from importlib import import_module

from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.domains.facilities"
    label = "facilities"
    verbose_name = "场所与要害部位"

    def ready(self) -> None:
        # The verbs bring every action with them: the rulebook asks at start whether each control is there.
        import_module("shoumi.domains.facilities.verbs")
        import_module("shoumi.domains.facilities.models.crosschecks")
        from shoumi.platform.ui import menu

        keepers = frozenset(
            {
                "registrar",
                "office_director",
                "secrecy_office",
                "duty_officer",
                "deputy_leader",
                "head",
            }
        )
        group = "场所与出入"
        menu.add(
            menu.MenuItem("门口登记", "facilities-doors", menu.STAFF, group, "door", 60),
            menu.MenuItem("出入登记簿", "facilities-passages", keepers, group, "route", 61),
            menu.MenuItem("来访登记簿", "facilities-visits", menu.STAFF, group, "users", 62),
            menu.MenuItem("重点场所台账", "facilities-sites", keepers, group, "building-bank", 63),
            menu.MenuItem(
                "准入名单", "facilities-admissions", keepers, group, "clipboard-list", 64
            ),
            menu.MenuItem("钥匙印章台账", "facilities-keys", menu.STAFF, group, "key", 65),
            menu.MenuItem("密码更换登记簿", "facilities-combinations", keepers, group, "lock", 66),
            menu.MenuItem("场所检查登记簿", "facilities-checks", keepers, group, "checklist", 67),
            menu.MenuItem("账账核对", "facilities-crosschecks", keepers, group, "scale", 68),
            menu.MenuItem("机要室工作看板", "facilities-board", keepers, group, "book", 69),
        )
