from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.domains.classification"
    label = "classification"
    verbose_name = "定密"

    def ready(self) -> None:
        # The verbs bring every action with them: the rulebook asks at start whether each control is there.
        import shoumi.domains.classification.verbs  # noqa: F401
        from shoumi.platform.ui import menu

        registrar = frozenset({"registrar"})
        authority = frozenset({"classification_authority", "head", "secrecy_office"})
        overseers = authority | {"office_director", "deputy_leader"}
        group, add, staff = "定密", menu.add, menu.STAFF
        item = menu.MenuItem
        add(
            item("定密登记簿", "classification-determinations", staff, group, "rubber-stamp", 30),
            item("派生定密", "classification-derived", staff, group, "sitemap", 31),
            item("工作秘密", "classification-work", staff, group, "lock", 32),
            item("保密事项一览表", "classification-matters", staff, group, "clipboard-list", 33),
            item("定密提示", "classification-suggest", staff, group, "search", 34),
            item("密级变动", "classification-changes", staff, group, "switch-horizontal", 35),
            item("换标明细", "classification-remarkings", registrar, group, "edit", 36),
            item("期满待审", "classification-expiring", authority, group, "hourglass", 37),
            item("年度审核", "classification-reviews", authority, group, "clipboard-check", 38),
            item("报请确定", "classification-referrals", authority, group, "send", 39),
            item("一览表版本", "classification-catalogues", authority, group, "history", 40),
            item("定密责任人", "classification-authorities", staff, group, "id-badge", 41),
            item("定密权限", "classification-powers", authority, group, "key", 42),
            item("定密纠正", "classification-faults", overseers, group, "flag", 43),
            item("定密统计", "classification-statistics", overseers, group, "chart-bar", 44),
        )
