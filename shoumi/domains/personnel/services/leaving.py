"""离岗离职: asked and approved, five acts one by one, and no end to it while anything is still held."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError

from shoumi.domains.accounts.services.clearance import leave as end_with_exit
from shoumi.domains.accounts.services.people import cut
from shoumi.domains.accounts.services.posts import end_appointment
from shoumi.domains.personnel.models import Departure, Dossier, Pledge
from shoumi.domains.personnel.models.things import sorted_for, things_with
from shoumi.domains.personnel.rules import leaving
from shoumi.domains.personnel.rules.entering import check_written
from shoumi.domains.personnel.rules.words import Destination, Leaving, Pledged
from shoumi.domains.personnel.selectors import bounds_on, checklist, places_kept
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
from shoumi.domains.personnel.services.pledging import terms
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act, posts_held
from shoumi.platform.access.subjects import day_of, subject_of
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED, spend
from shoumi.platform.directory.models import Person
from shoumi.platform.directory.selectors import appointments_on
from shoumi.platform.obligations.due import due_in_workdays
from shoumi.platform.obligations.services import cancel_all, settle
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

MATTER = "personnel.leave"
PAGE = "personnel-departures-detail"
ASK = Action("personnel.leave", "申请离岗离职", clause=MATTER)
OPINION = Action(
    "personnel.leave.opinion", "登记上级意见", clause="personnel.leave.superior", posts=OFFICE
)
TALK = Action(
    "personnel.leave.talk",
    "登记提醒谈话",
    clause="personnel.leave.five_acts",
    posts=OFFICE | {"deputy_leader"},
)
PLEDGE = Action("personnel.leave.pledge", "签订离岗保密承诺书", clause="personnel.leave.five_acts")
HAND = Action(
    "personnel.leave.hand_over", "登记工作交接", clause="personnel.leave.handed", posts=KEEPERS
)
AUDIT = Action(
    "personnel.leave.audit", "登记离岗审计", clause="personnel.leave.audit", posts=OFFICE
)
FINISH = Action(
    "personnel.leave.finish", "办结离岗", clause="personnel.leave.cleared", posts=PERSONNEL
)
PASS_ON = "personnel.exit.list"
for _kind in ("deadline", "record", "count", "refuse"):
    Control("personnel.exit_period", kind=_kind, label="脱密期确定")

State = Departure.State


def request_leave(
    *,
    actor: Person,
    subject: Dossier,
    at: datetime,
    kind: str,
    reason: str,
    destination: str,
    successor: Person,
    months: int,
    employer: str = "",
    for_life: bool = False,
    longer_reason: str = "",
) -> Departure:
    """Ask to leave a post; the personnel office may ask in the person's place. Clause: personnel.leave."""
    with act(actor, ASK, subject, at=at, kind=kind) as deed:
        if actor.pk != subject.person_id and HR not in posts_held(actor, at=at):
            raise NotThePerson()
        expect(subject, *Dossier.ALIVE)
        row = _asked(
            subject,
            actor=actor,
            kind=kind,
            reason=reason,
            destination=destination,
            successor=successor,
            months=months,
            employer=employer,
            for_life=for_life,
            longer_reason=longer_reason,
            at=at,
        )
        deed.note(departure=row.number)
    return row


def send_off(dossier: Dossier, *, actor: Person, reason: str, at: datetime) -> Departure | None:
    """Open the leaving of somebody found unfit, inside the act that found it. Clause: personnel.unfit."""
    if Departure.open_of(dossier.pk) is not None:
        return None
    return _asked(
        dossier,
        actor=actor,
        kind=Leaving.OFF_POST,
        reason=reason,
        destination=Destination.SAME_BODY,
        successor=None,
        months=bounds_on(dossier.class_held, on=day_of(at), body=dossier.body).least,
        employer="",
        for_life=False,
        longer_reason="",
        at=at,
    )


def note_superior_opinion(*, actor: Person, subject: Departure, at: datetime, opinion: str) -> None:
    """上级保密工作部门意见: must stand before a transfer or resignation is approved."""
    with act(actor, OPINION, subject, at=at, departure=subject.number):
        said = check_written(opinion, "上级意见和文号", clause=OPINION.clause)
        step(subject, State.ASKED, State.ASKED, superior_opinion=said)


def talk(*, actor: Person, subject: Departure, at: datetime, content: str) -> None:
    """保密提醒谈话."""
    with act(actor, TALK, subject, at=at, departure=subject.number):
        if actor.pk == subject.dossier.person_id:
            raise Refusal("不得与本人谈话", clause=TALK.clause)
        said = check_written(content, "谈话内容", clause=TALK.clause)
        _once(subject.talked_at)
        step(subject, State.APPROVED, State.APPROVED, talked_by=actor, talked_at=at, talk=said)
        settle(kind=TALK.key, subject=subject, evidence=subject, at=at)


