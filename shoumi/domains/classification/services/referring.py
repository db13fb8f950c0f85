"""报请确定: no power, not on any list, or disputed; protected meanwhile at the highest level claimed."""

from datetime import datetime

from shoumi.domains.classification import rules
from shoumi.domains.classification.models import Determination, Referral
from shoumi.domains.classification.services.applying import Kind, Turn, turned
from shoumi.domains.classification.services.determining import DECIDE
from shoumi.domains.classification.services.expiring import watch
from shoumi.domains.classification.services.steps import (
    DECIDERS,
    OFFICE,
    expect,
    numbered,
    step,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.marks import Mark, Period, expires_on
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import relevel
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import Due, due_in_workdays, due_tonight
from shoumi.platform.obligations.services import cancel_all, raise_duty, settle
from shoumi.platform.rulebook.figures import figure

REFER = Action(
    "classification.refer", "报请确定", clause="classification.unclear", posts=DECIDERS | OFFICE
)
ANSWER = Action(
    "classification.refer.answer", "登记审定结果", clause="classification.unclear", posts=OFFICE
)
CLAUSES = {
    Referral.Cause.NO_POWER: "classification.power",
    Referral.Cause.UNCLEAR: "classification.unclear",
    Referral.Cause.DISPUTE: "classification.dispute",
}

State = Determination.State


def refer(
    *,
    actor: Person,
    subject: Determination,
    at: datetime,
    cause: str,
    to: str,
    letter: str,
    claimed: int,
    reason: str,
) -> Referral:
    """Ask who may decide; what the highest claim says holds until the answer is here."""
    with act(actor, REFER, subject, at=at, number=subject.number, cause=cause) as deed:
        is_dispute = cause == Referral.Cause.DISPUTE
        expect(subject, *((State.IN_FORCE, State.PASSED) if is_dispute else (State.PASSED,)))
        clause = CLAUSES[Referral.Cause(cause)]
        where = rules.check_written(to, "报送机关", clause=clause)
        paper = rules.check_written(letter, "报送文号", clause=clause)
        why = rules.check_written(reason, "说明", clause=clause)
        highest = max(Level(claimed), subject.level)
        if not highest.is_state_secret:
            raise Refusal("主张的密级须为绝密、机密或者秘密", clause=clause)
        due = _due(cause, at=at, subject=subject)
        row: Referral = Referral.objects.create(
            label=subject.label,
            body=subject.body,
            number=numbered("请定", "referrals", body=subject.body, at=at),
            determination=subject,
            cause=cause,
            to=where,
            letter=paper,
            claimed=highest,
            reason=why,
            asked_by=actor,
            asked_at=at,
            due_at=due.at,
        )
        deed.subject = row
        if highest != subject.level:
            _protect(subject, highest, by=actor, at=at)
        if subject.state == State.PASSED:
            step(subject, State.PASSED, State.REFERRED)
            cancel_all(kind=DECIDE.key, subject=subject, reason=row, at=at)
        raise_duty(
            kind=ANSWER.key,
            clause=clause,
            text=f"{row.number} 报请确定，催要并登记审定结果",
            due=due,
            at=at,
            body=subject.body,
            post="secrecy_office",
            label=subject.label,
            subject=row,
            url_name="classification-referrals-detail",
            url_pk=row.pk,
            raised_by=actor,
        )
        deed.note(claimed=int(highest))
    return row


def enter_answer(
    *, actor: Person, subject: Referral, at: datetime, answer: str, mark: str
) -> Referral:
    """The bureau or the superior has decided: it is entered, and takes effect at once."""
    with act(actor, ANSWER, subject, at=at, referral=subject.number) as deed:
        paper = rules.check_written(answer, "审定文号", clause=ANSWER.clause)
        row = subject.determination
        limits = figure("marks.period.limit", "years", on=day_of(at), body=row.body)
        is_none = "".join(mark.split()) == "不属于国家秘密"
        read = None
        if not is_none:
            read, _ = rules.read_own(mark, limits=limits, start=row.counted_from)
            if not read.level.is_state_secret:
                raise Refusal("审定结果须为密级标志，或者「不属于国家秘密」", clause=ANSWER.clause)
        step(
            subject,
            Referral.State.OPEN,
            Referral.State.DECIDED,
            answer=paper,
            answer_mark=mark.strip(),
            answered_at=at,
        )
        if row.state == State.IN_FORCE:
            turned(row, _turn(row, read, paper), by=actor, at=at)
        else:
            _settled(row, read, by=actor, paper=paper, at=at)
        settle(kind=ANSWER.key, subject=subject, evidence=subject, at=at)
        deed.note(level=int(read.level) if read else 0)
    return subject


def _due(cause: str, *, at: datetime, subject: Determination) -> Due:
    """Unclear matters have their working days; who has no power reports at once."""
    if cause == Referral.Cause.NO_POWER:
        return due_tonight(start=at, body=subject.body)
    days = figure("classification.unclear", "days", on=day_of(at), body=subject.body)
    return due_in_workdays(days, start=at, body=subject.body)


def _protect(row: Determination, level: Level, *, by: Person, at: datetime) -> None:
    """从高保护: what holds is changed with all that follows; what is only proposed is protected higher."""
    if row.state == State.IN_FORCE:
        period = Period.years(
            figure("marks.period.limit", "years", on=day_of(at), body=row.body)[level]
        )
        mark = Mark(level, period)
        turn = Turn(
            Kind.DISPUTE,
            level,
            mark,
            expires_on(mark, row.counted_from),
            reason="争议期间按主张的最高密级保护",
        )
        turned(row, turn, by=by, at=at)
    else:
        relevel(row.label, level=level)


def _turn(row: Determination, read: Mark | None, paper: str) -> Turn:
    if read is None:
        return Turn(Kind.CORRECT, Level.INTERNAL, None, None, True, notice_number=paper)
    return Turn(
        Kind.CORRECT,
        read.level,
        read,
        expires_on(read, row.counted_from),
        reason="按审定结果",
        notice_number=paper,
    )


def _settled(
    row: Determination, read: Mark | None, *, by: Person, paper: str, at: datetime
) -> None:
    """The first decision about what was only proposed until now."""
    level = read.level if read is not None else Level.INTERNAL
    if level != row.level:
        relevel(row.label, level=level)
    step(
        row,
        State.REFERRED,
        State.IN_FORCE if read is not None else State.TURNED,
        mark_text=str(read) if read is not None else "",
        period_kind=(read.period if read is not None else Period.none()).kind.value,
        condition=read.period.condition if read is not None else "",
        expires_on=expires_on(read, row.counted_from) if read is not None else None,
        opinion=f"审定文号 {paper}",
        decided_by=by,
        decided_at=at,
    )
    watch(row, at=at)
