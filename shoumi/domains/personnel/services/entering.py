"""定人: a dossier is opened for somebody meant for an approved post; a change of post changes the class."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from shoumi.domains.accounts.services.clearance import reclassify
from shoumi.domains.personnel.models import Dossier, SecretPost
from shoumi.domains.personnel.rules.entering import check_employment, check_written
from shoumi.domains.personnel.services.filing import (
    PERSONNEL,
    ChangedByOther,
    dossier_label,
    expect,
)
from shoumi.kernel.levels import PersonnelClass
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import appointments_of, day_of, subject_of
from shoumi.platform.directory.models import OFFICERS, Person
from shoumi.platform.rulebook.figures import figure

OPEN = Action(
    "personnel.enter", "建立涉密人员档案", clause="personnel.posts_first", posts=PERSONNEL
)
MOVE = Action("personnel.change_post", "变更涉密岗位", clause="personnel.class", posts=PERSONNEL)
CLOSE = Action("personnel.drop", "终止上岗", clause="personnel.posts_first", posts=PERSONNEL)

State = Dossier.State


def open_dossier(
    *,
    actor: Person,
    at: datetime,
    person: Person,
    post: SecretPost,
    employment: str,
    basis: str,
    employer: str = "",
    agreement: str = "",
) -> Dossier:
    """Open the dossier of somebody meant for a post that is in force; nothing is granted by it."""
    with act(actor, OPEN, at=at, person=person.pk, post=post.number) as deed:
        _check_post(post)
        barred = figure("personnel.temporary", "barred", on=day_of(at), body=actor.body)
        check_employment(employment, barred=barred)
        _check_person(person, actor, at=at)
        if employer.strip() and not agreement.strip():
            raise Refusal(
                "外单位派驻人员须先签订保密协议",
                clause="personnel.outsiders",
                way_on="填写保密协议编号",
            )
        deed.subject = dossier = _filed(
            person=person,
            post=post,
            opened_by=actor,
            opened_at=at,
            employment=employment,
            employer=employer.strip(),
            agreement=agreement.strip(),
            basis=check_written(basis, "依据", clause=OPEN.clause),
        )
    return dossier


def change_post(
    *, actor: Person, subject: Dossier, at: datetime, post: SecretPost, basis: str
) -> None:
    """To another post: a lower class holds at once, a higher one after a review of its own."""
    with act(actor, MOVE, subject, at=at, post=post.number) as deed:
        expect(subject, *Dossier.ALIVE)
        _check_post(post)
        why = check_written(basis, "依据", clause=MOVE.clause)
        before, after = subject.class_held, PersonnelClass(post.personnel_class)
        changes: dict[str, Any] = {"post": post, "personnel_class": after.value, "basis": why}
        state = subject.state
        if after.clearance > before.clearance:
            changes |= {"reviewed_until": None, "since": None}
            state = State.CANDIDATE
        elif state == State.ON_POST and after is not before:
            reclassify(subject.person, after, at=at)
        if not subject.move(before=subject.state, after=state, **changes):
            raise ChangedByOther()
        deed.note(before=before.value, after=after.value)


def close_dossier(*, actor: Person, subject: Dossier, at: datetime, reason: str) -> None:
    """A candidate is not taken; one who holds a clearance leaves by 离岗."""
    with act(actor, CLOSE, subject, at=at):
        why = check_written(reason, "原因", clause=CLOSE.clause)
        expect(subject, State.CANDIDATE)
        if subject.person.clearances.filter(until=None).exists():
            raise Refusal(
                "此人持有涉密等级，不得终止上岗", clause=CLOSE.clause, way_on="请办理离岗"
            )
        if not subject.move(before=State.CANDIDATE, after=State.CLOSED, basis=why):
            raise ChangedByOther()


def take_over(
    *,
    actor: Person,
    person: Person,
    personnel_class: PersonnelClass,
    reviewed_until: date,
    trained_until: date,
    pledged_until: date,
    basis: str,
    at: datetime,
) -> Dossier:
    """The dossier of somebody whom an old ledger already shows on a post; inside the act that takes it in.

    What the ledger bears out is entered as it says; the clearance still needs another person's consent.
    """
    level = personnel_class.clearance
    title = f"{personnel_class.label}涉密岗位（原台账）"
    post = SecretPost.in_force(person.body_id).filter(title=title, department=None).first()
    if post is None:
        post = SecretPost.objects.create(
            label=dossier_label(person.body, person=None, basis=basis, at=at),
            body=person.body,
            number="原台账",
            asked_by=actor,
            asked_at=at,
            title=title,
            handles=level,
            personnel_class=personnel_class,
            matters="按原台账接收，待重新定岗",
            duties="按原台账",
            state=SecretPost.State.IN_FORCE,
            decided_at=at,
        )
    return _filed(
        person=person,
        post=post,
        opened_by=actor,
        opened_at=at,
        employment="institution",
        basis=basis,
        reviewed_until=reviewed_until,
        trained_until=trained_until,
        pledged_until=pledged_until,
        filed_on=day_of(at),
        filing_receipt="原台账",
    )


def _filed(*, person: Person, post: SecretPost, opened_at: datetime, **values: object) -> Dossier:
    dossier = Dossier(
        label=dossier_label(person.body, person=person, basis="保密档案", at=opened_at),
        body=person.body,
        person=person,
        post=post,
        personnel_class=post.personnel_class,
        opened_at=opened_at,
        **values,
    )
    try:
        dossier.save(force_insert=True)
    except IntegrityError:
        raise Stale(
            f"{person.name}已有涉密人员档案",
            clause=OPEN.clause,
            way_on="换岗的办理变更涉密岗位",
        ) from None
    return dossier


def _check_post(post: SecretPost) -> None:
    """先定岗后定人. Clause: personnel.posts_first."""
    if post.state != SecretPost.State.IN_FORCE:
        raise Refusal(
            "涉密岗位未经审定，不得确定涉密人员",
            clause="personnel.posts_first",
            way_on="请先审定涉密岗位",
        )


def _check_person(person: Person, actor: Person, *, at: datetime) -> None:
    if person.pk == actor.pk:
        raise Refusal(
            "不得为本人建立涉密人员档案", clause=OPEN.clause, way_on="请另一名组织人事人员办理"
        )
    if {a.post for a in appointments_of(person, at)} & set(OFFICERS):
        raise Refusal("三员不接触业务内容，不确定为涉密人员", clause="accounts.officers.no_content")
    if subject_of(person, at).in_exit_period:
        raise Refusal(
            "此人在脱密期内，不得再安排涉密岗位",
            clause="access.exit_period",
            way_on="脱密期满后再办",
        )
