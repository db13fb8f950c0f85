"""Entries of the ledger (记账), for use inside the act of a higher room: who holds what from now on.

Each function here is double entry: the item's holder changes by compare-and-swap, and one movement names
both sides. Whoever comes second gets `Stale` and the whole act is undone.
"""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from shoumi.kernel import labelcode
from shoumi.kernel.levels import Label as PureLabel
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.models import Label
from shoumi.platform.access.subjects import day_of, label_of, subject_of
from shoumi.platform.custody import rules
from shoumi.platform.custody.models import (
    Handover,
    Holder,
    Item,
    Movement,
    Stocktake,
    StocktakeLine,
)
from shoumi.platform.directory.models import Body, Person, Place
from shoumi.platform.rulebook.controls import Control

MOVE = Control("custody.move", kind="record", label="载体流转")
ONE_HOLDER = Control("custody.move", kind="refuse", label="载体流转")
PLACING = Control("custody.place", kind="refuse", label="存放条件核对")

# What higher rooms ask before things change hands: f(items, to, reason=key of the act), which may refuse.
GUARDS: list[Callable[..., None]] = []


class TakenByOther(Stale):
    """Somebody else moved, reserved or offered the copy a moment ago."""

    def __init__(self) -> None:
        super().__init__(
            "该份刚被他人办理",
            clause="carriers.one_holder",
            way_on="请刷新页面，查看该份现在何处",
        )


def holder_of(
    *,
    body: Body,
    person: Person | None = None,
    place: Place | None = None,
    outside: Body | None = None,
    sink: str = "",
) -> Holder:
    """The holder in the account of a body; made on first use."""
    given: dict[str, Any] = {"person": person, "place": place, "outside": outside, "sink": sink}
    named = {kind: value for kind, value in given.items() if value}
    if len(named) != 1:
        raise ValueError("a holder is one person, one place, one outside body or one sink")
    (kind,) = named
    holder, _ = Holder.objects.get_or_create(body=body, kind=kind, **named)
    return holder


def enter_item(
    *,
    label: Label,
    kind: str,
    name: str,
    source: str,
    holder: Holder,
    at: datetime,
    reason: str,
    code: str = "",
    giver: Holder | None = None,
    home: Place | None = None,
    parent: Item | None = None,
    case_ref: str = "",
) -> Item:
    """Take a new thing into the account: it gets a code, a holder and its first movement."""
    if not name.strip():
        raise Refusal("载体须有编号或者份号，方可入账", clause="carriers.register")
    check_receiver(holder, label=label, at=at)
    item: Item = Item.unscoped.create(
        label=label,
        code=code or fresh_code(),
        kind=kind,
        name=name,
        holder=holder,
        holder_kind=holder.kind,
        home=home or holder.place,
        entered_at=at,
        source=source,
        parent=parent,
    )
    Movement.unscoped.create(
        item=item,
        label=label,
        kind=Movement.Kind.ENTER,
        giver=giver,
        receiver=holder,
        at=at,
        reason=reason,
        case_ref=case_ref,
    )
    return item


def shift(
    *,
    item: Item,
    to: Holder,
    reason: str,
    at: datetime,
    before: str = Item.State.HELD,
    case_ref: str = "",
    handover: Handover | None = None,
) -> Movement:
    """Move one item to another holder, in the account or out of it.

    `before` is the state in which the caller found it: a reserved copy is moved by whoever reserved it.
    Things out of the account come back (找回、收回) with `before=GONE`, except from a final sink.
    """
    giver = item.holder
    ask_guards([item], to, reason=reason)
    _check_way(item, giver=giver, to=to, before=before, handover=handover)
    if to.is_inside:
        check_receiver(to, label=item.label, at=at)
    after = Item.State.HELD if to.is_inside else Item.State.GONE
    swap(item, before=before, after=after, holder=to)
    movement: Movement = Movement.unscoped.create(
        item=item,
        label_id=item.label_id,
        kind=_kind_of(giver, to),
        giver=giver,
        receiver=to,
        at=at,
        reason=reason,
        case_ref=case_ref,
        handover=handover,
    )
    return movement


def rehome(item: Item, place: Place, *, reason: str, at: datetime) -> None:
    """Where a thing belongs from now on; what lies in a place goes there. Inside somebody's act."""
    if item.holder_kind == Holder.Kind.PLACE:
        to = holder_of(body=place.body, place=place)
        if to.pk != item.holder_id:
            shift(item=item, to=to, reason=reason, at=at)
    Item.unscoped.filter(pk=item.pk).update(home=place)
    item.home = place


