"""出境: asked before, approved by the authority of the person's class, briefed, and reported on afterwards."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError

from shoumi.domains.personnel.models import Consultation, Dossier, Trip
from shoumi.domains.personnel.models.things import sorted_for, things_with
from shoumi.domains.personnel.rules.entering import check_written
from shoumi.domains.personnel.rules.leaving import told
from shoumi.domains.personnel.rules.travel import check_answers, check_days
from shoumi.domains.personnel.services.filing import (
    HR,
    KEEPERS,
    OFFICE,
    PERSONNEL,
    SECRECY,
    ChangedByOther,
    NotThePerson,
    ask,
    duty_about,
    expect,
    numbered,
    step,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act, posts_held
from shoumi.platform.access.subjects import day_of, subject_of
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import closing, due_in_workdays
from shoumi.platform.obligations.services import settle
from shoumi.platform.rulebook.figures import figure

MATTER = "personnel.travel"
PAGE = "personnel-trips-detail"
ASK = Action("personnel.travel", "申请出境", clause=MATTER)
CONSULT = Action(
    "personnel.travel.consult", "征求意见", clause="personnel.travel.objection", posts=KEEPERS
)
ANSWER = Action(
    "personnel.travel.answer", "登记回函", clause="personnel.travel.objection", posts=KEEPERS
)
BRIEF = Action(
    "personnel.travel.brief", "行前保密教育", clause="personnel.travel.briefing", posts=OFFICE
)
REPORT = Action("personnel.travel.report", "返回报告", clause="personnel.travel.report")
UNAPPROVED = Action(
    "personnel.travel.unapproved",
    "登记未经批准出境",
    clause="personnel.travel.unapproved",
    posts=PERSONNEL,
)

State = Trip.State
KNOWN = (*Dossier.ALIVE, Dossier.State.LEFT)


def request_trip(
    *,
    actor: Person,
    subject: Dossier,
    at: datetime,
    kind: str,
    countries: str,
    purpose: str,
    leaves_on: date,
    returns_on: date,
    companions: str = "",
) -> Trip:
    """Ask to go abroad, on duty or in private; in the exit period the personnel office asks."""
    with act(actor, ASK, subject, at=at, kind=kind) as deed:
        _must_ask(actor, subject, at=at)
        expect(subject, *KNOWN)
        check_days(leaves_on, returns_on, today=day_of(at))
        row = _trip(
            subject,
            actor=actor,
            kind=kind,
            countries=countries,
            purpose=purpose,
            leaves_on=leaves_on,
            returns_on=returns_on,
            companions=companions,
            at=at,
        )
        ask(
            row,
            person=subject.person,
            matter=MATTER,
            reason=row.purpose,
            summary=f"{subject.person.name} {row.get_kind_display()}",
            at=at,
            conditions={
                "class": subject.get_personnel_class_display(),
                "in_exit_period": row.in_exit_period,
            },
        )
        deed.note(trip=row.number)
    return row


def consult(
    *, actor: Person, subject: Trip, at: datetime, authority: str, letter: str
) -> Consultation:
    """Ask an authority; the approval waits for its answer. Clause: personnel.travel.objection."""
    with act(actor, CONSULT, subject, at=at, authority=authority):
        expect(subject, State.ASKED)
        try:
            row: Consultation = Consultation.objects.create(
                label=subject.label,
                dossier=subject.dossier,
                trip=subject,
                authority=authority,
                letter=check_written(letter, "去函文号", clause=CONSULT.clause),
                entered_by=actor,
                entered_at=at,
            )
        except IntegrityError:
            raise Stale("已向该机关征求意见", clause=CONSULT.clause) from None
    return row


def answer(
    *,
    actor: Person,
    subject: Trip,
    at: datetime,
    asked: Consultation,
    said: str,
    reply: str,
    answered_on: date,
) -> None:
    """Enter what the authority said."""
    with act(actor, ANSWER, subject, at=at, answer=said):
        expect(subject, State.ASKED)
        number = check_written(reply, "复函文号", clause=ANSWER.clause)
        if answered_on > day_of(at):
            raise Refusal("复函日期不得晚于今天", clause=ANSWER.clause)
        if asked.trip_id != subject.pk or not asked.settle(
            answer=said, reply=number, answered_on=answered_on
        ):
            raise ChangedByOther()


def brief(*, actor: Person, subject: Trip, at: datetime, reminder: str) -> None:
    """行前保密教育: nothing secret goes along; then the journey may begin. Clause: personnel.travel.briefing."""
    with act(actor, BRIEF, subject, at=at, trip=subject.number):
        person = subject.dossier.person
        if actor.pk == person.pk:
            raise Refusal("不得为本人办理行前教育", clause=BRIEF.clause)
        secret = things_with(person).filter(label__level__gte=Level.CONFIDENTIAL)
        names, others = sorted_for(actor, secret, at=at)
        if held := told(names, others):
            raise Refusal(
                f"名下尚有涉密载体和设备：{held}",
                clause="personnel.travel.nothing_along",
                way_on="请先全部退回机要室",
            )
        said = check_written(reminder, "教育内容", clause=BRIEF.clause)
        step(subject, State.APPROVED, State.BRIEFED, briefed_by=actor, briefed_at=at, reminder=said)
        settle(kind=BRIEF.key, subject=subject, evidence=subject, at=at)
        days = figure("personnel.travel.report", "days", on=day_of(at), body=subject.body)
        home = closing(subject.returns_on, body=subject.body)
        whose: dict[str, Any] = {"person": person} if person.is_active else {"post": HR}
        duty_about(
            subject,
            kind=REPORT.key,
            clause=REPORT.clause,
            text=f"出境返回报告：{person.name}",
            due=due_in_workdays(days, start=home, body=subject.body),
            at=at,
            page=PAGE,
            by=actor,
            **whose,
        )


def report_back(
    *, actor: Person, subject: Trip, at: datetime, came_back_on: date, report: str
) -> None:
    """Tell what happened on the way: whom one met, what was asked, what is left to settle."""
    with act(actor, REPORT, subject, at=at, trip=subject.number):
        _must_ask(actor, subject.dossier, at=at)
        if not subject.leaves_on <= came_back_on <= day_of(at):
            raise Refusal("实际返回日期须在出境日期和今天之间", clause=REPORT.clause)
        said = check_written(report, "返回报告", clause=REPORT.clause)
        step(subject, State.BRIEFED, State.BACK, came_back_on=came_back_on, report=said)
        settle(kind=REPORT.key, subject=subject, evidence=subject, at=at)


def register_unapproved(
    *,
    actor: Person,
    subject: Dossier,
    at: datetime,
    kind: str,
    countries: str,
    purpose: str,
    leaves_on: date,
    returns_on: date,
) -> Trip:
    """A journey that nobody approved is a breach, and stays in the dossier. Clause: personnel.travel.unapproved."""
    with act(actor, UNAPPROVED, subject, at=at):
        if leaves_on > day_of(at) or returns_on < leaves_on:
            raise Refusal("登记已经发生的出境，日期不得晚于今天", clause=UNAPPROVED.clause)
        row = _trip(
            subject,
            actor=actor,
            kind=kind,
            countries=countries,
            purpose=purpose,
            leaves_on=leaves_on,
            returns_on=returns_on,
            companions="",
            at=at,
            state=State.UNAPPROVED,
        )
        duty_about(
            row,
            kind="personnel.travel.breach",
            clause=UNAPPROVED.clause,
            text=f"查处未经批准出境：{subject.person.name}",
            due=due_in_workdays(
                figure(UNAPPROVED.clause, "days", on=day_of(at), body=row.body),
                start=at,
                body=row.body,
            ),
            at=at,
            page=PAGE,
            by=actor,
            post=SECRECY,
        )
    return row


def _trip(
    dossier: Dossier,
    *,
    actor: Person,
    kind: str,
    countries: str,
    purpose: str,
    leaves_on: date,
    returns_on: date,
    companions: str,
    at: datetime,
    state: str = State.ASKED,
) -> Trip:
    row: Trip = Trip.objects.create(
        label=dossier.label,
        body=dossier.body,
        number=numbered("出", "trips", body=dossier.body, at=at),
        asked_by=actor,
        asked_at=at,
        dossier=dossier,
        kind=kind,
        countries=check_written(countries, "前往国家和地区", clause=MATTER),
        purpose=check_written(purpose, "事由", clause=MATTER),
        companions=companions.strip(),
        leaves_on=leaves_on,
        returns_on=returns_on,
        in_exit_period=subject_of(dossier.person, at).in_exit_period,
        state=state,
    )
    return row


def _must_ask(actor: Person, dossier: Dossier, *, at: datetime) -> None:
    """The person, or the personnel office for whoever is in the exit period or has no account."""
    person = dossier.person
    absent = not person.is_active or subject_of(person, at).in_exit_period
    if actor.pk != person.pk and not (absent and HR in posts_held(actor, at=at)):
        raise NotThePerson()


def _granted(case: Case, *, actor: Person, at: datetime) -> None:
    """An objection, or a question still open, keeps the last vote from being given."""
    row = Trip.named(case.subject)
    check_answers(Consultation.answers_about(row.pk))
    step(row, State.ASKED, State.APPROVED)
    duty_about(
        row,
        kind=BRIEF.key,
        clause=BRIEF.clause,
        text=f"行前保密教育：{row.dossier.person.name}",
        due=closing(row.leaves_on - timedelta(days=1), body=row.body),
        at=at,
        page=PAGE,
        by=row.asked_by,
        post=SECRECY,
    )


def _not_granted(case: Case, *, actor: Person, at: datetime) -> None:
    row = Trip.named(case.subject)
    taken_back = case.state == Case.State.WITHDRAWN
    step(row, State.ASKED, State.WITHDRAWN if taken_back else State.REFUSED)


ON_APPROVED[MATTER] = _granted
ON_REFUSED[MATTER] = _not_granted
