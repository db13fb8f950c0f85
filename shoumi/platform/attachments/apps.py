from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.platform.attachments"
    label = "attachments"
    verbose_name = "附件"

    def ready(self) -> None:
        from shoumi.platform.attachments import checking, crypto, services  # noqa: F401
        from shoumi.platform.trail import verify

        crypto.crypto_self_test()
        if checking.file_findings not in verify.EXTRA:
            verify.EXTRA.append(checking.file_findings)
