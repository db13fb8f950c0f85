"""What a determination must rest on, and what becomes of it: pure questions and answers."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shoumi.kernel.levels import Level
from shoumi.kernel.marks import Mark, Period, check_mark, expires_on, parse_mark
from shoumi.kernel.refusal import Denied, Refusal

DETERMINE = "classification.determine"
ELEMENTS = "classification.elements"
DERIVE = "classification.derive"


class Sort(StrEnum):
    """信息类别: what kind of matter the list speaks of; only the first is a state secret."""

    STATE = "state"
    WORK = "work"
    COMMERCIAL = "commercial"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "state": "国家秘密",
            "work": "工作秘密",
            "commercial": "商业秘密",
            "personal": "个人隐私",
            "sensitive": "敏感信息",
            "other": "其他",
        }[self]

    @property
    def highest(self) -> Level:
        return Level.TOP_SECRET if self is Sort.STATE else Level.INTERNAL


class Harm(StrEnum):
    """损害程度: what a leak would do to the security and interests of the state."""

    GRAVEST = "gravest"
    GRAVE = "grave"
    HARM = "harm"
    NONE = "none"

    @property
    def label(self) -> str:
        return {
            "gravest": "特别严重的损害",
            "grave": "严重的损害",
            "harm": "损害",
            "none": "不损害国家安全和利益",
        }[self]

    @property
    def level(self) -> Level | None:
        """The level that belongs to it; none for what does no such harm."""
        return {
            "gravest": Level.TOP_SECRET,
            "grave": Level.SECRET,
            "harm": Level.CONFIDENTIAL,
        }.get(self)


class Likeness(StrEnum):
    """派生定密 is due in four cases and no other."""

    SAME = "same"
    POINTS = "points"
    REWORKED = "reworked"
    ASKED = "asked"

    @property
    def label(self) -> str:
        return {
            "same": "与已定密事项完全一致",
            "points": "涉及已定密事项的密点",
            "reworked": "对已定密事项概括总结、编辑整合或者具体细化",
            "asked": "原定密机关要求作出定密",
        }[self]


class Ground(StrEnum):
    """变更情形 and 解密情形, as the law lists them."""

    SCOPE_CHANGED = "scope_changed"
    HARM_CHANGED = "harm_changed"
    LEGAL_CHANGE = "legal_change"
    HARMLESS = "harmless"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        return {
            "scope_changed": "定密时所依据的法律法规或者保密事项范围发生变化",
            "harm_changed": "泄露后的损害程度发生明显变化",
            "legal_change": "保密法律法规或者保密事项范围调整后不再属于国家秘密",
            "harmless": "公开后不会损害国家安全和利益，不需要继续保密",
            "published": "决定公开，自正式公布时解密",
        }[self]


CHANGING = (Ground.HARM_CHANGED, Ground.SCOPE_CHANGED)
RELEASING = (Ground.HARMLESS, Ground.LEGAL_CHANGE, Ground.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Standing:
    """A source as a derived matter takes it over: level, period and its last day (None: a condition)."""

    level: Level
    period: Period
    expires_on: date | None


def read_own(text: str, *, limits: Mapping[Level, int], start: date) -> tuple[Mark, date | None]:
    """The mark of a matter of our own and the last day of its period. Clauses: marks.form, marks.false."""
    mark = parse_mark(text, own=True, limits=limits, start=start).mark
    return mark, expires_on(mark, start)


def check_written(text: str, what: str, *, clause: str) -> str:
    """What must be said in words is said."""
    if not text.strip():
        raise Refusal(f"请写明{what}", clause=clause, way_on=f"填写{what}后再提交")
    return text.strip()


def check_sort(sort: str, level: Level) -> None:
    """The list gives a state-secret level to state secrets only. Clause: classification.sorts."""
    if level > Sort(sort).highest:
        raise Refusal(
            f"{Sort(sort).label}不是国家秘密，不得定为{level.label}",
            clause="marks.false",
            way_on="按内部掌握；属于国家秘密的，改选「国家秘密」并写明保密事项范围条目",
        )
    if Sort(sort) is Sort.STATE and not level.is_state_secret:
        raise Refusal(
            "国家秘密事项须定为绝密、机密或者秘密",
            clause="classification.sorts",
            way_on="标明密级和期限，或者改选工作秘密、敏感信息等类别",
        )


def check_harm(level: Level, harm: str) -> None:
    """损害程度 and level say the same. Clauses: classification.harm.*, marks.false."""
    due = Harm(harm).level
    if due == level or (due is None and not level.is_state_secret):
        return
    if due is None:
        raise Refusal(
            f"{Harm(harm).label}的不属于国家秘密，不得标{level.label}",
            clause="marks.false",
            way_on="属于工作秘密的按工作秘密办理；可以公开的不标密级",
        )
    raise Refusal(
        f"泄露后会使国家安全和利益遭受「{Harm(harm).label}」的定为{due.label}级，所拟{level.label}与此不符",
        clause=HARM_CLAUSES[Harm(harm)],
        way_on="重新判定损害程度，或者改正所拟密级",
    )


HARM_CLAUSES = {
    Harm.GRAVEST: "classification.harm.gravest",
    Harm.GRAVE: "classification.harm.grave",
    Harm.HARM: "classification.harm.plain",
}


def check_listed(mark: Mark, *, listed: Level | None, basis: str) -> None:
    """What is decided rests on the list, at the level of the list. Clause: classification.elements."""
    if listed is None:
        if not basis.strip():
            raise Refusal(
                "未写明定密依据",
                clause=ELEMENTS,
                way_on="从事项一览表中选定事项，或者写明保密事项范围的名称和条目",
            )
        return
    if listed != mark.level:
        raise Refusal(
            f"事项一览表定为{listed.label}，所拟密级为{mark.level.label}",
            clause=ELEMENTS,
            way_on="按一览表的密级填写；认为一览表不当的，先修订一览表",
        )


def check_scope(people: int, departments: int, *, named_only: bool, category: str) -> None:
    """知悉范围 is never empty, and by name where the category says so. Clause: classification.scope."""
    if people + departments == 0:
        raise Refusal(
            "未限定知悉范围",
            clause=ELEMENTS,
            way_on="选定因工作需要知悉的人员，限定不到人的选定部门",
        )
    if named_only and departments:
        raise Refusal(
            f"{category}材料只限定到具体人员，不得以部门为知悉范围",
            clause="classification.named_only",
            way_on="去掉部门，逐人选定",
        )


def check_width(people: int, *, most: int, reason: str, level: Level) -> None:
    """过度授权 is asked about before it happens. Clause: classification.risk."""
    if people > most and not reason.strip():
        raise Refusal(
            f"{level.label}级知悉范围超过 {most} 人，涉嫌过度授权",
            clause="classification.risk",
            way_on="核减人员；确需扩大的在「范围较大的理由」中写明",
        )


def check_power(
    level: Level,
    *,
    registered: bool,
    limit: Level,
    trained_until: date | None,
    body_limit: Level,
    today: date,
) -> None:
    """A registered authority, trained, within the own limit and the body's. Clause: classification.power."""
    if not registered:
        raise Denied(
            "定密审批人须为在册的定密责任人",
            clause="classification.authority",
            way_on="请本单位主要负责人指定并登记，或者交在册的定密责任人办理",
        )
    if trained_until is None or trained_until < today:
        raise Refusal(
            "定密责任人培训已过有效期",
            clause="classification.authority",
            way_on="先参加定密培训，登记后再行定密",
        )
    if level > body_limit:
        raise Refusal(
            f"本单位没有{level.label}级定密权",
            clause="classification.power",
            way_on="先按所拟密级采取保密措施，办理「报请确定」，报有相应定密权的上级机关、单位",
        )
    if level > limit:
        raise Refusal(
            f"所授定密权限最高为{limit.label}，不得定为{level.label}",
            clause="classification.power",
            way_on="请权限相符的定密责任人办理",
        )


