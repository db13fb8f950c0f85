"""Who may decide: the power of the body, the register of 定密责任人, and the list approved by the head."""

from datetime import date, datetime

from shoumi.domains.classification import rules
from shoumi.domains.classification.models import Authority, Power
from shoumi.domains.classification.services.steps import (
    AUTHORITY,
    HEAD,
    OFFICE,
    ChangedByOther,
    numbered,
    open_label,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of, holds
from shoumi.platform.directory.models import Person

ENTER_POWER = Action(
    "classification.power.enter", "登记定密权限", clause="classification.power", posts=OFFICE
)
DESIGNATE = Action(
    "classification.authority.designate",
    "登记定密责任人",
    clause="classification.authority",
    posts=HEAD,
)
END = Action(
    "classification.authority.end", "终止定密责任", clause="classification.authority", posts=HEAD
)


def enter_power(
    *,
    actor: Person,
    at: datetime,
    origin: str,
    limit: int,
    document: str,
    since: date,
    giver: str = "",
    scope: str = "",
    until: date | None = None,
) -> Power:
    """What the body itself may decide, by law or by a written authorisation that may not be given on."""
    with act(actor, ENTER_POWER, at=at) as deed:
        paper = rules.check_written(document, "依据或者授权文号", clause=ENTER_POWER.clause)
        if origin == Power.Origin.GIVEN:
            giver = rules.check_written(giver, "授权机关", clause=ENTER_POWER.clause)
        if not Level(limit).is_state_secret:
            raise Refusal("定密权限须为绝密、机密或者秘密", clause=ENTER_POWER.clause)
        number = numbered("权", "powers", body=actor.body, at=at)
        power: Power = Power.objects.create(
            label=open_label(actor.body, basis=number, at=at),
            body=actor.body,
            number=number,
            origin=origin,
            limit=limit,
            giver=giver.strip(),
            document=paper,
            scope=scope.strip(),
            since=since,
            until=until,
            entered_by=actor,
            entered_at=at,
        )
        deed.subject = power
        deed.note(limit=int(limit), origin=origin)
    return power


def designate(
    *,
    actor: Person,
    at: datetime,
    person: Person,
    limit: int,
    document: str,
    trained_until: date,
    scope: str = "",
    since: date | None = None,
) -> Authority:
    """The head enters who decides, and up to which level; never more than the body may."""
    with act(actor, DESIGNATE, at=at, person=person.pk, limit=int(limit)) as deed:
        today = day_of(at)
        paper = rules.check_written(document, "指定文件", clause=DESIGNATE.clause)
        rules.check_delegation(Level(limit), body_limit=Power.limit_of(actor.body, on=today))
        is_head = holds(person, "head", at, body_id=actor.body_id)
        if not (is_head or holds(person, AUTHORITY, at, body_id=actor.body_id)):
            raise Refusal(
                f"{person.name}没有定密责任人岗位",
                clause=DESIGNATE.clause,
                way_on="请安全保密管理员先办理定密责任人任岗",
            )
        if trained_until < today:
            raise Refusal("培训有效期已过", clause=DESIGNATE.clause, way_on="培训合格后再指定")
        if Authority.of(person, on=today) is not None:
            raise Refusal(
                f"{person.name}已在册",
                clause=DESIGNATE.clause,
                way_on="变更权限的，先终止原登记",
            )
        authority: Authority = Authority.objects.create(
            label=open_label(actor.body, basis=paper[:60], at=at),
            body=actor.body,
            person=person,
            origin=Authority.Origin.LAW if is_head else Authority.Origin.DESIGNATED,
            limit=limit,
            scope=scope.strip(),
            document=paper,
            trained_until=trained_until,
            since=since or today,
            designated_by=actor,
            designated_at=at,
        )
        deed.subject = authority
    return authority


def end_authority(*, actor: Person, subject: Authority, at: datetime) -> None:
    """Take somebody out of the register from tomorrow on."""
    with act(actor, END, subject, at=at, person=subject.person_id):
        if not subject.end(on=day_of(at)):
            raise ChangedByOther()


def check_may_decide(person: Person, level: Level, *, at: datetime, derived: bool = False) -> None:
    """Refuse who is not in the register, not trained, or not given the power; inside somebody's act.

    Derived matters and work secrets are not limited by the power. Clause: classification.power.
    """
    today = day_of(at)
    found = Authority.of(person, on=today)
    free = derived or not level.is_state_secret
    rules.check_power(
        Level.PUBLIC if free else level,
        registered=found is not None,
        limit=Level(found.limit) if found else Level.PUBLIC,
        trained_until=found.trained_until if found else None,
        body_limit=Power.limit_of(person.body, on=today),
        today=today,
    )
