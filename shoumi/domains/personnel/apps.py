from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.domains.personnel"
    label = "personnel"
    verbose_name = "涉密人员"

    def ready(self) -> None:
        # The verbs bring every action with them, and the judge of clearances.
        import shoumi.domains.personnel.verbs
        import shoumi.domains.personnel.views  # noqa: F401  registers what the pages show
        from shoumi.domains.personnel.services.filing import READING_POSTS
        from shoumi.platform.ui import menu

        keepers, group = frozenset(READING_POSTS), "涉密人员"
        menu.add(
            menu.MenuItem("我的保密档案", "personnel-mine", menu.STAFF, "常用", "certificate", 8),
            menu.MenuItem("涉密岗位", "personnel-posts", keepers, group, "id-badge", 60),
            menu.MenuItem("涉密人员台账", "personnel-dossiers", keepers, group, "users", 61),
            menu.MenuItem("涉密人员审查", "personnel-reviews", keepers, group, "user-check", 62),
            menu.MenuItem("到期和未签", "personnel-lapsing", keepers, group, "alarm", 63),
            menu.MenuItem(
                "重大事项报告", "personnel-changes", keepers, group, "alert-triangle", 64
            ),
            menu.MenuItem("出境登记", "personnel-trips", keepers, group, "route", 65),
            menu.MenuItem("出入境证件", "personnel-passports", keepers, group, "book", 66),
            menu.MenuItem(
                "离岗离职", "personnel-departures", keepers, group, "arrows-exchange", 67
            ),
            menu.MenuItem(
                "分类管理措施", "personnel-measures", menu.STAFF, group, "adjustments", 68
            ),
        )
