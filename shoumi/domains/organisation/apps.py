from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.domains.organisation"
    label = "organisation"
    verbose_name = "机构岗位与责任制"

    def ready(self) -> None:
        # The verbs bring every action with them: the rulebook asks at start whether each control is there.
        import shoumi.domains.organisation.verbs  # noqa: F401
        from shoumi.domains.organisation.selectors import structure
        from shoumi.platform.ui import menu

        structure()
        managers = frozenset({"secrecy_office", "office_director", "deputy_leader", "head"})
        group = "机构与责任"
        menu.add(
            menu.MenuItem("组织机构图", "organisation", menu.STAFF, group, "sitemap", 60),
            menu.MenuItem("责任人名册", "organisation-tenures", menu.STAFF, group, "id-badge", 61),
            menu.MenuItem("缺岗清单", "organisation-gaps", menu.STAFF, group, "alert-circle", 62),
            menu.MenuItem(
                "责任书", "organisation-undertakings", menu.STAFF, group, "signature", 63
            ),
            menu.MenuItem("岗位职责", "organisation-duties", menu.STAFF, group, "checklist", 64),
            menu.MenuItem("保密会议", "organisation-meetings", menu.STAFF, group, "gavel", 65),
            menu.MenuItem(
                "交办事项", "organisation-tasks", menu.STAFF, group, "clipboard-check", 66
            ),
            menu.MenuItem("保密机构", "organisation-organs", managers, group, "building-bank", 67),
            menu.MenuItem("机构目录", "organisation-units", managers, group, "folder", 68),
            menu.MenuItem(
                "用工登记", "organisation-employments", managers, group, "user-check", 69
            ),
        )
