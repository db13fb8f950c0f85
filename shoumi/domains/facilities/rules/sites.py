"""Whether a place may be registered as a guarded site, and who may be on its list."""

from collections.abc import Collection, Mapping, Sequence

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal


def check_said(words: str, what: str, *, clause: str) -> str:
    """Written words, or a refusal that asks for them."""
    if not words.strip():
        raise Refusal(f"未写明{what}", clause=clause, way_on=f"请填写{what}")
    return words.strip()


def check_keeper(clearance: Level, *, level: Level, leaving: bool) -> None:
    """The person in charge is cleared for what is dealt with inside. Clause: facilities.site."""
    if leaving or clearance < level:
        raise Refusal(
            f"专责人的涉密等级低于场所的涉密程度（{level.label}）",
            clause="facilities.site",
            way_on="请另选专责人，或者先办理其涉密等级审定",
        )


def check_level(level: Level, *, limit: Level, name: str) -> None:
    """A room does not deal with more than it may hold. Clause: carriers.place."""
    if level > limit:
        raise Refusal(
            f"「{name}」可存最高密级为{limit.label}，涉密程度不得高于它",
            clause="carriers.place",
            way_on="请降低涉密程度，或者改用限级相符的场所",
        )


def small_for(called: str, area: int | None, *, least: Mapping[str, int]) -> int | None:
    """The least area of a duty room where it is not met; None for what is met or not asked."""
    wanted = least.get(called)
    return wanted if wanted is not None and (area or 0) < wanted else None


def check_area(called: str, area: int | None, *, least: Mapping[str, int]) -> None:
    """A duty room without a measured area is not registered. Clause: facilities.duty_room."""
    if called in least and not area:
        raise Refusal(f"{called}须登记面积", clause="facilities.duty_room", way_on="请填写建筑面积")


def check_conditions(met: Collection[str], *, wanted: Sequence[str]) -> list[str]:
    """Every condition, in the order of the list. Clause: facilities.strongroom.conditions."""
    lacking = [one for one in wanted if one not in met]
    if lacking:
        raise Refusal(
            f"条件不齐：{'、'.join(lacking)}",
            clause="facilities.strongroom.conditions",
            way_on="整改达标后再登记验收",
        )
    return list(wanted)


def check_listable(machines: bool, posts: Collection[str], *, allowed: Sequence[str]) -> None:
    """Into a machine room only some posts may be let at all. Clause: facilities.machines."""
    if machines and not set(posts) & set(allowed):
        raise Refusal(
            f"涉密机房只准{'、'.join(allowed)}进入",
            clause="facilities.machines",
            way_on="请由准许进入的人员代为办理",
        )
