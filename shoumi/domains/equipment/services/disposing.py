"""报废: a list whose data were dealt with first, approved, taken to the station by two, closed by its certificate."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import reduce

from shoumi.domains.equipment.models import Device, Disposal, DisposalLine, Provider
from shoumi.domains.equipment.services.gathering import (
    KEEPERS,
    ask_for,
    expect,
    label_beside,
    numbered,
    outcome,
    step,
    written,
)
from shoumi.kernel.levels import Label as PureLabel
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, Hidden, act
from shoumi.platform.access.models import Label
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import day_of, label_of, person_principal, post_principal
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED, spend
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.custody.services import check_person, holder_of, release, reserve, shift
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import due_in_workdays
from shoumi.platform.obligations.services import raise_duty, settle

MATTER = "equipment.dispose"
CLAUSE = "equipment.disposal"
PROPOSE = Action("equipment.dispose.propose", "报废造册", clause=CLAUSE, posts=KEEPERS)
SEND = Action("equipment.dispose.send", "送交销毁站", clause=CLAUSE, posts=KEEPERS)
CLOSE = Action("equipment.dispose.close", "登记销毁证明", clause=CLAUSE, posts=KEEPERS)
State = Disposal.State


def propose_disposal(
    *, actor: Person, at: datetime, devices: Sequence[Device], station: Provider, reason: str
) -> Disposal:
    """Draw up the list; what was not treated, or lies with somebody, is named and refused."""
    with act(actor, PROPOSE, at=at, devices=[d.pk for d in devices]) as deed:
        rows = _gathered(actor, devices, at=at)
        why = written(reason, "报废原因", clause=CLAUSE)
        _check_station(station, at=at)
        for device in rows:
            _check_ready(device)
        disposal: Disposal = Disposal.objects.create(
            label=_label_over(rows, actor=actor, at=at),
            body=actor.body,
            number=numbered("废", "disposals", body=actor.body, at=at),
            asked_by=actor,
            asked_at=at,
            reason=why,
            station=station,
            pieces=len(rows),
        )
        deed.subject = disposal
        for device in rows:
            DisposalLine.objects.create(
                label=label_beside(device, basis=disposal.number, at=at),
                disposal=disposal,
                device=device,
                was=device.state,
            )
            reserve(device.item)
            step(device, device.state, Device.State.LISTED)
        ask_for(
            disposal,
            actor=actor,
            matter=MATTER,
            reason=why,
            summary=f"{disposal.number} 报废 {len(rows)} 台（件）",
            at=at,
        )
    return disposal


def send_disposal(*, actor: Person, subject: Disposal, witness: Person, at: datetime) -> None:
    """Two go to the station; what they take is still in the account until it is destroyed."""
    with act(actor, SEND, subject, at=at, disposal=subject.number) as deed:
        expect(subject, State.APPROVED)
        _check_station(subject.station, at=at)
        if witness.pk == actor.pk:
            raise Refusal("送交销毁须两人押送", clause=CLAUSE, way_on="请另选同行人")
        check_person(witness, label=subject.label, at=at)
        if subject.case is not None:
            spend(subject.case, at=at)
        step(subject, State.APPROVED, State.SENT, sent_at=at, sent_by=actor, witness=witness)
        settle(kind=SEND.key, subject=subject, evidence=subject, at=at)
        _for_keeper(subject, CLOSE, "取回销毁证明并登记", days=10, by=actor, at=at)
        deed.note(witness=witness.pk)


def close_disposal(
    *, actor: Person, subject: Disposal, certificate: str, destroyed_on: date, at: datetime
) -> None:
    """The station's certificate takes every device out of the account."""
    with act(actor, CLOSE, subject, at=at, disposal=subject.number) as deed:
        expect(subject, State.SENT)
        number = written(certificate, "销毁证明编号", clause=CLAUSE)
        if destroyed_on > day_of(at) or (
            subject.sent_at and destroyed_on < day_of(subject.sent_at)
        ):
            raise Refusal(
                "销毁日期应在送交之后、今天以前", clause=CLAUSE, way_on="请按销毁证明填写"
            )
        step(
            subject,
            State.SENT,
            State.CLOSED,
            certificate=number,
            destroyed_on=destroyed_on,
            closed_by=actor,
        )
        to = holder_of(body=subject.body, sink=Holder.Sink.DESTROYED)
        for line in DisposalLine.of(subject):
            shift(
                item=line.device.item,
                to=to,
                reason=CLOSE.key,
                at=at,
                before=Item.State.RESERVED,
                case_ref=subject.number,
            )
            step(line.device, Device.State.LISTED, Device.State.DISPOSED)
        settle(kind=CLOSE.key, subject=subject, evidence=subject, at=at)
        deed.note(pieces=subject.pieces)


