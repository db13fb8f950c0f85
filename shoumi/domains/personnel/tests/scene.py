"""People on their way to a clearance and away from it: what several tests of the room begin with.

翟海 is of the personnel office beside his own post; 曾静 is the secrecy office.
"""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from conftest import NOW, TODAY, prepared
from shoumi.domains.accounts.models import Proposal
from shoumi.domains.accounts.services import consent
from shoumi.domains.personnel.models import Departure, Dossier, SecretPost, Trip
from shoumi.domains.personnel.services import (
    clearing,
    entering,
    leaving,
    pledging,
    posting,
    training,
    travelling,
    vetting,
)
from shoumi.kernel.levels import Level
from shoumi.platform.approvals.models import Case, Seat
from shoumi.platform.approvals.services import agree
from shoumi.platform.directory.models import Appointment, Person

DAY = timedelta(days=1)
GOOD_REVIEW = {
    "background": "家庭成员情况清楚。",
    "conduct": "近三年考核称职。",
    "relations": "主要社会关系清楚。",
    "foreign_ties": "无交往。",
    "political": True,
    "character": True,
    "ability": True,
}
TRIP = {
    "kind": "private",
    "countries": "新加坡",
    "purpose": "探亲",
    "leaves_on": TODAY + 20 * DAY,
    "returns_on": TODAY + 30 * DAY,
}


def staffed(office: SimpleNamespace, *, at: Any = NOW) -> SimpleNamespace:
    """The office with somebody in the personnel office: `office.hr`."""
    with prepared(office.body, at=at):
        Appointment.objects.get_or_create(
            person=office.director,
            post="hr_officer",
            body=office.body,
            defaults={"since": at.date() - 30 * DAY},
        )
    office.hr = person(office.director)
    return office


def person(someone: Person) -> Person:
    """As they stand now: posts and clearances are asked anew."""
    return Person.objects.select_related("body", "department").get(pk=someone.pk)


def fresh(row: Any) -> Any:
    return type(row).unscoped.select_related("label__body").get(pk=row.pk)


def decide(office: SimpleNamespace, row: Any, *, at: Any = NOW) -> Any:
    """Everybody whose turn it is agrees, until the case is decided."""
    while True:
        case = Case.unscoped.get(pk=fresh(row).case_id)
        if case.state != Case.State.OPEN:
            return fresh(row)
        seats = Seat.objects.filter(step__case=case, state=Seat.State.WAITING)
        agree(actor=person(seats.select_related("person").first().person), subject=case, at=at)


def post(
    office: SimpleNamespace,
    *,
    handles: Level = Level.SECRET,
    title: str = "文件承办岗",
    at: Any = NOW,
) -> SecretPost:
    row = posting.propose_post(
        actor=office.hr,
        at=at,
        title=title,
        department=office.departments["业务科"],
        handles=handles,
        matters="承办上级来文",
        duties="妥善保管，不扩大知悉范围。",
    )
    return decide(office, row, at=at)


def candidate(
    office: SimpleNamespace, someone: Person, *, at: Any = NOW, **changes: Any
) -> Dossier:
    given = {"employment": "institution", "basis": "干部任职通知", **changes}
    given.setdefault("post", None)
    given["post"] = given["post"] or post(office, at=at)
    return entering.open_dossier(actor=office.hr, at=at, person=someone, **given)


def reviewed(office: SimpleNamespace, dossier: Dossier, *, at: Any = NOW) -> Any:
    row = vetting.review(actor=office.hr, subject=fresh(dossier), at=at, **GOOD_REVIEW)
    return decide(office, row, at=at)


def trained(office: SimpleNamespace, dossier: Dossier, *, at: Any = NOW, score: int = 90) -> Any:
    return training.train(
        actor=office.office,
        subject=fresh(dossier),
        at=at,
        course="保密法律法规和岗位知识",
        held_on=at.date(),
        hours=8,
        score=score,
    )


def pledged(dossier: Dossier, *, at: Any = NOW, kind: str = "entry") -> Any:
    row = fresh(dossier)
    return pledging.pledge(actor=person(row.person), subject=row, at=at, kind=kind, read=True)


def ready(office: SimpleNamespace, someone: Person, *, at: Any = NOW, **changes: Any) -> Dossier:
    """A whole dossier that waits to be proposed."""
    dossier = candidate(office, someone, at=at, **changes)
    reviewed(office, dossier, at=at)
    trained(office, dossier, at=at)
    pledged(dossier, at=at)
    return fresh(dossier)


def proposed(office: SimpleNamespace, dossier: Dossier, *, at: Any = NOW) -> Proposal:
    clearing.clear(actor=office.hr, subject=fresh(dossier), at=at)
    return Proposal.objects.get(person=dossier.person, state=Proposal.State.PROPOSED)


def on_post(office: SimpleNamespace, someone: Person, *, at: Any = NOW, **changes: Any) -> Dossier:
    dossier = ready(office, someone, at=at, **changes)
    consent(actor=person(office.leader), subject=proposed(office, dossier, at=at), at=at)
    return fresh(dossier)


def asked_to_leave(
    office: SimpleNamespace, dossier: Dossier, *, at: Any = NOW, actor: Any = None, **changes: Any
) -> Departure:
    given = {
        "kind": "off_post",
        "reason": "岗位调整",
        "destination": "same",
        "successor": office.handler,
        "months": 24,
        **changes,
    }
    actor = actor or person(dossier.person)
    return leaving.request_leave(actor=actor, subject=fresh(dossier), at=at, **given)


def leaving_acts(office: SimpleNamespace, departure: Departure, *, at: Any = NOW) -> Departure:
    """Talk, pledge, hand over, audit: everything but the clearing of things and the end."""
    leaving.talk(actor=office.office, subject=fresh(departure), at=at, content="重申保密义务。")
    row = fresh(departure)
    leaving.pledge_leaving(actor=person(row.dossier.person), subject=row, at=at, read=True)
    leaving.hand_over(
        actor=office.hr,
        subject=fresh(departure),
        at=at,
        receiver=fresh(departure).successor or office.handler,
        list_number="清册2026-1",
        badge=True,
        extracts=True,
        materials=True,
        case_files=True,
    )
    leaving.audit(
        actor=office.office, subject=fresh(departure), at=at, conclusion="未发现违规留存。"
    )
    return fresh(departure)


def trip(office: SimpleNamespace, dossier: Dossier, *, at: Any = NOW, **changes: Any) -> Trip:
    row = fresh(dossier)
    actor = changes.pop("actor", None) or person(row.person)
    return travelling.request_trip(actor=actor, subject=row, at=at, **{**TRIP, **changes})
