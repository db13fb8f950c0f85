"""Posts (岗位): proposed by 安全保密管理员 with their basis, carried out by another person's consent."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError
from django.db.models import F

from shoumi.domains.accounts import selectors
from shoumi.domains.accounts.models import Proposal
from shoumi.domains.accounts.rules import officers
from shoumi.domains.accounts.services.people import keep_an_officer
from shoumi.domains.accounts.services.waiting import ask_consent
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Appointment, Department, Person
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.model import Post
from shoumi.platform.rulebook.source import rulebook

SECADMIN = frozenset({officers.SECADMIN})
APPOINT = Action("accounts.appoint", "任命岗位", clause="accounts.appoint", posts=SECADMIN)
STAND_IN = Action("accounts.stand_in", "安排代理", clause="accounts.appoint", posts=SECADMIN)
DISMISS = Action("accounts.dismiss", "免去岗位", clause="accounts.succession", posts=SECADMIN)


def appoint(
    *,
    actor: Person,
    subject: Person,
    post: str,
    department: Department | None,
    since: date,
    until: date | None,
    basis: str,
    at: datetime,
) -> Proposal:
    """Propose that a person hold a post; nothing is granted before the consent."""
    with act(actor, APPOINT, subject, at=at, post=post) as deed:
        proposal = Proposal(
            body=subject.body,
            kind=Proposal.Kind.APPOINT,
            person=subject,
            post=post,
            department=department,
            since=since,
            until=until,
            basis=basis,
        )
        check_post(proposal, on=day_of(at))
        deed.note(proposal=propose(proposal, actor=actor, at=at))
    return proposal


def stand_in(
    *,
    actor: Person,
    subject: Appointment,
    person: Person,
    since: date,
    until: date,
    basis: str,
    at: datetime,
) -> Proposal:
    """Propose that `person` stand in for the holder of an appointment; clearance is never lent."""
    with act(actor, STAND_IN, subject, at=at, post=subject.post) as deed:
        if person.pk == subject.person_id or person.body_id != subject.body_id:
            raise Refusal("代理人须是本单位的另一人", clause=STAND_IN.clause)
        if subject.standing_in_for_id is not None:
            raise Refusal(
                "代理的岗位不得再转代理", clause=STAND_IN.clause, way_on="请为任岗者本人安排"
            )
        proposal = Proposal(
            body=subject.body,
            kind=Proposal.Kind.STAND_IN,
            person=person,
            post=subject.post,
            department=subject.department,
            standing_in_for=subject.person,
            since=since,
            until=until,
            basis=basis,
        )
        check_post(proposal, on=day_of(at))
        deed.note(proposal=propose(proposal, actor=actor, at=at))
    return proposal


def dismiss(
    *, actor: Person, subject: Appointment, last_day: date, reason: str, at: datetime
) -> Proposal | None:
    """End an appointment after its last day; that of an officer only by a second person's consent."""
    with act(actor, DISMISS, subject, at=at, post=subject.post, reason=reason) as deed:
        _check_last_day(subject, last_day, on=day_of(at))
        if subject.post not in officers.OFFICERS:
            end_appointment(subject, last_day=last_day)
            return None
        proposal = Proposal(
            body=subject.body,
            kind=Proposal.Kind.DISMISS,
            person=subject.person,
            post=subject.post,
            appointment=subject,
            since=subject.since,
            until=last_day,
            basis=reason,
        )
        keep_an_officer(subject.person, at=at)
        deed.note(proposal=propose(proposal, actor=actor, at=at))
        return proposal


def propose(proposal: Proposal, *, actor: Person, at: datetime) -> int:
    """Enter a proposal inside the act of its proposer; who proposes never gains by it."""
    if proposal.person_id == actor.pk:
        raise Refusal(
            "不得为本人提出授权",
            clause="accounts.officers.mutual",
            way_on="请由另一名安全保密管理员提出",
        )
    proposal.proposed_by = actor
    proposal.proposed_at = at
    try:
        proposal.save(force_insert=True)
    except IntegrityError:
        raise Stale(
            "同一事项已有待同意的提议", clause="accounts.second_person", way_on="请先撤回原提议"
        ) from None
    ask_consent(
        proposal,
        text=f"{proposal.get_kind_display()}：{proposal.person.name}，请审定",
        page="accounts-proposals-detail",
        posts=list(figure("accounts.second_person", "posts", on=day_of(at), body=proposal.body)),
        strangers={actor.pk, proposal.person_id, proposal.standing_in_for_id or 0},
        by=actor,
        at=at,
    )
    return int(proposal.pk)


