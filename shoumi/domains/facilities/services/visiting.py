"""来访: asked for, confirmed by who is visited, let in with devices left at the door, seen out."""

from datetime import datetime

from shoumi.domains.facilities.models import Site, Visit
from shoumi.domains.facilities.rules import doors, sites
from shoumi.domains.facilities.services.standing import (
    DOOR,
    label_of_rooms,
    numbered,
    step,
    words_of,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.masking import mask
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import due_tonight
from shoumi.platform.obligations.services import cancel_all, raise_duty, settle

PAGE = "facilities-visits-detail"

ASK = Action("facilities.visit.ask", "登记来访", clause="facilities.visit")
CONFIRM = Action("facilities.visit.confirm", "确认接待", clause="facilities.visit")
DECLINE = Action("facilities.visit.decline", "不予接待", clause="facilities.visit")
ADMIT = Action("facilities.visit.admit", "放行", clause="facilities.visit", posts=DOOR)
DEPART = Action("facilities.visit.depart", "登记离访", clause="facilities.visit", posts=DOOR)

State = Visit.State


class NotTheHost(Denied):
    """Only the one who is visited answers for a visit."""

    def __init__(self) -> None:
        super().__init__(
            "来访由被访人本人确认",
            clause="facilities.visit",
            way_on="请被访人本人登录办理",
        )


def ask(
    *,
    actor: Person,
    at: datetime,
    site: Site,
    visitor: str,
    unit: str,
    document: str,
    document_number: str,
    clearance: int,
    party: int,
    matter: str,
    purpose: str,
    host: Person,
) -> Visit:
    """Register a visitor; of the number of the document only what is not secret is kept."""
    with act(actor, ASK, at=at, site=site.number) as deed:
        doors.check_in_use(site.is_in_use, strong=site.is_strongroom, name=site.place.name)
        doors.check_matter(
            matter,
            called=site.get_kind_display(),
            guarded=site.is_guarded,
            reception=site.is_reception,
            matters=words_of("facilities.visit", "matters", body=site.body, at=at),
        )
        if document not in words_of("facilities.visit", "documents", body=site.body, at=at):
            raise Refusal("未出示有效证件", clause="facilities.visit", way_on="请查验有效证件")
        made: Visit = Visit.objects.create(
            label=label_of_rooms(site.body, [host, actor], basis="来访登记", at=at),
            body=site.body,
            number=numbered("访", "visits", body=site.body, at=at),
            site=site,
            visitor=sites.check_said(visitor, "来访人", clause="facilities.visit"),
            unit=sites.check_said(unit, "来访单位", clause="facilities.visit"),
            document=document,
            document_number=mask(
                sites.check_said(document_number, "证件号码", clause="facilities.visit")
            )[:30],
            clearance=clearance,
            party=party,
            matter=matter,
            purpose=sites.check_said(purpose, "来访事由", clause="facilities.visit"),
            host=host,
            asked_by=actor,
            asked_at=at,
        )
        deed.subject = made
        raise_duty(
            kind=CONFIRM.key,
            clause="facilities.visit",
            text=f"确认来访 {made.number}",
            due=due_tonight(start=at, body=made.body),
            at=at,
            person=host,
            label=made.label,
            subject=made,
            url_name=PAGE,
            url_pk=made.pk,
            raised_by=actor,
        )
        deed.note(number=made.number, matter=matter)
    return made


def confirm(*, actor: Person, subject: Visit, at: datetime) -> Visit:
    """The host confirms the visit; before that nobody is let in. Clause: facilities.visit."""
    with act(actor, CONFIRM, subject, at=at, number=subject.number):
        _must_host(actor, subject)
        step(subject, State.ASKED, State.CONFIRMED, decided_at=at)
        settle(kind=CONFIRM.key, subject=subject, evidence=subject, at=at)
    return subject


def decline(*, actor: Person, subject: Visit, at: datetime, reason: str) -> Visit:
    """The host does not receive the visitor."""
    with act(actor, DECLINE, subject, at=at, number=subject.number):
        _must_host(actor, subject)
        why = sites.check_said(reason, "不予接待理由", clause="facilities.visit")
        step(subject, State.ASKED, State.DECLINED, decided_at=at, declined_why=why)
        cancel_all(kind=CONFIRM.key, subject=subject, reason=why, at=at)
    return subject


def admit(
    *,
    actor: Person,
    subject: Visit,
    at: datetime,
    verified: bool,
    escort: Person,
    devices: str = "",
    locker: str = "",
    none_carried: bool = False,
) -> Visit:
    """放行: document seen, level fitting, escort named, devices left at the door."""
    with act(actor, ADMIT, subject, at=at, number=subject.number):
        level = Level(subject.site.secrecy)
        if subject.state == State.ASKED:
            raise Refusal(
                "被访人尚未确认，不得放行", clause="facilities.visit", way_on="请联系被访人确认"
            )
        if not verified:
            raise Refusal(
                "未查验证件，不得放行", clause="facilities.visit", way_on="请查验证件原件"
            )
        doors.check_cleared(Level(subject.clearance), level=level, leaving=False, who="来访人")
        doors.check_deposit(level=level, devices=devices, locker=locker, none_carried=none_carried)
        if escort.body_id != subject.body_id or not escort.active:
            raise Refusal(
                "陪同人应为本单位在岗人员", clause="facilities.visit", way_on="请另选陪同人"
            )
        step(
            subject,
            State.CONFIRMED,
            State.INSIDE,
            verified=True,
            escort=escort,
            devices=devices.strip(),
            locker=locker.strip(),
            let_in_by=actor,
            entered_at=at,
        )
        raise_duty(
            kind=DEPART.key,
            clause="facilities.visit",
            text=f"登记离访 {subject.number}",
            due=due_tonight(start=at, body=subject.body),
            at=at,
            body=subject.body,
            post="duty_officer",
            label=subject.label,
            subject=subject,
            url_name=PAGE,
            url_pk=subject.pk,
            raised_by=actor,
        )
    return subject


def depart(*, actor: Person, subject: Visit, at: datetime, returned: bool = False) -> Visit:
    """离访: the deposit is given back, or the visit stays open. Clause: facilities.visit.devices."""
    with act(actor, DEPART, subject, at=at, number=subject.number):
        if subject.devices and not returned:
            raise Refusal(
                "寄存物品尚未退还",
                clause="facilities.visit.devices",
                way_on=f"请从 {subject.locker} 取出退还后勾选",
            )
        step(subject, State.INSIDE, State.LEFT, left_at=at, returned=bool(subject.devices))
        settle(kind=DEPART.key, subject=subject, evidence=subject, at=at)
    return subject


def _must_host(actor: Person, visit: Visit) -> None:
    if visit.host_id != actor.pk:
        raise NotTheHost()
