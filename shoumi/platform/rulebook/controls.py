"""The points in code that keep the rules: every action, and what works without an action."""

from collections.abc import Iterator
from dataclasses import dataclass

from shoumi.platform.rulebook.model import KINDS, RulebookError

ACTION = "action"


@dataclass(frozen=True)
class ControlPoint:
    """A named point in code. An action serves clauses of any kind, another point only its own."""

    key: str
    label: str
    kinds: frozenset[str]

    def serves(self, kind: str) -> bool:
        return kind in self.kinds or ACTION in self.kinds


POINTS: dict[str, ControlPoint] = {}


def register_point(key: str, kind: str, label: str) -> ControlPoint:
    """Enter a point; the same point may serve several kinds, but bears one label."""
    if kind != ACTION and kind not in KINDS:
        raise RulebookError(f"控制点「{key}」的类别「{kind}」不存在")
    known = POINTS.get(key)
    if known is not None and known.label != label:
        raise RulebookError(f"控制点「{key}」有两个名称：「{known.label}」「{label}」")
    kinds = frozenset({kind}) | (known.kinds if known else frozenset())
    POINTS[key] = ControlPoint(key=key, label=label, kinds=kinds)
    return POINTS[key]


@dataclass(frozen=True)
class Control:
    """A point that is not an action: `MAY_KNOW = Control("access.may_know", kind="refuse", …)`."""

    key: str
    kind: str
    label: str

    def __post_init__(self) -> None:
        register_point(self.key, self.kind, self.label)


def labels() -> Iterator[tuple[str, str]]:
    """Every point with its Chinese label, for the rulebook page and the glossary test."""
    for key in sorted(POINTS):
        yield key, POINTS[key].label
