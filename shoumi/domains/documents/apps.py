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
        group = "收发文"
        menu.add(
            menu.MenuItem("签收登记", "documents-receive", registrar, group, "plus", 10),
            menu.MenuItem("收文登记簿", "documents", menu.STAFF, group, "file-text", 11),
            menu.MenuItem("份号与去向", "documents-copies", menu.STAFF, group, "copy", 12),
            menu.MenuItem("拟办与批示", "documents-opinions", menu.STAFF, group, "edit", 13),
            menu.MenuItem("标签打印记录", "documents-labels", registrar, group, "qrcode", 14),
        )
