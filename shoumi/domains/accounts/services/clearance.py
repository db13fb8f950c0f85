"""Clearance (涉密等级): entered on the personnel decision, valid by a second person's consent."""

from datetime import date, datetime, timedelta

from shoumi.domains.accounts.models import Proposal
from shoumi.domains.accounts.rules import officers
from shoumi.domains.accounts.services.posts import end_sessions, propose
from shoumi.kernel.levels import PersonnelClass
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.controls import Control

SECADMIN = frozenset({officers.SECADMIN})
CLEAR = Action("accounts.clear", "登记涉密等级", clause="access.clearance", posts=SECADMIN)
END = Action("accounts.end_clearance", "终止涉密等级", clause="access.exit_period", posts=SECADMIN)
RECORD = Control("access.clearance.record", kind="record", label="涉密等级登记")


def clear(
    *,
    actor: Person,
    subject: Person,
    personnel_class: PersonnelClass | str,
    since: date,
    review_due: date,
    trained_until: date,
    pledged_until: date,
    basis: str,
    at: datetime,
) -> Proposal:
    """Propose the clearance that the personnel decision gives; it holds from the consent on."""
    chosen = PersonnelClass(personnel_class)
    with act(actor, CLEAR, subject, at=at, personnel_class=chosen.value) as deed:
        if officers.OFFICERS & {a.post for a in subject.appointments.filter(until=None)}:
            raise Refusal(
                "三员不接触业务内容，不登记涉密等级", clause="accounts.officers.no_content"
            )
        if min(review_due, trained_until, pledged_until) < day_of(at):
            raise Refusal(
                "复审、培训、承诺已有过期，不能登记涉密等级",
                clause=CLEAR.clause,
                way_on="请先完成复审、培训，签订承诺书",
            )
        proposal = Proposal(
            body=subject.body,
            kind=Proposal.Kind.CLEAR,
            person=subject,
            personnel_class=chosen,
            since=since,
            review_due=review_due,
            trained_until=trained_until,
            pledged_until=pledged_until,
            basis=basis,
        )
        deed.note(proposal=propose(proposal, actor=actor, at=at))
    return proposal


def carry_out_clearance(proposal: Proposal, *, at: datetime) -> None:
    """Close the record in force and open the new one from today at the earliest."""
    since = max(proposal.since, day_of(at))
    for record in ClearanceRecord.objects.filter(person=proposal.person, until=None):
        _close(record, last_day=since - timedelta(days=1), exit_until=None)
    ClearanceRecord.objects.create(
        person=proposal.person,
        personnel_class=proposal.personnel_class,
        since=since,
        review_due=_given(proposal.review_due),
        trained_until=_given(proposal.trained_until),
        pledged_until=proposal.pledged_until,
    )
    end_sessions(proposal.person)


def end_clearance(
    *,
    actor: Person,
    subject: ClearanceRecord,
    last_day: date,
    exit_until: date | None,
    reason: str,
    at: datetime,
) -> None:
    """End a clearance after its last day, with the exit period (脱密期) that follows."""
    with act(actor, END, subject.person, at=at, reason=reason, record=subject.pk):
        if last_day < day_of(at) - timedelta(days=1):
            raise Refusal("末日不得早于昨日", clause=END.clause, way_on="即日终止的，末日填昨日")
        if exit_until is not None and exit_until <= last_day:
            raise Refusal("脱密期止日须在末日之后", clause=END.clause)
        _close(subject, last_day=last_day, exit_until=exit_until)
        end_sessions(subject.person)
    subject.refresh_from_db()


def _close(record: ClearanceRecord, *, last_day: date, exit_until: date | None) -> None:
    found = ClearanceRecord.objects.filter(pk=record.pk, until=record.until)
    if not found.update(until=last_day, exit_until=exit_until):
        raise Stale("涉密等级刚被他人修改", clause=END.clause)


def _given(day: date | None) -> date:
    if day is None:
        raise Refusal("提议缺少日期", clause=CLEAR.clause)
    return day
