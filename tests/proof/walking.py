"""What the walks through all routes share: a world on a folder of its own, and a way back from every step."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from conftest import QUICK, build_office, standing_office
from shoumi.kernel.levels import Level
from tests.proof import scene


@contextmanager
def standing(folder: Path) -> Iterator[scene.World]:
    """The world of `scene`, in a transaction that is taken back at the end."""
    here = dataclasses.replace(settings.INSTALLATION, folder=folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "INSTALLATION", here)
        patch.setattr(settings, "DEPLOYMENT_GRADE", Level.TOP_SECRET)
        with (
            override_settings(PASSWORD_HASHERS=QUICK, WHITENOISE_AUTOREFRESH=True),
            taken_back(),
        ):
            yield scene.build(standing_office() or build_office())


@contextmanager
def taken_back() -> Iterator[None]:
    """A transaction that is rolled back at the end, in which acts may open theirs as in a TestCase."""
    with transaction.atomic():
        connection.atomic_blocks[-1]._from_testcase = True
        yield
        transaction.set_rollback(True)
