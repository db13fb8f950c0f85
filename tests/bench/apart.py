"""Worlds apart: each in a folder (and on PostgreSQL a database) of its own, served by a process of its own.

So the same request can be put to a small and a large world in turn, and whatever else the machine does
falls on both alike.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from shoumi.config.installation import Installation
from shoumi.kernel.levels import Level

ROOT = Path(__file__).resolve().parents[2]


class Apart:
    """A running worker; `tell` and `hear` put a question and take its answer, `ask` does both."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def tell(self, do: str, **asked: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"do": do, **asked}) + "\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        assert self.process.stdout
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError("a world has ended")
        return json.loads(answer)

    def ask(self, do: str, **asked: Any) -> Any:
        self.tell(do, **asked)
        return self.hear()


@contextmanager
def worlds(names: list[str], *, folder: Path, server: str = "") -> Iterator[dict[str, Apart]]:
    """Freshly founded worlds; on the embedded database, or on the PostgreSQL server of this address."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(_world(folder / name, server)) for name in names}


@contextmanager
def _world(folder: Path, server: str) -> Iterator[Apart]:
    hosts = ["127.0.0.1", "testserver"]
    Installation.make(folder, grade=Level.TOP_SECRET, demonstration=True, hosts=hosts)
    environment = {
        **os.environ,
        "SHOUMI_DATA": str(folder),
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "shoumi.config.settings",
    }
    environment.pop("SHOUMI_DATABASE", None)
    if server:
        environment["SHOUMI_DATABASE"] = _database(folder.name, server)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.worker"],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Apart(process)
    finally:
        process.kill()
        process.wait()


def _database(name: str, server: str) -> str:
    import psycopg

    url = urlsplit(server)
    with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "bench_{name}"')
    return url._replace(path=f"/bench_{name}").geturl()
