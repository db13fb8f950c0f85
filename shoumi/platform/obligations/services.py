"""Duties are raised and closed inside the acts of the rooms above; 催办 and the calendar are acts here."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import models
from django.db.models import F

from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.kernel.workdays import parse_notice
from shoumi.platform.access.acting import SYSTEM, Action, Hidden, act
from shoumi.platform.access.models import Label
from shoumi.platform.access.subjects import day_of, holds
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.obligations import calendar
from shoumi.platform.obligations.due import (
    FIXED,
    Due,
    closing,
    due_fixed,
    due_in_hours,
    recount,
)
from shoumi.platform.obligations.models import CalendarDay, CalendarYear, Duty, Reminder
from shoumi.platform.obligations.recurring import definitions, due_of_period, reopen_schedules
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.trail.models import name_of

FULFIL = Control("obligations.fulfil", kind="refuse", label="凭据销号")
PERSON = Control("obligations.fulfil", kind="duty", label="凭据销号")
REMIND = Action("obligations.remind", "催办", clause="obligations.remind.interval")
REPORT = Action("obligations.report", "报告办结", clause="obligations.evidence")
SEED = Action(
    "obligations.calendar.seed",
    "装入历年日历",
    clause="obligations.calendar",
    posts=frozenset({SYSTEM, "sysadmin"}),
)
IMPORT = Action(
    "obligations.calendar.import",
    "导入年度日历",
    clause="obligations.calendar.import",
    posts=frozenset({"sysadmin"}),
)
CLOSE_OFFICE = Action(
    "obligations.calendar.unit_holiday",
    "登记单位放假",
    clause="obligations.calendar",
    posts=frozenset({"office_director"}),
)
IMPORT_DUE = "recurring.calendar_import"
WATCHERS = ("registrar", "office_director")
_AT_ONCE = 500

# kind → what happens when a duty of that kind has run out: called as f(duty, at=at) in the system's act.
ON_DUE: dict[str, Callable[..., None]] = {}
# kind → what keeps its own copy of the due time: called as f(duty, at=at) after it was counted anew.
ON_RECOUNTED: dict[str, Callable[..., None]] = {}
# kind → who takes over from a leaver, where a post will not do: f(duty, at=at) returns whether it did.
ON_LEFT: dict[str, Callable[..., bool]] = {}


class NotConcerned(Denied):
    """Only those who wait for a thing, or watch over all, may urge it."""


class NotByHand(Refusal):
    """This duty is closed by what is done on its page, and not by a sentence about it."""


class AlreadyClosed(Stale):
    """The duty was done or withdrawn a moment ago."""


def raise_duty(
    *,
    kind: str,
    clause: str,
    text: str,
    due: Due | datetime,
    at: datetime,
    body: Body | None = None,
    person: Person | None = None,
    post: str = "",
    department: Department | None = None,
    label: Label | None = None,
    subject: models.Model | str = "",
    url_name: str = "",
    url_pk: int | None = None,
    raised_by: Person | None = None,
    urgency: int = Duty.Urgency.NORMAL,
    period: str = "",
    above: Duty | None = None,
) -> Duty:
    """Put a duty on a person, or on whoever holds a post; inside somebody's act. `text` holds no content."""
    owner = body or (person.body if person is not None else None)
    if owner is None or (person is None) == (not post):
        raise ValueError("a duty is either a person's or a post's, in a body")
    when = due if isinstance(due, Due) else due_fixed(due)
    return Duty.objects.create(
        body=owner,
        kind=kind,
        clause=clause,
        text=text,
        due_at=when.at,
        due_rule=when.rule,
        counted_from=when.start,
        provisional=when.provisional,
        raised_at=at,
        raised_by=raised_by,
        person=person,
        post=post,
        department=department,
        label=label,
        subject=subject if isinstance(subject, str) else name_of(subject),
        url_name=url_name,
        url_pk=url_pk,
        urgency=urgency,
        period=period,
        above=above,
        escalate_at=None if above else next_escalation(when.at, body=owner),
    )


def next_escalation(after: datetime, *, body: Body) -> datetime:
    """When an overdue duty is brought before the next level. Clause: obligations.escalation."""
    hours = figure("obligations.escalation", "hours", on=day_of(after), body=body)
    return due_in_hours(hours, start=after, body=body).at


def fulfil(duty: Duty, *, evidence: models.Model | str, at: datetime) -> None:
    """Close a duty with what proves it done; inside somebody's act. Clause: obligations.evidence."""
    if not _close(duty, Duty.State.DONE, evidence=evidence, at=at):
        raise AlreadyClosed("该事项已经办结", clause="obligations.evidence", way_on="请刷新页面")


