"""What a rulebook is made of: regulations, clauses, dated figures, posts, flows; all frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from shoumi.kernel.approval import Step
from shoumi.kernel.levels import Level

KINDS = {
    "refuse": "拒绝",
    "approve": "审批",
    "deadline": "时限",
    "duty": "职责",
    "record": "登记",
    "mark": "标志",
    "count": "计数",
    "display": "展示",
}
FIGURE_KINDS = ("int", "str", "bool", "list", "by_level", "table")
STRICTER = ("lower", "higher", "fewer", "")


class RulebookError(Exception):
    """The rulebook cannot be used as it stands; the message names file and clause."""


@dataclass(frozen=True)
class Dated:
    """Something that holds from one day to another, both included."""

    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    def overlaps(self, other: "Dated") -> bool:
        starts_before = self.since is None or other.until is None or self.since <= other.until
        ends_after = self.until is None or other.since is None or other.since <= self.until
        return starts_before and ends_after


@dataclass(frozen=True, kw_only=True)
class Instrument(Dated):
    """A law, regulation or standard that clauses rest on (依据), under its short name."""

    short: str
    title: str
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class Citation(Dated):
    """One place in one instrument; dated, because articles are renumbered and orders replaced."""

    instrument: str
    article: str = ""

    def __str__(self) -> str:
        return f"{self.instrument}{self.article}"


@dataclass(frozen=True)
class ControlRef:
    """A clause's claim that a point in code serves it in a certain way."""

    kind: str
    point: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.point}"


@dataclass(frozen=True)
class DatedValue:
    """A figure and its first day; `warning` says why an old one is out of today's range."""

    since: date
    value: Any
    note: str = ""
    warning: str = ""


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A figure of a clause. `stricter` says in which direction a body may move it."""

    key: str
    label: str
    kind: str
    unit: str = ""
    lowest: int | None = None
    highest: int | None = None
    choices: tuple[Any, ...] = ()
    pattern: str = ""
    stricter: str = ""
    fixed: bool = False
    values: tuple[DatedValue, ...] = ()

    def dated_value(self, on: date) -> DatedValue | None:
        """The value in force on a day, or nothing before the first one."""
        found = None
        for value in self.values:
            if value.since <= on:
                found = value
        return found


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One rule in our own words, with the points in code that keep it and the figures it sets."""

    id: str
    title: str
    text: str
    samples: tuple[str, ...] = ()
    basis: tuple[Citation, ...] = ()
    controls: tuple[ControlRef, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    note: str = ""

    def parameter(self, key: str) -> Parameter:
        for parameter in self.parameters:
            if parameter.key == key:
                return parameter
        raise RulebookError(f"条款「{self.id}」没有参数「{key}」")

    def basis_on(self, day: date) -> tuple[Citation, ...]:
        return tuple(citation for citation in self.basis if citation.holds_on(day))


@dataclass(frozen=True, kw_only=True)
class Regulation:
    """One 制度: a file of clauses whose ids begin with its own."""

    id: str
    title: str
    scope: str
    file: str
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Post:
    """A 岗位. `content` says whether its holder ever sees business content by virtue of it."""

    key: str
    label: str
    duty: str
    content: bool = True
    exclusive: str = ""
    bound: str = "body"
    appointed: bool = True


@dataclass(frozen=True, kw_only=True)
class FlowRow(Dated):
    """A dated line of a flow: for these levels and conditions these steps, or a refusal."""

    levels: frozenset[Level]
    when: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    refuse: str = ""
    way_on: str = ""
    clause: str = ""
    like: str = ""

    def fits(self, level: Level, conditions: Mapping[str, Any], on: date) -> bool:
        return (
            level in self.levels
            and self.holds_on(on)
            and all(conditions.get(name) == value for name, value in self.when.items())
        )


@dataclass(frozen=True, kw_only=True)
class Flow:
    """The approval route of one matter (事项), as rows a lawyer can read."""

    matter: str
    title: str
    clause: str
    file: str
    rows: tuple[FlowRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """One row of the 1,511 obligations: its room, its main control and the row it repeats."""

    id: str
    domain: str
    control: str
    same_as: str = ""


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """Everything the data folder says."""

    instruments: Mapping[str, Instrument]
    regulations: tuple[Regulation, ...]
    posts: Mapping[str, Post]
    flows: tuple[Flow, ...]
    obligations: Mapping[str, Obligation]
    argued: Mapping[str, str]

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        return {
            clause.id: clause for regulation in self.regulations for clause in regulation.clauses
        }

    def clause(self, clause_id: str) -> Clause:
        try:
            return self.clauses[clause_id]
        except KeyError:
            raise RulebookError(f"规章中没有条款「{clause_id}」") from None

    def regulation_of(self, clause_id: str) -> Regulation:
        for regulation in self.regulations:
            if any(clause.id == clause_id for clause in regulation.clauses):
                return regulation
        raise RulebookError(f"规章中没有条款「{clause_id}」")

    def flow(self, matter: str) -> Flow:
        for flow in self.flows:
            if flow.matter == matter:
                return flow
        raise RulebookError(f"规章中没有事项「{matter}」的审批流程")
