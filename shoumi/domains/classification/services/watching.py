"""年度审核、定密纠正: everything alive is looked at once a year, and what is marked wrongly is set right."""

from collections.abc import Sequence
from datetime import datetime

from shoumi.domains.classification import rules
from shoumi.domains.classification.models import Determination, Fault, Review
from shoumi.domains.classification.services.deciding import check_may_decide
from shoumi.domains.classification.services.steps import (
    DECIDERS,
    OFFICE,
    ChangedByOther,
    numbered,
    step,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import day_of, department_principal, post_principal
from shoumi.platform.directory.models import Department, Person
from shoumi.platform.obligations.due import due_in_workdays
from shoumi.platform.obligations.services import raise_duty, settle, settle_recurring
from shoumi.platform.rulebook.figures import figure

YEARLY = "recurring.classification_review"

REVIEW = Action("classification.review", "年度审核", clause="classification.review", posts=DECIDERS)
RECORD = Action(
    "classification.fault.record", "发出纠正通知", clause="classification.faults", posts=OFFICE
)
CLOSE = Action("classification.fault.close", "登记纠正结果", clause="classification.faults")


def review(
    *,
    actor: Person,
    at: datetime,
    determinations: Sequence[Determination],
    conclusion: str,
) -> Review:
    """These were looked at and stay as they are; what must change is changed on its own page instead."""
    with act(actor, REVIEW, at=at, rows=[row.pk for row in determinations]) as deed:
        check_may_decide(actor, Level.PUBLIC, at=at)
        said = rules.check_written(conclusion, "审核结论", clause=REVIEW.clause)
        year = day_of(at).year
        if not determinations:
            raise Refusal("未选定审核的事项", clause=REVIEW.clause, way_on="勾选后再提交")
        made: list[Review] = []
        for row in determinations:
            if row.state != Determination.State.IN_FORCE or row.reviewed_year == year:
                raise ChangedByOther()
            made.append(
                Review.objects.create(
                    label=row.label,
                    determination=row,
                    year=year,
                    conclusion=said,
                    reviewed_by=actor,
                    reviewed_at=at,
                )
            )
            row.mend(reviewed_year=year)
        deed.subject = made[-1]
        left = Determination.alive(actor.body).exclude(reviewed_year=year).count()
        if not left:
            settle_recurring(kind=YEARLY, body=actor.body, evidence=made[-1], at=at)
        deed.note(reviewed=len(made), left=left)
    return made[-1]


def record_fault(
    *,
    actor: Person,
    at: datetime,
    kind: str,
    stage: str,
    carrier: str,
    facts: str,
    department: Department,
) -> Fault:
    """A mark that is missing, wrong or false goes to its department as a written notice with a date."""
    with act(actor, RECORD, at=at, kind=kind) as deed:
        body, clause = actor.body, RECORD.clause
        number = numbered("纠", "faults", body=body, at=at)
        days = figure("classification.faults", "days", on=day_of(at), body=body)
        due = due_in_workdays(days, start=at, body=body)
        posts = ("secrecy_office", "classification_authority", "deputy_leader", "head")
        fault: Fault = Fault.objects.create(
            label=label_for(
                level=Level.INTERNAL,
                body=body,
                principals={
                    department_principal(department.pk),
                    *(post_principal(post, body.pk) for post in posts),
                },
                basis=number,
                on=day_of(at),
            ),
            body=body,
            number=number,
            kind=kind,
            stage=stage,
            carrier=rules.check_written(carrier, "文件或者载体编号", clause=clause),
            facts=rules.check_written(facts, "情况", clause=clause),
            department=department,
            checked_by=actor,
            found_at=at,
            due_at=due.at,
        )
        deed.subject = fault
        raise_duty(
            kind=CLOSE.key,
            clause=clause,
            text=f"按 {number} 纠正定密",
            due=due,
            at=at,
            body=body,
            post="department_head",
            department=department,
            label=fault.label,
            subject=fault,
            url_name="classification-faults-detail",
            url_pk=fault.pk,
            raised_by=actor,
        )
    return fault


def close_fault(*, actor: Person, subject: Fault, at: datetime, result: str) -> Fault:
    """The department, or the office for it, says how it was set right."""
    with act(actor, CLOSE, subject, at=at, number=subject.number):
        said = rules.check_written(result, "纠正结果", clause=CLOSE.clause)
        step(
            subject,
            Fault.State.OPEN,
            Fault.State.CORRECTED,
            result=said,
            corrected_at=at,
        )
        settle(kind=CLOSE.key, subject=subject, evidence=subject, at=at)
    return subject
