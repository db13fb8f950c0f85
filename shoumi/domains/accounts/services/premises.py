"""Departments and places (部门、场所) of a body: without them nobody can be seated and nothing stored."""

from datetime import datetime

from django.db import IntegrityError, transaction

from shoumi.domains.accounts.rules import officers
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.directory.models import Department, Person, Place

DEPARTMENT = Action(
    "accounts.department",
    "增设部门",
    clause="accounts.officers.sysadmin",
    posts=frozenset({officers.SYSADMIN}),
)
PLACE = Action(
    "accounts.place",
    "登记场所",
    clause="carriers.place",
    posts=frozenset({"secrecy_office", "office_director"}),
)
# What a kind of place may hold at most; who registers one may say less, never more.
HIGHEST = {
    Place.Kind.REGISTRY: Level.TOP_SECRET,
    Place.Kind.SEALED_SAFE: Level.TOP_SECRET,
    Place.Kind.READING_ROOM: Level.TOP_SECRET,
    Place.Kind.SAFE: Level.SECRET,
    Place.Kind.CABINET: Level.INTERNAL,
    Place.Kind.ROOM: Level.INTERNAL,
}


def department(
    *, actor: Person, name: str, at: datetime, parent: Department | None = None
) -> Department:
    """Add a department to the actor's body."""
    with act(actor, DEPARTMENT, at=at) as deed:
        made = Department(body=actor.body, name=name.strip(), parent=parent)
        _save(made, f"部门「{made.name}」已经有了", clause=DEPARTMENT.clause)
        deed.subject = made
    return made


def place(
    *,
    actor: Person,
    name: str,
    kind: str,
    level_limit: int,
    at: datetime,
    within: Place | None = None,
    keeper: Person | None = None,
) -> Place:
    """Register a place with the highest level it may hold. Clause: carriers.place."""
    with act(actor, PLACE, at=at, level=int(level_limit)) as deed:
        highest = HIGHEST[Place.Kind(kind)]
        if level_limit > highest:
            raise Refusal(
                f"{Place.Kind(kind).label}可存最高密级为{highest.label}",
                clause=PLACE.clause,
                way_on="请降低可存密级，或者改用有相应保密设施的场所",
            )
        made = Place(
            body=actor.body,
            name=name.strip(),
            kind=kind,
            level_limit=level_limit,
            within=within,
            keeper=keeper,
        )
        _save(made, f"场所「{made.name}」已经有了", clause=PLACE.clause)
        deed.subject = made
    return made


def _save(row: Department | Place, words: str, *, clause: str) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Stale(words, clause=clause, way_on="请换一个名称") from None
