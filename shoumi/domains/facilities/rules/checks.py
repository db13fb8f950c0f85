"""The looks that are taken at a site (检查养护): each kind with its clause and recurring duty."""

from collections.abc import Sequence
from dataclasses import dataclass

from shoumi.kernel.refusal import Refusal


@dataclass(frozen=True)
class Round:
    """One kind of look: the words on the button, the clause with its items, the duty it closes."""

    key: str
    label: str
    clause: str

    @property
    def duty(self) -> str:
        return f"recurring.{self.clause.replace('.', '_')}"


ROUNDS = {
    one.key: one
    for one in (
        Round("closing", "下班检查", "facilities.closing"),
        Round("patrol", "节前巡查", "facilities.patrol"),
        Round("cleaning", "整洁卫生", "facilities.cleaning"),
        Round("safety", "安全检查", "facilities.safety"),
        Round("upkeep", "设备保养", "facilities.upkeep"),
        Round("care", "消毒防虫防霉", "facilities.care"),
        Round("full", "半年检查", "facilities.full"),
    )
}
CLOSING = ROUNDS["closing"]


def lacking(done: Sequence[str], *, items: Sequence[str]) -> list[str]:
    """The items that were not found in order, in the order of the list."""
    return [item for item in items if item not in done]


def check_remark(missing: Sequence[str], remark: str, *, clause: str) -> str:
    """What is not in order is explained."""
    if missing and not remark.strip():
        raise Refusal(
            f"未落实：{'、'.join(missing)}",
            clause=clause,
            way_on="落实后再登记，或者写明情况，转整改",
        )
    return remark.strip()
