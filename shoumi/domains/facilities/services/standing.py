"""What the acts of this room share: numbers, labels, one way to move on, and how a person stands."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shoumi.domains.facilities.models import Moving, Site
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Stale
from shoumi.platform.access.models import Label
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import (
    appointments_of,
    day_of,
    person_principal,
    post_principal,
    subject_of,
)
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.numbering.services import allot
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.posts import label_of as post_label

# Who answers for the rooms of a body; whoever keeps one of them is let know it by name.
OFFICE = ("registrar", "office_director", "secrecy_office")
DOOR = frozenset({"registrar", "secrecy_office", "duty_officer"})
READERS = (*OFFICE, "duty_officer", "deputy_leader", "head")


class ChangedByOther(Stale):
    """Somebody else was quicker with this row."""

    def __init__(self) -> None:
        super().__init__(
            "这一项刚被他人办理", clause="access.stale", way_on="请刷新页面，按最新状态办理"
        )


def numbered(word: str, series: str, *, body: Body, at: datetime) -> str:
    """The next number of a series in its year: 所〔2026〕3号."""
    year = day_of(at).year
    return f"{word}〔{year}〕{allot(f'facilities.{series}', body=body, year=year)}号"


def step(row: Moving, before: str, after: str, **changes: Any) -> None:
    """Move a row on; whoever comes second is told so."""
    if not row.move(before, after, **changes):
        raise ChangedByOther()


def label_of_rooms(
    body: Body, people: Iterable[Person], *, basis: str, at: datetime, level: Level = Level.INTERNAL
) -> Label:
    """A label for the posts that answer for the rooms, and some people by name."""
    principals = {post_principal(post, body.pk) for post in READERS}
    return label_for(
        level=level,
        body=body,
        principals=principals | {person_principal(person.pk) for person in people},
        basis=basis,
        on=day_of(at),
    )


def words_of(clause: str, key: str, *, body: Body, at: datetime) -> list[str]:
    """The words that a clause lists for a body today."""
    return list(figure(clause, key, on=day_of(at), body=body))


def standing(person: Person, *, at: datetime) -> tuple[Level, bool]:
    """How far a person is cleared, and whether an exit period runs."""
    subject = subject_of(person, at)
    return subject.clearance, subject.in_exit_period or not person.active


def posts_of(person: Person, site: Site, *, at: datetime) -> dict[str, str]:
    """The posts a person holds in the body of a site: key → what it is called."""
    held = (a.post for a in appointments_of(person, at) if a.body_id == site.body_id)
    return {post: post_label(post) for post in held}
