"""审查: the form with its four contents, signed by two departments and approved, before the post is taken."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from shoumi.domains.accounts.services.clearance import lapse, renew
from shoumi.domains.personnel.models import Dossier, Review
from shoumi.domains.personnel.rules.entering import check_conditions, check_contents, check_written
from shoumi.domains.personnel.services.filing import (
    PERSONNEL,
    ask,
    expect,
    label_without,
    numbered,
    step,
    written,
)
from shoumi.kernel.marks import months_later
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.services import settle
from shoumi.platform.rulebook.figures import figure

MATTER = "personnel.review"
REVIEW = Action(
    "personnel.review", "填报涉密人员审查表", clause="personnel.review", posts=PERSONNEL
)
FILE = Action("personnel.file", "登记上级备案", clause="personnel.review.filing", posts=PERSONNEL)
# What a reported change calls for; closed by the review that answers it.
AGAIN = "personnel.review.again"

State = Review.State
CONTENTS = ("background", "conduct", "relations", "foreign_ties")
CONDITIONS = ("political", "character", "ability")


def review(
    *,
    actor: Person,
    subject: Dossier,
    at: datetime,
    background: str,
    conduct: str,
    relations: str,
    foreign_ties: str,
    political: bool,
    character: bool,
    ability: bool,
) -> Review:
    """Fill in the form and send it to the other department and the leader; never about oneself."""
    with act(actor, REVIEW, subject, at=at, person=subject.person_id) as deed:
        expect(subject, *Dossier.ALIVE)
        if actor.pk == subject.person_id:
            raise Refusal("不得填报对本人的审查", clause=MATTER, way_on="请另一名组织人事人员填报")
        said = dict(zip(CONTENTS, (background, conduct, relations, foreign_ties), strict=True))
        met = dict(zip(CONDITIONS, (political, character, ability), strict=True))
        check_contents({_named(key): text for key, text in said.items()})
        check_conditions({_named(key): yes for key, yes in met.items()})
        number = numbered("审", "reviews", body=subject.body, at=at)
        row = Review(
            label=label_without(subject.person, basis=number, at=at),
            body=subject.body,
            number=number,
            asked_by=actor,
            asked_at=at,
            dossier=subject,
            again=subject.state == Dossier.State.ON_POST,
            **{key: text.strip() for key, text in said.items()},
            **met,
        )
        try:
            row.save(force_insert=True)
        except IntegrityError:
            raise Stale("该人员的审查正在会签审批", clause=MATTER, way_on="请刷新页面") from None
        deed.note(review=number, again=row.again)
        ask(
            row,
            person=subject.person,
            matter=MATTER,
            reason="拟任涉密岗位" if not row.again else "定期复审",
            summary=f"{subject.person.name} {subject.get_personnel_class_display()}",
            at=at,
        )
    return row


def file_with_superior(
    *, actor: Person, subject: Dossier, at: datetime, filed_on: date, receipt: str
) -> None:
    """报上级保密工作部门备案. Clause: personnel.review.filing."""
    with act(actor, FILE, subject, at=at, person=subject.person_id):
        expect(subject, *Dossier.ALIVE)
        if filed_on > day_of(at):
            raise Refusal("备案日期不得晚于今天", clause=FILE.clause)
        said = check_written(receipt, "备案回执", clause=FILE.clause)
        written(subject, filed_on=filed_on, filing_receipt=said)


def _named(field: str) -> str:
    asked: Any = Review._meta.get_field(field)
    return str(asked.verbose_name).removesuffix("符合")


def _granted(case: Case, *, actor: Person, at: datetime) -> None:
    row, today = Review.named(case.subject), day_of(at)
    dossier = row.dossier
    months = figure("personnel.review.again", "months", on=today, body=row.body)
    until = months_later(today, months[dossier.personnel_class])
    step(row, State.ASKED, State.PASSED, valid_until=until)
    written(dossier, reviewed_until=until)
    if dossier.state == Dossier.State.ON_POST:
        renew(dossier.person, review_due=until)
    settle(kind=AGAIN, subject=dossier, evidence=row, at=at)


def _not_granted(case: Case, *, actor: Person, at: datetime) -> None:
    """不予通过: whoever is on the post loses what the review had borne."""
    row = Review.named(case.subject)
    step(row, State.ASKED, State.FAILED)
    if case.state == Case.State.REFUSED and row.dossier.state in Dossier.ALIVE:
        written(row.dossier, reviewed_until=None)
        lapse(row.dossier.person, at=at)


ON_APPROVED[MATTER] = _granted
ON_REFUSED[MATTER] = _not_granted
