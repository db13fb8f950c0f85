from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class Config(AppConfig):
    name = "shoumi.platform.trail"
    label = "trail"
    verbose_name = "痕迹账"

    def ready(self) -> None:
        from shoumi.platform.trail import guard

        connection_created.connect(guard.on_connection_created, dispatch_uid="trail.guard")
        pre_migrate.connect(guard.on_pre_migrate, sender=self, dispatch_uid="trail.guard")
        post_migrate.connect(guard.on_post_migrate, sender=self, dispatch_uid="trail.guard")
