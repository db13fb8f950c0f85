"""The statement (对账单): received + made = held + returned + transferred + archived + destroyed + missing.

Double entry over single items: each movement takes an item out of one account and puts it into
another, so a sum can only be wrong where an item is not where a movement says it came from. Such
items are named.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shoumi.kernel.refusal import Refusal

CLAUSE = "carriers.statement"


class Account(StrEnum):
    RECEIVED = "received"
    MADE = "made"
    HELD = "held"
    RETURNED = "returned"
    TRANSFERRED = "transferred"
    ARCHIVED = "archived"
    DESTROYED = "destroyed"
    MISSING = "missing"

    @property
    def label(self) -> str:
        return {
            "received": "收进",
            "made": "制作",
            "held": "在册",
            "returned": "退还",
            "transferred": "移交",
            "archived": "归档",
            "destroyed": "销毁",
            "missing": "下落不明",
        }[self.value]

    @property
    def is_source(self) -> bool:
        return self in (Account.RECEIVED, Account.MADE)


class Imbalance(Refusal):
    """The books and the items do not agree; `items` are those that do not."""

    def __init__(self, message: str, items: Collection[str]) -> None:
        super().__init__(
            f"{message}：{_listed(items)}", clause=CLAUSE, way_on="逐份核对签收、移交和销毁记录"
        )
        self.items = frozenset(items)


@dataclass(frozen=True, slots=True)
class Movement:
    item: str
    source: Account
    target: Account


@dataclass(frozen=True, slots=True)
class Statement:
    """Totals at the opening, the turnover of the sources, and where each item stands at the end."""

    opening: Mapping[Account, int]
    closing: Mapping[Account, int]
    standing: Mapping[str, Account]

    @property
    def held(self) -> frozenset[str]:
        return frozenset(item for item, at in self.standing.items() if at is Account.HELD)

    @property
    def left_side(self) -> int:
        """What had to be accounted for: the opening balance, received and made."""
        return sum(self.opening.values()) + sum(
            count for account, count in self.closing.items() if account.is_source
        )

    @property
    def right_side(self) -> int:
        """What is accounted for: held, returned, transferred, archived, destroyed, missing."""
        return sum(count for account, count in self.closing.items() if not account.is_source)


def balance(opening: Mapping[str, Account], movements: Iterable[Movement]) -> Statement:
    """Carry the movements, in their order, onto the opening balance (item → account).

    Received and made count what came in; an item that left may come in again, and then counts twice
    on both sides.
    """
    standing = dict(opening)
    closing = Counter(opening.values())
    astray: dict[str, None] = {}
    for movement in movements:
        before = standing.get(movement.item)
        if not _may_follow(before, movement):
            astray[movement.item] = None
        standing[movement.item] = movement.target
        closing[movement.target] += 1
        closing[movement.source] += 1 if movement.source.is_source else -1
    wrong = [item for item, account in opening.items() if account.is_source]
    if astray or wrong:
        raise Imbalance("下列载体的流转记录前后不一致", [*wrong, *astray])
    return Statement(
        opening=_every_account(Counter(opening.values())),
        closing=_every_account(closing),
        standing=standing,
    )


def compare(statement: Statement, found: Collection[str]) -> None:
    """Refuse where what is really held differs from what the statement says is held."""
    counted = Counter(found)
    differing = (statement.held ^ counted.keys()) | {i for i, n in counted.items() if n > 1}
    if differing:
        raise Imbalance("下列载体账物不符", differing)


def _may_follow(before: Account | None, movement: Movement) -> bool:
    """Out of the register only through the account in which the item stands."""
    if movement.target.is_source:
        return False
    if movement.source.is_source:
        return before not in (Account.HELD, Account.MISSING)
    return before is movement.source


def _every_account(counts: Mapping[Account, int]) -> dict[Account, int]:
    return {account: counts.get(account, 0) for account in Account}


def _listed(items: Collection[str]) -> str:
    shown = sorted(set(items))
    return "、".join(shown[:10]) + (f"等 {len(shown)} 份" if len(shown) > 10 else "")