def pledge_leaving(*, actor: Person, subject: Departure, at: datetime, read: bool) -> None:
    """离岗保密承诺书: by the person; on paper before the personnel office where there is no account."""
    with act(actor, PLEDGE, subject, at=at, departure=subject.number):
        dossier, by_self = subject.dossier, actor.pk == subject.dossier.person_id
        if not by_self and (HR not in posts_held(actor, at=at) or dossier.person.is_active):
            raise NotThePerson()
        if not read:
            raise Refusal("请逐条阅读并确认后再签订", clause="personnel.pledge.terms")
        _once(subject.pledged_at)
        today, kind = day_of(at), Pledged.LEAVING.value
        step(subject, State.APPROVED, State.APPROVED, pledged_at=at)
        Pledge.objects.create(
            label=dossier.label,
            dossier=dossier,
            kind=kind,
            text="\n".join(terms(kind, on=today, body=subject.body)),
            version=figure("personnel.pledge.terms", "version", on=today, body=subject.body),
            signed_on=today,
            valid_until=_exit_of(subject),
            on_paper=not by_self,
            entered_by=actor,
            entered_at=at,
        )
        settle(kind=PLEDGE.key, subject=subject, evidence=subject, at=at)


def hand_over(
    *,
    actor: Person,
    subject: Departure,
    at: datetime,
    receiver: Person,
    list_number: str,
    badge: bool,
    extracts: bool,
    materials: bool,
    case_files: bool,
) -> None:
    """Watch over the handing over to the successor and no other, item by item. Clause: personnel.leave.handed."""
    with act(actor, HAND, subject, at=at, departure=subject.number):
        if actor.pk in (subject.dossier.person_id, receiver.pk):
            raise Refusal("监交人不得为交接双方", clause=HAND.clause, way_on="请另一人监交")
        if subject.successor_id not in (None, receiver.pk):
            raise Refusal(
                f"接收人须为指定的接管人{subject.successor}",
                clause=HAND.clause,
                way_on="接管人有变化的，先由本部门重新指定",
            )
        if receiver.pk == subject.dossier.person_id:
            raise Refusal("接管人不得为离岗人员本人", clause=HAND.clause)
        said = {
            "工作证": badge,
            "文件摘录本": extracts,
            "各种秘密资料": materials,
            "承办的文书档案": case_files,
        }
        if missing := [name for name, given in said.items() if not given]:
            raise Refusal(
                f"{'、'.join(missing)}尚未移交清楚",
                clause=HAND.clause,
                way_on="四项逐项移交，没有的也须核实后勾选",
            )
        number = check_written(list_number, "移交清册编号", clause=HAND.clause)
        _once(subject.handed_at)
        step(
            subject,
            State.APPROVED,
            State.APPROVED,
            handed_by=actor,
            handed_at=at,
            handed_list=number,
            successor=receiver,
        )


def audit(*, actor: Person, subject: Departure, at: datetime, conclusion: str) -> None:
    """离岗审计: for the classes that the body lists. Clause: personnel.leave.audit."""
    with act(actor, AUDIT, subject, at=at, departure=subject.number):
        if actor.pk == subject.dossier.person_id:
            raise Refusal("不得审计本人", clause=AUDIT.clause)
        said = check_written(conclusion, "审计结论", clause=AUDIT.clause)
        _once(subject.audited_at)
        step(subject, State.APPROVED, State.APPROVED, audited_by=actor, audited_at=at, audit=said)


def finish(*, actor: Person, subject: Departure, at: datetime) -> None:
    """The last of the five acts: rights are withdrawn, and the exit period runs. Clause: personnel.leave.cleared.

    Refused while the ledger shows anything in the person's hands, of whatever kind, naming it.
    """
    with act(actor, FINISH, subject, at=at, departure=subject.number) as deed:
        expect(subject, State.APPROVED)
        dossier, person, today = subject.dossier, subject.dossier.person, day_of(at)
        if actor.pk == person.pk:
            raise Refusal("不得办结本人的离岗", clause=FINISH.clause)
        names, others = sorted_for(actor, things_with(person), at=at)
        leaving.check_given_up([*names, *places_kept(person)], others=others)
        leaving.check_all_done(checklist(subject, reader=actor, at=at))
        until = _exit_of(subject)
        step(subject, State.APPROVED, State.DONE, done_by=actor, done_at=at)
        yesterday = today - timedelta(days=1)
        end_with_exit(person, last_day=yesterday, exit_until=until)
        ended = 0
        for appointment in appointments_on(today).filter(person=person):
            end_appointment(appointment, last_day=yesterday)
            ended += 1
        if Leaving(subject.kind).leaves_the_body:
            cut(person, active=False)
        if not dossier.move(before=dossier.state, after=Dossier.State.LEFT):
            raise ChangedByOther()
        for kind in (FINISH.key, TALK.key, PLEDGE.key):
            settle(kind=kind, subject=subject, evidence=subject, at=at)
        if Destination(subject.destination) is not Destination.SAME_BODY:
            days = figure("personnel.exit.supervisor", "days", on=today, body=subject.body)
            duty_about(
                subject,
                kind=PASS_ON,
                clause="personnel.exit.supervisor",
                text=f"移交脱密期人员名单：{person.name}",
                due=due_in_workdays(days, start=at, body=subject.body),
                at=at,
                page=PAGE,
                by=actor,
                post=HR,
            )
        deed.note(posts_ended=ended, exit_until=str(until))