def _gathered(actor: Person, devices: Sequence[Device], *, at: datetime) -> list[Device]:
    """The devices as they stand now; one that the actor may not know does not exist."""
    keys = list(dict.fromkeys(device.pk for device in devices))
    if not keys:
        raise Refusal("请至少选一台（件）设备", clause=CLAUSE, way_on="勾选后再提交")
    near = ("label__body", "item__label__body", "item__holder__place", "body")
    known = Device.objects.visible_to(actor, at=at).filter(body=actor.body_id, pk__in=keys)
    found = {device.pk: device for device in known.select_related(*near)}
    if len(found) != len(keys):
        raise Hidden("没有这一项", clause="access.may_know")
    return [found[key] for key in keys]


def _check_ready(device: Device) -> None:
    if device.treated_on is None:
        raise Refusal(
            f"「{device.number}」数据未经安全处理，不得报废",
            clause=CLAUSE,
            way_on="请先登记消除处理，再列入报废清册",
        )
    if not device.lies_in_place:
        raise Refusal(
            f"「{device.number}」尚未交回，或者正在办理他事",
            clause=CLAUSE,
            way_on="请保管人先交回，机要室点收后再造册",
        )
    expect(device, Device.State.READY, Device.State.IN_USE, Device.State.STOPPED)


def _check_station(station: Provider, *, at: datetime) -> None:
    if not station.serves_as(Provider.Kind.STATION, on=day_of(at)):
        raise Refusal(
            "该单位不是名录内有效的指定销毁站，不得当废旧电器处理",
            clause=CLAUSE,
            way_on="请从名录中选择销毁站",
        )


def _label_over(devices: Sequence[Device], *, actor: Person, at: datetime) -> Label:
    """The highest level on the list, for those who may know every device on it."""
    today = day_of(at)
    pures = (PureLabel(device.level, label_of(device.label, on=today)) for device in devices)
    joint = reduce(PureLabel.join, pures)
    return label_for(
        level=joint.level,
        body=actor.body,
        principals=joint.principals
        | {person_principal(actor.pk), post_principal("secrecy_office", actor.body_id)},
        basis="报废清册",
        on=today,
    )


def _for_keeper(
    disposal: Disposal, action: Action, text: str, *, days: int, by: Person, at: datetime
) -> None:
    raise_duty(
        kind=action.key,
        clause=CLAUSE,
        text=f"{text}（{disposal.number}）",
        due=due_in_workdays(days, start=at, body=disposal.body),
        at=at,
        body=disposal.body,
        post="secrecy_office",
        label=disposal.label,
        subject=disposal,
        url_name="equipment-disposals-detail",
        url_pk=disposal.pk,
        raised_by=by,
    )


def _granted(case: Case, *, actor: Person, at: datetime) -> None:
    disposal = Disposal.named(case.subject)
    step(disposal, State.REQUESTED, State.APPROVED)
    _for_keeper(disposal, SEND, "送交销毁站", days=5, by=disposal.asked_by, at=at)


def _not_granted(case: Case, *, actor: Person, at: datetime) -> None:
    disposal = Disposal.named(case.subject)
    after = outcome(case, refused=State.REFUSED, withdrawn=State.WITHDRAWN)
    step(disposal, State.REQUESTED, after)
    for line in DisposalLine.of(disposal):
        release(line.device.item)
        step(line.device, Device.State.LISTED, line.was)


ON_APPROVED[MATTER] = _granted
ON_REFUSED[MATTER] = _not_granted
