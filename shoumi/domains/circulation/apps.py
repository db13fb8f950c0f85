from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.domains.circulation"
    label = "circulation"
    verbose_name = "传阅"

    def ready(self) -> None:
        # The verbs bring every action with them: the rulebook asks at start whether each control is there.
        import shoumi.domains.circulation.verbs  # noqa: F401
        from shoumi.platform.ui import menu

        group = "传阅与借阅"
        watching = frozenset({"registrar", "office_director", "secrecy_office"})
        menu.add(
            menu.MenuItem("传阅单", "circulation", menu.STAFF, group, "route", 20),
            menu.MenuItem(
                "传阅登记", "circulation-readers", menu.STAFF, group, "clipboard-list", 21
            ),
            menu.MenuItem("逾期未阅未退", "circulation-late", watching, group, "alarm", 22),
            menu.MenuItem("扩大知悉范围", "circulation-widenings", menu.STAFF, group, "users", 23),
            menu.MenuItem("专管专送", "circulation-escorts", menu.STAFF, group, "route", 24),
            menu.MenuItem(
                "收文质量与用时", "circulation-figures", watching, group, "chart-bar", 25
            ),
        )
