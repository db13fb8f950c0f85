"""Where the cipher texts lie: `attachments/ab/abcd…` in the data folder, outside any web root, mode 0600."""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

FOLDER = "attachments"
NAME = re.compile(r"[0-9a-f]{32}")


class NotThere(Exception):
    """No file of this name."""


class NotAFile(Exception):
    """In its place lies a link, a folder or something else."""


@dataclass
class Storing:
    """Files written for an act that is not over; they go again when it fails."""

    written: list[Path] = field(default_factory=list)

    def write(self, name: str, content: bytes) -> None:
        """The file is on the disk, under its final name, before the row that speaks of it."""
        path = path_of(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.written.append(path)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        _sync(path.parent)


@contextmanager
def storing() -> Iterator[Storing]:
    """Around the act that stores: `with storing() as files, act(…): attach(files, …)`."""
    files = Storing()
    try:
        yield files
    except BaseException:
        for path in files.written:
            path.unlink(missing_ok=True)
        raise


def folder() -> Path:
    return Path(settings.INSTALLATION.folder)


def path_of(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise NotThere(name)
    return folder() / FOLDER / name[:2] / name


def read(name: str) -> bytes:
    """The cipher text; a link put in its place is not followed."""
    path = path_of(name)
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        raise NotThere(name) from None
    except OSError as error:
        raise NotAFile(f"{name}: {error.strerror}") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotAFile(name)
    with os.fdopen(handle, "rb") as source:
        return source.read()


def names() -> Iterator[str]:
    """Every entry below the folder, by its path relative to it."""
    root = folder() / FOLDER
    for place, folders, found in os.walk(root):
        for name in sorted(found + [f for f in folders if (Path(place) / f).is_symlink()]):
            yield (Path(place) / name).relative_to(root).as_posix()


def _sync(place: Path) -> None:
    """Make the directory entry durable too (not possible on every system)."""
    if os.name != "posix":
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
