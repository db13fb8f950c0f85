"""责任: somebody is named for it, named again when the term is over, and relieved of it."""

from datetime import date, datetime, timedelta

from shoumi.domains.organisation.models import Organ, Tenure
from shoumi.domains.organisation.rules.structure import Role
from shoumi.domains.organisation.rules.terms import term_end
from shoumi.domains.organisation.selectors import borne_in, role_of, structure
from shoumi.domains.organisation.services.looking import MANAGERS, look
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.directory.selectors import appointments_on
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.posts import label_of

CLAUSE = "organisation.responsibility"
BEGIN = Action("organisation.tenure.begin", "确定责任人", clause=CLAUSE, posts=MANAGERS)
RENEW = Action("organisation.tenure.renew", "续任", clause="organisation.term", posts=MANAGERS)
QUALIFY = Action(
    "organisation.tenure.qualify",
    "核查任职资格",
    clause="organisation.qualification",
    posts=MANAGERS,
)
END = Action("organisation.tenure.end", "免去", clause="organisation.roster", posts=MANAGERS)


class Unfit(Refusal):
    """This person cannot bear this responsibility."""


def begin(
    *,
    actor: Person,
    at: datetime,
    role: str,
    person: Person,
    since: date,
    basis: str,
    organ: Organ | None = None,
    department: Department | None = None,
    scope: str = "",
    position: str = "",
    working: str = "",
    party_member: bool = False,
    qualification: str = "",
) -> Tenure:
    """Name somebody for a responsibility; the rulebook says who may bear it, and where."""
    with act(actor, BEGIN, at=at, role=role, person=person.pk) as deed:
        told = role_of(role)
        body = actor.body
        if told.automatic:
            raise Unfit(
                f"{told.title}随任岗变动自动登记",
                clause=told.clause,
                way_on=f"由安全保密管理员任命{label_of(told.post)}",
            )
        _check_place(told, body, organ, department, scope)
        _check_person(told, body, person, department, position, on=day_of(at))
        if told.party and not party_member:
            raise Unfit(
                f"{told.title}须由党员担任", clause=told.clause, way_on="另行指定，或者核实政治面貌"
            )
        if told.qualified:
            _check_qualified(qualification)
        if not basis.strip():
            raise Refusal("没有任职依据", clause=told.clause, way_on="写明任命文件或者会议决定")
        here = borne_in(body).filter(role=role, organ=organ, scope=scope)
        if told.per == "department":
            here = here.filter(department=department)
        if here.filter(person=person).exists():
            raise Stale(f"{person}已是{told.title}", clause=told.clause, way_on="请在名册中查看")
        if told.most and here.count() >= told.most:
            names = "、".join(str(row.person) for row in here)
            raise Unfit(
                f"{told.title}至多 {told.most} 人，现为{names}",
                clause=told.clause,
                way_on="先免去现任，再确定新的人选",
            )
        deed.subject = row = Tenure.objects.create(
            body=body,
            role=role,
            organ=organ,
            department=department,
            scope=scope,
            person=person,
            position=position.strip(),
            working=told.working or working,
            party_member=party_member,
            qualification=qualification.strip(),
            since=since,
            term_ends=_last_day(told, since, body),
            basis=basis.strip(),
        )
        look(body, at=at)
    return row


def renew(*, actor: Person, subject: Tenure, at: datetime, basis: str) -> Tenure:
    """Another term from the day after the last; one that is over begins today. Clause: organisation.term."""
    with act(actor, RENEW, subject, at=at, role=subject.role):
        told, day = role_of(subject.role), day_of(at)
        if subject.term_ends is None:
            raise Refusal("这项责任没有任期", clause=RENEW.clause, way_on="有变动的办理免去")
        warn = figure("organisation.term", "warn_days", on=day, body=subject.body)
        if subject.term_ends - timedelta(days=warn) > day:
            raise Refusal(
                f"任期至 {subject.term_ends} 届满，届满前 {warn} 天内方可续任",
                clause=RENEW.clause,
                way_on="届时再办",
            )
        from_day = max(subject.term_ends + timedelta(days=1), day)
        moved = Tenure.objects.filter(
            pk=subject.pk, state=Tenure.State.BORNE, renewals=subject.renewals
        ).update(
            renewals=subject.renewals + 1,
            term_ends=_last_day(told, from_day, subject.body),
            basis=basis.strip(),
        )
        if not moved:
            raise Stale("他人已修改：这项责任刚有变动", clause=RENEW.clause, way_on="请刷新页面")
        subject.refresh_from_db()
        look(subject.body, at=at)
    return subject


