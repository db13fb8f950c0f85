"""责任书: issued once a year down the tree, signed by the one responsible, countersigned by the one above."""

from datetime import datetime

from shoumi.domains.organisation.models import Undertaking
from shoumi.domains.organisation.selectors import pairs, structure
from shoumi.domains.organisation.services.looking import MANAGERS
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.numbering.services import allot
from shoumi.platform.obligations.due import due_in_workdays
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import (
    ON_LEFT,
    cancel,
    raise_duty,
    settle,
    settle_recurring,
)
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.trail.models import name_of

CLAUSE = "organisation.undertaking"
YEARLY = "recurring.undertakings"
PAGE = "organisation-undertakings-detail"
ISSUE = Action("organisation.undertaking.issue", "发起责任书", clause=CLAUSE, posts=MANAGERS)
SIGN = Action("organisation.undertaking.sign", "签署责任书", clause=CLAUSE)
COUNTERSIGN = Action("organisation.undertaking.countersign", "上级签署责任书", clause=CLAUSE)

State = Undertaking.State


class NotTheSigner(Denied):
    """Only the person named signs."""


def issue(*, actor: Person, at: datetime, kind: str) -> list[Undertaking]:
    """Draw up this year's undertakings of a kind for everybody who has not got one."""
    with act(actor, ISSUE, at=at, kind=kind) as deed:
        day, body = day_of(at), actor.body
        made, alone = pairs(body, structure().undertakings[kind], on=day)
        rows = Undertaking.objects.filter(body=body, year=day.year, kind=kind)
        have = set(rows.exclude(state=State.VOID).values_list("signer", flat=True))
        wanted = [pair for pair in made if pair.signer not in have]
        if not wanted:
            raise Refusal(
                "本年度的责任书都已发起" if made else "还没有确定签订双方的责任人",
                clause=CLAUSE,
                way_on="查看签订情况" if made else "先在名册中确定责任人",
            )
        days = figure(CLAUSE, "workdays", on=day, body=body)
        due = due_in_workdays(days, start=at, body=body)
        people = Person.objects.select_related("body").in_bulk(
            {p.signer for p in wanted} | {p.superior for p in wanted}
        )
        found = []
        for pair in wanted:
            row = Undertaking.objects.create(
                body=body,
                number=_number(body, year=day.year),
                year=day.year,
                kind=kind,
                role=pair.role,
                signer=people[pair.signer],
                superior=people[pair.superior],
                department_id=pair.department,
                issued_at=at,
                due_on=day_of(due.at),
            )
            _ask(row, people[pair.signer], SIGN, "签署", by=actor, at=at)
            found.append(row)
        settle_recurring(kind=YEARLY, body=body, evidence=found[0], at=at)
        deed.note(issued=len(found), alone=len(alone))
    return found


def sign(*, actor: Person, subject: Undertaking, at: datetime) -> Undertaking:
    """The one responsible signs, which says too that the duties of the post were read."""
    with act(actor, SIGN, subject, at=at, number=subject.number):
        if subject.signer_id != actor.pk:
            raise NotTheSigner(
                "责任书由责任人本人签署", clause=CLAUSE, way_on="请责任人本人登录办理"
            )
        _step(subject, State.ISSUED, State.SIGNED, signed_at=at)
        settle(kind=SIGN.key, subject=subject, evidence=subject, at=at)
        _ask(subject, subject.superior, COUNTERSIGN, "作为上级签署", by=actor, at=at)
    return subject


def countersign(*, actor: Person, subject: Undertaking, at: datetime) -> Undertaking:
    """The one above signs; with that the undertaking stands."""
    with act(actor, COUNTERSIGN, subject, at=at, number=subject.number):
        if subject.superior_id != actor.pk:
            raise NotTheSigner(
                "由责任书写明的上级签署", clause=CLAUSE, way_on="请签订上级本人登录办理"
            )
        _step(subject, State.SIGNED, State.DONE, countersigned_at=at)
        settle(kind=COUNTERSIGN.key, subject=subject, evidence=subject, at=at)
    return subject


def _step(row: Undertaking, before: str, after: str, **changes: datetime) -> None:
    if not row.move(before=before, after=after, **changes):
        raise Stale("他人已修改：这份责任书的状态已经变动", clause=CLAUSE, way_on="请刷新页面")


def _ask(
    row: Undertaking, person: Person, action: Action, word: str, *, by: Person, at: datetime
) -> None:
    days = figure(CLAUSE, "workdays", on=day_of(at), body=row.body)
    raise_duty(
        kind=action.key,
        clause=CLAUSE,
        text=f"{word}{structure().undertakings[row.kind].title} {row.number}",
        due=due_in_workdays(days, start=at, body=row.body),
        at=at,
        person=person,
        subject=row,
        url_name=PAGE,
        url_pk=row.pk,
        raised_by=by,
    )


def _number(body: Body, *, year: int) -> str:
    return f"责〔{year}〕{allot('organisation.undertakings', body=body, year=year)}号"


def _void(duty: Duty, *, at: datetime) -> bool:
    """Whoever was to sign has left: the paper is void, and the list shows who now signs with whom."""
    row = Undertaking.objects.get(pk=int(duty.subject.rpartition(":")[2]))
    for state in (State.ISSUED, State.SIGNED):
        row.move(before=state, after=State.VOID)
    cancel(duty, reason=f"{name_of(row)} 当事人离岗", at=at)
    return True


ON_LEFT[SIGN.key] = _void
ON_LEFT[COUNTERSIGN.key] = _void