def check_delegation(limit: Level, *, body_limit: Level) -> None:
    """Nobody gives more than the body has. Clause: classification.power."""
    if limit > body_limit:
        raise Refusal(
            f"本单位定密权限最高为{body_limit.label}，不得授予{limit.label}级"
            if body_limit.is_state_secret
            else "本单位没有登记在效的定密权限，不得指定定密责任人",
            clause="classification.power",
            way_on="先登记本单位定密权限或者上级授权文件",
        )


def inherited(sources: Iterable[Standing]) -> Mark:
    """What a derived matter takes over: highest level, and the longest period as its last day.

    The day and not the term is taken over: a term would be counted anew. Clause: classification.derive.
    """
    standing = list(sources)
    level = max(one.level for one in standing)
    endless = [one for one in standing if one.expires_on is None]
    if endless:
        highest = max(endless, key=lambda one: one.level)
        return Mark(level, highest.period)
    last = max(one.expires_on for one in standing if one.expires_on is not None)
    return Mark(level, Period.until(last))


def check_likeness(likeness: str, *, points: str) -> None:
    """One of the four cases, and the points where they are the case. Clause: classification.derive."""
    if likeness not in [case.value for case in Likeness]:
        raise Refusal(
            "未选定派生定密的情形",
            clause=DERIVE,
            way_on="四种情形之外的不是派生定密，按原始定密办理",
        )
    if likeness == Likeness.POINTS:
        check_written(points, "所涉及的密点", clause="classification.points")


