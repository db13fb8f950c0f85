"""Builds the cast in the installation named by SHOUMI_DATA: run as a program before the server starts."""

import os

import django
from django.core.management import call_command
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoumi.config.settings")
django.setup()


def build() -> None:
    from conftest import build_office
    from shoumi.config.founding import chain_schema
    from shoumi.platform.obligations.services import seed_calendar

    call_command("migrate", verbosity=0, interactive=False)
    at = timezone.localtime()
    office = build_office(at=at)
    chain_schema(office.body, at=at)
    seed_calendar(office.system, at)


if __name__ == "__main__":
    build()
