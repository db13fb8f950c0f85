"""An installation of its own for a program that runs a proof at full size."""

import os
from pathlib import Path

import django


def stand(folder: Path) -> None:
    """Makes the installation in the folder and lets this process be its program."""
    os.environ["SHOUMI_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "shoumi.config.settings"
    from tests.proof.installed import make

    make(folder)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
