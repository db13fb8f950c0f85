"""Opening stock (期初入账): things that an old ledger already accounts for, entered as that ledger says.

Nothing is refused here: a thing lies where it lies, be the place fit for it or not; where it is not, the
cross-checks say so. Whatever it does next goes the ordinary way and is judged there.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shoumi.kernel import labelcode
from shoumi.kernel.levels import Level
from shoumi.platform.access.models import Label
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.models import Holder, Item, MissingItem, Movement
from shoumi.platform.custody.services.losing import search_days
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.crosschecks import judge

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Opening:
    """One thing; `entered` is the holder it came to first, `now` the one it is with, a sink included."""

    label: Label
    kind: str
    name: str
    entered: Holder
    now: Holder
    case_ref: str = ""


def enter_opening(lines: Sequence[Opening], *, at: datetime, reason: str) -> list[Item]:
    """Enter all of them inside the act of a higher room, with the movements that lead to where they are."""
    codes = _fresh_codes(len(lines))
    items = Item.unscoped.bulk_create(
        Item(
            label=line.label,
            code=code,
            kind=line.kind,
            name=line.name,
            holder=line.now,
            holder_kind=line.now.kind,
            state=Item.State.HELD if line.now.is_inside else Item.State.GONE,
            home=line.entered.place,
            entered_at=at,
            source=Item.Source.RECEIVED,
        )
        for line, code in zip(lines, codes, strict=True)
    )
    movements = []
    for line, item in zip(lines, items, strict=True):
        steps: list[tuple[str, Holder | None, Holder]] = [(Movement.Kind.ENTER, None, line.entered)]
        if line.now.pk != line.entered.pk:
            kind = Movement.Kind.PASS if line.now.is_inside else Movement.Kind.LEAVE
            steps.append((kind, line.entered, line.now))
        movements += [
            Movement(
                item=item,
                label=line.label,
                kind=kind,
                giver=giver,
                receiver=receiver,
                at=at,
                reason=reason,
                case_ref=line.case_ref,
            )
            for kind, giver, receiver in steps
        ]
    Movement.unscoped.bulk_create(movements)
    judge(items, at=at)
    return items


def enter_missing(
    lines: Sequence[tuple[Item, Holder]], *, circumstances: str, by: Person, at: datetime
) -> list[MissingItem]:
    """Things that an old ledger itself calls missing: the search begins now. Clause: carriers.missing.

    Each with its last holder.
    """
    rows = []
    for item, last in lines:
        days = search_days(Level(item.label.level), body=item.label.body, at=at)
        rows.append(
            MissingItem(
                item=item,
                label=item.label,
                last_holder=last,
                circumstances=circumstances,
                declared_by=by,
                declared_at=at,
                deadline_days=days,
                deadline=day_of(at) + timedelta(days=days),
            )
        )
    return MissingItem.unscoped.bulk_create(rows)


def _fresh_codes(count: int) -> list[str]:
    """Label codes that no thing bears."""
    found: set[str] = set()
    while len(found) < count:
        made = {
            labelcode.new_code(secrets.token_bytes(labelcode.RANDOM_BYTES))
            for _ in range(count - len(found))
        }
        asked = sorted(made)
        for start in range(0, count, _AT_ONCE):
            some = asked[start : start + _AT_ONCE]
            taken = Item.unscoped.filter(code__in=some).values_list("code", flat=True)
            found |= set(some) - set(taken)
    return list(found)
