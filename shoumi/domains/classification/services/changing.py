"""变更、解密、延长、纠正、来文通知、期满: each a decision with its ground, and one act."""

from datetime import date, datetime
from typing import Any

from shoumi.domains.classification import rules
from shoumi.domains.classification.models import Change, Determination
from shoumi.domains.classification.services.applying import Kind, Turn, turned
from shoumi.domains.classification.services.deciding import check_may_decide
from shoumi.domains.classification.services.deriving import determination_of, paper_named
from shoumi.domains.classification.services.expiring import EXPIRY
from shoumi.domains.classification.services.steps import (
    DECIDERS,
    OFFICE,
    REGISTRAR,
    expect,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.marks import Mark, expires_on, parse_mark
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.directory.selectors import system_person
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import ON_DUE, settle
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

CHANGE = Action("classification.change", "变更密级", clause="classification.change", posts=DECIDERS)
RELEASE = Action("classification.release", "解密", clause="classification.release", posts=DECIDERS)
EXTEND = Action(
    "classification.extend", "延长保密期限", clause="classification.extend", posts=DECIDERS
)
CORRECT = Action(
    "classification.correct", "纠正定密", clause="classification.correct", posts=DECIDERS
)
NOTE = Action(
    "classification.notice.enter",
    "登记密级变动通知",
    clause="classification.notice.incoming",
    posts=OFFICE | REGISTRAR,
)
for _kind in ("refuse", "record", "mark"):
    Control("classification.expire", kind=_kind, label="期满解密")

State = Determination.State


class NotTheOrigin(Refusal):
    """Only who decided, or the superior, changes it."""

    def __init__(self) -> None:
        super().__init__(
            "来文的密级由原定密机关、单位或者其上级变更，本单位不得自行变更",
            clause="classification.origin",
            way_on="收到书面通知后办理「登记密级变动通知」；认为定密不当的办理「报请确定」",
        )


def change(
    *,
    actor: Person,
    subject: Determination,
    at: datetime,
    mark: str,
    ground: str,
    reason: str,
) -> Change:
    """变更: the harm has clearly changed, or what it rested on; level and period are set anew."""
    with act(actor, CHANGE, subject, at=at, number=subject.number) as deed:
        why = _check(actor, subject, reason, clause=CHANGE.clause, at=at)
        if ground not in [one.value for one in rules.CHANGING]:
            raise Refusal("请选定变更情形", clause=CHANGE.clause)
        _not_derived(subject)
        read, expiry = _read(subject, mark, at=at)
        rules.check_other(str(read), before=subject.mark_text)
        check_may_decide(actor, read.level, at=at)
        turn = Turn(Kind.CHANGE, read.level, read, expiry, ground=ground, reason=why)
        made = turned(subject, turn, by=actor, at=at)
        deed.note(change=made.number, level=int(read.level))
    return made


def release(
    *,
    actor: Person,
    subject: Determination,
    at: datetime,
    ground: str,
    reason: str,
    published_in: str = "",
) -> Change:
    """解密 before the period ends; what is published is released at that moment, all else stays inside."""
    with act(actor, RELEASE, subject, at=at, number=subject.number) as deed:
        why = _check(actor, subject, reason, clause=RELEASE.clause, at=at)
        if ground not in [one.value for one in rules.RELEASING]:
            raise Refusal("请选定解密情形", clause=RELEASE.clause)
        _not_derived(subject)
        check_may_decide(actor, subject.level, at=at)
        is_published = ground == rules.Ground.PUBLISHED
        paper = published_in.strip()
        if is_published:
            paper = rules.check_written(
                paper, "正式公布的载体或者文号", clause="classification.publish"
            )
        level = Level.PUBLIC if is_published else Level.INTERNAL
        turn = Turn(Kind.RELEASE, level, None, None, True, ground, why, paper)
        made = turned(subject, turn, by=actor, at=at)
        deed.note(change=made.number, published=is_published)
    return made


def extend(
    *, actor: Person, subject: Determination, at: datetime, mark: str, reason: str
) -> Change:
    """延长: decided before the last day, with level, period and scope said anew."""
    with act(actor, EXTEND, subject, at=at, number=subject.number) as deed:
        why = _check(actor, subject, reason, clause=EXTEND.clause, at=at)
        _not_derived(subject)
        read, expiry = _read(subject, mark, at=at)
        if read.level != subject.level:
            raise Refusal(
                "延长期限不改变密级",
                clause=EXTEND.clause,
                way_on="密级和期限都变化的，办理「变更密级」",
            )
        rules.check_longer(subject.expires_on, expiry)
        check_may_decide(actor, read.level, at=at)
        made = turned(
            subject, Turn(Kind.EXTEND, read.level, read, expiry, reason=why), by=actor, at=at
        )
        deed.note(change=made.number)
    return made


def correct(
    *, actor: Person, subject: Determination, at: datetime, mark: str, reason: str
) -> Change:
    """纠正: what did not agree with the list from the beginning; the value it had is kept."""
    with act(actor, CORRECT, subject, at=at, number=subject.number) as deed:
        why = _check(actor, subject, reason, clause=CORRECT.clause, at=at)
        _not_derived(subject)
        read, expiry = _read(subject, mark, at=at)
        rules.check_other(str(read), before=subject.mark_text)
        check_may_decide(actor, read.level, at=at)
        made = turned(
            subject, Turn(Kind.CORRECT, read.level, read, expiry, reason=why), by=actor, at=at
        )
        deed.note(change=made.number, level=int(read.level))
    return made


def enter_notice(
    *,
    actor: Person,
    at: datetime,
    paper: str,
    notice_number: str,
    mark: str,
    reason: str = "",
) -> Change:
    """The issuer of a paper (by its number) has changed or ended its level: entered, and followed at once."""
    with act(actor, NOTE, at=at) as deed:
        document = paper_named(paper.strip(), clause=NOTE.clause, reader=actor, at=at)
        row = determination_of(document, at=at)
        if row.is_own:
            raise Refusal(
                "本单位所定密级不凭来文通知变动",
                clause=NOTE.clause,
                way_on="在定密登记簿办理变更、解密",
            )
        said = rules.check_written(notice_number, "通知文号", clause=NOTE.clause)
        turn = _outside(row, mark, said, reason.strip(), at=at)
        made = turned(row, turn, by=actor, at=at)
        deed.subject = made
        deed.note(change=made.number, notice=said, level=int(turn.level))
    return made


def _outside(row: Determination, mark: str, paper: str, why: str, *, at: datetime) -> Turn:
    """What the issuer's notice says: another mark, or 「解密」."""
    given: dict[str, Any] = {"reason": why, "notice_number": paper}
    if "".join(mark.split()) == "解密":
        return Turn(Kind.NOTICE, Level.INTERNAL, None, None, True, **given)
    limits = figure("marks.period.limit", "years", on=day_of(at), body=row.body)
    read = parse_mark(mark, own=False, limits=limits, start=row.counted_from).mark
    rules.check_other(str(read), before=row.mark_text)
    return Turn(Kind.NOTICE, read.level, read, expires_on(read, row.counted_from), **given)


def _check(actor: Person, subject: Determination, reason: str, *, clause: str, at: datetime) -> str:
    """Alive, of our own, and with its reason; after the last day there is nothing to decide any more."""
    expect(subject, State.IN_FORCE)
    if not subject.is_own:
        raise NotTheOrigin()
    if actor.pk == subject.proposed_by_id and subject.manner != Determination.Manner.WORK:
        raise Refusal(
            "承办人不得办理本人所拟事项的变动",
            clause=clause,
            way_on="请其他定密责任人办理",
        )
    rules.check_alive(subject.expires_on, today=day_of(at), what="变动", clause=clause)
    return rules.check_written(reason, "理由", clause=clause)


def _not_derived(subject: Determination) -> None:
    if subject.manner == Determination.Manner.DERIVED:
        raise Refusal(
            "派生事项的密级和期限随来源变动，不得单独变动",
            clause="classification.derive.follow",
            way_on="请原定密单位变更来源；本单位所定的，变更来源事项",
        )


def _read(subject: Determination, mark: str, *, at: datetime) -> tuple[Mark, date | None]:
    limits = figure("marks.period.limit", "years", on=day_of(at), body=subject.body)
    read, expiry = rules.read_own(mark, limits=limits, start=subject.counted_from)
    if not read.level.is_state_secret:
        raise Refusal(
            "不再属于国家秘密的不在这里变更",
            clause="marks.false",
            way_on="办理「解密」，写明情形和理由",
        )
    rules.check_alive(expiry, today=day_of(at), what="变动", clause="classification.change")
    return read, expiry


def _run_out(duty: Duty, *, at: datetime) -> None:
    """The last day is over and nobody extended it: released by itself, in the system's act."""
    row = Determination.named(duty.subject)
    if row.state != State.IN_FORCE or row.expires_on is None:
        return
    turn = Turn(Kind.EXPIRE, Level.INTERNAL, None, None, released=True, reason="保密期限届满")
    made = turned(row, turn, by=system_person(), at=at)
    settle(kind=EXPIRY, subject=row, evidence=made, at=at)


ON_DUE[EXPIRY] = _run_out
