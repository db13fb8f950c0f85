"""在岗管理: changes are reported, duties are looked at, and whoever is unfit leaves the post at once."""

from datetime import date, datetime, timedelta

from shoumi.domains.accounts.services.clearance import lapse
from shoumi.domains.personnel.models import Change, Dossier, Observation
from shoumi.domains.personnel.rules.entering import check_written
from shoumi.domains.personnel.rules.words import Outcome, Verdict, Watched
from shoumi.domains.personnel.services.filing import (
    HR,
    KEEPERS,
    OFFICE,
    SECRECY,
    ChangedByOther,
    duty_about,
    expect,
    must_be,
    written,
)
from shoumi.domains.personnel.services.leaving import send_off
from shoumi.domains.personnel.services.vetting import AGAIN
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import due_in_workdays
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import fulfil, settle
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

CLAUSE = "personnel.change"
TELL = Action("personnel.change", "报告重大事项", clause=CLAUSE)
HANDLE = Action("personnel.change.handle", "核处重大事项", clause=CLAUSE, posts=OFFICE)
OBSERVE = Action("personnel.observe", "登记履职情况", clause="personnel.watch", posts=KEEPERS)
ROUND = Control("personnel.observe", kind="duty", label="登记履职情况")

# Which recurring duty each kind of observation answers, once it was made of everybody on a post.
ROUNDS = {
    Watched.CHECK: "recurring.personnel_check",
    Watched.APPRAISAL: "recurring.personnel_appraisal",
    Watched.JOINT: "recurring.personnel_joint",
    Watched.TALK: "recurring.personnel_talk",
}


def report_change(
    *, actor: Person, subject: Dossier, at: datetime, kind: str, happened_on: date, details: str
) -> Change:
    """A person tells what has changed; late or not is computed from the days its kind allows."""
    with act(actor, TELL, subject, at=at, kind=kind) as deed:
        must_be(actor, subject.person)
        expect(subject, *Dossier.ALIVE)
        today = day_of(at)
        if happened_on > today + timedelta(days=366):
            raise Refusal("发生日期超过一年以后", clause=CLAUSE, way_on="请核对日期")
        days = figure(CLAUSE, "days", on=today, body=subject.body).get(kind)
        if days is None:
            raise Refusal("不是须报告的事项", clause=CLAUSE, way_on="请从列表中选择")
        due_on = happened_on + timedelta(days=days)
        row: Change = Change.objects.create(
            label=subject.label,
            dossier=subject,
            kind=kind,
            happened_on=happened_on,
            details=check_written(details, "情况", clause=CLAUSE),
            due_on=due_on,
            late=today > due_on,
            entered_by=actor,
            entered_at=at,
        )
        deed.note(late=row.late)
        duty_about(
            row,
            kind=HANDLE.key,
            clause=CLAUSE,
            text=f"核处重大事项报告：{subject.person.name}",
            due=due_in_workdays(
                figure(CLAUSE, "handle_days", on=today, body=subject.body),
                start=at,
                body=subject.body,
            ),
            at=at,
            page="personnel-changes-detail",
            by=actor,
            post=SECRECY,
        )
    return row


def handle_change(
    *, actor: Person, subject: Change, at: datetime, verdict: str, opinion: str
) -> None:
    """Say whether the clearance is touched by it; if so a review anew is due."""
    with act(actor, HANDLE, subject, at=at, verdict=verdict):
        dossier = subject.dossier
        if actor.pk == dossier.person_id:
            raise Refusal("不得核处本人的报告", clause=CLAUSE, way_on="请另一名保密办人员核处")
        why = check_written(opinion, "核处意见", clause=CLAUSE)
        if not subject.handle(
            verdict=Verdict(verdict).value, opinion=why, handled_by=actor, handled_at=at
        ):
            raise ChangedByOther()
        settle(kind=HANDLE.key, subject=subject, evidence=subject, at=at)
        if Verdict(verdict) is Verdict.REVIEW:
            days = figure(CLAUSE, "handle_days", on=day_of(at), body=dossier.body)
            duty_about(
                dossier,
                kind=AGAIN,
                clause="personnel.review.again",
                text=f"复审：{dossier.person.name}",
                due=due_in_workdays(days, start=at, body=dossier.body),
                at=at,
                page="personnel-dossiers-detail",
                by=actor,
                post=HR,
            )


def observe(
    *,
    actor: Person,
    subject: Dossier,
    at: datetime,
    kind: str,
    held_on: date,
    findings: str,
    outcome: str,
    organisation: str = "",
    personnel: str = "",
    secrecy: str = "",
) -> Observation:
    """Enter what was found; 考核不合格 and 不宜 stop the clearance and open the leaving. Clause: personnel.unfit."""
    with act(actor, OBSERVE, subject, at=at, kind=kind, outcome=outcome):
        expect(subject, *Dossier.ALIVE)
        if actor.pk == subject.person_id:
            raise Refusal("不得登记本人的履职情况", clause=OBSERVE.clause)
        if held_on > day_of(at):
            raise Refusal("日期不得晚于今天", clause=OBSERVE.clause)
        signers = [name.strip() for name in (organisation, personnel, secrecy)]
        if Watched(kind).is_signed_by_three and not all(signers):
            raise Refusal(
                "联合检查须组织、人事、保密三个部门均签署",
                clause="personnel.watch.joint",
                way_on="补齐三个部门的签署人",
            )
        row: Observation = Observation.objects.create(
            label=subject.label,
            dossier=subject,
            kind=kind,
            held_on=held_on,
            findings=check_written(findings, "情况", clause=OBSERVE.clause),
            outcome=outcome,
            signers="、".join(filter(None, signers)),
            entered_by=actor,
            entered_at=at,
        )
        _close_round(row, at=at)
        if Outcome(outcome).ends_the_post:
            lapse(subject.person, at=at)
            written(subject, reviewed_until=None)
            send_off(subject, actor=actor, reason=f"{row.get_outcome_display()}：{findings}", at=at)
    return row


def _close_round(row: Observation, *, at: datetime) -> None:
    """The recurring duty is done when everybody on a post was looked at since it was raised."""
    kind = ROUNDS.get(Watched(row.kind), "")
    open_ones = Duty.objects.filter(body=row.label.body, kind=kind, state=Duty.State.OPEN)
    on_post = Dossier.on_post_of(row.label.body_id)
    for duty in open_ones:
        seen = Observation.seen(row.kind, since=day_of(duty.raised_at))
        if not on_post.exclude(pk__in=seen).exists():
            fulfil(duty, evidence=row, at=at)
