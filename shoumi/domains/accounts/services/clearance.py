"""Clearance (涉密等级): made of the personnel dossier, valid by a second person's consent, ended at once.

The personnel room above answers for the life that leads to a clearance. It writes nothing here itself:
it proposes, renews and ends through the functions below, and its judge stands in the way of every consent.
"""

from collections.abc import Callable
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

CLAUSE = "access.clearance"
END = Action(
    "accounts.end_clearance",
    "停止涉密等级",
    clause=CLAUSE,
    posts=frozenset({officers.SECADMIN}),
)
RECORD = Control("access.clearance.record", kind="record", label="涉密等级登记")
GATE = Control("accounts.clearance.gate", kind="refuse", label="涉密等级生效判定")

# Asked inside every consent as f(proposal, at=at): raises unless the dossier bears the clearance out.
JUDGES: list[Callable[..., None]] = []


def propose_clearance(
    *,
    actor: Person,
    person: Person,
    personnel_class: PersonnelClass | str,
    since: date,
    review_due: date,
    trained_until: date,
    pledged_until: date,
    basis: str,
    at: datetime,
) -> int:
    """Propose what a dossier bears out, inside the act that asks for it; it holds from the consent on."""
    if officers.OFFICERS & {a.post for a in person.appointments.filter(until=None)}:
        raise Refusal("三员不接触业务内容，不登记涉密等级", clause="accounts.officers.no_content")
    proposal = Proposal(
        body=person.body,
        kind=Proposal.Kind.CLEAR,
        person=person,
        personnel_class=PersonnelClass(personnel_class),
        since=since,
        review_due=review_due,
        trained_until=trained_until,
        pledged_until=pledged_until,
        basis=basis,
    )
    return propose(proposal, actor=actor, at=at)


def carry_out_clearance(proposal: Proposal, *, at: datetime) -> None:
    """Close the record in force and open the new one from today at the earliest. Clause: personnel.clear."""
    if not JUDGES:
        raise Refusal("没有人员档案可以核对，涉密等级不能生效", clause=CLAUSE)
    for judge in JUDGES:
        judge(proposal, at=at)
    since = max(proposal.since, day_of(at))
    for record in _open_of(proposal.person):
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


def renew(person: Person, **until: date) -> None:
    """What was reviewed, taught or pledged anew holds longer; inside the act that proves it."""
    for record in _open_of(person):
        ClearanceRecord.objects.filter(pk=record.pk, until=None).update(**until)


def reclassify(person: Person, personnel_class: PersonnelClass, *, at: datetime) -> None:
    """A lower class from today on, on the same review, training and pledge."""
    today = day_of(at)
    for record in _open_of(person):
        _close(record, last_day=today - timedelta(days=1), exit_until=None)
        record.pk, record.personnel_class = None, personnel_class.value
        record.since, record.until, record.exit_until = today, None, None
        record.save(force_insert=True)
        end_sessions(person)


def lapse(person: Person, *, at: datetime) -> None:
    """The ground of the clearance is gone: it holds no longer, until it is reviewed again."""
    for record in _open_of(person):
        yesterday = day_of(at) - timedelta(days=1)
        ClearanceRecord.objects.filter(pk=record.pk).update(review_due=yesterday)
        end_sessions(person)


def leave(person: Person, *, last_day: date, exit_until: date) -> None:
    """End the clearance, or what was stopped before, with its exit period; inside the act of leaving."""
    records = ClearanceRecord.objects.filter(person=person).order_by("-since", "-id")
    record = records.filter(until=None).first() or records.first()
    if record is not None:
        _close(record, last_day=min(record.until or last_day, last_day), exit_until=exit_until)
    end_sessions(person)


def end_clearance(*, actor: Person, subject: ClearanceRecord, reason: str, at: datetime) -> None:
    """Stop a clearance at once; leaving and its exit period are the personnel room's."""
    with act(actor, END, subject.person, at=at, reason=reason, record=subject.pk):
        if subject.until is not None:
            raise Stale("涉密等级已经终止", clause=CLAUSE)
        lapse(subject.person, at=at)
    subject.refresh_from_db()


def _open_of(person: Person) -> list[ClearanceRecord]:
    return list(ClearanceRecord.objects.filter(person=person, until=None))


def _close(record: ClearanceRecord, *, last_day: date, exit_until: date | None) -> None:
    found = ClearanceRecord.objects.filter(pk=record.pk, until=record.until)
    if not found.update(until=last_day, exit_until=exit_until):
        raise Stale("涉密等级刚被他人修改", clause=CLAUSE)


def _given(day: date | None) -> date:
    if day is None:
        raise Refusal("提议缺少日期", clause=CLAUSE)
    return day
