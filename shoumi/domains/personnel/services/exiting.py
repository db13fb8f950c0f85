"""脱密期: whoever supervises is told, and work for those whom the rulebook bars is refused."""

from datetime import date, datetime

from shoumi.domains.personnel.models import Departure, Employment
from shoumi.domains.personnel.rules.entering import check_written
from shoumi.domains.personnel.rules.leaving import check_employer
from shoumi.domains.personnel.services.filing import PERSONNEL, expect, step
from shoumi.domains.personnel.services.leaving import PASS_ON
from shoumi.kernel.refusal import Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.services import settle
from shoumi.platform.rulebook.figures import figure

JOB = Action(
    "personnel.exit.job", "登记就业去向", clause="personnel.exit.employer", posts=PERSONNEL
)
TELL_ON = Action(
    "personnel.exit.pass_on", "移交脱密期名单", clause="personnel.exit.supervisor", posts=PERSONNEL
)

State = Departure.State


def pass_on(*, actor: Person, subject: Departure, at: datetime, receipt: str) -> None:
    """Tell whoever supervises from now on; their receipt is kept. Clause: personnel.exit.supervisor."""
    with act(actor, TELL_ON, subject, at=at, departure=subject.number):
        said = check_written(receipt, "回执", clause=TELL_ON.clause)
        if subject.list_receipt:
            raise Stale("名单已经移交", clause=TELL_ON.clause, way_on="请刷新页面")
        step(subject, State.DONE, State.DONE, list_receipt=said)
        settle(kind=PASS_ON, subject=subject, evidence=subject, at=at)


def register_job(
    *,
    actor: Person,
    subject: Departure,
    at: datetime,
    employer: str,
    kind: str,
    work: str,
    since: date,
) -> Employment:
    """Where somebody works, or whom they serve, in the exit period; the barred are refused."""
    with act(actor, JOB, subject, at=at, departure=subject.number, kind=kind):
        expect(subject, State.DONE)
        barred = figure(JOB.clause, "barred", on=day_of(at), body=subject.body)
        if subject.exit_until is not None and since <= subject.exit_until:
            check_employer(kind, barred=barred)
        row: Employment = Employment.objects.create(
            label=subject.label,
            dossier=subject.dossier,
            departure=subject,
            employer=check_written(employer, "单位", clause=JOB.clause),
            kind=kind,
            work=check_written(work, "工作或者服务内容", clause=JOB.clause),
            since=since,
            entered_by=actor,
            entered_at=at,
        )
    return row
