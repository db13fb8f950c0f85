"""What waits for whom (待办): a proposal for the second person, an account for the officer who enables it."""

from datetime import datetime

from django.db import models

from shoumi.domains.accounts.rules import officers
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.directory.selectors import holders_of
from shoumi.platform.obligations.due import due_in_workdays
from shoumi.platform.obligations.services import raise_duty, settle
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.trail.models import Recorded

CLAUSE = "accounts.second_person"
CONSENT, ENABLE = "accounts.consent", "accounts.enable"


def ask_consent(
    row: Recorded,
    *,
    text: str,
    page: str,
    posts: list[str],
    strangers: set[int],
    by: Person,
    at: datetime,
) -> None:
    """Put the question before the first post whose holder may answer it; inside the act of the proposer.

    `strangers` are those who may not: the proposer and whoever gains.
    """
    body = by.body
    for post in posts:
        if {p.pk for p in holders_of(post, body=body, on=day_of(at))} - strangers:
            _raise(CONSENT, row, text=text, page=page, post=post, by=by, at=at)
            return


def ask_enabling(person: Person, *, by: Person, at: datetime) -> None:
    """A new or reset account waits for the second half of its password."""
    _raise(
        ENABLE,
        person,
        text=f"启用{person.name}的账号，发放后半段口令",
        page="accounts-people-detail",
        post=officers.SECADMIN,
        by=by,
        at=at,
    )


def answered(row: models.Model, *, at: datetime) -> None:
    """The question is closed by the row itself."""
    for kind in (CONSENT, ENABLE):
        settle(kind=kind, subject=row, evidence=row, at=at)


def consent_due(body: Body, *, at: datetime) -> int:
    return int(figure(CLAUSE, "days", on=day_of(at), body=body))


def _raise(
    kind: str, row: Recorded, *, text: str, page: str, post: str, by: Person, at: datetime
) -> None:
    raise_duty(
        kind=kind,
        clause=CLAUSE,
        text=text,
        due=due_in_workdays(consent_due(by.body, at=at), start=at, body=by.body),
        at=at,
        body=by.body,
        post=post,
        subject=row,
        url_name=page,
        url_pk=row.pk,
        raised_by=by,
    )
