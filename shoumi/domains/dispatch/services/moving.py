"""What the acts of this room share: posts, numbers, one way to move on, and who may know a letter."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shoumi.domains.dispatch.models import Letter, Moving
from shoumi.kernel.refusal import Stale
from shoumi.platform.access.subjects import day_of, person_principal, post_principal
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.directory.selectors import holders_of
from shoumi.platform.numbering.services import allot

REGISTRAR = frozenset({"registrar"})
HEAD = "department_head"
PAGE = "dispatch-letters-detail"
# Whoever has a part in every letter of the body, as far as they are cleared for it.
READING_POSTS = (
    "registrar",
    "office_director",
    "secrecy_office",
    "classification_authority",
    "deputy_leader",
    "head",
)


class ChangedByOther(Stale):
    """The letter was moved on a moment ago."""

    def __init__(self) -> None:
        super().__init__(
            "他人已修改：这份发文的状态已经变动",
            clause="access.stale",
            way_on="请刷新页面，按最新状态办理",
        )


def numbered(word: str, series: str, *, body: Body, at: datetime) -> str:
    """The next number of a series of this year: 稿〔2026〕3号."""
    year = day_of(at).year
    return f"{word}〔{year}〕{allot(f'dispatch.{series}', body=body, year=year)}号"


def step(row: Moving, before: str, after: str, **changes: Any) -> None:
    """Move a row on, or say that somebody else did. Clause: dispatch.stages."""
    if not row.move(before=before, after=after, **changes):
        raise ChangedByOther()


def in_turn(letter: Letter) -> None:
    """Take the letter's row: acts on its lines go one after the other, and the last one sees all others."""
    step(letter, letter.state, letter.state)


def expect(row: Any, *states: str) -> None:
    """Say first that somebody else was quicker, before anything is found wrong with the rest."""
    if row.state not in states:
        raise ChangedByOther()


def heads_of(department: Department | None, *, body: Body, at: datetime) -> list[Person]:
    """Who heads a department today."""
    if department is None:
        return []
    return holders_of(HEAD, body=body, on=day_of(at), department_id=department.pk)


def principals_for(people: Iterable[Person], *, body: Body) -> set[str]:
    """The posts that handle every letter, and some people by name."""
    posts = {post_principal(post, body.pk) for post in READING_POSTS}
    return posts | {person_principal(person.pk) for person in people}
