"""Bar charts (条形图) drawn on the server: SVG attributes only, since the page allows no inline style."""

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 640
LABELS = 150
VALUES = 70
STEP = 30


@dataclass(frozen=True)
class Bar:
    """One bar: what it counts, how many now and (if asked) before, and the rows behind it."""

    label: str
    value: float
    url: str = ""
    before: float | None = None


@dataclass(frozen=True)
class Drawn:
    """A bar with its place in the picture."""

    bar: Bar
    middle: int
    top: int
    width: int
    before_width: int
    after: int

    @property
    def short(self) -> str:
        """As much of the label as fits; the table twin has all of it."""
        return self.bar.label if len(self.bar.label) <= 10 else f"{self.bar.label[:9]}…"


@dataclass(frozen=True)
class Chart:
    bars: list[Drawn]
    height: int
    has_before: bool
    width: int = WIDTH
    left: int = LABELS


def draw(bars: Iterable[Bar | tuple[str, float] | tuple[str, float, str]]) -> Chart:
    """Give every bar its length; the longest reaches the margin, zero has none."""
    given = [b if isinstance(b, Bar) else Bar(*b) for b in bars]
    highest = max((max(b.value, b.before or 0) for b in given), default=0) or 1
    room = WIDTH - LABELS - VALUES
    drawn = []
    for place, bar in enumerate(given):
        width = round(room * max(bar.value, 0) / highest)
        before_width = round(room * max(bar.before or 0, 0) / highest)
        drawn.append(
            Drawn(
                bar=bar,
                middle=place * STEP + 20,
                top=place * STEP + 7,
                width=width,
                before_width=before_width,
                after=LABELS + max(width, before_width) + 8,
            )
        )
    return Chart(
        drawn, height=len(given) * STEP + 6, has_before=any(b.before is not None for b in given)
    )
