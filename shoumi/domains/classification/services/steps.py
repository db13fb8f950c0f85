"""What the acts of this room share: posts, numbers, one way to move on, and who may know."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Stale
from shoumi.platform.access.models import Label
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import (
    body_principal,
    day_of,
    department_principal,
    person_principal,
    post_principal,
)
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.numbering.services import allot

AUTHORITY = "classification_authority"
OFFICE = frozenset({"secrecy_office"})
REGISTRAR = frozenset({"registrar"})
HEAD = frozenset({"head"})
DECIDERS = frozenset({AUTHORITY, "head"})
# Whoever has a part in every determination of the body, as far as they are cleared for it.
READING_POSTS = (
    "registrar",
    "office_director",
    "secrecy_office",
    AUTHORITY,
    "deputy_leader",
    "head",
)


class ChangedByOther(Stale):
    """The row was moved on a moment ago."""

    def __init__(self) -> None:
        super().__init__(
            "他人已修改：这一事项的状态已经变动",
            clause="access.stale",
            way_on="请刷新页面，按最新状态办理",
        )


def numbered(word: str, series: str, *, body: Body, at: datetime) -> str:
    """The next number of a series of this year: 定密〔2026〕3号."""
    year = day_of(at).year
    return f"{word}〔{year}〕{allot(f'classification.{series}', body=body, year=year)}号"


def step(row: Any, before: str, after: str, **changes: Any) -> None:
    """Move a row on, or say that somebody else did."""
    if not row.move(before=before, after=after, **changes):
        raise ChangedByOther()


def expect(row: Any, *states: str) -> None:
    """Say first that somebody else was quicker, before anything is found wrong with the rest."""
    if row.state not in states:
        raise ChangedByOther()


def principals_for(
    people: Iterable[Person], departments: Iterable[Department] = (), *, body: Body
) -> set[str]:
    """The posts that decide and keep, and those whom the scope names."""
    named = {person_principal(person.pk) for person in people}
    named |= {department_principal(department.pk) for department in departments}
    return named | {post_principal(post, body.pk) for post in READING_POSTS}


def open_label(body: Body, *, basis: str, at: datetime) -> Label:
    """What everybody of the body may know: the list, and who may decide."""
    return label_for(
        level=Level.INTERNAL,
        body=body,
        principals={body_principal(body.pk)},
        basis=basis,
        on=day_of(at),
    )
