"""上岗培训和在岗教育: hours by class, an examination, and a term."""

from datetime import date, datetime

from shoumi.domains.accounts.services.clearance import renew
from shoumi.domains.personnel.models import Dossier, Training
from shoumi.domains.personnel.rules.entering import check_written, passes
from shoumi.domains.personnel.services.filing import OFFICE, expect, written
from shoumi.kernel.marks import months_later
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.figures import figure

CLAUSE = "personnel.training"
TRAIN = Action("personnel.train", "登记保密培训考试", clause=CLAUSE, posts=OFFICE)


def train(
    *,
    actor: Person,
    subject: Dossier,
    at: datetime,
    course: str,
    held_on: date,
    hours: int,
    score: int,
) -> Training:
    """Enter a course and its examination; one that was failed, or too short, bears no clearance."""
    with act(actor, TRAIN, subject, at=at, person=subject.person_id, score=score) as deed:
        expect(subject, *Dossier.ALIVE)
        today, body = day_of(at), subject.body
        if actor.pk == subject.person_id:
            raise Refusal("不得登记本人的考试成绩", clause=CLAUSE, way_on="请另一名保密办人员登记")
        if held_on > today:
            raise Refusal("培训日期不得晚于今天", clause=CLAUSE, way_on="培训结束后再登记")
        least = figure(CLAUSE, "hours", on=today, body=body)[subject.personnel_class]
        if hours < least:
            raise Refusal(
                f"{subject.get_personnel_class_display()}涉密人员培训不少于 {least} 学时",
                clause=CLAUSE,
                way_on="补足学时后再登记",
            )
        passed = passes(score, least=figure(CLAUSE, "score", on=today, body=body))
        months = figure(CLAUSE, "months", on=today, body=body)
        until = months_later(held_on, months) if passed else None
        row: Training = Training.objects.create(
            label=subject.label,
            dossier=subject,
            course=check_written(course, "培训内容", clause=CLAUSE),
            held_on=held_on,
            hours=hours,
            score=score,
            passed=passed,
            valid_until=until,
            entered_by=actor,
            entered_at=at,
        )
        deed.note(passed=passed)
        if until is not None and until > (subject.trained_until or date.min):
            written(subject, trained_until=until)
            if subject.state == Dossier.State.ON_POST:
                renew(subject.person, trained_until=until)
    return row