def carry_out_appointment(proposal: Proposal, *, at: datetime) -> None:
    """Make the appointment that was consented to, and end the person's sessions."""
    check_post(proposal, on=day_of(at))
    since = max(proposal.since, day_of(at))
    try:
        Appointment.objects.create(
            person=proposal.person,
            post=proposal.post,
            body=proposal.body,
            department=proposal.department,
            since=since,
            until=proposal.until,
            standing_in_for=proposal.standing_in_for,
        )
    except IntegrityError:
        raise Stale(
            "此人刚被任命其他岗位，与本岗位不能兼任", clause="accounts.officers.separate"
        ) from None
    end_sessions(proposal.person)


def carry_out_dismissal(proposal: Proposal, *, at: datetime) -> None:
    """End an officer's appointment, if another officer of the kind remains."""
    keep_an_officer(proposal.person, at=at)
    appointment = proposal.appointment
    if appointment is not None and proposal.until is not None:
        end_appointment(appointment, last_day=proposal.until)


def end_appointment(appointment: Appointment, *, last_day: date) -> None:
    """Write the last day and end the sessions of its holder."""
    found = Appointment.objects.filter(pk=appointment.pk, until=appointment.until)
    if not found.update(until=last_day):
        raise Stale("任岗刚被他人修改", clause=DISMISS.clause)
    end_sessions(appointment.person)


def end_sessions(person: Person) -> None:
    """Rights changed: whoever is logged in with this account logs in again. Clause: accounts.disable."""
    Person.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)


def check_post(proposal: Proposal, *, on: date) -> None:
    """The post exists, is fit for this person and period, and stands beside no post it excludes."""
    post = rulebook().posts.get(proposal.post)
    if post is None or not post.appointed:
        raise Refusal("没有这个岗位，或者不需任命", clause=APPOINT.clause)
    if not proposal.person.account or not proposal.person.active:
        raise Refusal(
            "此人账号未启用，不能任岗", clause=APPOINT.clause, way_on="请先启用账号，再行任命"
        )
    _check_department(proposal, post)
    if proposal.until is not None and proposal.until < max(proposal.since, on):
        raise Refusal("止日不得早于起日和今日", clause=APPOINT.clause)
    held = selectors.posts_between(
        proposal.person, since=max(proposal.since, on), until=proposal.until
    )
    labels = {key: found.label for key, found in rulebook().posts.items()}
    exclusive = {key for key in held if rulebook().posts[key].exclusive}
    if post.exclusive or exclusive:
        officers.check_appointment(proposal.post, held=held, labels=labels)
    if proposal.post in held and proposal.standing_in_for is None:
        raise Refusal(
            f"此人同期已任{post.label}", clause=APPOINT.clause, way_on="如需变更，请先免去"
        )


def _check_department(proposal: Proposal, post: Post) -> None:
    department = proposal.department
    if department is not None and department.body_id != proposal.body_id:
        raise Refusal("没有这个部门", clause=APPOINT.clause)
    if post.bound == "department" and department is None:
        raise Refusal(f"{post.label}按部门任命", clause=APPOINT.clause, way_on="请选择部门")


def _check_last_day(appointment: Appointment, last_day: date, *, on: date) -> None:
    if appointment.until is not None and appointment.until < on:
        raise Stale("该任岗已经结束", clause=DISMISS.clause)
    if last_day < on - timedelta(days=1):
        raise Refusal(
            "末日不得早于昨日",
            clause=DISMISS.clause,
            way_on="即日免去的，末日填昨日；干完今天再免的，填今日",
        )
