"""Finding anchors: one pass over UTF-8 bytes for all rules and all words.

An anchor is where a rule's pattern may hold; whether it does is decided on the text around it, by
code that is the same for both engines. So the portable engine, for machines that Hyperscan is not
built for, reports the same findings and is only slower.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Protocol

Anchor = tuple[int, int, int]
"""Number of the rule or word, first byte, byte after the last."""


class Engine(Protocol):
    def rules(self, data: bytes) -> list[Anchor]:
        """Maximal spans in which a rule's pattern matches, in order."""

    def ends(self, data: bytes) -> list[int]:
        """The byte after every place where the pattern for disguised words matches."""

    def words(self, data: bytes) -> list[Anchor]:
        """Every occurrence of every word, overlapping ones included, in order."""


def _united(spans: Iterable[Anchor]) -> list[Anchor]:
    """Overlapping spans of one rule become one."""
    found: list[Anchor] = []
    for number, start, end in sorted(spans):
        if found and found[-1][0] == number and start < found[-1][2]:
            found[-1] = (number, found[-1][1], max(end, found[-1][2]))
        else:
            found.append((number, start, end))
    return sorted(found, key=lambda anchor: (anchor[1], anchor[2], anchor[0]))


@cache
def _database(patterns: tuple[str, ...], *, starts: bool) -> Any:
    """Compiled once a process, and before a server of children forks.

    To be told where a match starts costs a good part of the speed.
    """
    import hyperscan

    flags = hyperscan.HS_FLAG_UTF8 | (hyperscan.HS_FLAG_SOM_LEFTMOST if starts else 0)
    database = hyperscan.Database()
    database.compile(
        expressions=[pattern.encode() for pattern in patterns],
        ids=list(range(len(patterns))),
        flags=[flags] * len(patterns),
    )
    return database


class HyperscanEngine:
    """All rules in one database, all words in another, both scanned as bytes."""

    def __init__(
        self,
        patterns: Sequence[str],
        disguise: str,
        words: Sequence[bytes],
        cached: bytes | None = None,
    ) -> None:
        import hyperscan

        self._hyperscan = hyperscan
        self._lengths = [len(word) for word in words]
        self._rules = _database(tuple(patterns), starts=True)
        self._disguise = _database((disguise,), starts=False)
        self._words: Any = None
        if words and cached:
            self._words = hyperscan.loadb(cached, hyperscan.HS_MODE_BLOCK)
            self._words.scratch = hyperscan.Scratch(self._words)
        elif words:
            self._words = hyperscan.Database()
            self._words.compile(
                expressions=list(words),
                ids=list(range(len(words))),
                literal=True,
                flags=[0] * len(words),
            )

    def rules(self, data: bytes) -> list[Anchor]:
        # The engine reports every end; of one start only the last is kept.
        ends: dict[tuple[int, int], int] = {}

        def hit(number: int, start: int, end: int, flags: int, context: object) -> None:
            ends[number, start] = end

        self._rules.scan(data, match_event_handler=hit)
        return _united((number, start, end) for (number, start), end in ends.items())

    def ends(self, data: bytes) -> list[int]:
        found: list[int] = []

        def hit(number: int, start: int, end: int, flags: int, context: object) -> None:
            found.append(end)

        self._disguise.scan(data, match_event_handler=hit)
        return found

    def words(self, data: bytes) -> list[Anchor]:
        if self._words is None:
            return []
        found: list[tuple[int, int]] = []

        def hit(number: int, start: int, end: int, flags: int, context: object) -> None:
            found.append((number, end))

        self._words.scan(data, match_event_handler=hit)
        anchors = [(number, end - self._lengths[number], end) for number, end in found]
        return sorted(anchors, key=lambda anchor: (anchor[1], anchor[2]))

    def dump(self) -> bytes:
        """The compiled words, for a cache; empty where there are none."""
        return b"" if self._words is None else bytes(self._hyperscan.dumpb(self._words))


class PortableEngine:
    """Python's own patterns for the rules, Aho–Corasick for the words."""

    def __init__(self, patterns: Sequence[str], disguise: str, words: Sequence[bytes]) -> None:
        import ahocorasick_rs

        self._disguise = re.compile(disguise)

        self._patterns = [re.compile(pattern) for pattern in patterns]
        self._words = ahocorasick_rs.BytesAhoCorasick(list(words)) if words else None

    def rules(self, data: bytes) -> list[Anchor]:
        text = data.decode("utf-8")
        found: list[Anchor] = []
        for number, pattern in enumerate(self._patterns):
            at = seen = 0
            start = 0
            while hit := pattern.search(text, start):
                at += len(text[seen : hit.start()].encode())
                seen = hit.start()
                found.append((number, at, at + len(hit[0].encode())))
                start = hit.start() + 1
        return _united(found)

    def ends(self, data: bytes) -> list[int]:
        text = data.decode("utf-8")
        found: list[int] = []
        at = seen = start = 0
        while hit := self._disguise.search(text, start):
            at += len(text[seen : hit.end()].encode())
            seen = hit.end()
            found.append(at)
            start = hit.start() + 1
        return found

    def words(self, data: bytes) -> list[Anchor]:
        if self._words is None:
            return []
        hits = self._words.find_matches_as_indexes(data, overlapping=True)
        return sorted(hits, key=lambda anchor: (anchor[1], anchor[2]))


def has_hyperscan() -> bool:
    try:
        import hyperscan  # noqa: F401
    except ImportError:
        return False
    return True
