"""Handing over and taking back (交接): offered by one side, signed for by the other."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from shoumi.platform.access.acting import Action, Hidden, act
from shoumi.platform.access.subjects import holds
from shoumi.platform.custody.models import Handover, Holder, Item, Movement
from shoumi.platform.custody.services.batches import (
    offer_lines,
    registry_of,
    settle_lines,
    withdraw_lines,
)
from shoumi.platform.custody.services.ledger import TakenByOther, holder_of, shift
from shoumi.platform.directory.models import Person, Place
from shoumi.platform.obligations.crosschecks import cure

REGISTRAR = frozenset({"registrar"})

OFFER = Action("custody.offer", "交出", clause="carriers.signed", posts=REGISTRAR)
WITHDRAW = Action("custody.withdraw", "撤回交接", clause="carriers.signed")
ACCEPT = Action("custody.accept", "签收", clause="carriers.signed")
DECLINE = Action("custody.decline", "拒收", clause="carriers.handover")
GIVE_BACK = Action("custody.give_back", "退回", clause="carriers.signed")
TAKE_BACK = Action("custody.take_back", "收回核点", clause="carriers.signed", posts=REGISTRAR)
MOVE_PLACE = Action("custody.move_place", "移位", clause="carriers.place", posts=REGISTRAR)


def offer(
    *,
    actor: Person,
    subject: Item | Sequence[Item],
    receiver: Person,
    at: datetime,
    due_at: datetime | None = None,
    purpose: str = "",
) -> Handover:
    """Offer what lies in the registry to a person; it stays in the registry's account till signed for."""
    items = several(subject)
    with act(actor, OFFER, at=at, items=[i.pk for i in items]) as deed:
        must_know(actor, items, at=at)
        _lie_in_registry(items)
        to = holder_of(body=actor.body, person=receiver)
        deed.subject = handover = offer_lines(
            receiver=to,
            items=items,
            reason=OFFER.key,
            by=actor,
            at=at,
            due_at=due_at,
            purpose=purpose,
        )
    return handover


def withdraw(*, actor: Person, subject: Handover, at: datetime) -> None:
    """Take an unsigned offer back: whoever made it, or a registrar for what the registry offered."""
    with act(actor, WITHDRAW, subject, at=at):
        if subject.offered_by_id != actor.pk and not _keeps_registry(actor, subject, at=at):
            raise hidden()
        withdraw_lines(handover=subject, by=actor, at=at)


def accept(
    *,
    actor: Person,
    subject: Handover,
    at: datetime,
    declined: Mapping[int, str] | None = None,
) -> list[Movement]:
    """Sign for a batch with one signature; `declined` maps lines not taken to the reason."""
    with act(actor, ACCEPT, subject, at=at) as deed:
        _only_receiver(actor, subject)
        movements = settle_lines(handover=subject, by=actor, at=at, declined=declined)
        deed.note(accepted=[m.item_id for m in movements], declined=len(declined or {}))
    return movements


def decline(*, actor: Person, subject: Handover, at: datetime, reason: str) -> None:
    """Take nothing of a batch; every item stays with the giver."""
    with act(actor, DECLINE, subject, at=at):
        _only_receiver(actor, subject)
        lines = subject.lines(manager="unscoped").values_list("pk", flat=True)
        settle_lines(handover=subject, by=actor, at=at, declined=dict.fromkeys(lines, reason))


def give_back(
    *, actor: Person, subject: Item | Sequence[Item], at: datetime, purpose: str = ""
) -> Handover:
    """Offer what I hold back to the registry; I answer for it until the registrar has counted it."""
    items = several(subject)
    with act(actor, GIVE_BACK, at=at, items=[i.pk for i in items]) as deed:
        must_know(actor, items, at=at)
        if any(i.holder.person_id != actor.pk for i in items):
            raise hidden()
        to = holder_of(body=actor.body, place=registry_of(actor.body_id))
        deed.subject = handover = offer_lines(
            receiver=to, items=items, reason=GIVE_BACK.key, by=actor, at=at, purpose=purpose
        )
    return handover


def take_back(
    *,
    actor: Person,
    subject: Handover,
    at: datetime,
    declined: Mapping[int, str] | None = None,
    place: Place | None = None,
) -> list[Movement]:
    """Count what a person returns and put each thing where it belongs, or all in `place`."""
    with act(actor, TAKE_BACK, subject, at=at) as deed:
        if subject.receiver.kind != Holder.Kind.PLACE:
            raise hidden()
        movements = settle_lines(handover=subject, by=actor, at=at, declined=declined, place=place)
        deed.note(accepted=[m.item_id for m in movements], declined=len(declined or {}))
    return movements


def move_place(
    *, actor: Person, subject: Item | Sequence[Item], place: Place, at: datetime
) -> list[Movement]:
    """Put things of the registry into another place, which is where they belong from now on."""
    items = several(subject)
    with act(actor, MOVE_PLACE, at=at, items=[i.pk for i in items], place=place.pk):
        must_know(actor, items, at=at)
        _lie_in_registry(items)
        to = holder_of(body=actor.body, place=place)
        movements = []
        for item in items:
            movements.append(shift(item=item, to=to, reason=MOVE_PLACE.key, at=at))
            Item.unscoped.filter(pk=item.pk).update(home=place)
        cure(items, at=at)
    return movements


def several(subject: Item | Sequence[Item]) -> list[Item]:
    """One item or a batch of them, as a list."""
    return [subject] if isinstance(subject, Item) else list(subject)


def must_know(actor: Person, items: Sequence[Item], *, at: datetime) -> None:
    """What the actor may not know does not exist for them, one by one."""
    known = Item.objects.visible_to(actor, at=at).filter(
        pk__in=[i.pk for i in items], label__body=actor.body_id
    )
    if known.count() != len(items):
        raise hidden()


def hidden() -> Hidden:
    return Hidden("没有这一项", clause="access.may_know")


def _lie_in_registry(items: Sequence[Item]) -> None:
    if any(i.holder_kind == Holder.Kind.PERSON for i in items):
        raise TakenByOther()


def _only_receiver(actor: Person, handover: Handover) -> None:
    if handover.receiver.person_id != actor.pk:
        raise hidden()


def _keeps_registry(actor: Person, handover: Handover, *, at: datetime) -> bool:
    from_registry = handover.giver.kind == Holder.Kind.PLACE
    return from_registry and holds(actor, "registrar", at, body_id=handover.body_id)
