"""Cleared people: posts first, then everybody's dossier; reviews and training renewed; a journey, a leaving."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from shoumi.config.demonstration.cast import STAFF, Cast, second
from shoumi.config.demonstration.queue import Story
from shoumi.domains.accounts.models import Proposal
from shoumi.domains.personnel.models import Dossier, SecretPost
from shoumi.domains.personnel.services import (
    clearing,
    entering,
    leaving,
    passports,
    pledging,
    posting,
    training,
    travelling,
    vetting,
    watching,
)
from shoumi.kernel.levels import PersonnelClass
from shoumi.platform.approvals.models import Case, Seat
from shoumi.platform.approvals.services import agree
from shoumi.platform.directory.models import Department, Person

REVIEWED: dict[str, Any] = {
    "background": "家庭成员情况清楚，无影响任职的情形。",
    "conduct": "近三年考核称职，无违反保密规定情形。",
    "relations": "主要社会关系清楚，无影响任职的情形。",
    "foreign_ties": "无与国（境）外机构、组织、人员交往。",
    "political": True,
    "character": True,
    "ability": True,
}
# Whoever missed the last course: the clearance has lapsed by itself, and the gate has something to show.
ABSENT = "miaolan"


def clear_all(cast: Cast, *, at: datetime) -> None:
    """Whoever of the staff has a class gets it by a whole dossier; the head's is kept like everybody's."""
    posts: dict[tuple[int | None, PersonnelClass], SecretPost] = {}
    entered = [(account, held) for account, _, _, _, held in STAFF if held]
    for account, personnel_class in [*entered, ("head", PersonnelClass.CORE)]:
        department = cast[account].department
        key = (department.pk if department else None, personnel_class)
        if key not in posts:
            posts[key] = determine(cast, department, personnel_class, at=at)
        dossier = prepare(cast, account, posts[key], at=at)
        second(cast, Proposal.objects.get(person=dossier.person, state="proposed"), at=at)


def determine(
    cast: Cast, department: Department | None, personnel_class: PersonnelClass, *, at: datetime
) -> SecretPost:
    """One post a department and class, by the ordinary approval."""
    row = posting.propose_post(
        actor=cast["renshi"],
        at=at,
        title=f"{department.name if department else '领导班子'}{personnel_class.label}岗",
        department=department,
        handles=personnel_class.clearance,
        matters=f"经管、接触{personnel_class.clearance.label}级及以下文件",
        duties="妥善保管经管的涉密载体，不扩大知悉范围，发现隐患及时报告。",
    )
    _decide(row.case_id, at=at)
    return SecretPost.in_force(row.body_id).get(pk=row.pk)


def prepare(cast: Cast, account: str, post: SecretPost, *, at: datetime) -> Dossier:
    """Review, examination, pledge, and the proposal of the clearance."""
    person = cast[account]
    office = _office(cast, account)
    dossier = entering.open_dossier(
        actor=office,
        at=at,
        person=person,
        post=post,
        employment="civil" if post.department is None else "institution",
        basis="管委会任职通知",
    )
    _review(cast, account, dossier, at=at)
    _train(cast, account, dossier, at=at)
    for kind in ("entry", "responsibility"):
        pledging.pledge(actor=cast[account], subject=_fresh(dossier), at=at, kind=kind, read=True)
    if dossier.class_held is PersonnelClass.CORE:
        vetting.file_with_superior(
            actor=office,
            subject=_fresh(dossier),
            at=at,
            filed_on=at.date(),
            receipt=f"市保备{dossier.pk:03d}",
        )
    clearing.clear(actor=office, subject=_fresh(dossier), at=at)
    return dossier


def tell(story: Story) -> None:
    """Within the year: what lapses is renewed; in the last weeks one travels, one marries, one leaves."""
    for days, deed in (
        (40, _renew),
        (25, _travel),
        (12, _marry),
        (6, _leave),
    ):
        at = story.in_office(story.until - timedelta(days=days))
        story.plan(at, partial(deed, story))


def _renew(story: Story, at: datetime) -> None:
    cast = story.cast
    for dossier in Dossier.on_post_of(cast.body.pk):
        account = str(dossier.person.account)
        if account == ABSENT:
            continue
        _train(cast, account, dossier, at=at)
        if dossier.class_held is PersonnelClass.CORE:
            _review(cast, account, dossier, at=at)


def _travel(story: Story, at: datetime) -> None:
    cast, today = story.cast, at.date()
    dossier = _of(cast, "xiefeng")
    passports.deposit(
        actor=cast["renshi"],
        subject=dossier,
        at=at,
        kind="普通护照",
        ending="0417",
        valid_until=today + timedelta(days=1200),
        place=cast.places["1号保密柜"],
    )
    row = travelling.request_trip(
        actor=cast["xiefeng"],
        subject=_fresh(dossier),
        at=at,
        kind="private",
        countries="新加坡",
        purpose="休假探亲",
        leaves_on=today + timedelta(days=45),
        returns_on=today + timedelta(days=52),
    )
    _decide(row.case_id, at=at)


def _marry(story: Story, at: datetime) -> None:
    watching.report_change(
        actor=story.cast["renyuan"],
        subject=_of(story.cast, "renyuan"),
        at=at,
        kind="婚姻变化",
        happened_on=at.date() - timedelta(days=3),
        details="已登记结婚，配偶为本市居民。",
    )


def _leave(story: Story, at: datetime) -> None:
    cast = story.cast
    row = leaving.request_leave(
        actor=cast["gaoyuan"],
        subject=_of(cast, "gaoyuan"),
        at=at,
        kind="off_post",
        reason="岗位调整，不再经管涉密资料",
        destination="same",
        successor=cast["letian"],
        months=12,
    )
    _decide(row.case_id, at=at)


def _review(cast: Cast, account: str, dossier: Dossier, *, at: datetime) -> None:
    row = vetting.review(actor=_office(cast, account), subject=_fresh(dossier), at=at, **REVIEWED)
    _decide(row.case_id, at=at)


def _train(cast: Cast, account: str, dossier: Dossier, *, at: datetime) -> None:
    training.train(
        actor=cast["heping" if account == "baomi" else "baomi"],
        subject=_fresh(dossier),
        at=at,
        course="保密法律法规和岗位保密知识",
        held_on=at.date(),
        hours=8,
        score=85 + dossier.pk % 15,
    )


def _office(cast: Cast, account: str) -> Person:
    """The personnel office; nobody of it for themselves."""
    person: Person = cast["zhoumin" if account == "renshi" else "renshi"]
    return person


def _decide(case: int | None, *, at: datetime) -> None:
    """Everybody whose turn it is agrees, until the case is decided."""
    waiting = Seat.objects.filter(step__case=case, state=Seat.State.WAITING)
    while seat := waiting.select_related("person__body", "step").order_by("id").first():
        found = Case.unscoped.select_related("label", "body").get(pk=seat.step.case_id)
        agree(actor=seat.person, subject=found, at=at, opinion="同意。")


def _of(cast: Cast, account: str) -> Dossier:
    return _living(cast[account].pk)


def _fresh(dossier: Dossier) -> Dossier:
    return _living(dossier.person_id)


def _living(person: int) -> Dossier:
    """The dossier as the next request would load it."""
    found = Dossier.alive_of(person)
    if found is None:
        raise LookupError(f"no dossier of person {person}")
    return found
