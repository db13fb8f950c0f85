"""Who may sit in judgement: holders of the post, never the applicant, never below the label."""

from datetime import date, datetime

from shoumi.platform.access.models import Label
from shoumi.platform.access.subjects import appointments_of, day_of
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.directory.selectors import holders_of
from shoumi.platform.obligations.knowing import knows
from shoumi.platform.rulebook.source import rulebook


def approvers(
    post: str,
    *,
    body: Body,
    department: Department | None,
    applicant: Person,
    label: Label,
    at: datetime,
) -> list[Person]:
    """Holders of a post today who may decide this applicant's request about this label.

    Whoever only stands in for the applicant would decide in the applicant's own right; a stand-in for
    somebody else sits with their own clearance.
    """
    found = _holders(post, body=body, department=department, on=day_of(at))
    return [
        person
        for person in dict.fromkeys(found)
        if person.pk != applicant.pk
        and not stands_in_for(person, applicant, post, at=at)
        and may_judge(person, label, at=at)
    ]


def may_judge(person: Person, label: Label, *, at: datetime) -> bool:
    """A working account, and may know the matter (approver dominates the label)."""
    return person.is_active and knows(person, label, at=at)


def stands_in_for(person: Person, applicant: Person, post: str, *, at: datetime) -> bool:
    """Whether this person holds the post only in the applicant's stead (代理)."""
    held = [a for a in appointments_of(person, at) if a.post == post]
    return bool(held) and all(a.standing_in_for_id == applicant.pk for a in held)


def stands_for_applicant(person: Person, applicant: Person, *, at: datetime) -> bool:
    """Whether this person acts in the applicant's stead in any post at all."""
    return any(a.standing_in_for_id == applicant.pk for a in appointments_of(person, at))


def approves_anything(person: Person, posts: list[str], *, at: datetime) -> bool:
    """Whether a person holds a post that decides requests: no other may be handed one."""
    deciding = set(posts).union(
        *(step.posts for flow in rulebook().flows for row in flow.rows for step in row.steps)
    )
    return any(a.post in deciding for a in appointments_of(person, at))


def _holders(post: str, *, body: Body, department: Department | None, on: date) -> list[Person]:
    known = rulebook().posts.get(post)
    if known is None or known.bound != "department":
        return holders_of(post, body=body, on=on)
    if department is None:
        return []
    return holders_of(post, body=body, on=on, department_id=department.pk)
