from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.domains.documents"
    label = "documents"
    verbose_name = "收发文"

    def ready(self) -> None:
        # The verbs bring every action with them: the rulebook asks at start whether each control is there.
        from shoumi.domains.documents.verbs import RECEIVE
        from shoumi.platform.ui import menu

        registrar = RECEIVE.action.posts
        watching = frozenset({"registrar", "office_director", "secrecy_office"})
        filing = frozenset({"registrar", "archivist"})
        group = "收发文"
        menu.add(
            menu.MenuItem("签收登记", "documents-receive", registrar, group, "plus", 10),
            menu.MenuItem("收文登记簿", "documents", menu.STAFF, group, "file-text", 11),
            menu.MenuItem("份号与去向", "documents-copies", menu.STAFF, group, "copy", 12),
            menu.MenuItem("拟办与批示", "documents-opinions", menu.STAFF, group, "edit", 13),
            menu.MenuItem("标签打印记录", "documents-labels", registrar, group, "qrcode", 14),
            menu.MenuItem("电报登记本", "documents-telegrams", menu.STAFF, group, "bell", 15),
            menu.MenuItem("退件登记簿", "documents-returns", registrar, group, "arrow-back-up", 16),
            menu.MenuItem("拆封核对", "documents-openings", registrar, group, "checklist", 17),
            menu.MenuItem("参会交件", "documents-attendances", menu.STAFF, group, "users", 18),
            menu.MenuItem("收文差错", "documents-lapses", watching, group, "alert-triangle", 19),
            menu.MenuItem("归档目录", "documents-filed", menu.STAFF, group, "archive", 20),
            menu.MenuItem(
                "档案核查", "documents-filing-checks", filing, group, "clipboard-check", 21
            ),
        )