def qualify(*, actor: Person, subject: Tenure, at: datetime, qualification: str) -> Tenure:
    """Note on what knowledge and experience somebody was found fit. Clause: organisation.qualification."""
    with act(actor, QUALIFY, subject, at=at, role=subject.role):
        _check_qualified(qualification)
        rows = Tenure.objects.filter(pk=subject.pk, state=Tenure.State.BORNE, qualification="")
        if not rows.update(qualification=qualification.strip()):
            raise Stale("任职资格已经核查", clause=QUALIFY.clause, way_on="请刷新页面")
        subject.refresh_from_db()
        look(subject.body, at=at)
    return subject


def end(*, actor: Person, subject: Tenure, at: datetime, until: date, reason: str) -> Tenure:
    """Relieve somebody; the seat is empty from then on and becomes a duty. Clause: organisation.roster."""
    with act(actor, END, subject, at=at, role=subject.role, reason=reason):
        told = structure().roles.get(subject.role)
        if told is not None and told.automatic:
            raise Unfit(
                "随任岗变动的责任不单独免去", clause=END.clause, way_on="由安全保密管理员免去岗位"
            )
        if until < subject.since or until > day_of(at):
            raise Refusal(
                "免去日期应在任职日期和今日之间", clause=END.clause, way_on="按文件的生效日期填写"
            )
        ended = subject.move(
            before=Tenure.State.BORNE,
            after=Tenure.State.ENDED,
            until=until,
            reason=reason.strip(),
        )
        if not ended:
            raise Stale("他人已修改：此人已经免去", clause=END.clause, way_on="请刷新页面")
        look(subject.body, at=at)
    return subject


def _last_day(role: Role, since: date, body: Body) -> date | None:
    if not role.term:
        return None
    return term_end(since, years=figure("organisation.term", "years", on=since, body=body))


def _check_place(
    role: Role, body: Body, organ: Organ | None, department: Department | None, scope: str
) -> None:
    """The organ, department or matter that the responsibility asks for, and no other."""
    if role.organ:
        standing = organ is not None and organ.state == Organ.State.STANDING
        if organ is None or not standing or role not in structure().seats_of(organ.kind):
            title = structure().organs[role.organ].title
            raise Refusal(
                f"{role.title}属于{title}", clause=role.clause, way_on=f"请选择在册的{title}"
            )
    asked = {
        "department": department is not None,
        "scope": scope in role.scopes,
        "body": True,
    }
    if not asked[role.per]:
        wanted = {"department": "部门", "scope": f"事项（{'、'.join(role.scopes)}）"}[role.per]
        raise Refusal(f"{role.title}须写明{wanted}", clause=role.clause, way_on=f"请选择{wanted}")
    if (role.per != "scope" and scope) or (not role.organ and organ is not None):
        raise Refusal(
            f"{role.title}不分机构或者事项", clause=role.clause, way_on="去掉多填的机构、事项"
        )
    for owner in (organ, department):
        if owner is not None and owner.body_id != body.pk:
            raise Refusal("没有这个机构或者部门", clause=role.clause)


def _check_person(
    role: Role,
    body: Body,
    person: Person,
    department: Department | None,
    position: str,
    *,
    on: date,
) -> None:
    if person.body_id != body.pk or not person.active:
        raise Unfit("此人不是本单位在岗人员", clause=role.clause, way_on="请另选人员")
    if role.post:
        held = appointments_on(on).filter(person=person, post=role.post, standing_in_for=None)
        if role.per == "department" and department is not None:
            held = held.filter(department=department)
        if not held.exists():
            raise Unfit(
                f"{role.title}由{label_of(role.post)}担任，{person}未任此岗",
                clause=role.clause,
                way_on="核对人选；岗位有变动的，请安全保密管理员调整任岗",
            )
    if role.position:
        wanted = figure(role.position, "position", on=on, body=body)
        if position.strip() != wanted:
            raise Unfit(
                f"{role.title}由{wanted}担任",
                clause=role.clause,
                way_on="核对职务；本单位另有规定的，由安全保密管理员调整参数",
            )


def _check_qualified(qualification: str) -> None:
    if not qualification.strip():
        raise Unfit(
            "没有写明任职资格",
            clause="organisation.qualification",
            way_on="写明专业知识和工作经验的核查情况",
        )
