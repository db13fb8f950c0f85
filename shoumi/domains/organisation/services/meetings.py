"""会议: called with its agenda, held with everybody counted, resolved by hands, and minuted."""

from collections.abc import Sequence
from datetime import date, datetime

from shoumi.domains.organisation.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Organ,
    Resolution,
)
from shoumi.domains.organisation.rules import meetings as rules
from shoumi.domains.organisation.selectors import members_on, structure
from shoumi.domains.organisation.services.looking import MANAGERS
from shoumi.domains.organisation.services.tasks import RESOLVED, give, label_about
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.grades import check_within_grade
from shoumi.platform.access.services import widen
from shoumi.platform.access.subjects import day_of, person_principal
from shoumi.platform.directory.models import Department, Person
from shoumi.platform.numbering.services import allot
from shoumi.platform.obligations.services import (
    cancel_all,
    raise_duty,
    settle,
    settle_recurring,
)
from shoumi.platform.rulebook.figures import figure

CLAUSE = "organisation.meeting"
REGULAR = "recurring.committee_meeting"
CALLERS = MANAGERS | {"department_head"}
CALL = Action(
    "organisation.meeting.call", "通知会议", clause="organisation.meeting.topic", posts=CALLERS
)
ATTEND = "organisation.meeting.attend"
HOLD = Action(
    "organisation.meeting.hold",
    "登记到会",
    clause="organisation.meeting.attendance",
    posts=CALLERS,
)
RESOLVE = Action(
    "organisation.meeting.resolve", "登记决议", clause="organisation.resolution", posts=CALLERS
)
DROP = Action("organisation.meeting.drop", "取消会议", clause=CLAUSE, posts=CALLERS)
MINUTE = Action("organisation.meeting.minute", "印发纪要", clause=CLAUSE, posts=CALLERS)

State = Meeting.State


def call(
    *,
    actor: Person,
    at: datetime,
    kind: str,
    name: str,
    planned_at: datetime,
    place: str,
    presider: Person,
    people: Sequence[Person],
    agenda: str,
    organ: Organ | None = None,
    department: Department | None = None,
    level: int = Level.INTERNAL,
) -> Meeting:
    """Call people together; secrecy must be on the agenda. Clause: organisation.meeting.topic."""
    with act(actor, CALL, at=at, kind=kind) as deed:
        check_within_grade(Level(level))
        items = rules.read_agenda(agenda)
        if not rules.names_secrecy(items):
            raise Refusal(
                "议程中没有保密议题", clause=CALL.clause, way_on="增列一项保密工作议题后再通知"
            )
        _check_of_whom(kind, organ, department)
        called = {person.pk: person for person in (*people, presider)}
        label = label_about(
            list({**called, actor.pk: actor}.values()), Level(level), body=actor.body, at=at
        )
        day = day_of(at)
        deed.subject = meeting = Meeting.objects.create(
            label=label,
            body=actor.body,
            number=f"会〔{day.year}〕"
            f"{allot('organisation.meetings', body=actor.body, year=day.year)}号",
            kind=kind,
            organ=organ,
            department=department,
            name=name.strip(),
            called_by=actor,
            called_at=at,
            planned_at=planned_at,
            place=place.strip(),
            presider=presider,
        )
        for order, text in enumerate(items, start=1):
            AgendaItem.objects.create(label=label, meeting=meeting, order=order, text=text)
        for person in called.values():
            Attendance.objects.create(label=label, meeting=meeting, person=person)
            raise_duty(
                kind=ATTEND,
                clause=CLAUSE,
                text=f"参加会议 {meeting.number}（{planned_at:%m-%d %H:%M}）",
                due=planned_at,
                at=at,
                person=person,
                label=label,
                subject=meeting,
                url_name="organisation-meetings-detail",
                url_pk=meeting.pk,
                raised_by=actor,
            )
    return meeting


def hold(
    *,
    actor: Person,
    subject: Meeting,
    at: datetime,
    held_at: datetime,
    absent: Sequence[Person] = (),
    reasons: str = "",
    minutes: str,
) -> Meeting:
    """The meeting took place: who was there, who was not and why, and what was said."""
    with act(actor, HOLD, subject, at=at, number=subject.number) as deed:
        if held_at > at:
            raise Refusal("召开时间晚于现在", clause=HOLD.clause, way_on="按实际时间填写")
        why = _reasons(absent, reasons)
        rows = Attendance.objects.visible_to(actor, at=at).filter(meeting=subject)
        for row in rows.select_related("person"):
            row.present = row.person_id not in why
            row.reason = why.get(row.person_id, "")
            row.save(update_fields=["present", "reason"])
        _step(
            subject,
            State.CALLED,
            State.HELD,
            held_at=held_at,
            recorder=actor,
            minutes=minutes.strip(),
        )
        settle(kind=ATTEND, subject=subject, evidence=subject, at=at)
        deed.note(absent=len(why))
    return subject


