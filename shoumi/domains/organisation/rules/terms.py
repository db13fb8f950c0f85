"""Terms of office (任期): from a day, for so many years, with a warning ahead; and who signs with whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shoumi.domains.organisation.rules.gaps import Borne
from shoumi.domains.organisation.rules.structure import STAFF, UndertakingKind

_DAY = timedelta(days=1)


def term_end(since: date, *, years: int) -> date:
    """The last day of a term that begins on `since`. Clause: organisation.term."""
    try:
        return since.replace(year=since.year + years) - _DAY
    except ValueError:  # 29 February
        return date(since.year + years, 2, 28)


@dataclass(frozen=True)
class Pair:
    """Who signs an undertaking (责任书) as the one responsible, and with whom."""

    signer: int
    superior: int
    role: str
    department: int | None = None


@dataclass(frozen=True)
class Member:
    """Somebody of the staff, and their department."""

    person: int
    department: int | None


def pairs_of(
    kind: UndertakingKind, borne: Iterable[Borne], staff: Iterable[Member]
) -> tuple[list[Pair], list[Borne | Member]]:
    """Down the tree: each person signs once, at the highest place they have; and who has nobody to sign with."""
    by_role: dict[str, list[Borne]] = {}
    for held in borne:
        if held.active:
            by_role.setdefault(held.role, []).append(held)
    top = {superior for line in kind.lines for superior in line.superiors} - {
        line.role for line in kind.lines
    }
    signed = {one.person for role in top for one in by_role.get(role, ())}
    made: list[Pair] = []
    alone: dict[int, Borne | Member] = {}
    for line in kind.lines:
        below: list[Borne | Member] = (
            list(staff) if line.role == STAFF else list(by_role.get(line.role, ()))
        )
        for one in below:
            if one.person in signed:
                continue
            superior = _superior(line.superiors, by_role, one)
            if superior is None:
                alone.setdefault(one.person, one)
                continue
            signed.add(one.person)
            made.append(Pair(one.person, superior, line.role, one.department))
    return made, [one for key, one in alone.items() if key not in signed]


def _superior(
    roles: Iterable[str], by_role: dict[str, list[Borne]], one: Borne | Member
) -> int | None:
    """The first who bears one of the roles, of the same department where the role is a department's."""
    for role in roles:
        for other in by_role.get(role, ()):
            fits = other.department is None or other.department == one.department
            if fits and other.person != one.person:
                return other.person
    return None
