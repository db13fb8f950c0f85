"""What is copied into a case at submission, and the case as the kernel reads it."""

from datetime import datetime
from typing import cast as typed

from shoumi.kernel import approval
from shoumi.kernel.approval import Mode, NoApprover, VoteKind
from shoumi.platform.approvals import seating
from shoumi.platform.approvals.models import Case, CaseStep, Seat, Vote
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.flows import Steps
from shoumi.platform.rulebook.posts import label_of as post_label

DEFAULT_HOURS = 8


def freeze(case: Case, route: Steps, *, at: datetime) -> None:
    """Copy the route into the case, and seat whoever may decide each step today."""
    for order, step in enumerate(route.steps):
        row = CaseStep.objects.create(
            case=case,
            order=order,
            label=step.label,
            posts=list(step.posts),
            mode=step.mode,
            hours=step.hours or DEFAULT_HOURS,
        )
        seated: dict[Person, list[str]] = {}
        vacant = []
        for post in step.posts:
            people = approvers_of(post, case, at=at)
            vacant += [] if people else [post_label(post)]
            for person in people:
                seated.setdefault(person, []).append(post)
        if not seated or (step.mode == "joint" and vacant):
            names = "、".join(vacant)
            raise NoApprover(
                f"「{step.label}」除申请人外没有具备知悉资格的{names}",
                clause="approvals.no_approver",
                way_on=f"请先明确{names}人选并列入知悉范围，或者由他人提出申请",
            )
        Seat.objects.bulk_create(
            Seat(step=row, person=person, posts=posts, origin=Seat.Origin.POST)
            for person, posts in seated.items()
        )


def approvers_of(post: str, case: Case, *, at: datetime) -> list[Person]:
    return seating.approvers(
        post,
        body=case.body,
        department=case.department,
        applicant=case.applicant,
        label=case.label,
        at=at,
    )


def frozen(
    case: Case,
) -> tuple[list[approval.Step], dict[int, frozenset[int]], dict[int, list[frozenset[int]]]]:
    """The case as the kernel reads it: steps, the people seated at submission, and by which post."""
    rows = list(case.steps.order_by("order"))
    seats = Seat.objects.filter(step__case=case, origin=Seat.Origin.POST)
    found = list(seats.values_list("step__order", "person", "posts"))
    steps = [
        approval.Step(str(row.order), tuple(row.posts), typed(Mode, row.mode), row.hours, row.label)
        for row in rows
    ]
    eligible = {
        row.order: frozenset(person for order, person, _ in found if order == row.order)
        for row in rows
    }
    parts = {
        row.order: [
            frozenset(
                person for order, person, held in found if order == row.order and post in held
            )
            for post in row.posts
        ]
        for row in rows
    }
    return steps, eligible, parts


def votes_of(case: Case) -> list[approval.Vote]:
    votes = Vote.objects.filter(step__case=case).select_related("step").order_by("id")
    return [
        approval.Vote(
            vote.step.order,
            vote.person_id,
            VoteKind(vote.kind),
            vote.opinion,
            vote.to_step if vote.to_person_id is None else vote.to_person_id,
        )
        for vote in votes
    ]


def current_step(case: Case) -> CaseStep:
    """The step under way; asked of open cases only."""
    return case.steps.get(order=case.current or 0)
