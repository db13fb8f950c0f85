"""Alarms (异常告警): bursts of refusals and failed log-ins, log-ins from two places, locked accounts.

Called every minute by the server; what it finds becomes a duty of 安全审计员, once for each matter until
the auditor has closed it with what was found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max

from shoumi.domains.accounts.rules import officers
from shoumi.platform.access.acting import SYSTEM, Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.directory.selectors import system_person
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import fulfil, raise_duty
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.trail.models import Entry
from shoumi.platform.trail.recording import moment

CLAUSE = "trail.alarm"
KIND = "trail.alarm"
ALARM = Action(CLAUSE, "异常告警", clause=CLAUSE, posts=frozenset({SYSTEM}))
CLOSE = Action(
    "trail.alarm.close",
    "核查告警",
    clause=CLAUSE,
    posts=frozenset({officers.AUDITOR}),
)
HOURS = 24


@dataclass(frozen=True)
class Sign:
    """One matter that somebody must look into: about what, in words, and when it was last seen."""

    about: str
    text: str
    last: str


def watch(at: datetime) -> int:
    """Look over the last while of every chain, and raise what is new. Clause: trail.alarm."""
    raised = 0
    for body in Body.objects.filter(local=True).order_by("id"):
        for sign in signs(body, at=at):
            raised += _raise(body, sign, at=at)
    return raised


def signs(body: Body, *, at: datetime) -> Iterator[Sign]:
    """Everything in the window of the clause that goes beyond its figure."""
    day = day_of(at)
    minutes = int(figure(CLAUSE, "minutes", on=day, body=body))
    limit = int(figure(CLAUSE, "denials", on=day, body=body))
    since = moment(at - timedelta(minutes=minutes))
    for look in (_denied, _failed, _elsewhere, _locked):
        yield from look(body.code, since, limit)


def close_alarm(*, actor: Person, subject: Duty, finding: str, at: datetime) -> None:
    """The auditor says what it was. Clause: trail.alarm."""
    with act(actor, CLOSE, subject, at=at, about=subject.subject):
        fulfil(subject, evidence=finding, at=at)


def _denied(chain: str, since: str, limit: int) -> Iterator[Sign]:
    """Somebody tries what is not theirs, again and again."""
    rows = (
        Entry.objects.filter(chain=chain, at__gte=since, event__endswith=".denied")
        .values("actor", "actor_name")
        .annotate(times=Count("id"), last=Max("at"))
        .filter(times__gte=limit)
        .order_by("actor")
    )
    for row in rows:
        text = f"{row['actor_name']}短时间内被拒绝 {row['times']} 次，请核查"
        yield Sign(f"denied:{row['actor']}", text, row["last"])


def _failed(chain: str, since: str, limit: int) -> Iterator[Sign]:
    """Somebody guesses, at one account or at many."""
    rows = Entry.objects.filter(chain=chain, at__gte=since, event="accounts.login_failed")
    found = rows.aggregate(times=Count("id"), last=Max("at"))
    if found["times"] >= limit:
        yield Sign("failed", f"短时间内登录失败 {found['times']} 次，请核查来源", found["last"])


def _elsewhere(chain: str, since: str, _: int) -> Iterator[Sign]:
    """One account at two places."""
    rows = Entry.objects.filter(chain=chain, at__gte=since, event="accounts.login").exclude(
        body__contains='"elsewhere":""'
    )
    for row in rows.filter(body__contains='"elsewhere":').order_by("id"):
        yield Sign(
            f"elsewhere:{row.actor}", f"{row.actor_name}的账号在两处登录，请核查是否本人", row.at
        )


def _locked(chain: str, since: str, _: int) -> Iterator[Sign]:
    """An account was guessed at until it locked."""
    rows = Entry.objects.filter(
        chain=chain, at__gte=since, event="accounts.login_failed", body__contains='"locked":true'
    ).exclude(subject="")
    for subject in rows.order_by("subject").values_list("subject", flat=True).distinct():
        person = Person.objects.filter(pk=subject.rpartition(":")[2]).first()
        last = rows.filter(subject=subject).aggregate(last=Max("at"))["last"]
        if person is not None:
            yield Sign(f"locked:{person.pk}", f"{person.name}的账号因连续错误被锁定，请核查", last)


def _raise(body: Body, sign: Sign, *, at: datetime) -> int:
    """One open duty a matter; a closed one is opened again only by something newer than it."""
    about = f"alarm:{body.pk}:{sign.about}"
    known = Duty.objects.filter(kind=KIND, subject=about).order_by("-id").first()
    if known is not None and (known.state == Duty.State.OPEN or _is_old(sign, known)):
        return 0
    system = system_person()
    system.body = body
    with act(system, ALARM, None, at=at, about=sign.about) as deed:
        deed.subject = raise_duty(
            kind=KIND,
            clause=CLAUSE,
            text=sign.text,
            due=at + timedelta(hours=HOURS),
            at=at,
            body=body,
            post=officers.AUDITOR,
            subject=about,
            url_name="accounts-alarms",
            urgency=Duty.Urgency.URGENT,
        )
    return 1


def _is_old(sign: Sign, known: Duty) -> bool:
    """Whether the auditor has already dealt with all of it."""
    closed = known.closed_at
    return closed is not None and datetime.fromisoformat(sign.last) <= closed
