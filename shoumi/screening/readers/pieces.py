"""What a reader yields besides passages, and the bounds within which it works."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shoumi.screening.passage import Passage

MIB = 1024 * 1024


class Unreadable(Exception):
    """The file, or the member, cannot be read; the message is the reason in Chinese."""


class TooMuch(Unreadable):
    """A bound was reached: the rest is not read, and that is said."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a file."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that may hold writing; `data` is any format that the picture reader knows."""

    place: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Gap:
    """A part that was not read, and why; `name` is the member's, empty for the file itself."""

    reason: str
    name: str = ""


Piece = Passage | Member | Picture | Gap


@dataclass(slots=True)
class Budget:
    """What may be unpacked from one file, all its members together."""

    unpacked: int = 1024 * MIB
    members: int = 20_000
    depth: int = 8
    pages: int = 3_000
    pictures: int = 300
    seconds: float = 300.0
    started: float = 0.0

    def start(self) -> None:
        self.started = time.monotonic()

    @property
    def is_late(self) -> bool:
        """Whether the slow part, reading pictures, should leave the rest."""
        return time.monotonic() - self.started > self.seconds

    def spend(self, size: int) -> None:
        self.unpacked -= size
        if self.unpacked < 0:
            raise TooMuch("解开后的内容超过上限，疑似压缩炸弹")

    def open_member(self) -> None:
        self.members -= 1
        if self.members < 0:
            raise TooMuch("所含文件个数超过上限")


Reader = Callable[[bytes, Budget], Iterator[Piece]]
