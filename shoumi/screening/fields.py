"""What names a value: the words before it, or the heading of its column."""

import re

_SHORT = 14


def field_label(text: str, start: int) -> str:
    """What names a value: the words just before it, or the heading of its column."""
    left = max(text.rfind("\n", 0, start) + 1, start - 4000)
    row = text[left:start]
    for sign in "\t,":
        column = row.count(sign)
        if column:
            return _heading(text, left, sign, column)
    return row[-_SHORT:]


def _heading(text: str, left: int, sign: str, column: int) -> str:
    """The cell above in the first row that reaches this column and holds no number there."""
    for line in text[: min(left, 4000)].split("\n")[:8]:
        cells = line.split(sign)
        if len(cells) > column and cells[column].strip() and not re.search(r"\d{5}", cells[column]):
            return cells[column]
    return ""
