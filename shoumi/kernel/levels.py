"""Who may know what: the only place where levels are compared with clearances."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Self

from shoumi.kernel.refusal import Refusal

EVERYONE = "*"


class Level(IntEnum):
    """密级, ordered so that dominance is arithmetic; 内部 is no level of state secret."""

    PUBLIC = 0
    INTERNAL = 1
    CONFIDENTIAL = 2
    SECRET = 3
    TOP_SECRET = 4

    @property
    def label(self) -> str:
        return ("公开", "内部", "秘密", "机密", "绝密")[self]

    @property
    def is_state_secret(self) -> bool:
        return self >= Level.CONFIDENTIAL

    @classmethod
    def from_label(cls, word: str) -> Self:
        for level in cls:
            if level.label == word:
                return level
        raise Refusal(
            f"「{word}」不是密级", clause="marks.form", way_on="密级为绝密、机密、秘密、内部、公开"
        )


class PersonnelClass(StrEnum):
    """The class of a person in a secret-related post (涉密人员类别)."""

    CORE = "core"
    IMPORTANT = "important"
    GENERAL = "general"

    @property
    def label(self) -> str:
        return {"core": "核心", "important": "重要", "general": "一般"}[self.value]

    @property
    def clearance(self) -> Level:
        return {"core": Level.TOP_SECRET, "important": Level.SECRET, "general": Level.CONFIDENTIAL}[
            self.value
        ]

    @classmethod
    def from_label(cls, word: str) -> Self:
        for member in cls:
            if member.label == word:
                return member
        raise Refusal(
            f"「{word}」不是涉密人员类别",
            clause="access.clearance",
            way_on="类别为核心、重要、一般",
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """A person as the gate sees them today; everyone with an account bears the principal `*`."""

    person: int
    clearance: Level
    principals: frozenset[str] = frozenset()
    in_exit_period: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A level and the need-to-know list (知悉范围); an empty list means nobody."""

    level: Level
    principals: frozenset[str] = frozenset()

    def dominates(self, other: "Label") -> bool:
        """At least as strict: nobody who may know this one is kept from the other."""
        return self.level >= other.level and self.principals <= other.principals

    def join(self, other: "Label") -> "Label":
        """The label of a compilation (汇编): highest level, only those listed for both."""
        return Label(max(self.level, other.level), self.principals & other.principals)

    def meet(self, other: "Label") -> "Label":
        return Label(min(self.level, other.level), self.principals | other.principals)


@dataclass(frozen=True, slots=True)
class Verdict:
    allowed: bool
    reason: str


def may_know(subject: Subject, label: Label) -> Verdict:
    """Not in an exit period, clearance dominates, and named in the need-to-know list."""
    if subject.in_exit_period and label.level > Level.PUBLIC:
        return Verdict(False, "处于脱密期，不得知悉内部及以上事项")
    if subject.clearance < label.level:
        return Verdict(
            False, f"涉密等级为{subject.clearance.label}，低于该事项密级{label.level.label}"
        )
    if not subject.principals & label.principals:
        return Verdict(False, "不在知悉范围内")
    return Verdict(True, "涉密等级相符，且在知悉范围内")
