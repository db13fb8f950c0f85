from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.domains.handling"
    label = "handling"
    verbose_name = "借阅与载体办理"

    def ready(self) -> None:
        # The verbs bring every action with them: the rulebook asks at start whether each control is there.
        import shoumi.domains.handling.verbs  # noqa: F401
        from shoumi.domains.handling.selectors import KEEPERS
        from shoumi.platform.ui import menu

        registrar = frozenset({"registrar"})
        lent, kept, watched = "传阅与借阅", "载体管理", "监督检查"
        menu.add(
            menu.MenuItem("我保管的载体", "handling-mine", menu.STAFF, "常用", "briefcase", 5),
            menu.MenuItem("扫码查询", "handling-scan", menu.STAFF, "常用", "scan", 6),
            menu.MenuItem("借阅登记簿", "handling-loans", menu.STAFF, lent, "book", 30),
            menu.MenuItem("复制登记簿", "handling-copies", menu.STAFF, lent, "copy", 31),
            menu.MenuItem("携带外出", "handling-carryings", menu.STAFF, lent, "briefcase", 32),
            menu.MenuItem("外出登记", "handling-absences", menu.STAFF, lent, "route", 33),
            menu.MenuItem("机要室账目", "handling-registry", KEEPERS, kept, "building-bank", 40),
            menu.MenuItem("载体登记簿", "items", menu.STAFF, kept, "archive", 41),
            menu.MenuItem("打印载体标签", "handling-labels", registrar, kept, "qrcode", 42),
            menu.MenuItem("待收回核点", "handling-back", registrar, kept, "inbox", 42),
            menu.MenuItem(
                "移交登记簿", "handling-successions", menu.STAFF, kept, "arrows-exchange", 43
            ),
            menu.MenuItem("清退登记簿", "handling-recalls", KEEPERS, kept, "arrow-back-up", 44),
            menu.MenuItem(
                "清退核对", "handling-reconciliations", KEEPERS, kept, "switch-horizontal", 44
            ),
            menu.MenuItem("归档登记簿", "handling-archivings", menu.STAFF, kept, "box", 45),
            menu.MenuItem("销毁登记簿", "handling-destructions", menu.STAFF, kept, "trash", 46),
            menu.MenuItem("对账单", "statements", menu.STAFF, watched, "scale", 50),
            menu.MenuItem("清点", "stocktakes", KEEPERS, watched, "checklist", 51),
            menu.MenuItem("下落不明登记", "missing", KEEPERS, watched, "alert-triangle", 52),
            menu.MenuItem("流转记录", "movements", KEEPERS, watched, "route", 53),
        )
