"""Who is let through a door: members of the body, and visitors."""

from collections.abc import Collection, Sequence

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal

OTHER_USE = "经批准的其他用途"
SOCIAL, PETITION = "会客", "上访"


def check_in_use(in_use: bool, *, strong: bool, name: str) -> None:
    """Nobody enters what is not confirmed or accepted. Clause: facilities.strongroom.accept."""
    if not in_use:
        raise Refusal(
            f"「{name}」尚未{'验收合格' if strong else '批准、确认'}，不得启用",
            clause="facilities.strongroom.accept" if strong else "facilities.site.confirm",
            way_on="请先办理确定、确认、验收手续",
        )


def check_identity(verified: str, *, ways: Sequence[str]) -> str:
    """Identity is checked in one of the body's ways. Clause: facilities.enter."""
    if verified not in ways:
        raise Refusal(
            "未验证身份，不得进入", clause="facilities.enter", way_on=f"请查验{'、'.join(ways)}"
        )
    return verified


def check_listed(basis: str, *, name: str, person: str) -> str:
    """Only who is on the list enters. Clause: facilities.admission."""
    if not basis:
        raise Refusal(
            f"{person}不在「{name}」的准入名单",
            clause="facilities.admission",
            way_on="确需进入的，先办理临时准入",
        )
    return basis


def check_cleared(clearance: Level, *, level: Level, leaving: bool, who: str) -> None:
    """Nobody below the level of the room. Clause: facilities.level."""
    if leaving or clearance < level:
        raise Refusal(
            f"{who}的涉密等级与场所的涉密程度（{level.label}）不符，不予放行",
            clause="facilities.level",
            way_on="请改在不涉密的接待室办理",
        )


def check_use(strong: bool, purpose: str, approval: str, *, uses: Sequence[str]) -> None:
    """The four uses of a strongroom. Clause: facilities.strongroom.use."""
    if not strong:
        return
    if purpose not in uses:
        raise Refusal(
            "保密室限于规定用途",
            clause="facilities.strongroom.use",
            way_on=f"请从{'、'.join(uses)}中选择",
        )
    if purpose == OTHER_USE and not approval.strip():
        raise Refusal(
            "其他用途须有批准编号",
            clause="facilities.strongroom.use",
            way_on="请先报批，填写批准编号",
        )


def check_pair(*, two_persons: bool, inside: int, entering: int) -> None:
    """No one alone in a room of two. Clause: facilities.two_persons."""
    if two_persons and inside + entering < 2:
        raise Refusal(
            "该场所须双人在场，不得一人进入",
            clause="facilities.two_persons",
            way_on="请与另一名准入人员同时进入",
        )


def check_taken_out(unsigned: Collection[str]) -> None:
    """What one carries out is signed for. Clause: facilities.strongroom.takeout."""
    if unsigned:
        raise Refusal(
            f"{'、'.join(unsigned)} 未经批准和本人签收，不得带出",
            clause="facilities.strongroom.takeout",
            way_on="请放回原处；确需带出的，先办理借阅或者携带外出审批",
        )


def check_matter(
    matter: str, *, called: str, guarded: bool, reception: bool, matters: Sequence[str]
) -> None:
    """What a visit is about decides where it may be received. Clause: facilities.visit.social."""
    if matter not in matters:
        raise Refusal("来访事由类别不在所列范围", clause="facilities.visit", way_on="请重新选择")
    if matter == SOCIAL and guarded:
        raise Refusal(
            f"{called}严禁会客", clause="facilities.visit.social", way_on="请到接待室会客"
        )
    if matter == PETITION and not reception:
        raise Refusal(
            "接待上访须在指定的接待室",
            clause="facilities.visit.petition",
            way_on="请把到访场所改为接待室",
        )


def check_deposit(*, level: Level, devices: str, locker: str, none_carried: bool) -> None:
    """Devices stay at the door of a classified room. Clause: facilities.visit.devices."""
    if devices.strip() and not locker.strip():
        raise Refusal(
            "寄存物品须写明柜号", clause="facilities.visit.devices", way_on="请填写寄存柜号"
        )
    if devices.strip() and none_carried:
        raise Refusal(
            "已登记寄存物品，又注明未携带设备",
            clause="facilities.visit.devices",
            way_on="两项只填一项",
        )
    if level > Level.INTERNAL and not devices.strip() and not none_carried:
        raise Refusal(
            "进入涉密场所须寄存手机等设备，或者查明未携带",
            clause="facilities.visit.devices",
            way_on="请登记寄存物品，或者勾选「经查未携带」",
        )
