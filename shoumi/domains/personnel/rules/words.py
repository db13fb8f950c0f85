"""The fixed words of the room, and what follows from each: a word is a member, never a branch."""

from enum import StrEnum
from typing import Self

from shoumi.kernel.levels import Level, PersonnelClass

# 涉密岗位的类别由经常经管、接触的最高密级决定。
CLASS_OF = {
    Level.TOP_SECRET: PersonnelClass.CORE,
    Level.SECRET: PersonnelClass.IMPORTANT,
    Level.CONFIDENTIAL: PersonnelClass.GENERAL,
}


class Worded(StrEnum):
    """A word that is kept by its key and shown in Chinese."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(word.value, word.label) for word in cls]


class Employment(Worded):
    """用工性质; who may resign at all depends on it."""

    CIVIL_SERVANT = "civil", "公务员"
    INSTITUTION = "institution", "事业编制"
    CONTRACT = "contract", "聘用合同"
    TEMPORARY = "temporary", "临时聘用"


class Leaving(Worded):
    """离开涉密岗位的原因：离岗，或者离职的一种。"""

    OFF_POST = "off_post", "离岗（仍在本单位）"
    TRANSFER = "transfer", "调离"
    RETIREMENT = "retirement", "退休"
    RESIGNATION = "resignation", "辞职"
    DISMISSAL = "dismissal", "辞退或者解聘"

    @property
    def gives_up_the_office(self) -> bool:
        return self is Leaving.RESIGNATION

    @property
    def leaves_the_body(self) -> bool:
        return self is not Leaving.OFF_POST


class Destination(Worded):
    """去向; it decides who answers for the exit period. Clause: personnel.exit.supervisor."""

    SAME_BODY = "same", "本单位"
    STATE_ORGAN = "organ", "国家机关或者涉密单位"
    ELSEWHERE = "elsewhere", "其他"

    def supervisor(self, *, body: str, employer: str) -> str:
        """脱密期管理责任单位."""
        return {
            Destination.SAME_BODY: body,
            Destination.STATE_ORGAN: employer,
            Destination.ELSEWHERE: f"{body}，会同保密行政管理部门或者公安机关",
        }[self]


class Pledged(Worded):
    """What is signed: each under its own text and term."""

    ENTRY = "entry", "保密承诺书"
    RESPONSIBILITY = "responsibility", "保密责任书"
    LEAVING = "leaving", "离岗保密承诺书"


class Watched(Worded):
    """在岗管理: what was looked at."""

    CHECK = "check", "履责检查"
    APPRAISAL = "appraisal", "履职考核"
    JOINT = "joint", "三部门联合检查"
    TALK = "talk", "了解谈话"
    ABSENT = "absent", "逾期未归处置"

    @property
    def is_signed_by_three(self) -> bool:
        return self is Watched.JOINT


class Outcome(Worded):
    """What was found; the last two end the post at once. Clause: personnel.unfit."""

    FIT = "fit", "合格"
    REMEDY = "remedy", "限期改正"
    FAILED = "failed", "考核不合格"
    UNFIT = "unfit", "不宜留在涉密岗位"

    @property
    def ends_the_post(self) -> bool:
        return self in (Outcome.FAILED, Outcome.UNFIT)


class Verdict(Worded):
    """What became of a reported change."""

    NONE = "none", "不影响涉密资格"
    REVIEW = "review", "需要复审"


class Travel(Worded):
    """因公、因私."""

    OFFICIAL = "official", "因公出境"
    PRIVATE = "private", "因私出境"


class Answer(Worded):
    """What a consulted authority said; an objection binds. Clause: personnel.travel.objection."""

    WAITING = "waiting", "待复"
    AGREED = "agreed", "无不同意见"
    OBJECTED = "objected", "不同意"
