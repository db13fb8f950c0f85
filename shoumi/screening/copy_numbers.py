"""The copy number (份号) of a paper: behind its name, or six digits beside a mark."""

import re
from collections.abc import Iterator

from shoumi.screening.findings import Confidence, Kind
from shoumi.screening.marks import Draft
from shoumi.screening.passage import Passage
from shoumi.screening.rules import own_rules
from shoumi.screening.setting import is_quoted

_LABELLED_COPY = re.compile(
    own_rules().pattern(
        r"份{N}{0,3}[号號]{B}{0,3}[:：\t]?{B}{0,4}(?:№|No|NO|第)?[.．:：]?{B}{0,3}(?P<number>[0-9０-９](?:{G}?[0-9０-９]){2,7})(?![0-9０-９位年月%％])"
    )
)


def check_copy_number(passage: Passage, start: int, end: int) -> Iterator[Draft]:
    """A number behind the words 份号."""
    hit = _LABELLED_COPY.search(passage.text, start, min(len(passage.text), end + 24))
    if hit and not is_quoted(passage, hit.start(), hit.end()):
        digits = "".join(str(int(sign)) for sign in hit["number"] if sign.isdigit())
        why = "标有份号"
        yield Draft(Kind.COPY_NUMBER, *hit.span("number"), digits, why, Confidence.HIGH)


_LONE_NUMBER = re.compile(r"[\s(（]*(?:№|No\.?|NO\.?|份号[:：]?)?\s*([0-9０-９]{6})[)）\s]*")


def copy_numbers_beside(passage: Passage, start: int, end: int) -> Iterator[Draft]:
    """Six digits alone on a line near a mark, or beside it on its own line."""
    left, right = passage.line(start, end)
    for _ in range(3):
        left = max(0, passage.text.rfind("\n", 0, max(0, left - 1)) + 1 if left else 0)
        stop = passage.text.find("\n", right + 1)
        right = stop if stop >= 0 else len(passage.text)
    at = left
    for line in re.split(r"[\n\t\v]| {2,}", passage.text[left:right]):
        begin = passage.text.index(line, at)
        at = begin + len(line)
        # The mark's own line may hold the number in front of it.
        piece = line if not begin <= start < at else passage.text[begin:start]
        if hit := _LONE_NUMBER.fullmatch(piece):
            digits = str(int("1" + hit[1]))[1:]
            first = begin + hit.start(1)
            why = "六位数字独占一行，与密级标志相邻"
            yield Draft(Kind.COPY_NUMBER, first, first + 6, digits, why, Confidence.HIGH)
