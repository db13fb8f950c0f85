"""Installations of their own for proofs that need real files, real commits and several processes."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from shoumi.config.installation import Installation
from shoumi.kernel.levels import Level

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Installed:
    """A data folder and, on PostgreSQL, a database; `run` starts a program against it."""

    folder: Path
    database: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    def run(
        self, program: str, *arguments: str, seconds: float = 120
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", program, *arguments]
        return subprocess.run(
            command,
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    def told(self, program: str, *arguments: str, seconds: float = 120) -> str:
        """What the program prints; a failing program fails the test with its words."""
        done = self.run(program, *arguments, seconds=seconds)
        assert done.returncode == 0, done.stderr[-4_000:]
        return done.stdout

    def start(self, program: str, *arguments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", program, *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, env=self.environment, cwd=ROOT, stdout=pipe, stderr=pipe, text=True
        )


def make(folder: Path) -> None:
    """The data folder of an installation graded for everything."""
    hosts = ["127.0.0.1", "testserver"]
    Installation.make(folder, grade=Level.TOP_SECRET, demonstration=True, hosts=hosts)


@contextmanager
def installed(folder: Path, *, name: str, like: Installed | None = None) -> Iterator[Installed]:
    """A new installation: a copy of another, or one with the tables of the tests' own database."""
    if like:
        shutil.copytree(like.folder, folder)
    else:
        make(folder)
    environment = {
        **os.environ,
        "SHOUMI_DATA": str(folder),
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "shoumi.config.settings",
    }
    if connection.vendor == "sqlite":
        if not like:
            connection.ensure_connection()
            with closing(sqlite3.connect(folder / "shoumi.sqlite3")) as copy:
                connection.connection.backup(copy)
        yield Installed(folder, "", environment)
        return
    import psycopg

    url = urlsplit(environment["SHOUMI_DATABASE"])
    template = like.database if like else connection.settings_dict["NAME"]
    if not like:
        # A database is copied only while nobody is connected to it.
        connection.close()
    with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        address = url._replace(path=f"/{name}").geturl()
        try:
            yield Installed(folder, name, {**environment, "SHOUMI_DATABASE": address})
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
