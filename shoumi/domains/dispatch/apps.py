from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.domains.dispatch"
    label = "dispatch"
    verbose_name = "发文与机要交换"

    def ready(self) -> None:
        # The verbs bring every action with them: the rulebook asks at start whether each control is there.
        import shoumi.domains.dispatch.verbs  # noqa: F401
        from shoumi.platform.ui import menu

        registrar = frozenset({"registrar"})
        group = "发文与交换"
        menu.add(
            menu.MenuItem("拟稿", "dispatch-draft", menu.STAFF, group, "edit", 20),
            menu.MenuItem("发文", "dispatch-letters", menu.STAFF, group, "file-text", 21),
            menu.MenuItem("发文登记簿", "dispatch-book", menu.STAFF, group, "book", 22),
            menu.MenuItem("分发登记簿", "dispatch-recipients", menu.STAFF, group, "copy", 23),
            menu.MenuItem("送件登记簿", "dispatch-deliveries", registrar, group, "route", 24),
            menu.MenuItem(
                "机要交换登记簿", "dispatch-runs", registrar, group, "arrows-exchange", 25
            ),
            menu.MenuItem("交换来件登记簿", "dispatch-brought", menu.STAFF, group, "inbox", 26),
            menu.MenuItem(
                "往来单位",
                "dispatch-units",
                registrar | {"office_director"},
                group,
                "building-bank",
                27,
            ),
            menu.MenuItem("发文数量同比", "dispatch-statistics", menu.STAFF, group, "scale", 28),
        )
