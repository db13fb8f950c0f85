from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.platform.access"
    label = "access"
    verbose_name = "知悉门"

    def ready(self) -> None:
        from shoumi.platform.access import finding
        from shoumi.platform.trail import recording
        from shoumi.platform.trail.exempt import exempt

        recording.DERIVED.append(finding.follow)
        for table, reason in finding.EXEMPT.items():
            exempt(table, reason)
