"""A scan of folders: which files, in which order, what is skipped, what is kept for the next time."""

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from shoumi import __version__
from shoumi.screening.findings import FileResult, Status
from shoumi.screening.readers.archives import name_text
from shoumi.screening.rules import own_rules
from shoumi.screening.workers import Crew, Job, Settings, unchecked

Watcher = Callable[[int, int, str], None]
"""Told how many files are done, how many there are, and the one just finished."""


@dataclass(slots=True)
class Listing:
    """The files of a scan in order, and what cannot even be opened."""

    files: list[str] = field(default_factory=list)
    unread: list[FileResult] = field(default_factory=list)


def listed(paths: Iterable[Path]) -> Listing:
    """Every file below the paths, each once; links below them are not followed, and that is said."""
    listing = Listing()
    seen: set[str] = set()
    for path in paths:
        if path.is_dir():
            _walk(path, listing, seen)
        elif path.exists():
            _add(str(path), listing, seen)
        else:
            listing.unread.append(unchecked(shown(str(path)), "文件不存在"))
    listing.files.sort()
    return listing


def _walk(root: Path, listing: Listing, seen: set[str]) -> None:
    def refused(error: OSError) -> None:
        listing.unread.append(unchecked(shown(str(error.filename)), "文件夹不能打开"))

    for folder, folders, files in os.walk(root, onerror=refused):
        folders.sort()
        for name in folders:
            if os.path.islink(os.path.join(folder, name)):
                path = os.path.join(folder, name)
                listing.unread.append(unchecked(shown(path), "符号链接，未跟随"))
        for name in sorted(files):
            path = os.path.join(folder, name)
            if os.path.islink(path):
                listing.unread.append(unchecked(shown(path), "符号链接，未跟随"))
            else:
                _add(path, listing, seen)


def _add(path: str, listing: Listing, seen: set[str]) -> None:
    real = os.path.realpath(path)
    if real in seen:
        return
    seen.add(real)
    try:
        regular = stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        regular = False
    if regular:
        listing.files.append(path)
    else:
        listing.unread.append(unchecked(shown(path), "不是普通文件，不能读取"))


def shown(path: str) -> str:
    """A path as text: names written by old systems are mostly GBK."""
    return name_text(os.fsencode(path))


class State:
    """Results of an earlier or broken-off scan, one line each; written as they come.

    A result counts only while the file, the rules, the words and the choices are the same.
    """

    def __init__(self, path: Path | None, settings: Settings, *, reveal: bool) -> None:
        self._path, self._reveal = path, reveal
        self._setup = _setup(settings, reveal)
        self._kept: dict[str, dict[str, Any]] = {}
        self._file: TextIO | None = None
        if path is None:
            return
        if path.exists():
            self._read(path)
        # Written aside and moved into place, so that being broken off again loses nothing; for the owner
        # only, since what was found is nobody else's business.
        fresh = path.with_name(f"{path.name}.new")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(handle, "w", encoding="utf-8")
        for data in self._kept.values():
            self._write(data)
        fresh.replace(path)

    def _read(self, path: Path) -> None:
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                try:
                    data = json.loads(line)
                    FileResult.from_data(data)
                except (ValueError, KeyError, TypeError):
                    continue  # The line that was being written when the scan was broken off.
                if data.get("setup") == self._setup:
                    self._kept[data["file"]] = data

    def _write(self, data: dict[str, Any]) -> None:
        if self._file:
            self._file.write(json.dumps(data, ensure_ascii=False) + "\n")
            self._file.flush()

    def digest(self, file: str) -> str:
        return str(self._kept.get(file, {}).get("digest", ""))

    def earlier(self, file: str) -> FileResult:
        return FileResult.from_data(self._kept[file])

    def keep(self, result: FileResult) -> None:
        # What could not be read is tried again the next time.
        if self._file and result.digest and not result.unread:
            self._write({**result.as_data(reveal=self._reveal), "setup": self._setup})

    def close(self) -> None:
        if self._file:
            self._file.close()


def _setup(settings: Settings, reveal: bool) -> str:
    rules = "\n".join(f"{rule.key} {rule.anchor}" for rule in own_rules().rules)
    papers = hashlib.sha256(b"".join(sorted(settings.lineage.papers))).hexdigest()
    choices = f"{settings.words.digest} {papers} {settings.pictures} {reveal}"
    return hashlib.sha256(f"{__version__}\n{rules}\n{choices}".encode()).hexdigest()[:24]


@dataclass(slots=True)
class Tally:
    """Counts over a scan."""

    files: int = 0
    found: int = 0
    clean: int = 0
    unchecked: int = 0
    incomplete: int = 0
    size: int = 0

    def add(self, result: FileResult) -> None:
        self.files += 1
        self.size += result.size
        self.found += result.status is Status.FOUND
        self.clean += result.status is Status.CLEAN
        self.unchecked += result.status is Status.UNCHECKED
        self.incomplete += result.status is Status.FOUND and bool(result.unread)

    @property
    def exit_code(self) -> int:
        """2 where anything was not checked, else 1 where anything was found, else 0."""
        if self.unchecked or self.incomplete:
            return 2
        return 1 if self.found else 0


def scan(
    paths: Iterable[Path],
    settings: Settings,
    *,
    workers: int = 1,
    state: State | None = None,
    watch: Watcher | None = None,
) -> Iterator[FileResult]:
    """Screen everything below the paths; results in the order of the names, whatever finishes first."""
    listing = listed(paths)
    state = state or State(None, settings, reveal=False)
    yield from sorted(listing.unread, key=lambda result: result.file)
    jobs = [Job(path, state.digest(shown(path))) for path in listing.files]
    done: dict[str, FileResult] = {}
    due = 0
    for count, (job, answer) in enumerate(Crew(settings, workers).screen(jobs), start=1):
        name = shown(job.path)
        if answer is None:
            result = state.earlier(name)
        else:
            result = answer
            result.file = name
            state.keep(result)
        done[job.path] = result
        if watch:
            watch(count, len(jobs), name)
        while due < len(jobs) and jobs[due].path in done:
            yield done.pop(jobs[due].path)
            due += 1
