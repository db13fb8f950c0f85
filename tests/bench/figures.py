"""Figures and what is asked of them: each ratio is taken in one run, and met or missed."""

from dataclasses import dataclass, field
from math import ceil
from statistics import median
from unicodedata import east_asian_width


def p50(seconds: list[float]) -> float:
    return median(seconds)


def p95(seconds: list[float]) -> float:
    """The smallest of these that is not exceeded by nineteen in twenty."""
    return sorted(seconds)[ceil(0.95 * len(seconds)) - 1]


@dataclass
class Line:
    """One figure on one database; without a bound it is only told."""

    title: str
    said: str
    asked: str = ""
    is_met: bool | None = None


@dataclass
class Sheet:
    """The figures of one database."""

    database: str
    lines: list[Line] = field(default_factory=list)

    def tell(self, title: str, said: str) -> None:
        self.lines.append(Line(title, said))

    def at_most(self, title: str, ratio: float, bound: float, said: str = "") -> None:
        text = f"{ratio:.2f}{said}"
        self.lines.append(Line(title, text, f"≤ {bound:g}", ratio <= bound))

    def at_least(self, title: str, ratio: float, bound: float, said: str = "") -> None:
        text = f"{ratio:.2f}{said}"
        self.lines.append(Line(title, text, f"≥ {bound:g}", ratio >= bound))

    def must(self, title: str, said: str, asked: str, *, is_met: bool) -> None:
        self.lines.append(Line(title, said, asked, is_met))

    @property
    def missed(self) -> list[Line]:
        return [line for line in self.lines if line.is_met is False]


def side_by_side(sheets: list[Sheet]) -> str:
    """One table, a column for each database; both have the same lines."""
    words = {None: "", True: "达到", False: "未达到"}
    rows = [["项目", *(sheet.database for sheet in sheets), "要求", "结论"]]
    for lines in zip(*(sheet.lines for sheet in sheets), strict=True):
        met = [line.is_met for line in lines]
        verdict = None if met[0] is None else all(met)
        rows.append(
            [lines[0].title, *(line.said for line in lines), lines[0].asked, words[verdict]]
        )
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    ruled = ["  ".join(map(_padded, row, widths)).rstrip() for row in rows]
    return "\n".join([ruled[0], "─" * (sum(widths) + 2 * len(widths)), *ruled[1:]])


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
