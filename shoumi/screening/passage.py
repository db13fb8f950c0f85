"""What a reader hands over: pieces of text that know where they stand in the file."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

_FEED = re.compile("\n")
_REACH = 400
BREAKS = "\n\r\v\f"


class Zone(StrEnum):
    """What a piece of text is to the page; a lone level word only means something in some of them."""

    BODY = "body"
    # Headers, footers, text boxes, slides, sheet headers: places where a mark is put.
    MARGIN = "margin"
    # Comments, properties, hidden data: seldom prose, never seen on the printed page.
    ASIDE = "aside"
    NAME = "name"
    # Text read out of a picture: stars are misread, blanks are lost.
    PICTURE = "picture"


@dataclass(slots=True)
class Passage:
    """A piece of text: paragraphs or rows end with a line feed, cells with a tab.

    `place` says where in Chinese (页眉、第3页、工作表「台账」); `unit` is the word for one line (段、行),
    empty where lines are not counted; `head` is how many filled lines at the top are the head of the
    document; `starts`/`names` give every cell's first character and its name (B12), where it has one.
    """

    text: str
    place: str
    zone: Zone = Zone.BODY
    unit: str = ""
    head: int = 0
    starts: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    _lines: list[int] = field(default_factory=list, repr=False, compare=False)
    _head_ends: int = field(default=-1, repr=False, compare=False)

    def locate(self, offset: int) -> str:
        """The place of a character, in words."""
        if self.starts:
            index = bisect_right(self.starts, offset) - 1
            return f"{self.place}{self.names[index]}" if index >= 0 else self.place
        if not self.unit:
            return self.place
        if not self._lines:
            self._lines = [-1, *(hit.start() for hit in _FEED.finditer(self.text))]
        line = bisect_left(self._lines, offset)
        column = self.text.count("\t", self._lines[line - 1] + 1, offset) if line else 0
        cell = f"第{column + 1}列" if column else ""
        return f"{self.place}第{max(line, 1)}{self.unit}{cell}"

    def in_head(self, offset: int) -> bool:
        """Whether the character stands in one of the first `head` lines that are not blank."""
        if self.zone in (Zone.MARGIN, Zone.NAME, Zone.PICTURE) and not self.head:
            return True
        if self._head_ends < 0:
            self._head_ends = self._end_of_head()
        return offset < self._head_ends

    def _end_of_head(self) -> int:
        at = filled = 0
        while filled < self.head and at < len(self.text):
            end = self.text.find("\n", at)
            end = end if end >= 0 else len(self.text)
            filled += not self.text[at:end].isspace() and end > at
            at = end + 1
        return at

    def line(self, start: int, end: int) -> tuple[int, int]:
        """The bounds of the line, or lines, that hold a span; in-cell breaks count as breaks.

        Not farther than `_REACH` from the span, since a line may be as long as the file.
        """
        first, last = max(0, start - _REACH), min(len(self.text), end + _REACH)
        left = max(self.text.rfind(sign, first, start) for sign in BREAKS) + 1
        rights = [at for sign in BREAKS if (at := self.text.find(sign, end, last)) >= 0]
        return left or first, min(rights, default=last)

    def around(self, start: int, end: int, width: int = 24) -> str:
        """The text about a span on one line, for people."""
        piece = self.text[max(0, start - width) : end + width]
        return " ".join("".join(s if s.isprintable() else " " for s in piece).split())
