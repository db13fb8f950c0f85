"""What may be held by whom, as pure questions: each answers with the refusal, or with nothing."""

from shoumi.kernel.levels import Label, Level, Subject, may_know
from shoumi.kernel.refusal import Refusal


def placing_fault(*, level: Level, limit: Level, sealed_safe: bool, name: str) -> Refusal | None:
    """Whether a place may hold a thing of this level (存放场所)."""
    if level > limit:
        return Refusal(
            f"「{name}」只可存放{limit.label}及以下载体，不得存放{level.label}载体",
            clause="carriers.place",
            way_on=f"请改放限级不低于{level.label}的保密柜",
        )
    if level == Level.TOP_SECRET and not sealed_safe:
        return Refusal(
            f"绝密载体须存放于绝密专柜，「{name}」不是绝密专柜",
            clause="carriers.place.top_secret",
            way_on="请改放绝密专柜",
        )
    return None


def receiving_fault(subject: Subject, label: Label) -> Refusal | None:
    """Whether a person may hold a thing: cleared, listed, and not on the way out.

    The giver is told no more than that the receiver may not know it: the receiver's clearance is not theirs.
    """
    if subject.in_exit_period:
        return Refusal(
            "接收人处于脱密期，不得持有涉密载体",
            clause="access.exit_period",
            way_on="请交机要室保管",
        )
    if not may_know(subject, label).allowed:
        return Refusal(
            "接收人不在知悉范围",
            clause="access.may_know",
            way_on="确需知悉的，先按规定报批扩大知悉范围",
        )
    return None


def passing_fault(*, from_person: bool, to_person: bool, to_registry: bool) -> Refusal | None:
    """A reader gives a thing back to the registry and to nobody else (不得横传)."""
    if from_person and to_person:
        return Refusal(
            "阅件人之间不得直接传递",
            clause="circulation.no_passing",
            way_on="请退回机要室，由机要员再送下一人",
        )
    if from_person and not to_registry:
        return Refusal(
            "个人保管的载体只能退回机要室", clause="carriers.signed", way_on="请退回机要室"
        )
    return None


def finding(*, expected: int | None, now: int, seen: int | None, scans: int, lost: bool) -> str:
    """What the count says of one item, from the holders (by key) where it should be and was seen.

    Whatever was lent, returned or moved while the count was open is no fault: both the holder of the
    frozen list and the holder of today are right.
    """
    if not scans:
        return "missing" if lost or now == expected else "moved"
    return "found" if seen is not None and seen in (expected, now) else "misplaced"
