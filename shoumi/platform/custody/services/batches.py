"""Batches (交接单), for use inside an act: offered by one side, settled item by item by the other."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Hidden
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody import rules
from shoumi.platform.custody.models import Handover, HandoverLine, Holder, Item, Movement
from shoumi.platform.custody.services.ledger import (
    TakenByOther,
    ask_guards,
    check_not_counted,
    check_person,
    holder_of,
    shift,
    swap,
)
from shoumi.platform.directory.models import Person, Place
from shoumi.platform.obligations.crosschecks import cure
from shoumi.platform.rulebook.figures import figure


class SettledByOther(Stale):
    """The batch was signed for, declined or withdrawn a moment ago."""

    def __init__(self) -> None:
        super().__init__(
            "他人已修改：这张交接单已经办结",
            clause="carriers.signed",
            way_on="请刷新页面查看办理结果",
        )


def offer_lines(
    *,
    receiver: Holder,
    items: Sequence[Item],
    reason: str,
    by: Person,
    at: datetime,
    due_at: datetime | None = None,
    purpose: str = "",
    case_ref: str = "",
    before: str = Item.State.HELD,
) -> Handover:
    """Offer items to a person, or from a person back to the registry; they stay with the giver till signed.

    `before=RESERVED` offers copies that the caller's own case had reserved.
    """
    giver = _giver_of(items)
    place = receiver.place
    fault = rules.passing_fault(
        from_person=giver.kind == Holder.Kind.PERSON,
        to_person=receiver.kind == Holder.Kind.PERSON,
        to_registry=place is not None and _is_registry(place),
    )
    if fault is not None:
        raise fault
    return _offer(
        items,
        giver=giver,
        receiver=receiver,
        before=before,
        reason=reason,
        offered_by=by,
        offered_at=at,
        due_at=due_at,
        purpose=purpose,
        case_ref=case_ref,
    )


def offer_succession(
    *,
    receiver: Holder,
    items: Sequence[Item],
    reason: str,
    by: Person,
    at: datetime,
    due_at: datetime | None = None,
    purpose: str = "",
    case_ref: str = "",
) -> Handover:
    """Offer a person's things to the successor (移交): the one hand-over from person to person."""
    return _offer(
        items,
        giver=_giver_of(items),
        receiver=receiver,
        before=Item.State.HELD,
        reason=reason,
        offered_by=by,
        offered_at=at,
        due_at=due_at,
        purpose=purpose,
        case_ref=case_ref,
    )


def settle_lines(
    *,
    handover: Handover,
    by: Person,
    at: datetime,
    declined: Mapping[int, str] | None = None,
    place: Place | None = None,
) -> list[Movement]:
    """One signature for the whole batch: `declined` names lines and why; those stay with the giver.

    Things returned to the registry go to `place`, or each to where it belongs.
    """
    lines = _close(handover, by=by, at=at)
    refused = dict(declined or {})
    if set(refused) - {line.pk for line in lines}:
        raise Hidden("没有这一项", clause="access.may_know")
    movements = []
    for line in lines:
        if line.pk in refused:
            _decline(line, refused[line.pk].strip())
            continue
        to = handover.receiver
        if to.place is not None:
            to = holder_of(body=to.body, place=place or line.item.home or to.place)
        movements.append(
            shift(
                item=line.item,
                to=to,
                reason=handover.reason,
                at=at,
                before=Item.State.OFFERED,
                case_ref=handover.case_ref,
                handover=handover,
            )
        )
        _mark(line, HandoverLine.State.ACCEPTED)
    cure([line.item for line in lines], at=at)
    return movements


def withdraw_lines(*, handover: Handover, by: Person, at: datetime) -> None:
    """Take an offer back before it is signed for."""
    for line in _close(handover, by=by, at=at):
        swap(line.item, before=Item.State.OFFERED, after=Item.State.HELD)
        _mark(line, HandoverLine.State.WITHDRAWN)


def _offer(
    items: Sequence[Item], *, giver: Holder, receiver: Holder, before: str, **terms: Any
) -> Handover:
    at: datetime = terms["offered_at"]
    most = figure("carriers.handover", "most", on=day_of(at), body=giver.body)
    if len(items) > most:
        raise Refusal(
            f"一次移交不超过 {most} 件，现有 {len(items)} 件",
            clause="carriers.handover",
            way_on="请分批移交",
        )
    check_not_counted(items)
    ask_guards(items, receiver, reason=terms["reason"])
    for item in {i.label_id: i for i in items}.values():
        if receiver.person is not None:
            check_person(receiver.person, label=item.label, at=at)
    handover = Handover.objects.create(body=giver.body, giver=giver, receiver=receiver, **terms)
    for item in items:
        swap(item, before=before, after=Item.State.OFFERED)
        HandoverLine.unscoped.create(handover=handover, item=item, label_id=item.label_id)
    return handover


def _giver_of(items: Sequence[Item]) -> Holder:
    """Whose batch it is: one person's, one place's, or the registry's when it comes from several safes."""
    if not items:
        raise Refusal("请至少选一件载体", clause="carriers.handover")
    holders = {i.holder_id: i.holder for i in items}
    first = items[0].holder
    if not all(h.is_inside for h in holders.values()):
        raise TakenByOther()
    if len(holders) == 1:
        return first
    if any(h.kind == Holder.Kind.PERSON for h in holders.values()):
        raise Refusal(
            "一张交接单的载体须出自同一保管人",
            clause="carriers.signed",
            way_on="请按保管人分开办理",
        )
    return holder_of(body=first.body, place=registry_of(first.body_id))


def registry_of(body_id: int) -> Place:
    """The registry (机要室) of a body."""
    rooms = Place.objects.filter(body=body_id, kind=Place.Kind.REGISTRY, active=True)
    room = rooms.order_by("id").first()
    if room is None:
        raise Refusal(
            "本单位未设机要室", clause="carriers.place", way_on="请先在场所台账中登记机要室"
        )
    return room


def _is_registry(place: Place) -> bool:
    return Place.Kind.REGISTRY in (place.kind, place.within.kind if place.within else "")


def _close(handover: Handover, *, by: Person, at: datetime) -> list[HandoverLine]:
    if not handover.settle(by=by, at=at):
        raise SettledByOther()
    lines = HandoverLine.unscoped.filter(handover=handover, state=HandoverLine.State.OFFERED)
    related = ("item__label", "item__holder", "item__home")
    return list(lines.select_related(*related).order_by("id"))


def _decline(line: HandoverLine, why: str) -> None:
    if not why:
        raise Refusal("拒收须写明理由", clause="carriers.handover")
    swap(line.item, before=Item.State.OFFERED, after=Item.State.HELD)
    _mark(line, HandoverLine.State.DECLINED, why)


def _mark(line: HandoverLine, state: str, why: str = "") -> None:
    line.state, line.decline_reason = state, why
    line.save(update_fields=["state", "decline_reason"])
