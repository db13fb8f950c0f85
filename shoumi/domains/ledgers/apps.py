from django.apps import AppConfig


class Config(AppConfig):
    name = "shoumi.domains.ledgers"
    label = "ledgers"
    verbose_name = "专项台账"

    def ready(self) -> None:
        """Ledger files are read and checked now: a wrong one stops the start by name."""
        from shoumi.domains.ledgers import selectors  # noqa: F401  registers its control points
        from shoumi.domains.ledgers.services import transport  # noqa: F401
        from shoumi.domains.ledgers.services.entering import LEDGERS
        from shoumi.domains.ledgers.services.verifying import OVERSEERS
        from shoumi.platform.ui import menu

        group, measures = "系统", LEDGERS["measure"].admitted
        menu.add(
            menu.MenuItem("专项台账", "ledgers", None, group, "database", 81),
            menu.MenuItem("措施达标", "ledgers-measures", measures, group, "shield-check", 82),
            menu.MenuItem(
                "校验与检查点", "ledgers-verification", OVERSEERS, group, "checklist", 83
            ),
        )
