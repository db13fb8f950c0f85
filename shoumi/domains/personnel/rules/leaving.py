"""Leaving (离岗离职): the five acts, the exit period, and what is barred while it runs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shoumi.domains.personnel.rules.words import Employment, Leaving
from shoumi.kernel.levels import PersonnelClass
from shoumi.kernel.marks import months_later
from shoumi.kernel.refusal import Refusal

# 终身: the last day that a calendar can bear.
FOR_LIFE = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the checklist: what, whether it is done, and what is still in the way."""

    name: str
    done: bool
    said: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many months an exit period of a class lasts at least, and at most without special approval."""

    least: int
    most: int


def bounds_of(
    personnel_class: PersonnelClass, *, least: Mapping[str, int], most: Mapping[str, int]
) -> Bounds:
    return Bounds(least[personnel_class.value], most[personnel_class.value])


def check_months(months: int, *, bounds: Bounds, reason: str, for_life: bool) -> bool:
    """Whether this needs special approval; too short is refused. Clauses: personnel.exit.term, .longer."""
    if not for_life and months < bounds.least:
        raise Refusal(
            f"脱密期 {months} 个月，短于规定的下限 {bounds.least} 个月",
            clause="personnel.exit.term",
            way_on=f"在 {bounds.least} 至 {bounds.most} 个月内确定",
        )
    longer = for_life or months > bounds.most
    if longer and not reason.strip():
        raise Refusal(
            f"脱密期超过 {bounds.most} 个月的须写明理由，报主要领导特批",
            clause="personnel.exit.longer",
            way_on="写明知悉国家秘密的情况和延长的必要",
        )
    return longer


def exit_end(approved_on: date, months: int, *, for_life: bool) -> date:
    """The last day, counted from the day of approval and no other. Clause: personnel.exit.start."""
    return FOR_LIFE if for_life else months_later(approved_on, months)


def check_may_resign(kind: str, employment: str, *, in_exit_period: bool, on_post: bool) -> None:
    """A civil servant leaves the post first and sits out the exit period. Clause: personnel.leave.resign."""
    resigns = Leaving(kind).gives_up_the_office and employment == Employment.CIVIL_SERVANT
    if resigns and (on_post or in_exit_period):
        raise Refusal(
            "公务员在涉密岗位任职或者脱密期未满的，不得辞去公职",
            clause="personnel.leave.resign",
            way_on="请先办理离岗，脱密期满后再提出辞职",
        )


def told(known: Sequence[str], others: int, *, most: int = 30) -> str:
    """What somebody still holds: by name what the reader may know, and how many other things there are."""
    names = "、".join(known[:most]) + (f"等 {len(known)} 件" if len(known) > most else "")
    rest = f"{'另有 ' if known else ''}{others} 件由机要室掌握" if others else ""
    return "，".join(part for part in (names, rest) if part)


def check_given_up(known: Sequence[str], *, others: int) -> None:
    """Nobody leaves while the ledger shows anything in their hands. Clause: personnel.leave.cleared."""
    if held := told(known, others):
        raise Refusal(
            f"名下尚有未清退的载体和设备：{held}",
            clause="personnel.leave.cleared",
            way_on="请先退回机要室或者移交接管人，再办结离岗",
        )


def check_all_done(steps: Sequence[Step]) -> None:
    """The remaining acts of leaving. Clause: personnel.leave.five_acts."""
    if missing := [step.name for step in steps if not step.done]:
        raise Refusal(
            f"{'、'.join(missing)}尚未办理，不得办结离岗",
            clause="personnel.leave.five_acts",
            way_on="逐项办理后再办结",
        )


def check_employer(nature: str, *, barred: Collection[str]) -> None:
    """Whom one may not work for, or serve, in the exit period. Clause: personnel.exit.employer."""
    if nature in barred:
        raise Refusal(
            f"脱密期内不得为{nature}工作或者提供劳务、咨询、服务",
            clause="personnel.exit.employer",
            way_on="请告知本人改变去向；坚持前往的，报告同级保密行政管理部门",
        )
