"""准用: leave to do with a device what is otherwise refused; who agrees is in the flows of the rulebook."""

from datetime import date, datetime

from shoumi.domains.equipment.models import Device, Permit
from shoumi.domains.equipment.rules.kinds import Family
from shoumi.domains.equipment.rules.leave import TERMS
from shoumi.domains.equipment.services.gathering import (
    KEEPERS,
    ask_for,
    label_beside,
    numbered,
    outcome,
    step,
    written,
)
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import narrow, widen
from shoumi.platform.access.subjects import day_of, person_principal, subject_of
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED
from shoumi.platform.directory.models import Person

REQUEST = Action("equipment.permit.request", "申请准用", clause="equipment.user")
END = Action("equipment.permit.end", "终止准用", clause="equipment.user", posts=KEEPERS)
MATTER = "equipment.permit."
State = Permit.State


def request_permit(
    *,
    actor: Person,
    subject: Device,
    at: datetime,
    kind: str,
    reason: str,
    since: date,
    until: date,
    person: Person | None = None,
    card: str = "",
    software: str = "",
) -> Permit:
    """Ask for leave, for oneself or for another; what a kind of leave demands in words must be there."""
    with act(actor, REQUEST, subject, at=at, kind=kind) as deed:
        terms, whom = TERMS[kind], person or actor
        given = {"card": card.strip(), "software": software.strip()}
        terms.check(
            family=Family(subject.family),
            kind=subject.kind,
            network=subject.network,
            given=given,
        )
        if until < since or since < day_of(at):
            raise Refusal(
                "准用起止日期不对", clause=terms.clause, way_on="起不早于今天，止不早于起"
            )
        _check_cleared(whom, subject, clause=terms.clause, at=at)
        number = numbered("准", "permits", body=actor.body, at=at)
        permit: Permit = Permit.objects.create(
            label=label_beside(subject, basis=number, at=at),
            body=actor.body,
            number=number,
            device=subject,
            kind=kind,
            asked_by=actor,
            asked_at=at,
            person=whom,
            reason=written(reason, "事由", clause=terms.clause),
            since=since,
            until=until,
            **given,
        )
        deed.subject = permit
        ask_for(
            permit,
            actor=actor,
            matter=f"{MATTER}{kind}",
            reason=permit.reason,
            summary=f"{permit.number} {permit.get_kind_display()}（{subject.number}）",
            at=at,
        )
    return permit


def end_permit(*, actor: Person, subject: Permit, at: datetime) -> None:
    """Leave ends before its day."""
    with act(actor, END, subject, at=at):
        step(subject, State.GRANTED, State.ENDED, ended_on=day_of(at))
        if not subject.device.is_answered_for_by(subject.person):
            principals = {person_principal(subject.person_id)}
            narrow(subject.device.label, principals=principals, last_day=day_of(at))


def _check_cleared(person: Person, device: Device, *, clause: str, at: datetime) -> None:
    """Whoever is let near a device is cleared for it, whether they know of it yet or not."""
    seen = subject_of(person, at)
    fit = person.is_active and person.body_id == device.body_id and not seen.in_exit_period
    if not fit or seen.clearance < device.level:
        raise Refusal(
            f"{person.name}的涉密等级不符合该设备要求",
            clause=clause,
            way_on="请另选涉密等级相符的准用人",
        )


def _granted(case: Case, *, actor: Person, at: datetime) -> None:
    permit = Permit.named(case.subject)
    step(permit, State.REQUESTED, State.GRANTED)
    for label in (permit.label, permit.device.label):
        widen(
            label,
            principals={person_principal(permit.person_id)},
            basis=f"准用 {permit.number}",
            on=day_of(at),
        )


def _not_granted(case: Case, *, actor: Person, at: datetime) -> None:
    after = outcome(case, refused=State.REFUSED, withdrawn=State.WITHDRAWN)
    step(Permit.named(case.subject), State.REQUESTED, after)


for _kind in Permit.Kind.values:
    ON_APPROVED[f"{MATTER}{_kind}"] = _granted
    ON_REFUSED[f"{MATTER}{_kind}"] = _not_granted