def check_alive(expires: date | None, *, today: date, what: str, clause: str) -> None:
    """After the last day nothing is extended or derived any more: it has been released by itself."""
    if expires is not None and expires < today:
        raise Refusal(
            f"保密期限已于 {expires} 届满，自行解密，不得再{what}",
            clause=clause,
            way_on="需要继续保密的，须在期满前作出延长决定",
        )


def check_longer(old: date | None, new: date | None) -> None:
    """延长: the new last day lies behind the old one. Clause: classification.extend."""
    if old is not None and new is not None and new <= old:
        raise Refusal(
            f"新期限止于 {new}，没有超过原期限 {old}",
            clause="classification.extend",
            way_on="缩短保密期限的按变更办理",
        )


def check_other(mark_text: str, *, before: str) -> None:
    """A change changes something. Clause: classification.change."""
    if mark_text == before:
        raise Refusal(
            f"密级标志仍为「{before}」，没有变化",
            clause="classification.change",
            way_on="填写变更后的密级和期限",
        )


def check_work_mark(mark: Mark) -> None:
    """工作秘密 bears its own mark. Clauses: classification.work, marks.work_secret.no_star."""
    if mark.level is Level.INTERNAL:
        check_mark(mark, limits={})
        return
    raise Refusal(
        f"工作秘密不得标{mark.level.label}",
        clause="marks.work_secret.no_star",
        way_on="标注「内部」或者「内部事项 注意保管」",
    )


def check_choice(word: str, what: str, *, known: Collection[str], clause: str) -> None:
    """What the rulebook lists is chosen from its list."""
    if word not in known:
        raise Refusal(f"请选定{what}", clause=clause, way_on=f"可选{'、'.join(known)}")


def check_category(category: str, note: str, *, known: Collection[str]) -> None:
    """机密事项类别 is one of the list; 其他 says what. Clause: classification.categories."""
    check_choice(category, "事项类别", known=known, clause="classification.categories")
    if category.startswith("其他") and not note.strip():
        raise Refusal(
            "「其他」事项须写明是什么事项",
            clause="classification.categories.other",
            way_on="在「事项说明」中写明",
        )
