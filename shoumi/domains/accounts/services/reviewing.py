"""Review of rights (权限复核): the table as it stands, kept with what the officer found."""

from datetime import datetime

from shoumi.domains.accounts import selectors
from shoumi.domains.accounts.models import RightsReview
from shoumi.domains.accounts.rules import officers
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.services import settle_recurring

RECURRING = "recurring.access_review"

REVIEW = Action(
    "accounts.review",
    "复核权限",
    clause="accounts.review",
    posts=frozenset({officers.SECADMIN}),
)


def review(*, actor: Person, finding: str, at: datetime) -> RightsReview:
    """Keep the table of rights of the body as reviewed today. Clause: accounts.review."""
    with act(actor, REVIEW, at=at) as deed:
        rows = selectors.rights_of(selectors.people_of(actor.body), at=at, on=day_of(at))
        found = RightsReview.objects.create(
            body=actor.body,
            reviewed_by=actor,
            reviewed_at=at,
            finding=finding,
            table=[
                {
                    "person": row.person.pk,
                    "account": row.person.account,
                    "name": row.person.name,
                    "posts": list(row.posts),
                    "clearance": row.clearance,
                    "state": row.state,
                }
                for row in rows
            ],
        )
        deed.subject = found
        deed.note(people=len(rows))
        settle_recurring(kind=RECURRING, body=actor.body, evidence=found, at=at)
    return found
