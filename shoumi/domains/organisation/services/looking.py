"""核查: what goes with a post follows it, what is missing becomes a duty, what is filled closes it again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from shoumi.domains.organisation.models import Survey, Tenure
from shoumi.domains.organisation.rules.gaps import Gap, succession_of
from shoumi.domains.organisation.selectors import (
    expiring,
    gaps,
    structure,
    title_of,
    world_of,
)
from shoumi.platform.access.acting import SYSTEM, Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.obligations.due import due_in_workdays, due_on
from shoumi.platform.obligations.loop import NOTICING
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import fulfil, raise_duty
from shoumi.platform.rulebook.figures import figure

MANAGERS = frozenset({"secrecy_office", "office_director"})
SURVEY = Action(
    "organisation.survey",
    "组织核查",
    clause="organisation.responsibility",
    posts=MANAGERS | {SYSTEM},
)
GAP, TERM = "organisation.gap", "organisation.term"
OWNER = "secrecy_office"
_DAY = timedelta(days=1)


def survey(*, actor: Person, at: datetime, body: Body | None = None) -> Survey:
    """Look through a body now; the system does so once a day. Clause: organisation.responsibility."""
    whole = body or actor.body
    with act(actor, SURVEY, whole, at=at) as deed:
        row = look(whole, at=at, found=True)
        deed.note(missing=row.missing if row else 0)
    return Survey.objects.get(body=whole)


def look(body: Body, *, at: datetime, found: bool = False) -> Survey | None:
    """Bring duties in step with the organisation; inside somebody's act.

    A body is looked through from its first organ on, or once somebody asks for it (`found`).
    """
    row = Survey.objects.filter(body=body).first()
    if row is None and not found:
        return None
    day = day_of(at)
    _follow(body, at=at)
    missing = gaps(body, at=at)
    _tell(body, missing, at=at)
    _warn(body, at=at)
    row, _ = Survey.objects.update_or_create(
        body=body, defaults={"through": day, "missing": len(missing)}
    )
    return row


def _follow(body: Body, *, at: datetime) -> None:
    """随任岗变动: end what went with a post that is no longer held, begin what comes with a new one."""
    day = day_of(at)
    following = succession_of(structure(), world_of(body, on=day))
    for one in following.ended:
        row = Tenure.objects.get(pk=one.key)
        row.move(
            before=Tenure.State.BORNE,
            after=Tenure.State.ENDED,
            until=max(row.since, day - _DAY),
            reason="随任岗变动",
        )
    departments = Department.objects.in_bulk({h.department for _, h in following.begun} - {None})
    for role, holder in following.begun:
        Tenure.objects.create(
            body=body,
            role=role.key,
            person_id=holder.person,
            department=departments.get(holder.department) if role.per == "department" else None,
            working=role.working,
            since=day,
            basis="随任岗变动",
        )


def _tell(body: Body, missing: Iterable[Gap], *, at: datetime) -> None:
    """One duty for each responsibility that lacks anybody anywhere; closed when nothing of it is missing."""
    by_key: dict[str, list[Gap]] = {}
    for gap in missing:
        by_key.setdefault(_subject(body, gap.key), []).append(gap)
    standing = {duty.subject: duty for duty in _open(body, GAP)}
    for subject, duty in standing.items():
        if subject not in by_key:
            fulfil(duty, evidence="已补齐", at=at)
    days = figure("organisation.gap", "workdays", on=day_of(at), body=body)
    for subject, lacking in by_key.items():
        if subject not in standing:
            first = lacking[0]
            raise_duty(
                kind=GAP,
                clause=first.clause,
                text=f"补齐：{first.title}",
                due=due_in_workdays(days, start=at, body=body),
                at=at,
                body=body,
                post=OWNER,
                subject=subject,
                url_name="organisation-gaps",
            )


def _warn(body: Body, *, at: datetime) -> None:
    """任期将满: ask for a renewal or a new election before the last day. Clause: organisation.term."""
    day = day_of(at)
    ending = {f"organisation.tenure:{row.pk}": row for row in expiring(body, on=day)}
    standing = {duty.subject: duty for duty in _open(body, TERM)}
    for subject, duty in standing.items():
        if subject not in ending:
            fulfil(duty, evidence="已续任或者改选", at=at)
    for subject, row in ending.items():
        if subject not in standing and row.term_ends is not None:
            last = max(row.term_ends, day)
            raise_duty(
                kind=TERM,
                clause=TERM,
                text=f"任期将满，办理续任或者改选：{title_of(structure().roles, row.role)}",
                due=due_on(last, start=at, body=body, rule="term"),
                at=at,
                body=body,
                post=OWNER,
                subject=subject,
                url_name="organisation-tenures-detail",
                url_pk=row.pk,
            )


def _open(body: Body, kind: str) -> QuerySet[Duty]:
    return Duty.objects.filter(body=body, kind=kind, state=Duty.State.OPEN)


def _subject(body: Body, key: str) -> str:
    return f"{GAP}:{body.pk}:{key}"


def _unlooked(at: datetime) -> QuerySet[Body]:
    """Bodies that were last looked through before today."""
    before = Survey.objects.filter(through__lt=day_of(at))
    return Body.objects.filter(local=True, pk__in=before.values("body")).order_by("id")


def _notice(system: Person, body: Body, *, at: datetime) -> int:
    return survey(actor=system, body=body, at=at).missing


NOTICING.append(("noticed", _unlooked, _notice))
