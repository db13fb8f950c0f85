"""A thousand attempts of sixteen processes at one copy: exactly one wins, all others are told so.

SHOUMI_RACE changes the number of attempts. The database is the configured kind: a file of its own for
SQLite, a database of its own on the PostgreSQL server of SHOUMI_DATABASE.
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

# Only so that the tests' own database is made, whose tables the race copies.
pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[4]
ATTEMPTS = int(os.environ.get("SHOUMI_RACE", "1000"))


@contextmanager
def own_database(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a fresh database of the configured kind."""
    environment = {**os.environ, "SHOUMI_DATA": str(folder), "PYTHONPATH": str(ROOT)}
    configured = os.environ.get("SHOUMI_DATABASE")
    if not configured:
        yield environment
        return
    import psycopg

    name = f"shoumi_race_{os.getpid()}"
    url = urlsplit(configured)
    with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {**environment, "SHOUMI_DATABASE": url._replace(path=f"/{name}").geturl()}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def migrated(folder: Path) -> None:
    """Spare the script its migrations where the tests' own database can be copied."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / "shoumi.sqlite3")) as copy:
            connection.connection.backup(copy)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory, django_db_setup, django_db_blocker):
    folder = tmp_path_factory.mktemp("race")
    with django_db_blocker.unblock():
        migrated(folder)
    with own_database(folder) as environment:
        command = [sys.executable, "-m", "shoumi.platform.custody.tests.race", str(ATTEMPTS)]
        done = subprocess.run(
            command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
@pytest.mark.clause("carriers.one_holder")
def test_one_copy_has_one_winner(outcome):
    turns = outcome["copy"]["turns"]
    assert turns >= ATTEMPTS
    assert outcome["copy"] == {
        "turns": turns,
        "won": 1,
        "refused_409": turns - 1,
        "open_lines": 1,
        "movements": 1,
        "state": "offered",
        "entries": [1, turns - 1],
    }


@pytest.mark.slow
@pytest.mark.clause("carriers.signed")
def test_one_batch_has_one_signature(outcome):
    turns = outcome["signature"]["turns"]
    assert outcome["signature"] == {
        "turns": turns,
        "won": 1,
        "refused_409": turns - 1,
        "line_states": 1,
        "holders": 1,
        "item_states": ["held"],
    }


@pytest.mark.slow
def test_one_series_has_neither_gaps_nor_twins(outcome):
    turns = outcome["numbers"]["turns"]
    refused = len(range(2, turns, 3))
    assert outcome["numbers"] == {
        "turns": turns,
        "won": turns - refused,
        "refused_409": refused,
        "gapless": True,
        "last": turns - refused,
    }


@pytest.mark.slow
def test_the_trail_is_whole_after_the_races(outcome):
    assert outcome["whole"] is True
