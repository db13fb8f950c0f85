"""What an organisation lacks (缺岗): the one check that every 「X 对 Y 负责」 of the rulebook rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from shoumi.domains.organisation.rules.structure import Role, Structure


@dataclass(frozen=True, kw_only=True)
class Borne:
    """A responsibility somebody bears: `posts` are those held today, with the department of each."""

    key: int
    role: str
    person: int
    name: str
    posts: frozenset[tuple[str, int | None]]
    active: bool = True
    organ: int | None = None
    department: int | None = None
    scope: str = ""
    position: str = ""
    qualification: str = ""
    term_ends: date | None = None


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a post today."""

    person: int
    name: str
    department: int | None = None


@dataclass(frozen=True, kw_only=True)
class World:
    """A body as it stands: open departments, standing organs (kind and name), who bears and holds what.

    `positions` are the offices (职务) that the heads of some organs must hold, by role.
    """

    departments: Mapping[int, str]
    organs: Mapping[int, tuple[str, str]]
    borne: tuple[Borne, ...]
    holders: Mapping[str, tuple[Holder, ...]]
    positions: Mapping[str, str]


@dataclass(frozen=True)
class Gap:
    """One thing missing: `key` names the duty it becomes, `where` the department, organ or matter."""

    key: str
    clause: str
    title: str
    where: str
    say: str


@dataclass(frozen=True)
class Place:
    """Where a responsibility is to be borne once."""

    name: str
    organ: int | None = None
    department: int | None = None
    scope: str = ""

    def holds(self, one: Borne) -> bool:
        same = (one.organ, one.scope) == (self.organ, self.scope)
        return same and self.department in (None, one.department)


def places_of(role: Role, world: World) -> list[Place]:
    """Every place where a role must be filled: each organ of its kind, each department, each matter."""
    if role.organ:
        return [
            Place(name, organ=pk) for pk, (sort, name) in world.organs.items() if sort == role.organ
        ]
    if role.per == "department":
        return [Place(name, department=pk) for pk, name in world.departments.items()]
    if role.per == "scope":
        return [Place(scope, scope=scope) for scope in role.scopes]
    return [Place("")]


def gaps_of(structure: Structure, world: World, *, on: date) -> list[Gap]:
    """Everything missing, in the order of the structure."""
    standing = {kind for kind, _ in world.organs.values()}
    found = [
        Gap(f"need:{'+'.join(need.any)}", need.clause, need.say, "", "尚未设立")
        for need in structure.needs
        if standing.isdisjoint(need.any)
    ]
    for role in structure.roles.values():
        found += _gaps(role, world, on=on)
    return found


def why_not(one: Borne, role: Role, world: World, *, on: date) -> str:
    """Why somebody no longer fills what they were named for; nothing while they do."""
    if not one.active:
        return "已离岗"
    if one.term_ends is not None and one.term_ends < on:
        return "任期已满"
    if role.post and not _holds(one, role):
        return "已不任该岗位"
    wanted = world.positions.get(role.key, "")
    if wanted and one.position != wanted:
        return f"职务不是{wanted}"
    return ""


def _holds(one: Borne, role: Role) -> bool:
    wanted = one.department if role.per == "department" else None
    return any(
        post == role.post and (wanted is None or department == wanted)
        for post, department in one.posts
    )


def _gaps(role: Role, world: World, *, on: date) -> Iterator[Gap]:
    borne = [one for one in world.borne if one.role == role.key]
    for place in places_of(role, world):
        here = [one for one in borne if place.holds(one)]
        faults = {one.key: why_not(one, role, world, on=on) for one in here}
        for one in here:
            if faults[one.key]:
                yield _gap(role, place, f"{one.name}{faults[one.key]}")
        fit = [one for one in here if not faults[one.key]]
        if role.needed and len(fit) < role.least and not any(faults.values()):
            yield _gap(role, place, "空缺")
        if role.qualified:
            for one in fit:
                if not one.qualification:
                    yield _gap(role, place, f"{one.name}未核查任职资格")
        if role.most and len(fit) > role.most:
            yield _gap(role, place, f"有 {len(fit)} 人，至多 {role.most} 人")
        if role.every:
            named = {one.person for one in here}
            for holder in world.holders.get(role.post, ()):
                if holder.person not in named:
                    yield _gap(role, place, f"{holder.name}未列入")


def _gap(role: Role, place: Place, say: str) -> Gap:
    return Gap(f"role:{role.key}", role.clause, role.title, place.name, say)


@dataclass(frozen=True)
class Succession:
    """What follows a change of posts by itself: who no longer bears a role, and who bears it now."""

    ended: tuple[Borne, ...]
    begun: tuple[tuple[Role, Holder], ...]


def succession_of(structure: Structure, world: World) -> Succession:
    """Responsibilities that go with a post (随任岗变动): ended with it and begun with it."""
    ended: list[Borne] = []
    begun: list[tuple[Role, Holder]] = []
    for role in structure.roles.values():
        if not role.automatic:
            continue
        here = [one for one in world.borne if one.role == role.key]
        lost = [one for one in here if not one.active or not _holds(one, role)]
        kept = {(one.person, one.department) for one in here if one not in lost}
        ended += lost
        holders = world.holders.get(role.post, ())
        wanted = [
            h for h in holders if role.per != "department" or h.department in world.departments
        ]
        for holder in wanted:
            where = holder.department if role.per == "department" else None
            if (holder.person, where) not in kept:
                begun.append((role, holder))
                kept.add((holder.person, where))
    return Succession(tuple(ended), tuple(begun))