def _asked(
    dossier: Dossier,
    *,
    actor: Person,
    kind: str,
    reason: str,
    destination: str,
    successor: Person | None,
    months: int,
    employer: str,
    for_life: bool,
    longer_reason: str,
    at: datetime,
) -> Departure:
    person, today = dossier.person, day_of(at)
    leaving.check_may_resign(
        kind,
        dossier.employment,
        in_exit_period=subject_of(person, at).in_exit_period,
        on_post=dossier.state == Dossier.State.ON_POST,
    )
    if successor is not None and successor.pk == person.pk:
        raise Refusal("接管人不得为离岗人员本人", clause=MATTER, way_on="请另行指定")
    where = Destination(destination)
    if where is Destination.STATE_ORGAN and not employer.strip():
        raise Refusal("请写明去往单位", clause="personnel.exit.supervisor")
    bounds = bounds_on(dossier.class_held, on=today, body=dossier.body)
    longer = leaving.check_months(months, bounds=bounds, reason=longer_reason, for_life=for_life)
    number = numbered("离", "departures", body=dossier.body, at=at)
    row = Departure(
        label=dossier.label,
        body=dossier.body,
        number=number,
        asked_by=actor,
        asked_at=at,
        dossier=dossier,
        kind=kind,
        reason=check_written(reason, "原因", clause=MATTER)[:200],
        destination=destination,
        employer=employer.strip(),
        successor=successor,
        months=months,
        for_life=for_life,
        longer_reason=longer_reason.strip(),
        supervisor=where.supervisor(body=dossier.body.name, employer=employer.strip()),
    )
    try:
        row.save(force_insert=True)
    except IntegrityError:
        raise Stale("已有离岗离职申请在办理", clause=MATTER, way_on="请刷新页面") from None
    ask(
        row,
        person=person,
        matter=MATTER,
        reason=row.reason,
        summary=f"{person.name} {row.get_kind_display()}",
        at=at,
        conditions={"longer": longer, "kind": kind},
    )
    return row


def _exit_of(departure: Departure) -> date:
    if departure.exit_until is None:
        raise Stale("脱密期尚未确定", clause="personnel.exit.term", way_on="待批准后再办")
    return departure.exit_until


def _once(moment: datetime | None) -> None:
    if moment is not None:
        raise Stale("这一项已经登记", clause="personnel.leave.five_acts", way_on="请刷新页面")


def _granted(case: Case, *, actor: Person, at: datetime) -> None:
    """The day of this act is the day of approval, from which the exit period counts."""
    row, today = Departure.named(case.subject), day_of(at)
    wanted = figure("personnel.leave.superior", "kinds", on=today, body=row.body)
    if row.get_kind_display() in wanted and not row.superior_opinion:
        raise Refusal(
            f"{row.get_kind_display()}须先征求上级保密工作部门意见",
            clause="personnel.leave.superior",
            way_on="由保密办登记上级意见和文号后再批准",
        )
    spend(case, at=at)
    until = leaving.exit_end(today, row.months, for_life=row.for_life)
    step(row, State.ASKED, State.APPROVED, approved_on=today, exit_until=until)
    person = row.dossier.person
    days = figure("personnel.leave.five_acts", "days", on=today, body=row.body)
    due = due_in_workdays(days, start=at, body=row.body)
    whose: list[tuple[str, str, dict[str, Any]]] = [
        (TALK.key, "离岗提醒谈话", {"post": SECRECY}),
        (FINISH.key, "办结离岗", {"post": HR}),
    ]
    if person.is_active:
        whose.append((PLEDGE.key, "签订离岗保密承诺书，清退载体和设备", {"person": person}))
    for kind, text, who in whose:
        duty_about(
            row,
            kind=kind,
            clause="personnel.leave.five_acts",
            text=f"{text}：{person.name}",
            due=due,
            at=at,
            page=PAGE,
            by=row.asked_by,
            **who,
        )


def _not_granted(case: Case, *, actor: Person, at: datetime) -> None:
    row = Departure.named(case.subject)
    taken_back = case.state == Case.State.WITHDRAWN
    step(row, State.ASKED, State.WITHDRAWN if taken_back else State.REFUSED)
    cancel_all(kind=FINISH.key, subject=row, reason=case, at=at)


ON_APPROVED[MATTER] = _granted
ON_REFUSED[MATTER] = _not_granted
