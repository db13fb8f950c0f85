from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.domains.documents"
    label = "documents"
    verbose_name = "收发文"

    def ready(self) -> None:
        from shoumi.domains.documents.services import correcting, deciding, labels, receiving
        from shoumi.platform.ui import menu

        # Imported for their actions: the rulebook asks at start whether every control is there.
        assert all((correcting.CORRECT, deciding.PROPOSE, labels.PRINT, receiving.RECEIVE))
        group = "收发文"
        menu.add(
            menu.MenuItem("签收登记", "documents-receive", receiving.REGISTRAR, group, "plus", 10),
            menu.MenuItem("收文登记簿", "documents", None, group, "file-text", 11),
            menu.MenuItem("份号与去向", "documents-copies", None, group, "copy", 12),
            menu.MenuItem("拟办与批示", "documents-opinions", None, group, "edit", 13),
            menu.MenuItem(
                "标签打印记录", "documents-labels", receiving.REGISTRAR, group, "qrcode", 14
            ),
        )
