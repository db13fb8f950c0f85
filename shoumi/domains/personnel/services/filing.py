"""What the acts of this room share: who keeps dossiers, their labels and numbers, whose matter a case is."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from shoumi.domains.handling.models import Request
from shoumi.domains.handling.services.gathering import ChangedByOther as ChangedByOther
from shoumi.domains.handling.services.gathering import step as step
from shoumi.domains.personnel.models import Dossier
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied
from shoumi.platform.access.grades import check_within_grade
from shoumi.platform.access.models import Label
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import (
    appointments_of,
    day_of,
    person_principal,
    post_principal,
)
from shoumi.platform.approvals.services import open_case
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.directory.selectors import holders_of
from shoumi.platform.numbering.services import allot
from shoumi.platform.obligations.due import Due
from shoumi.platform.obligations.services import raise_duty

HR = "hr_officer"
SECRECY = "secrecy_office"
PERSONNEL = frozenset({HR})
OFFICE = frozenset({SECRECY})
KEEPERS = frozenset({HR, SECRECY})
# Who keeps dossiers, and who decides on what is asked in them.
READING_POSTS = (HR, SECRECY, "deputy_leader", "head")


class NotThePerson(Denied):
    """A pledge, a report and a request are a person's own."""

    def __init__(self) -> None:
        super().__init__(
            "由本人办理，不得代签、代报",
            clause="personnel.dossier",
            way_on="请本人登录办理；没有账号的由组织人事凭纸质材料登记",
        )


def dossier_label(body: Body, *, person: Person | None, basis: str, at: datetime) -> Label:
    """The label of a dossier: its keepers, the leaders, and the person."""
    principals = {post_principal(post, body.pk) for post in READING_POSTS}
    if person is not None:
        principals.add(person_principal(person.pk))
    return _labelled(body, principals, basis=basis, at=at)


def label_without(person: Person, *, basis: str, at: datetime) -> Label:
    """The same label with the person left out, whichever post they hold: the others are named one by one."""
    body, held = person.body, {a.post for a in appointments_of(person, at)}
    principals = set()
    for post in READING_POSTS:
        if post not in held:
            principals.add(post_principal(post, body.pk))
            continue
        others = holders_of(post, body=body, on=day_of(at))
        principals |= {person_principal(other.pk) for other in others if other.pk != person.pk}
    return _labelled(body, principals, basis=basis, at=at)


def _labelled(body: Body, principals: Iterable[str], *, basis: str, at: datetime) -> Label:
    check_within_grade(Level.INTERNAL)
    return label_for(
        level=Level.INTERNAL, body=body, principals=principals, basis=basis, on=day_of(at)
    )


def numbered(word: str, series: str, *, body: Body, at: datetime) -> str:
    """The next number of a series of this year: 审〔2026〕3号."""
    year = day_of(at).year
    return f"{word}〔{year}〕{allot(f'personnel.{series}', body=body, year=year)}号"


def ask(
    request: Request,
    *,
    person: Person,
    matter: str,
    reason: str,
    summary: str,
    at: datetime,
    conditions: Mapping[str, Any] | None = None,
) -> None:
    """Open the approval of what is asked for a person; that person is the applicant and never decides."""
    request.case = open_case(
        actor=person,
        matter=matter,
        subject=request,
        label=request.label,
        reason=reason,
        at=at,
        conditions=conditions,
        summary=summary[:120],
    )
    request.save(update_fields=["case"])


def must_be(actor: Person, person: Person) -> None:
    if actor.pk != person.pk:
        raise NotThePerson()


def expect(row: Any, *states: str) -> None:
    """Say first that somebody else was quicker, before anything is found wrong with the rest."""
    if row.state not in states:
        raise ChangedByOther()


def written(dossier: Dossier, **changes: Any) -> None:
    """Write what was earned into a dossier that is alive."""
    if not dossier.write(**changes):
        raise ChangedByOther()


def duty_about(
    row: Any,
    *,
    kind: str,
    clause: str,
    text: str,
    due: Due | datetime,
    at: datetime,
    page: str,
    by: Person | None,
    **whose: Any,
) -> None:
    """Something to do about a row of this room, on its page."""
    raise_duty(
        kind=kind,
        clause=clause,
        text=text[:120],
        due=due,
        at=at,
        body=row.label.body,
        label=row.label,
        subject=row,
        url_name=page,
        url_pk=row.pk,
        raised_by=by,
        **whose,
    )
