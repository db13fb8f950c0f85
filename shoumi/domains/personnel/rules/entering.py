"""Posts first, then people: what must stand before a clearance takes effect."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from shoumi.domains.personnel.rules.words import CLASS_OF, Employment
from shoumi.kernel.levels import Level, PersonnelClass
from shoumi.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody has shown so far; a day in it is the last on which that still holds."""

    reviewed_until: date | None
    trained_until: date | None
    pledged_until: date | None
    is_filed: bool
    must_be_filed: bool

    def missing(self, *, on: date) -> list[str]:
        """What is not there or has lapsed, in the order in which it is done."""
        wanted = {
            "审查": self.reviewed_until,
            "培训考试": self.trained_until,
            "承诺书": self.pledged_until,
        }
        found = [name for name, until in wanted.items() if until is None or until < on]
        return [*found, "上级备案"] if self.must_be_filed and not self.is_filed else found


def check_standing(standing: Standing, *, on: date) -> None:
    """Refuse a clearance that something is missing for. Clause: personnel.clear."""
    if missing := standing.missing(on=on):
        raise Refusal(
            f"{'、'.join(missing)}未办或者已经失效，涉密等级不能生效",
            clause="personnel.clear",
            way_on="逐项办齐后再提请上岗",
        )


def class_for(level: Level) -> PersonnelClass:
    """The class of a post by the highest level it regularly handles. Clause: personnel.post.class."""
    try:
        return CLASS_OF[level]
    except KeyError:
        raise Refusal(
            "经常接触的密级须为秘密以上，不接触国家秘密的不是涉密岗位",
            clause="personnel.post.class",
            way_on="仅接触工作秘密的，不需确定涉密岗位",
        ) from None


def check_employment(employment: str, *, barred: Collection[str]) -> None:
    """Temporary staff hold no secret-related post. Clause: personnel.temporary."""
    if Employment(employment).label in barred:
        raise Refusal(
            f"{Employment(employment).label}人员不得确定为涉密人员",
            clause="personnel.temporary",
            way_on="请选配在编或者签有长期合同的人员",
        )


def check_contents(contents: Mapping[str, str]) -> None:
    """The four contents of the review are all filled in. Clause: personnel.review.contents."""
    if blank := [name for name, text in contents.items() if not text.strip()]:
        raise Refusal(
            f"审查表未填写{'、'.join(blank)}",
            clause="personnel.review.contents",
            way_on="四项内容逐项填写审查情况和结论",
        )


def check_conditions(conditions: Mapping[str, bool]) -> None:
    """One condition not met, and the review cannot pass. Clause: personnel.review.conditions."""
    if failed := [name for name, met in conditions.items() if not met]:
        raise Refusal(
            f"{'、'.join(failed)}不符合基本条件，不予通过",
            clause="personnel.review.conditions",
            way_on="不得任用到涉密岗位；情况有变化的重新审查",
        )


def passes(score: int, *, least: int) -> bool:
    """Whether an examination is passed. Clause: personnel.training."""
    return score >= least


def check_written(text: str, what: str, *, clause: str) -> str:
    """The text without its outer spaces; what must be written is not left blank."""
    if not text.strip():
        raise Refusal(f"请写明{what}", clause=clause)
    return text.strip()
