"""携带外出: ask, release, sign, count back in."""

from collections.abc import Sequence
from datetime import date, datetime

from shoumi.domains.handling import rules
from shoumi.domains.handling.models import Carrying, CarryingLine
from shoumi.domains.handling.services.gathering import (
    REGISTRAR,
    ChangedByOther,
    ask_for,
    case_of,
    check_not_on_loan,
    check_not_recalled,
    expect,
    gathered,
    label_over,
    listed,
    names_of,
    numbered,
    release_all,
    reserve_all,
    step,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of, subject_of
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED, spend
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.custody.services import (
    holder_of,
    offer_lines,
    registry_of,
    settle_lines,
    shift,
)
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import closing, due_tonight
from shoumi.platform.obligations.services import cancel_all, raise_duty, settle
from shoumi.platform.rulebook.figures import figure

MATTER = "handling.carry"
PAGE = "handling-carryings-detail"

REQUEST = Action("handling.carry.request", "申请携带外出", clause="carriers.carry.approval")
LEAVE = Action(
    "handling.carry.leave", "核发带出", clause="carriers.carry.approval", posts=REGISTRAR
)
ACCEPT = Action("handling.carry.accept", "签收携带件", clause="carriers.signed")
RETURN = Action(
    "handling.carry.return", "返回核对", clause="carriers.carry.measures", posts=REGISTRAR
)
WITHDRAW = Action("handling.carry.withdraw", "撤回外带", clause="carriers.carry.approval")

State = Carrying.State


class NotTheCarrier(Denied):
    """Whoever asked to carry a thing carries it."""

    def __init__(self) -> None:
        super().__init__(
            "携带件由申请人本人办理，不得代领、代撤",
            clause="carriers.keeper",
            way_on="请申请人本人登录办理",
        )


def request_carry(
    *,
    actor: Person,
    at: datetime,
    items: Sequence[Item],
    destination: str,
    purpose: str,
    reason: str,
    container: str,
    measures: str,
    leaves_on: date,
    returns_on: date,
    companions: Sequence[Person] = (),
    abroad: bool = False,
) -> Carrying:
    """Ask to take pieces out of the office, with everything that keeps them safe on the way."""
    with act(actor, REQUEST, at=at, items=[i.pk for i in items]) as deed:
        pieces = gathered(actor, items, at=at, clause="carriers.carry.approval")
        level = max(item.level for item in pieces)
        check_not_recalled(pieces)
        check_not_on_loan(pieces, "带出规定场所")
        where = rules.check_written(destination, "目的地", clause="carriers.carry.approval")
        why = rules.check_written(reason, "具体事项", clause="carriers.carry.approval")
        _check_terms(actor, level, purpose, why, container, measures, at=at)
        longest = figure("carriers.carry.longest", "days", on=day_of(at), body=actor.body)
        rules.check_carry_time(
            level, leaves=leaves_on, returns=returns_on, today=day_of(at), longest=longest
        )
        along = _companions(actor, companions, level, at=at)
        reserve_all(pieces, clause="carriers.one_holder")
        number = numbered("携", "carryings", body=actor.body, at=at)
        request: Carrying = Carrying.objects.create(
            label=label_over(pieces, people=[actor], body=actor.body, basis=number, at=at),
            body=actor.body,
            number=number,
            asked_by=actor,
            asked_at=at,
            destination=where,
            purpose=purpose,
            reason=why,
            container=container.strip(),
            measures=measures.strip(),
            companions=[person.pk for person in along],
            companion_names="、".join(person.name for person in along),
            leaves_on=leaves_on,
            returns_on=returns_on,
        )
        deed.subject = request
        listed(CarryingLine, pieces, carrying=request)
        ask_for(
            request,
            actor=actor,
            matter=MATTER,
            reason=why,
            at=at,
            summary=f"{request.number} 携带 {len(pieces)} 件外出",
            conditions={"abroad": abroad},
        )
    return request


def leave(*, actor: Person, subject: Carrying, at: datetime) -> None:
    """Put the approved pieces before the carrier, in their locked case."""
    with act(actor, LEAVE, subject, at=at, request=subject.number):
        expect(subject, State.APPROVED)
        today = day_of(at)
        if not subject.leaves_on <= today <= subject.returns_on:
            raise Refusal(
                f"批准的外出时间为 {subject.leaves_on} 至 {subject.returns_on}，今日不得带出",
                clause="carriers.carry.approval",
                way_on="请在批准的时间内办理，时间有变的重新申请",
            )
        spend(case_of(subject), at=at)
        handover = offer_lines(
            receiver=holder_of(body=subject.body, person=subject.asked_by),
            items=CarryingLine.items_in(carrying=subject),
            reason=LEAVE.key,
            by=actor,
            at=at,
            due_at=due_tonight(start=at, body=subject.body).at,
            purpose="携带外出",
            case_ref=subject.number,
            before=Item.State.RESERVED,
        )
        step(subject, State.APPROVED, State.OFFERED, released_by=actor, outward=handover)
        settle(kind=LEAVE.key, subject=subject, evidence=handover, at=at)
        _of_carrier(subject, ACCEPT.key, "签收携带外出载体", by=actor, at=at)


def accept(*, actor: Person, subject: Carrying, at: datetime) -> None:
    """The carrier signs, leaves, and owes every piece until it is counted back."""
    with act(actor, ACCEPT, subject, at=at, request=subject.number):
        _must_carry(actor, subject)
        if subject.outward is None:
            raise ChangedByOther()
        due_at = closing(subject.returns_on, body=subject.body)
        step(subject, State.OFFERED, State.OUT, left_at=at, due_at=due_at)
        settle_lines(handover=subject.outward, by=actor, at=at)
        settle(kind=ACCEPT.key, subject=subject, evidence=subject.outward, at=at)
        _of_carrier(
            subject,
            RETURN.key,
            "携带外出载体返回核对",
            by=subject.released_by,
            at=at,
            due=due_at,
        )


def return_carried(
    *, actor: Person, subject: Carrying, at: datetime, counted: int, condition: str = ""
) -> None:
    """Count every piece back in (返回核对销号); what is not there must first be declared missing."""
    with act(actor, RETURN, subject, at=at, request=subject.number) as deed:
        expect(subject, State.OUT)
        pieces = CarryingLine.items_in(carrying=subject)
        back = [item for item in pieces if item.state == Item.State.HELD]
        unsigned = [item for item in pieces if item.state == Item.State.OFFERED]
        if unsigned:
            raise Refusal(
                f"{names_of(unsigned)} 正在交接，尚未收回核点",
                clause="carriers.signed",
                way_on="请先办理收回核点",
            )
        if counted != len(back):
            raise Refusal(
                f"应返回 {len(back)} 件，点得 {counted} 件，数目不符",
                clause="carriers.carry.measures",
                way_on="请逐件核对；确有缺件的，先登记下落不明",
            )
        step(
            subject,
            State.OUT,
            State.RETURNED,
            returned_at=at,
            checked_by=actor,
            condition=condition.strip(),
        )
        for item in back:
            if item.holder_kind == Holder.Kind.PERSON:
                where = item.home or registry_of(subject.body_id)
                to = holder_of(body=subject.body, place=where)
                shift(item=item, to=to, reason=RETURN.key, at=at, case_ref=subject.number)
        settle(kind=RETURN.key, subject=subject, evidence=subject, at=at)
        deed.note(back=len(back), taken=len(pieces))


def withdraw_carry(*, actor: Person, subject: Carrying, at: datetime) -> None:
    """The trip is off: what was kept for it goes back on the shelf."""
    with act(actor, WITHDRAW, subject, at=at, request=subject.number):
        _must_carry(actor, subject)
        step(subject, State.APPROVED, State.WITHDRAWN)
        release_all(CarryingLine.items_in(carrying=subject))
        cancel_all(kind=LEAVE.key, subject=subject, reason="申请人撤回", at=at)


def _check_terms(
    actor: Person,
    level: Level,
    purpose: str,
    reason: str,
    container: str,
    measures: str,
    *,
    at: datetime,
) -> None:
    today, body = day_of(at), actor.body
    stop = figure("carriers.carry.forbidden", "level", on=today, body=body)
    rules.check_carrying_allowed(level, forbidden_from=stop)
    purposes = figure("carriers.carry.purpose", "purposes", on=today, body=body)
    rules.check_carry_purpose(purpose, reason, purposes=purposes)
    rules.check_measures(container, measures)


def _companions(
    actor: Person, companions: Sequence[Person], level: Level, *, at: datetime
) -> list[Person]:
    """Those who go along: cleared for what is carried, and enough of them at 绝密."""
    along = [p for p in dict.fromkeys(companions) if p.pk != actor.pk]
    for person in along:
        seen = subject_of(person, at)
        fit = person.active and person.body_id == actor.body_id and not seen.in_exit_period
        if not fit or seen.clearance < level:
            raise Refusal(
                f"{person.name}的涉密等级不符合{level.label}要求，不得同行携带",
                clause="carriers.carry.escorts",
                way_on="请另选同行人员",
            )
    least = figure("carriers.carry.escorts", "persons", on=day_of(at), body=actor.body)
    rules.check_escorts(level, persons=1 + len(along), least=least)
    return along


def _of_carrier(
    request: Carrying,
    kind: str,
    text: str,
    *,
    by: Person | None,
    at: datetime,
    due: datetime | None = None,
) -> None:
    raise_duty(
        kind=kind,
        clause="carriers.carry.longest",
        text=f"{text}（{request.number}）",
        due=due or due_tonight(start=at, body=request.body),
        at=at,
        person=request.asked_by,
        label=request.label,
        subject=request,
        url_name=PAGE,
        url_pk=request.pk,
        raised_by=by,
    )


def _granted(case: Case, *, actor: Person, at: datetime) -> None:
    request = Carrying.named(case.subject)
    step(request, State.REQUESTED, State.APPROVED)
    raise_duty(
        kind=LEAVE.key,
        clause="carriers.carry.approval",
        text=f"核发携带外出载体（{request.number}）",
        due=closing(request.leaves_on, body=request.body),
        at=at,
        body=request.body,
        post="registrar",
        label=request.label,
        subject=request,
        url_name=PAGE,
        url_pk=request.pk,
        raised_by=request.asked_by,
    )


def _not_granted(case: Case, *, actor: Person, at: datetime) -> None:
    request = Carrying.named(case.subject)
    taken_back = case.state == Case.State.WITHDRAWN
    step(request, State.REQUESTED, State.WITHDRAWN if taken_back else State.REFUSED)
    release_all(CarryingLine.items_in(carrying=request))


def _must_carry(actor: Person, request: Carrying) -> None:
    if request.asked_by_id != actor.pk:
        raise NotTheCarrier()


ON_APPROVED[MATTER] = _granted
ON_REFUSED[MATTER] = _not_granted