def settle(
    *,
    kind: str,
    subject: models.Model | str,
    evidence: models.Model | str,
    at: datetime,
    person: Person | None = None,
) -> int:
    """Close with one proof every open duty of a kind about a subject; how many there were."""
    open_ones = duties_about(subject, kind=kind, person=person)
    return sum(_close(d, Duty.State.DONE, evidence=evidence, at=at) for d in open_ones)


def settle_recurring(*, kind: str, body: Body, evidence: models.Model | str, at: datetime) -> int:
    """Close a body's open recurring duties of a kind with one proof; inside somebody's act."""
    open_ones = Duty.objects.filter(kind=kind, body=body, state=Duty.State.OPEN).exclude(period="")
    return sum(_close(d, Duty.State.DONE, evidence=evidence, at=at) for d in open_ones)


def cancel(duty: Duty, *, reason: models.Model | str, at: datetime) -> bool:
    """Withdraw a duty whose ground is gone; the reason is kept like a proof."""
    return _close(duty, Duty.State.CANCELLED, evidence=reason, at=at)


def cancel_all(
    *,
    kind: str,
    subject: models.Model | str,
    reason: models.Model | str,
    at: datetime,
    person: Person | None = None,
) -> int:
    """Withdraw every open duty of a kind about a subject; how many there were."""
    open_ones = duties_about(subject, kind=kind, person=person)
    return sum(_close(d, Duty.State.CANCELLED, evidence=reason, at=at) for d in open_ones)


def close_many(keys: Sequence[int], *, evidence: str, at: datetime) -> None:
    """Close some open duties with one proof, and what was raised above them; inside somebody's act."""
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        of_them = models.Q(pk__in=some) | models.Q(above__in=some)
        Duty.objects.filter(of_them, state=Duty.State.OPEN).update(
            state=Duty.State.DONE, closed_at=at, evidence=evidence, escalate_at=None
        )


def duties_about(
    subject: models.Model | str, *, kind: str, person: Person | None = None
) -> models.QuerySet[Duty]:
    """Open duties of a kind that speak of a thing, for the floors above."""
    name = subject if isinstance(subject, str) else name_of(subject)
    found = Duty.objects.filter(subject=name, kind=kind, state=Duty.State.OPEN).order_by("id")
    return found if person is None else found.filter(person=person)


def remind(*, actor: Person, subject: Duty, words: str, at: datetime) -> Reminder:
    """Urge a duty (催办) in written words. Clause: obligations.remind.interval."""
    with act(actor, REMIND, subject, at=at) as deed:
        _check_concern(actor, subject, at=at)
        if not words.strip():
            raise Refusal("催办须写明意见", clause="obligations.remind.interval")
        _check_interval(subject, at=at)
        urged = Duty.objects.filter(
            pk=subject.pk, state=Duty.State.OPEN, reminders=subject.reminders
        ).update(reminders=F("reminders") + 1, last_reminded_at=at)
        if not urged:
            raise AlreadyClosed(
                "该事项已经办结或者刚被催办",
                clause="obligations.remind.interval",
                way_on="请刷新页面",
            )
        reminder = Reminder.objects.create(duty=subject, by=actor, at=at, words=words.strip())
        subject.refresh_from_db()
        deed.note(times=subject.reminders)
    return reminder


def report(*, actor: Person, subject: Duty, evidence: str, at: datetime) -> Duty:
    """Close a recurring duty of one's own with a written proof. Clause: obligations.evidence."""
    with act(actor, REPORT, subject, at=at, kind=subject.kind, period=subject.period):
        if not Duty.objects.visible_to(actor, at=at).filter(pk=subject.pk).exists():
            raise Hidden("没有这一项", clause="access.may_know")
        definition = definitions().get(subject.kind)
        if definition is None or not definition.by_hand:
            raise NotByHand(
                "该事项在办理页面办结后自动销号",
                clause="obligations.evidence",
                way_on="请到办理页面办理",
            )
        fulfil(subject, evidence=evidence, at=at)
    return subject


def seed_calendar(actor: Person, at: datetime) -> int:
    """Load the years that come with the program and are not in force yet; how many there were."""
    known = set(CalendarYear.objects.filter(replaced_at=None).values_list("year", flat=True))
    missing = [row for row in calendar.seeded_years() if row[0] not in known]
    if not missing:
        return 0
    with act(actor, SEED, None, at=at, years=[year for year, _, _ in missing]):
        for year, source, days in missing:
            calendar.lay_down(year=year, papers=[source], days=days, actor=actor, at=at)
        _recount_all(at=at)
    return len(missing)


