"""拟定密级、审核、定密: the handler proposes with the ground, the registered authority decides."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from shoumi.domains.classification import rules
from shoumi.domains.classification.models import Determination, Matter, joined
from shoumi.domains.classification.services.deciding import check_may_decide
from shoumi.domains.classification.services.deriving import (
    check_readers,
    ground_of,
    inherit,
    link,
    sources_named,
)
from shoumi.domains.classification.services.expiring import watch
from shoumi.domains.classification.services.steps import (
    AUTHORITY,
    DECIDERS,
    ChangedByOther,
    expect,
    numbered,
    principals_for,
    step,
)
from shoumi.kernel.levels import Label as PureLabel
from shoumi.kernel.levels import Level, may_know
from shoumi.kernel.marks import WORK_SECRET_WORDINGS, Mark, Period, PeriodKind, expires_on
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.grades import is_above_grade
from shoumi.platform.access.services import label_for, relevel
from shoumi.platform.access.subjects import day_of, subject_of
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED, open_case
from shoumi.platform.directory.models import Department, Person
from shoumi.platform.obligations.due import due_in_hours
from shoumi.platform.obligations.services import raise_duty, settle
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

MATTER = "classification.determine"
PAGE = "classification-determinations-detail"

PROPOSE = Action("classification.propose", "拟定密级", clause="classification.determine")
DERIVE = Action("classification.derive", "派生定密", clause="classification.derive")
PROPOSE_WORK = Action("classification.work.propose", "拟定工作秘密", clause="classification.work")
DECIDE = Action("classification.decide", "定密", clause="classification.determine", posts=DECIDERS)
TURN_DOWN = Action(
    "classification.turn_down", "不予定密", clause="classification.determine", posts=DECIDERS
)
APPROVE_WORK = Action(
    "classification.work.approve",
    "核定工作秘密",
    clause="classification.work",
    posts=frozenset({"head", "deputy_leader"}),
)
for _kind in ("refuse", "mark", "record"):
    Control("classification.check", kind=_kind, label="定密核对")

State, Manner = Determination.State, Determination.Manner


class OwnProposal(Denied):
    """Whoever proposed does not decide."""

    def __init__(self) -> None:
        super().__init__(
            "承办人不得为本人所拟事项定密",
            clause="classification.determine",
            way_on="请其他定密责任人办理",
        )


def propose(
    *,
    actor: Person,
    at: datetime,
    mark: str,
    harm: str,
    risk: str,
    carrier: str,
    people: Sequence[Person] = (),
    departments: Sequence[Department] = (),
    name: str = "",
    matter: Matter | None = None,
    basis: str = "",
    points: str = "",
    wide_reason: str = "",
) -> Determination:
    """原始定密: proposed by whoever made the thing, on the list or on its ground; protected from now on."""
    with act(actor, PROPOSE, at=at) as deed:
        today = day_of(at)
        limits = figure("marks.period.limit", "years", on=today, body=actor.body)
        read, expiry = rules.read_own(_or_listed(mark, matter), limits=limits, start=today)
        if not read.level.is_state_secret:
            raise Refusal(
                "不属于国家秘密的不在这里定密",
                clause="marks.false",
                way_on="属于工作秘密的办理「拟定工作秘密」；可以公开的不标密级",
            )
        rules.check_harm(read.level, harm)
        listed = matter.level_of_it if matter is not None else None
        is_shell = is_above_grade(read.level)
        rules.check_listed(read, listed=listed, basis=basis)
        _check_scope(read.level, people, departments, matter, wide_reason, actor=actor, at=at)
        concluded = rules.check_written(risk, "风险评估结论", clause="classification.risk")
        row = Determination(
            manner=Manner.ORIGINAL,
            matter=matter,
            harm=harm,
            basis=basis.strip() or ground_of(matter, ()),
            risk="" if is_shell else concluded,
            points="" if is_shell else points.strip(),
            wide_reason=wide_reason.strip(),
        )
        _enter(row, read, expiry, name, carrier, people, departments, actor=actor, at=at)
        deed.subject = row
        _ask_review(row, actor=actor, at=at)
        deed.note(number=row.number, level=int(read.level))
    return row


def derive(
    *,
    actor: Person,
    at: datetime,
    sources: str,
    likeness: str,
    carrier: str,
    people: Sequence[Person] = (),
    name: str = "",
    points: str = "",
) -> Determination:
    """派生定密: level, period and scope are those of the sources, and the lineage is kept."""
    with act(actor, DERIVE, at=at) as deed:
        rules.check_likeness(likeness, points=points)
        found = sources_named(sources, reader=actor, at=at)
        read = inherit(found)
        rules.check_scope(len(people), 0, named_only=False, category="")
        check_readers(people, found, at=at)
        row = Determination(
            manner=Manner.DERIVED,
            likeness=likeness,
            basis=ground_of(None, found),
            points="" if is_above_grade(read.level) else points.strip(),
        )
        expiry = expires_on(read, day_of(at))
        _enter(row, read, expiry, name, carrier, people, (), actor=actor, at=at)
        deed.subject = row
        link(row, found)
        _ask_review(row, actor=actor, at=at)
        deed.note(number=row.number, level=int(read.level), sources=[one.pk for one in found])
    return row


def propose_work(
    *,
    actor: Person,
    at: datetime,
    name: str,
    mark: str,
    basis: str,
    carrier: str,
    people: Sequence[Person] = (),
    departments: Sequence[Department] = (),
    matter: Matter | None = None,
) -> Determination:
    """工作秘密: proposed with its ground; it bears its own mark and no level, ever."""
    with act(actor, PROPOSE_WORK, at=at) as deed:
        if mark not in WORK_SECRET_WORDINGS:
            limits = figure("marks.period.limit", "years", on=day_of(at), body=actor.body)
            rules.check_work_mark(rules.read_own(mark, limits=limits, start=day_of(at))[0])
        read = Mark(Level.INTERNAL, Period.none(), mark)
        rules.check_listed(read, listed=Level(matter.grade) if matter else None, basis=basis)
        _check_scope(read.level, people, departments, matter, "－", actor=actor, at=at)
        ground = basis.strip() or ground_of(matter, ())
        row = Determination(manner=Manner.WORK, matter=matter, basis=ground, harm="none")
        _enter(row, read, None, name, carrier, people, departments, actor=actor, at=at)
        deed.subject = row
        step(row, State.PROPOSED, State.PASSED)
        _ask_decision(row, APPROVE_WORK, "deputy_leader", at=at)
    return row


def decide(
    *, actor: Person, subject: Determination, at: datetime, mark: str, opinion: str = ""
) -> Determination:
    """定密: the registered authority decides as proposed or otherwise; what is derived stays derived."""
    with act(actor, DECIDE, subject, at=at, number=subject.number) as deed:
        _check_turn(actor, subject, Manner.ORIGINAL, Manner.DERIVED)
        today = day_of(at)
        derived = subject.manner == Manner.DERIVED
        limits = figure("marks.period.limit", "years", on=today, body=subject.body)
        if derived:
            read = inherit(subject.parents())
            expiry = expires_on(read, today)
        else:
            read, expiry = rules.read_own(mark, limits=limits, start=today)
            _check_secret(read.level)
            listed = subject.matter.level_of_it if subject.matter is not None else None
            rules.check_listed(read, listed=listed, basis=subject.basis)
        check_may_decide(actor, read.level, at=at, derived=derived)
        proposed = subject.level
        harm = rules.Harm(subject.harm) if subject.harm else None
        _decided(subject, read, expiry, by=actor, opinion=opinion, at=at)
        if not derived and harm is not None and harm.level != read.level:
            subject.mend(harm=next(h.value for h in rules.Harm if h.level == read.level))
        settle(kind=DECIDE.key, subject=subject, evidence=subject, at=at)
        deed.note(proposed=int(proposed), level=int(read.level))
    return subject


def turn_down(
    *, actor: Person, subject: Determination, at: datetime, opinion: str
) -> Determination:
    """What is no state secret gets no mark; it stays inside until somebody decides to publish it."""
    with act(actor, TURN_DOWN, subject, at=at, number=subject.number):
        _check_turn(actor, subject, Manner.ORIGINAL, Manner.DERIVED)
        check_may_decide(actor, Level.PUBLIC, at=at)
        said = rules.check_written(opinion, "不予定密的理由", clause=TURN_DOWN.clause)
        relevel(subject.label, level=Level.INTERNAL)
        step(
            subject,
            State.PASSED,
            State.TURNED,
            opinion=said,
            mark_text="",
            period_kind=PeriodKind.NONE.value,
            expires_on=None,
            decided_by=actor,
            decided_at=at,
        )
        settle(kind=DECIDE.key, subject=subject, evidence=subject, at=at)
    return subject


def approve_work(
    *, actor: Person, subject: Determination, at: datetime, opinion: str = ""
) -> Determination:
    """工作秘密 is approved by the head, or by whom the head has charged with it."""
    with act(actor, APPROVE_WORK, subject, at=at, number=subject.number):
        _check_turn(actor, subject, Manner.WORK)
        read = Mark(Level.INTERNAL, Period.none(), subject.mark_text)
        _decided(subject, read, None, by=actor, opinion=opinion, at=at)
        settle(kind=APPROVE_WORK.key, subject=subject, evidence=subject, at=at)
    return subject


def _or_listed(mark: str, matter: Matter | None) -> str:
    """What stands in the list where nothing else was written."""
    return mark if mark.strip() or matter is None else str(matter.mark_text)


def _check_secret(level: Level) -> None:
    if not level.is_state_secret:
        raise Refusal(
            "不属于国家秘密的不予定密，不得标密",
            clause="marks.false",
            way_on="办理「不予定密」，写明理由",
        )


def _check_turn(actor: Person, subject: Determination, *manners: str) -> None:
    expect(subject, State.PASSED)
    if subject.manner not in manners:
        raise ChangedByOther()
    if actor.pk == subject.proposed_by_id:
        raise OwnProposal()


def _check_scope(
    level: Level,
    people: Sequence[Person],
    departments: Sequence[Department],
    matter: Matter | None,
    wide_reason: str,
    *,
    actor: Person,
    at: datetime,
) -> None:
    """The scope is there, no wider than it must be, and everybody in it is cleared."""
    today, body = day_of(at), actor.body
    narrow = figure("classification.named_only", "categories", on=today, body=body)
    category = matter.category if matter is not None else ""
    rules.check_scope(
        len(people), len(departments), named_only=category in narrow, category=category
    )
    if level.is_state_secret:
        most = figure("classification.risk", "people", on=today, body=body)[level]
        rules.check_width(len(people), most=most, reason=wide_reason, level=level)
    for person in people:
        subject = subject_of(person, at)
        if not may_know(subject, PureLabel(level, subject.principals)).allowed:
            raise Refusal(
                f"{person.name}的涉密等级低于{level.label}，不得列入知悉范围",
                clause="access.clearance",
                way_on="从名单中去掉",
            )


def _enter(
    row: Determination,
    read: Mark,
    expiry: date | None,
    name: str,
    carrier: str,
    people: Sequence[Person],
    departments: Sequence[Department],
    *,
    actor: Person,
    at: datetime,
) -> None:
    """Protect the thing under a label of its own from the moment it is proposed."""
    body, is_shell = actor.body, is_above_grade(read.level)
    if is_shell and name.strip():
        raise Refusal(
            f"{read.level.label}高于本系统部署等级，不得录入事项名称",
            clause="grades.content",
            way_on="清空名称；名称记在纸质定密审批表上",
        )
    if not is_shell:
        rules.check_written(name, "事项名称", clause=rules.ELEMENTS)
    carriers = figure("classification.carriers", "forms", on=day_of(at), body=body)
    rules.check_choice(carrier, "载体形式", known=carriers, clause="classification.carriers")
    principals = principals_for([actor, *people], departments, body=body)
    if not may_know(subject_of(actor, at), PureLabel(read.level, frozenset(principals))).allowed:
        raise Denied(
            f"您的涉密等级低于{read.level.label}，不得承办",
            clause="access.clearance",
            way_on="请交涉密等级相符的人员承办",
        )
    row.body, row.number = body, numbered("定密", "determinations", body=body, at=at)
    row.name, row.carrier = name.strip(), carrier
    row.scope = joined([*people, *departments])
    row.mark_text = row.proposed_mark = str(read)
    row.period_kind, row.condition = read.period.kind.value, read.period.condition
    row.counted_from, row.expires_on = day_of(at), expiry
    row.department, row.proposed_by, row.proposed_at = actor.department, actor, at
    row.state = State.PROPOSED
    row.label = label_for(
        level=read.level, body=body, principals=principals, basis=row.number, on=day_of(at)
    )
    row.save()


def _ask_review(row: Determination, *, actor: Person, at: datetime) -> None:
    """定密工作小组的审核: the step between who proposes and who decides."""
    case = open_case(
        actor=actor,
        matter=MATTER,
        subject=row,
        label=row.label,
        reason=row.basis or "见纸质定密审批表",
        at=at,
        summary=f"{row.number} {row.get_manner_display()}",
    )
    row.mend(case=case)


def _ask_decision(row: Determination, action: Action, post: str, *, at: datetime) -> None:
    hours = figure("classification.determine", "hours", on=day_of(at), body=row.body)
    raise_duty(
        kind=action.key,
        clause=action.clause,
        text=f"{action.label} {row.number}",
        due=due_in_hours(hours, start=at, body=row.body),
        at=at,
        body=row.body,
        post=post,
        label=row.label,
        subject=row,
        url_name=PAGE,
        url_pk=row.pk,
        raised_by=row.proposed_by,
    )


def _decided(
    row: Determination, read: Mark, expiry: date | None, *, by: Person, opinion: str, at: datetime
) -> None:
    """The decision takes effect: the label, and with it everybody's sight, follows at once."""
    if read.level != row.level:
        relevel(row.label, level=read.level)
    changes: dict[str, Any] = {
        "mark_text": str(read),
        "period_kind": read.period.kind.value,
        "condition": read.period.condition,
        "counted_from": day_of(at),
        "expires_on": expiry,
        "decided_by": by,
        "decided_at": at,
        "opinion": opinion.strip(),
    }
    step(row, State.PASSED, State.IN_FORCE, **changes)
    watch(row, at=at)


def _passed(case: Case, *, actor: Person, at: datetime) -> None:
    row = Determination.named(case.subject)
    step(row, State.PROPOSED, State.PASSED)
    post = AUTHORITY if row.level < Level.TOP_SECRET else "head"
    _ask_decision(row, DECIDE, post, at=at)


def _not_passed(case: Case, *, actor: Person, at: datetime) -> None:
    """Sent back or refused: the thing stays protected as it was proposed until it is proposed anew."""
    row = Determination.named(case.subject)
    step(row, State.PROPOSED, State.VOID)


ON_APPROVED[MATTER] = _passed
ON_REFUSED[MATTER] = _not_passed
