"""机构: set up by a paper and dissolved by one; a studio only with the head's approval."""

from collections.abc import Sequence
from datetime import date, datetime

from shoumi.domains.organisation.models import Organ, Survey, Tenure
from shoumi.domains.organisation.selectors import structure
from shoumi.domains.organisation.services.looking import MANAGERS, look
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import day_of, person_principal, post_principal
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED, open_case, spend
from shoumi.platform.directory.models import Person

MATTER = "organisation.organ"
SET_UP = Action(
    "organisation.organ.set_up", "设立机构", clause="organisation.organs", posts=MANAGERS
)
DISSOLVE = Action(
    "organisation.organ.dissolve", "撤销机构", clause="organisation.organs", posts=MANAGERS
)
READERS = ("head", "deputy_leader", "secrecy_office", "office_director")

State = Organ.State


class AlreadyThere(Stale):
    """The organ stands already, or was moved on a moment ago."""


def set_up(
    *,
    actor: Person,
    at: datetime,
    kind: str,
    name: str,
    basis: str,
    set_up_on: date,
    functions: Sequence[str] = (),
    superior: str = "",
    leader: Person | None = None,
) -> Organ:
    """Set an organ up. Clauses: organisation.office, organisation.functions, organisation.studio."""
    with act(actor, SET_UP, at=at, kind=kind) as deed:
        told = structure().organs[kind]
        if set_up_on > day_of(at):
            raise Refusal("设立日期晚于今日", clause=told.clause, way_on="按文件的生效日期填写")
        if told.dual and not (superior.strip() and leader):
            raise Refusal(
                f"{told.title}受双重领导，须写明上级机构和本单位分管领导",
                clause=told.clause,
                way_on="补填上级机构和分管领导",
            )
        if told.functional and not functions:
            raise Refusal(
                "专项领导小组须选定所负职责", clause=told.clause, way_on="至少选择一项专项职责"
            )
        called = name.strip()
        if Organ.objects.filter(body=actor.body, name=called).exclude(
            state__in=[State.DISSOLVED, State.REFUSED]
        ):
            raise AlreadyThere(f"「{called}」已在册", clause=told.clause, way_on="核对名称")
        deed.subject = organ = Organ.objects.create(
            body=actor.body,
            kind=kind,
            name=called,
            functions=list(functions),
            superior=superior.strip(),
            leader=leader,
            basis=basis.strip(),
            set_up_on=set_up_on,
            asked_by=actor,
            state=State.ASKED if told.approved else State.STANDING,
        )
        if told.approved:
            _ask(organ, actor=actor, reason=f"设立{called}：{basis}", at=at)
        else:
            Survey.objects.get_or_create(body=actor.body, defaults={"through": day_of(at)})
            look(actor.body, at=at)
    return organ


def dissolve(*, actor: Person, subject: Organ, at: datetime, ended_on: date, reason: str) -> Organ:
    """Dissolve an organ; its seats end with it."""
    with act(actor, DISSOLVE, subject, at=at, reason=reason):
        told = structure().organs[subject.kind]
        if ended_on < subject.set_up_on:
            raise Refusal("撤销日期早于设立日期", clause=told.clause, way_on="核对日期")
        after = State.LEAVING if told.approved else State.DISSOLVED
        if not subject.move(
            before=State.STANDING, after=after, ended_on=ended_on, reason=reason.strip()
        ):
            raise AlreadyThere("该机构刚有变动", clause=told.clause, way_on="请刷新页面")
        if told.approved:
            _ask(subject, actor=actor, reason=f"撤销{subject}：{reason}", at=at)
        else:
            _empty(subject)
            look(subject.body, at=at)
    return subject


def _ask(organ: Organ, *, actor: Person, reason: str, at: datetime) -> None:
    body = organ.body
    principals = {post_principal(post, body.pk) for post in READERS}
    label = label_for(
        level=Level.INTERNAL,
        body=body,
        principals=principals | {person_principal(actor.pk)},
        basis="机构变动",
        on=day_of(at),
    )
    organ.case = open_case(
        actor=actor,
        matter=MATTER,
        subject=organ,
        label=label,
        reason=reason,
        at=at,
        summary=f"{organ}：{organ.get_state_display()}",
    )
    organ.save(update_fields=["case"])


def _empty(organ: Organ) -> None:
    """Nobody sits in an organ that is there no longer."""
    for seat in Tenure.objects.filter(organ=organ, state=Tenure.State.BORNE):
        last = max(seat.since, organ.ended_on or seat.since)
        seat.move(
            before=Tenure.State.BORNE, after=Tenure.State.ENDED, until=last, reason="机构撤销"
        )


def _organ_of(case: Case) -> Organ:
    return Organ.objects.select_related("body").get(pk=int(case.subject.rpartition(":")[2]))


def _granted(case: Case, *, actor: Person, at: datetime) -> None:
    """Inside the act of the last vote: what was asked for takes effect."""
    organ = _organ_of(case)
    spend(case, at=at)
    if organ.move(before=State.ASKED, after=State.STANDING):
        Survey.objects.get_or_create(body=organ.body, defaults={"through": day_of(at)})
    elif organ.move(before=State.LEAVING, after=State.DISSOLVED):
        _empty(organ)
    look(organ.body, at=at)


def _not_granted(case: Case, *, actor: Person, at: datetime) -> None:
    organ = _organ_of(case)
    if not organ.move(before=State.ASKED, after=State.REFUSED):
        organ.move(before=State.LEAVING, after=State.STANDING, ended_on=None, reason="")


ON_APPROVED[MATTER] = _granted
ON_REFUSED[MATTER] = _not_granted
