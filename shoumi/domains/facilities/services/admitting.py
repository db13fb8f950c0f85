"""准入名单: who may enter a site, by name or by post, for how long; approved, and taken off again."""

from datetime import date, datetime, timedelta

from shoumi.domains.facilities.models import Admission, Site
from shoumi.domains.facilities.rules import doors, sites
from shoumi.domains.facilities.services.standing import posts_of, standing, step, words_of
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED, open_case
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.crosschecks import recheck
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.posts import label_of as post_label

MATTER = "facilities.admission"
OF_KEYS = "key_holder_not_admitted"

ASK = Action("facilities.admission.ask", "申请准入", clause="facilities.admission")
REVOKE = Action(
    "facilities.admission.revoke",
    "取消准入",
    clause="facilities.admission",
    posts=frozenset({"registrar", "secrecy_office", "office_director"}),
)

State = Admission.State


def ask(
    *,
    actor: Person,
    subject: Site,
    at: datetime,
    reason: str,
    person: Person | None = None,
    post: str = "",
    days: int | None = None,
) -> Admission:
    """Ask that a person, or whoever holds a post, may enter; `days` makes it a temporary one."""
    with act(actor, ASK, subject, at=at, site=subject.number) as deed:
        if (person is None) == (not post):
            raise Refusal(
                "准入对象应为一名人员或者一个岗位",
                clause="facilities.admission",
                way_on="人员和岗位只选一项",
            )
        today = day_of(at)
        _check_may_be_listed(subject, person=person, post=post, at=at)
        made: Admission = Admission.objects.create(
            label=subject.label,
            site=subject,
            person=person,
            post=post,
            reason=sites.check_said(reason, "进入事由", clause="facilities.admission"),
            since=today,
            until=_until(days, subject, today=today),
            asked_by=actor,
            asked_at=at,
        )
        whom = person.name if person is not None else post_label(post)
        made.case = open_case(
            actor=actor,
            matter=MATTER,
            subject=made,
            label=made.label,
            reason=made.reason,
            at=at,
            conditions={"lasting": days is None},
            summary=f"{whom}进入 {subject.place.name}"[:120],
        )
        made.save(update_fields=["case"])
        deed.note(lasting=days is None)
    return made


def revoke(*, actor: Person, subject: Admission, at: datetime, reason: str) -> Admission:
    """Take somebody off the list; keys still held are then called in. Clause: facilities.keys.custodian."""
    with act(actor, REVOKE, subject, at=at):
        why = sites.check_said(reason, "取消理由", clause="facilities.admission")
        step(subject, State.IN_FORCE, State.REVOKED, revoked_on=day_of(at), revoked_why=why)
        recheck(OF_KEYS, body=subject.site.body, at=at)
    return subject


def _check_may_be_listed(site: Site, *, person: Person | None, post: str, at: datetime) -> None:
    sites_posts = {post_label(post)} if post else set()
    if person is not None:
        clearance, leaving = standing(person, at=at)
        doors.check_cleared(clearance, level=Level(site.secrecy), leaving=leaving, who=person.name)
        sites_posts = set(posts_of(person, site, at=at).values())
    sites.check_listable(
        site.is_machine_room,
        sites_posts,
        allowed=words_of("facilities.machines", "posts", body=site.body, at=at),
    )


def _until(days: int | None, site: Site, *, today: date) -> date | None:
    """The last day of a temporary admission. Clause: facilities.admission."""
    if days is None:
        return None
    most = figure("facilities.admission", "temporary", on=today, body=site.body)
    if not 1 <= days <= most:
        raise Refusal(
            f"临时准入不超过 {most} 天",
            clause="facilities.admission",
            way_on="长期进入的，不填天数，按正式准入报批",
        )
    return today + timedelta(days=days - 1)


def _granted(case: Case, *, actor: Person, at: datetime) -> None:
    admission = Admission.named(case.subject)
    step(admission, State.ASKED, State.IN_FORCE)
    recheck(OF_KEYS, body=admission.site.body, at=at)


def _not_granted(case: Case, *, actor: Person, at: datetime) -> None:
    step(Admission.named(case.subject), State.ASKED, State.REFUSED)


ON_APPROVED[MATTER] = _granted
ON_REFUSED[MATTER] = _not_granted
