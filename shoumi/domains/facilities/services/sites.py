"""重点场所: determined by the body, confirmed or accepted by the bureau, and given up."""

from collections.abc import Sequence
from datetime import date, datetime

from shoumi.domains.facilities.models import Passage, Site
from shoumi.domains.facilities.rules import sites as rules
from shoumi.domains.facilities.services.standing import (
    ChangedByOther,
    label_of_rooms,
    numbered,
    standing,
    step,
    words_of,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED, open_case
from shoumi.platform.directory.models import Department, Person, Place
from shoumi.platform.obligations.crosschecks import judge
from shoumi.platform.obligations.due import due_in_workdays
from shoumi.platform.obligations.services import raise_duty, settle
from shoumi.platform.rulebook.figures import figure

MATTER = "facilities.site"
PAGE = "facilities-sites-detail"
POSTS = frozenset({"secrecy_office", "office_director"})

PROPOSE = Action("facilities.site.propose", "提请确定场所", clause="facilities.site", posts=POSTS)
CONFIRM = Action(
    "facilities.site.confirm", "登记上级确认", clause="facilities.site.confirm", posts=POSTS
)
ACCEPT = Action(
    "facilities.site.accept", "登记验收", clause="facilities.strongroom.accept", posts=POSTS
)
CLOSE = Action("facilities.site.close", "撤销场所", clause="facilities.site", posts=POSTS)

State, Kind = Site.State, Site.Kind


def propose(
    *,
    actor: Person,
    at: datetime,
    place: Place,
    kind: str,
    level: int,
    department: Department,
    keeper: Person,
    reason: str,
    protection: str,
    cabinet: Place | None = None,
    regulation: str = "",
    area: int | None = None,
    two_persons: bool = False,
) -> Site:
    """Register a guarded site; the leaders of the body determine it. Clause: facilities.site."""
    with act(actor, PROPOSE, at=at, place=place.pk) as deed:
        called, wanted = Kind(kind).label, Level(level)
        clearance, leaving = standing(keeper, at=at)
        rules.check_level(wanted, limit=Level(place.level_limit), name=place.name)
        rules.check_keeper(clearance, level=wanted, leaving=leaving)
        rules.check_area(called, area, least=_areas(actor, at=at))
        if wanted > Level.INTERNAL and cabinet is None:
            raise Refusal("未写明专柜", clause="facilities.site", way_on="请选择存放密件的专柜")
        if called == Kind.MACHINE_ROOM.label:
            rules.check_said(regulation, "机房管理制度", clause="facilities.site.machines")
        if Site.standing_at(place):
            raise Refusal(
                f"「{place.name}」已经登记", clause="facilities.site", way_on="请查看该场所的登记"
            )
        made: Site = Site.objects.create(
            label=label_of_rooms(actor.body, [keeper], basis=place.name, at=at),
            body=actor.body,
            number=numbered("所", "sites", body=actor.body, at=at),
            place=place,
            kind=kind,
            secrecy=wanted,
            department=department,
            keeper=keeper,
            cabinet=cabinet,
            reason=rules.check_said(reason, "确定理由", clause="facilities.site"),
            protection=rules.check_said(protection, "技防设施", clause="facilities.site"),
            regulation=regulation.strip(),
            area=area,
            two_persons=two_persons,
            asked_by=actor,
            asked_at=at,
        )
        deed.subject = made
        made.case = open_case(
            actor=actor,
            matter=MATTER,
            subject=made,
            label=made.label,
            reason=made.reason,
            at=at,
            summary=f"确定{called} {place.name}",
        )
        made.save(update_fields=["case"])
        deed.note(number=made.number, kind=kind)
    return made


def confirm(
    *, actor: Person, subject: Site, at: datetime, authority: str, paper: str, on: date
) -> Site:
    """Register that the bureau has confirmed a critical site, which may then be used."""
    with act(actor, CONFIRM, subject, at=at, number=subject.number):
        if subject.is_strongroom:
            raise ChangedByOther()
        _authorised(subject, authority=authority, paper=paper, on=on, at=at, clause=CONFIRM.clause)
    return subject


def accept(
    *,
    actor: Person,
    subject: Site,
    at: datetime,
    authority: str,
    paper: str,
    on: date,
    conditions: Sequence[str],
    passed: bool,
) -> Site:
    """Register the bureau's acceptance of a strongroom, condition by condition."""
    with act(actor, ACCEPT, subject, at=at, number=subject.number):
        if not subject.is_strongroom:
            raise ChangedByOther()
        wanted = words_of(
            "facilities.strongroom.conditions", "conditions", body=subject.body, at=at
        )
        met = rules.check_conditions(conditions, wanted=wanted)
        if not passed:
            raise Refusal(
                "验收不合格的保密室不得启用",
                clause="facilities.strongroom.accept",
                way_on="整改后重新申请验收",
            )
        _authorised(
            subject,
            authority=authority,
            paper=paper,
            on=on,
            at=at,
            clause=ACCEPT.clause,
            conditions=met,
        )
    return subject


def close(*, actor: Person, subject: Site, at: datetime, reason: str) -> Site:
    """Give a site up; nobody may still be inside."""
    with act(actor, CLOSE, subject, at=at, number=subject.number):
        why = rules.check_said(reason, "撤销理由", clause=CLOSE.clause)
        if Passage.inside(subject).exists():
            raise Refusal("场所内还有人", clause="facilities.enter", way_on="请先登记离开")
        step(subject, State.IN_USE, State.CLOSED, closed_on=day_of(at), closed_why=why)
        judge([subject], at=at)
    return subject


def _authorised(
    site: Site, *, authority: str, paper: str, on: date, at: datetime, clause: str, **more: object
) -> None:
    if on > day_of(at):
        raise Refusal("日期不得晚于今天", clause=clause, way_on="只登记已经作出的确认、验收")
    step(
        site,
        State.DETERMINED,
        State.IN_USE,
        authority=rules.check_said(authority, "确认验收单位", clause=clause),
        authority_paper=rules.check_said(paper, "文号", clause=clause),
        authority_on=on,
        **more,
    )
    settle(kind=CONFIRM.key, subject=site, evidence=f"{authority} {paper}", at=at)
    judge([site], at=at)


def _granted(case: Case, *, actor: Person, at: datetime) -> None:
    site = Site.named(case.subject)
    kinds = words_of("facilities.site.confirm", "kinds", body=site.body, at=at)
    if not site.is_strongroom and site.get_kind_display() not in kinds:
        step(site, State.PROPOSED, State.IN_USE)
        return
    step(site, State.PROPOSED, State.DETERMINED)
    days = figure("facilities.site.confirm", "workdays", on=day_of(at), body=site.body)
    raise_duty(
        kind=CONFIRM.key,
        clause="facilities.site.confirm",
        text=f"报请确认、验收「{site.place.name}」"[:120],
        due=due_in_workdays(days, start=at, body=site.body),
        at=at,
        body=site.body,
        post="secrecy_office",
        label=site.label,
        subject=site,
        url_name=PAGE,
        url_pk=site.pk,
        raised_by=site.asked_by,
    )


def _not_granted(case: Case, *, actor: Person, at: datetime) -> None:
    step(Site.named(case.subject), State.PROPOSED, State.REFUSED)


def _areas(actor: Person, *, at: datetime) -> dict[str, int]:
    return dict(figure("facilities.duty_room", "area", on=day_of(at), body=actor.body))


ON_APPROVED[MATTER] = _granted
ON_REFUSED[MATTER] = _not_granted