def resolve(
    *,
    actor: Person,
    subject: Meeting,
    at: datetime,
    text: str,
    yes: int,
    no: int,
    abstained: int,
    line: str,
    person: Person,
    due_on: date,
) -> Resolution:
    """What the members resolved, and who carries it out by when. Clause: organisation.resolution."""
    with act(actor, RESOLVE, subject, at=at, number=subject.number) as deed:
        if subject.state != State.HELD:
            raise Stale(
                "会议尚未登记到会，或者已出纪要", clause=RESOLVE.clause, way_on="请刷新页面"
            )
        day = day_of(at)
        members, present = _counted(subject, actor, at=at)
        quorum = figure(RESOLVE.clause, "quorum", on=day, body=subject.body)
        majority = figure(RESOLVE.clause, "majority", on=day, body=subject.body)
        rules.check_quorum(members=members, present=present, percent=quorum)
        vote = rules.Vote(yes, no, abstained)
        rules.check_vote(vote, present=present, percent=majority)
        known = Resolution.objects.visible_to(actor, at=at).filter(meeting=subject)
        resolution: Resolution = Resolution.objects.create(
            label=subject.label,
            meeting=subject,
            order=known.count() + 1,
            text=text.strip(),
            yes=yes,
            no=no,
            abstained=abstained,
        )
        # Whoever carries it out need not have been there.
        label = label_about([actor, person], subject.level, body=subject.body, at=at)
        widen(
            label,
            principals={person_principal(subject.presider_id)},
            basis=subject.number,
            on=day,
        )
        task = give(
            actor=actor,
            at=at,
            label=label,
            origin=RESOLVED,
            line=line,
            matter=text,
            person=person,
            due_day=due_on,
            basis=str(resolution),
            resolution=resolution,
        )
        deed.note(resolution=resolution.order, task=task.number)
    return resolution


def drop(*, actor: Person, subject: Meeting, at: datetime, reason: str) -> Meeting:
    """The meeting does not take place; nobody need come."""
    with act(actor, DROP, subject, at=at, number=subject.number, reason=reason):
        _step(subject, State.CALLED, State.DROPPED)
        cancel_all(kind=ATTEND, subject=subject, reason=f"会议取消：{reason}"[:200], at=at)
    return subject


def minute(*, actor: Person, subject: Meeting, at: datetime) -> Meeting:
    """The minutes go out; with those of the committee, or of the leaders, their regular meeting is done."""
    with act(actor, MINUTE, subject, at=at, number=subject.number):
        _step(subject, State.HELD, State.MINUTED, minuted_at=at)
        told = structure()
        settled = [told.meetings[subject.kind].settles]
        settled += [told.organs[subject.organ.kind].settles] if subject.organ else []
        for regular in filter(None, settled):
            settle_recurring(kind=regular, body=subject.body, evidence=subject, at=at)
    return subject


def _check_of_whom(kind: str, organ: Organ | None, department: Department | None) -> None:
    """A meeting of an organ names one that meets, a meeting of a department names that."""
    of = structure().meetings[kind].of
    for owner, said in (("organ", organ), ("department", department)):
        if (of == owner) != (said is not None):
            word = {"organ": "机构", "department": "部门"}[owner]
            raise Refusal(
                f"{kind}{'须选定' if of == owner else '不选'}{word}",
                clause=CLAUSE,
                way_on=f"核对会议类别和{word}",
            )
    if organ is not None and not structure().organs[organ.kind].meets:
        raise Refusal(f"{organ}不召开会议", clause=CLAUSE, way_on="请选择委员会或者领导小组")


def _reasons(absent: Sequence[Person], text: str) -> dict[int, str]:
    """Why each absent person was absent, a line each in their order. Clause: organisation.meeting.attendance."""
    said = [line.strip() for line in text.splitlines() if line.strip()]
    if len(said) != len(absent):
        raise Refusal(
            f"缺席 {len(absent)} 人，写明原因 {len(said)} 条",
            clause=HOLD.clause,
            way_on="逐人一行写明缺席原因，次序与所选人员一致",
        )
    return {person.pk: reason[:60] for person, reason in zip(absent, said, strict=True)}


def _counted(meeting: Meeting, actor: Person, *, at: datetime) -> tuple[int, int]:
    """Members of the organ (or all who were called), and those of them who were there."""
    rows = Attendance.objects.visible_to(actor, at=at).filter(meeting=meeting)
    present = set(rows.filter(present=True).values_list("person", flat=True))
    if meeting.organ is None:
        return rows.count(), len(present)
    members = {seat.person_id for seat in members_on(meeting.organ, on=day_of(at))}
    return len(members), len(present & members)


def _step(row: Meeting, before: str, after: str, **changes: object) -> None:
    if not row.move(before=before, after=after, **changes):
        raise Stale("他人已修改：这次会议的状态已经变动", clause=CLAUSE, way_on="请刷新页面")
