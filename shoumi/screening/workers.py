"""Child processes that screen files under limits: one bad file ends its process and never the scan."""

import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from shoumi.screening.findings import FileResult, Unread
from shoumi.screening.lineage import Lineage
from shoumi.screening.readers.pieces import MIB, Budget
from shoumi.screening.screener import Screener
from shoumi.screening.words import WordList

# A server that has loaded the readers and proved the rules once and forks from there, where there is one; never a fork of
# the caller, whose threads and open files are its own business.
_FORKS = "forkserver" in multiprocessing.get_all_start_methods()
_PROCESSES: Any = multiprocessing.get_context("forkserver" if _FORKS else "spawn")
if _FORKS:
    _PROCESSES.set_forkserver_preload(["shoumi.screening.workers", "shoumi.screening.ready"])
_START = 120.0
"""Seconds a child may take to make itself ready: compiling a long word list, on a busy machine."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use; `seconds` is for one file.

    A child that has not answered `grace` seconds later is ended.
    """

    seconds: float = 300.0
    grace: float = 20.0
    memory: int = 4096 * MIB


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a child needs to make its screener; plain data, so that it can be sent."""

    words: WordList = field(default_factory=WordList)
    lineage: Lineage = field(default_factory=Lineage)
    pictures: bool = True
    portable: bool = False
    cache: str = ""
    limits: Limits = field(default_factory=Limits)

    def screener(self) -> Screener:
        return Screener(
            self.words,
            lineage=self.lineage,
            pictures=self.pictures,
            portable=self.portable,
            cache=Path(self.cache) if self.cache else None,
            budget=Budget(seconds=self.limits.seconds),
        )


@dataclass(frozen=True, slots=True)
class Job:
    """A file to screen; `known` is its digest at an earlier scan, to be skipped if unchanged."""

    path: str
    known: str = ""


def _confine(limits: Limits) -> None:
    """Bound the child's memory and files, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    bound = limits.memory if most == resource.RLIM_INFINITY else min(limits.memory, most)
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    # A reader never writes files, and a dying child leaves no image of its memory.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _child(connection: Connection, settings: Settings) -> None:
    _confine(settings.limits)
    screener = settings.screener()
    connection.send(None)
    while True:
        try:
            job: Job | None = connection.recv()
        except EOFError:
            return
        if job is None:
            return
        connection.send(_screen(screener, job))


def _screen(screener: Screener, job: Job) -> FileResult | None:
    """The result; None where the file is as it was."""
    try:
        return screener.scan(Path(job.path), known=job.known)
    except MemoryError:
        return unchecked(job.path, "检查所需内存超过上限")
    except Exception as error:  # The scan must go on, and the file must be listed.
        return unchecked(job.path, f"检查时出错（{type(error).__name__}）")


def unchecked(path: str, reason: str) -> FileResult:
    return FileResult(path, unread=[Unread("", reason)])


class _Worker:
    """A child and what it is working on."""

    def __init__(self, settings: Settings) -> None:
        self.connection, theirs = _PROCESSES.Pipe()
        self.process = _PROCESSES.Process(target=_child, args=(theirs, settings), daemon=True)
        self.process.start()
        theirs.close()
        self.job: Job | None = None
        self.ready = False
        self.until = time.monotonic() + _START

    def give(self, job: Job, limits: Limits) -> None:
        self.job = job
        self.until = time.monotonic() + limits.seconds + limits.grace
        self.connection.send(job)

    def end(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()
        self.process.close()


class Crew:
    """A fixed number of children; replaces one that dies or is ended."""

    def __init__(self, settings: Settings, workers: int) -> None:
        self._settings = settings
        self._count = max(1, workers)
        self._failed_starts = 0

    def screen(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, FileResult | None]]:
        """Results as they come, one for every job whatever happens; None for unchanged files."""
        waiting = deque(jobs)
        crew = [_Worker(self._settings) for _ in range(min(self._count, len(waiting)))]
        try:
            while waiting or any(worker.job for worker in crew):
                if not crew:
                    yield waiting.popleft(), unchecked("", "检查进程不能启动")
                    continue
                yield from self._round(crew, waiting)
        finally:
            for worker in crew:
                worker.end()

    def _round(
        self, crew: list[_Worker], waiting: deque[Job]
    ) -> Iterator[tuple[Job, FileResult | None]]:
        pause = max(0.0, min(worker.until for worker in crew) - time.monotonic())
        answered = set(wait([worker.connection for worker in crew], timeout=pause))
        for worker in list(crew):
            if worker.connection in answered:
                yield from self._answer(crew, worker, waiting)
            elif time.monotonic() > worker.until:
                yield from self._replace(crew, worker, waiting, "检查超时，已中止")

    def _answer(
        self, crew: list[_Worker], worker: _Worker, waiting: deque[Job]
    ) -> Iterator[tuple[Job, FileResult | None]]:
        try:
            answer: Any = worker.connection.recv()
        except (EOFError, OSError):
            yield from self._replace(crew, worker, waiting, "检查进程异常中止")
            return
        if worker.job:
            yield worker.job, answer
        worker.ready, worker.job = True, None
        worker.until = float("inf")
        if waiting:
            self._start(worker, waiting)

    def _start(self, worker: _Worker, waiting: deque[Job]) -> None:
        job = waiting.popleft()
        try:
            worker.give(job, self._settings.limits)
        except OSError:
            # The child is gone; its connection tells on the next round, with the job beside it.
            worker.job = job

    def _replace(
        self, crew: list[_Worker], worker: _Worker, waiting: deque[Job], reason: str
    ) -> Iterator[tuple[Job, FileResult | None]]:
        crew.remove(worker)
        if worker.job:
            yield worker.job, unchecked(worker.job.path, reason)
        if not worker.ready:
            self._failed_starts += 1
        worker.end()
        if waiting and self._failed_starts < 3 * self._count:
            crew.append(_Worker(self._settings))