def ask_guards(items: Iterable[Item], to: Holder, *, reason: str) -> None:
    """Let the higher rooms refuse before anything is moved."""
    for guard in GUARDS:
        guard(items, to, reason=reason)


def reserve(item: Item) -> None:
    """Keep one copy for a request under way (预约); the second request finds it taken."""
    swap(item, before=Item.State.HELD, after=Item.State.RESERVED)


def release(item: Item) -> None:
    """Give up a reservation."""
    swap(item, before=Item.State.RESERVED, after=Item.State.HELD)


def fresh_code() -> str:
    """A label code that no thing bears."""
    while True:
        code = labelcode.new_code(secrets.token_bytes(labelcode.RANDOM_BYTES))
        if not Item.unscoped.filter(code=code).exists():
            return code


def swap(item: Item, *, before: str, after: str, **changes: Any) -> None:
    """The compare-and-swap of `Item.move`, with its refusal."""
    if not item.move(before, after, **changes):
        raise TakenByOther()


def check_receiver(holder: Holder, *, label: Label, at: datetime) -> None:
    """Refuse a place that may not store the thing, or a person who may not know it."""
    if holder.place is not None:
        check_place(holder.place, label=label)
    elif holder.person is not None:
        check_person(holder.person, label=label, at=at)
    else:
        raise Refusal("载体入账须有保管人或者存放处", clause="carriers.register")


def check_place(place: Place, *, label: Label) -> None:
    """Refuse a place of another body, one out of use, and one below the level (存放场所)."""
    if place.body_id != label.body_id or not place.active:
        raise Refusal(
            f"「{place.name}」不是本单位在用的存放场所",
            clause="carriers.place",
            way_on="请另选存放场所",
        )
    fault = rules.placing_fault(
        level=Level(label.level),
        limit=Level(place.level_limit),
        sealed_safe=place.kind == Place.Kind.SEALED_SAFE,
        name=place.name,
    )
    if fault is not None:
        raise fault


def check_person(person: Person, *, label: Label, at: datetime) -> None:
    """Refuse a receiver of another body, and one who may not know the thing."""
    pure = PureLabel(Level(label.level), label_of(label, on=day_of(at)))
    if person.body_id != label.body_id:
        pure = PureLabel(pure.level)
    fault = rules.receiving_fault(subject_of(person, at), pure)
    if fault is not None:
        raise fault


def check_not_counted(items: Iterable[Item]) -> None:
    """Nothing leaves a place while that place is being counted (清点期间)."""
    counted = StocktakeLine.unscoped.filter(
        item__in=[i.pk for i in items if i.holder_kind == Holder.Kind.PLACE],
        expected__isnull=False,
        stocktake__state=Stocktake.State.OPEN,
    )
    if counted.exists():
        raise Refusal(
            "该场所正在清点，清点结束前不得移动其中的载体",
            clause="carriers.stocktake.open",
            way_on="请先办结清点",
        )


def _check_way(
    item: Item, *, giver: Holder, to: Holder, before: str, handover: Handover | None
) -> None:
    if before == Item.State.GONE:
        if giver.kind == Holder.Kind.SINK and giver.sink != Holder.Sink.MISSING:
            raise Refusal(
                f"{giver.get_sink_display()}的载体不得再变动", clause="carriers.one_holder"
            )
        if not to.is_inside:
            raise Refusal("已出账的载体须先收回入账，再行处理", clause="carriers.one_holder")
    elif handover is None:
        # Through a hand-over both sides sign; without one, no reader passes a thing to a reader.
        if before == Item.State.OFFERED:
            raise TakenByOther()
        if to.sink != Holder.Sink.MISSING:
            check_not_counted([item])
        fault = rules.passing_fault(
            from_person=giver.kind == Holder.Kind.PERSON,
            to_person=to.kind == Holder.Kind.PERSON,
            to_registry=True,
        )
        if fault is not None:
            raise fault


def _kind_of(giver: Holder, to: Holder) -> str:
    if giver.is_inside:
        return Movement.Kind.PASS if to.is_inside else Movement.Kind.LEAVE
    return Movement.Kind.BACK
