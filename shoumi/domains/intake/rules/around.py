"""What a ledger is held against: people, machines and papers known from elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from shoumi.kernel.levels import Level, PersonnelClass


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """`clearance` is None where the class could not be read; without a class it is 公开."""

    name: str
    department: str
    clearance: Level | None
    class_label: str
    left: date | None = None


@dataclass(frozen=True, slots=True)
class KnownMachine:
    code: str
    is_classified: bool
    level: Level | None


@dataclass(frozen=True, slots=True)
class KnownLoan:
    """Copies of one paper as the register has them lent, or never lent where the borrower is empty."""

    copies: frozenset[int]
    level: Level | None
    borrower: str
    borrowed: date | None
    returned: date | None
    is_return_known: bool


class Roster:
    """People by name; namesakes stay apart."""

    def __init__(self, people: Iterable[KnownPerson]) -> None:
        self._named: dict[str, list[KnownPerson]] = defaultdict(list)
        for person in people:
            self._named["".join(person.name.split())].append(person)

    def named(self, name: str) -> list[KnownPerson]:
        return self._named.get(name, [])


@dataclass(frozen=True, slots=True)
class Around:
    """None where nothing is known, so that nothing is held against it."""

    roster: Roster | None = None
    machines: Mapping[str, KnownMachine] | None = None
    papers: Mapping[str, list[KnownLoan]] | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of the rulebook that the checks need.

    `exit_years` holds the least and the most years of an exit period for each class; `grade` is the
    deployment grade, above which only shells come in.
    """

    longest: Mapping[Level, int]
    overdue_days: int
    exit_years: Mapping[PersonnelClass, tuple[int, int]] = field(default_factory=dict)
    grade: Level = Level.TOP_SECRET
