"""组织机构图: who bears what, drawn from the live rows; the same boxes hang on the wall."""

from dataclasses import dataclass, field
from datetime import date, datetime

from shoumi.domains.organisation.rules.gaps import Borne, World, places_of, why_not
from shoumi.domains.organisation.rules.structure import Role
from shoumi.domains.organisation.selectors import organs_standing, structure, world_of
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body
from shoumi.platform.rulebook.controls import Control

CHART = Control("organisation.chart", kind="display", label="组织机构图")
TOP = ("first", "direct", "implementer")


@dataclass(frozen=True)
class Name:
    """One name in a box, and why it no longer counts."""

    name: str
    note: str = ""


@dataclass(frozen=True)
class Box:
    """One responsibility in one place: its names, or that it is empty."""

    title: str
    names: tuple[Name, ...]
    optional: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.optional and all(one.note for one in self.names)


@dataclass(frozen=True)
class Column:
    """An organ with its seats, or a department with its responsibilities."""

    title: str
    boxes: tuple[Box, ...]
    under: str = ""
    duties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """The whole: the leaders, the organs, the responsibilities of the body, the departments, the matters."""

    top: tuple[Box, ...]
    organs: tuple[Column, ...]
    body: tuple[Box, ...]
    departments: tuple[Column, ...]
    matters: tuple[Column, ...] = field(default=())

    @property
    def empty(self) -> int:
        boxes = [*self.top, *self.body]
        for column in (*self.organs, *self.departments, *self.matters):
            boxes += column.boxes
        return sum(box.is_empty for box in boxes)


def chart_of(body: Body, *, at: datetime) -> Chart:
    """As things stand now."""
    day = day_of(at)
    told, world = structure(), world_of(body, on=day)
    roles = told.outside_organs()
    return Chart(
        top=tuple(_box(told.roles[key], world, on=day) for key in TOP),
        organs=tuple(
            Column(
                title=organ.name,
                boxes=tuple(
                    _box(role, world, on=day, organ=organ.pk) for role in told.seats_of(organ.kind)
                ),
                under="、".join([told.organs[organ.kind].title, *organ.functions]),
                duties=told.organs[organ.kind].duties,
            )
            for organ in organs_standing(body)
        ),
        body=tuple(_box(r, world, on=day) for r in roles if r.per == "body" and r.key not in TOP),
        departments=tuple(
            Column(
                title=name,
                boxes=tuple(
                    _box(r, world, on=day, department=pk) for r in roles if r.per == "department"
                ),
            )
            for pk, name in world.departments.items()
        ),
        matters=tuple(
            Column(
                title=role.title,
                boxes=tuple(
                    Box(
                        place.name,
                        _names([b for b in _of(role, world) if place.holds(b)], role, world, day),
                    )
                    for place in places_of(role, world)
                ),
            )
            for role in roles
            if role.per == "scope"
        ),
    )


def _of(role: Role, world: World) -> list[Borne]:
    return [one for one in world.borne if one.role == role.key]


def _box(
    role: Role, world: World, *, on: date, organ: int | None = None, department: int | None = None
) -> Box:
    here = [
        one
        for one in _of(role, world)
        if one.organ == organ and department in (None, one.department)
    ]
    return Box(role.title, _names(here, role, world, on), optional=not role.needed)


def _names(here: list[Borne], role: Role, world: World, on: date) -> tuple[Name, ...]:
    return tuple(Name(one.name, why_not(one, role, world, on=on)) for one in here)
