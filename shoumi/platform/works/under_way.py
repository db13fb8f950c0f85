"""What is under way: a small file a work, and a lock that its process holds for as long as it lives."""

import fcntl
import json
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings

from shoumi.kernel.refusal import Refusal

FOLDER = "works"
KEY = re.compile(r"[0-9a-f]{32}")
KEPT_SECONDS = 24 * 3600
# A page asks once a second: more often nothing is written.
PAUSE = 0.3


class State(StrEnum):
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    BROKEN = "broken"


@dataclass(slots=True)
class Work:
    """One work of one person, who alone may see it.

    `given` names what is worked on by keys, and holds no content; `target` is where its result is shown,
    or `file` describes the one that it made.
    """

    key: str
    kind: str
    person: int
    title: str
    back: str
    begun: datetime
    given: dict[str, Any] = field(default_factory=dict)
    state: State = State.RUNNING
    what: str = ""
    done: int = 0
    total: int = 0
    target: str = ""
    said: dict[str, str] = field(default_factory=dict)
    file: dict[str, str] = field(default_factory=dict)

    @property
    def is_running(self) -> bool:
        return self.state is State.RUNNING

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def refusal(self) -> Refusal:
        return Refusal(self.said["message"], clause=self.said["clause"], way_on=self.said["way_on"])

    def save(self) -> None:
        """Whole or not at all: a page that reads at the same time sees the one before."""
        path = _path(self.key)
        new = path.with_suffix(".new")
        text = json.dumps(asdict(self) | {"begun": self.begun.isoformat()}, ensure_ascii=False)
        new.write_text(text, encoding="utf-8")
        os.replace(new, path)


class Reporter:
    """Writes down how far its work is, and not more often than anybody looks."""

    def __init__(self, work: Work) -> None:
        self.work, self.last = work, 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if what == self.work.what and done < total and now - self.last < PAUSE:
            return
        self.last = now
        self.work.what, self.work.done, self.work.total = what, done, total
        self.work.save()


def new_work(
    *, kind: str, person: int, title: str, back: str, begun: datetime, given: dict[str, Any]
) -> Work:
    """A work that nobody does yet; what is older than a day is cleared away."""
    _folder().mkdir(mode=0o700, exist_ok=True)
    _clear(begun)
    return Work(secrets.token_hex(16), kind, person, title, back, begun, given)


def find(key: str, *, person: int | None = None) -> Work | None:
    """The work with this key, if it is that person's; one whose process is gone is broken."""
    if not KEY.fullmatch(key):
        return None
    try:
        said = json.loads(_path(key).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    moved = {"begun": datetime.fromisoformat(said["begun"]), "state": State(said["state"])}
    work = Work(**said | moved)
    if person is not None and work.person != person:
        return None
    if work.is_running and not _is_held(key):
        # It may have ended between the two looks.
        again = json.loads(_path(key).read_text(encoding="utf-8"))
        work = Work(**again | moved | {"state": State(again["state"])})
        work.state = State.BROKEN if work.is_running else work.state
    return work


@contextmanager
def held(key: str) -> Iterator[int]:
    """Hold the lock of a work; a process that inherits the descriptor goes on holding it until it ends."""
    handle = os.open(_lock(key), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield handle
    finally:
        os.close(handle)


def _is_held(key: str) -> bool:
    try:
        handle = os.open(_lock(key), os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _clear(now: datetime) -> None:
    oldest = now.timestamp() - KEPT_SECONDS
    for path in _folder().iterdir():
        if path.stat().st_mtime < oldest and not _is_held(path.stem):
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.INSTALLATION.folder) / FOLDER


def _path(key: str) -> Path:
    return _folder() / f"{key}.json"


def path_of_result(key: str) -> Path:
    return _folder() / f"{key}.file"


def _lock(key: str) -> Path:
    return _folder() / f"{key}.lock"