def import_calendar(*, actor: Person, text: str, at: datetime) -> CalendarYear:
    """Put a year's holiday notice in force and count anew what waited for it."""
    with act(actor, IMPORT, None, at=at) as deed:
        notice = parse_notice(text)
        days = [(day, kind, notice.names[day]) for day, kind in sorted(notice.days.items())]
        deed.subject = year = calendar.lay_down(
            year=notice.year, papers=list(notice.papers), days=days, actor=actor, at=at
        )
        for duty in Duty.objects.filter(
            kind=IMPORT_DUE, period=str(notice.year - 1), state=Duty.State.OPEN
        ):
            fulfil(duty, evidence=year, at=at)
        deed.note(year=notice.year, days=len(days), recounted=_recount_all(at=at))
    return year


def register_unit_holiday(
    *, actor: Person, day: date, name: str, source: str, at: datetime
) -> CalendarDay:
    """A body's own day off (单位放假); times already set stay as they are."""
    with act(actor, CLOSE_OFFICE, None, at=at, day=str(day)) as deed:
        if CalendarDay.objects.filter(body=actor.body, date=day).exists():
            raise Stale("该日已经登记", clause="obligations.calendar", way_on="请刷新页面")
        deed.subject = row = CalendarDay.objects.create(
            body=actor.body,
            date=day,
            kind=CalendarDay.Kind.UNIT_HOLIDAY,
            name=name,
            source=source,
        )
    return row


def _close(duty: Duty, state: Duty.State, *, evidence: models.Model | str, at: datetime) -> bool:
    proof = evidence.strip() if isinstance(evidence, str) else name_of(evidence)
    if not proof:
        raise Refusal(
            "没有办理凭据，不得销号", clause="obligations.evidence", way_on="请先办理并留下记录"
        )
    closed = duty.move(
        before=Duty.State.OPEN, after=state, closed_at=at, evidence=proof, escalate_at=None
    )
    if closed:
        for raised in Duty.objects.filter(above=duty, state=Duty.State.OPEN):
            _close(raised, state, evidence=duty, at=at)
    return closed


def _check_concern(actor: Person, duty: Duty, *, at: datetime) -> None:
    if not Duty.objects.filter(pk=duty.pk).knowable_to(actor, at=at).exists():
        raise Hidden("没有这一项", clause="access.may_know")
    concerned = (
        duty.raised_by_id == actor.pk
        or any(holds(actor, post, at, body_id=duty.body_id) for post in WATCHERS)
        or Duty.objects.filter(above=duty).visible_to(actor, at=at).exists()
    )
    if not concerned:
        raise NotConcerned(
            "只有发起人、机要员、办公室主任和受理上报的负责人可以催办",
            clause="obligations.remind.interval",
            way_on="请向办公室主任反映",
        )


def _check_interval(duty: Duty, *, at: datetime) -> None:
    day = day_of(at)
    hours = figure("obligations.remind.interval", "hours", on=day, body=duty.body)
    most = figure("obligations.remind.interval", "per_day", on=day, body=duty.body)
    if duty.last_reminded_at is not None:
        again = due_in_hours(hours, start=duty.last_reminded_at, body=duty.body).at
        if at < again:
            raise Refusal(
                f"距上次催办不足 {hours} 个工作小时",
                clause="obligations.remind.interval",
                way_on=f"{again:%Y-%m-%d %H:%M} 以后可以再次催办",
            )
    today = closing(day, body=duty.body).replace(hour=0, minute=0)
    if Reminder.objects.filter(duty=duty, at__gte=today).count() >= most:
        raise Refusal(
            f"同一事项一日催办不超过 {most} 次",
            clause="obligations.remind.interval",
            way_on="请于次日再行催办",
        )


def _recount_all(*, at: datetime) -> int:
    """Count anew every open provisional duty; how many moved or became certain."""
    waiting = Duty.objects.filter(state=Duty.State.OPEN, provisional=True).exclude(due_rule=FIXED)
    rows = list(waiting.select_related("body").order_by("id"))
    changed = sum(_recount(duty, at=at) for duty in rows)
    reopen_schedules(at=at)
    return changed


def _recount(duty: Duty, *, at: datetime) -> bool:
    start = duty.counted_from or duty.raised_at
    due = due_of_period(duty, start=start) or recount(duty.due_rule, start=start, body=duty.body)
    if due is None or (due.at, due.provisional) == (duty.due_at, True):
        return False
    duty.due_at, duty.provisional = due.at, due.provisional
    if duty.escalate_at is not None and not duty.escalation:
        duty.escalate_at = next_escalation(due.at, body=duty.body)
    duty.save(update_fields=["due_at", "provisional", "escalate_at"])
    if duty.kind in ON_RECOUNTED:
        ON_RECOUNTED[duty.kind](duty, at=at)
    return True
