"""Installations for the proofs: one is made per worker, the others are copies of it."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.proof.installed import Installed, installed


@pytest.fixture(scope="session")
def made(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Installed]:
    folder = tmp_path_factory.mktemp("installed") / "data"
    with (
        django_db_blocker.unblock(),
        installed(folder, name=f"proof_{os.getpid()}") as found,
    ):
        yield found


@pytest.fixture
def installation(
    made: Installed, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Iterator[Installed]:
    """A fresh installation with its tables made and nothing in them."""
    folder = tmp_path_factory.mktemp("installed") / "data"
    with (
        django_db_blocker.unblock(),
        installed(folder, name=f"proof_{os.getpid()}_copy", like=made) as found,
    ):
        yield found
