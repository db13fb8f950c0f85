"""What the officers read: the table of rights, and the trail without any content."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date

from shoumi.domains.accounts import selectors, services
from shoumi.domains.accounts.rules.officers import AUDITOR, OFFICERS
from shoumi.platform.access.acting import ACTIONS, act, check
from shoumi.platform.access.subjects import day_of, holds
from shoumi.platform.directory.models import Person
from shoumi.platform.registers.paging import page_of
from shoumi.platform.rulebook.controls import POINTS
from shoumi.platform.trail.models import Change, Entry
from shoumi.platform.trail.recording import moment as written
from shoumi.platform.ui.context import person_of

# Tables without business content: of these the auditor sees both sides of a change.
OPEN_TABLES = ("directory_", "access_clearancerecord", "accounts_", "rulebook_")
SHUT_COLUMNS = frozenset({"password", "salt", "issued_half", "session_epoch"})
LONGEST_VALUE = 120


@dataclass(frozen=True)
class Line:
    """One entry in words."""

    entry: Entry
    at: datetime
    event: str
    subject: str
    is_denied: bool


def rights(request: HttpRequest) -> HttpResponse:
    """The table of rights (权限表) of the body, to read, print and go through."""
    at, person = timezone.now(), person_of(request)
    if selectors.officer_post(person, on=day_of(at)) not in OFFICERS:
        raise Http404
    rows = selectors.rights_of(selectors.people_of(person.body), at=at, on=day_of(at))
    context = {"title": "权限表", "rows": rows, "at": at, "body": person.body}
    return render(request, "accounts/rights.html", context)


def trail(request: HttpRequest) -> HttpResponse:
    """The body's chain, newest first, by event, person, day and outcome."""
    at, person = timezone.now(), person_of(request)
    found = _readable(person, at=at)
    asked = {
        k: request.GET.get(k, "").strip() for k in ("event", "who", "since", "until", "denied")
    }
    rows = _asked(found, asked)
    page = page_of(rows.order_by("-id"), request)
    today = found.filter(at__gte=_utc(timezone.localtime(at).replace(hour=0, minute=0, second=0)))
    context = {
        "title": "审计",
        "asked": asked,
        "page": page,
        "lines": [_line(entry) for entry in page.object_list],
        "events": sorted({(a.key, a.label) for a in ACTIONS.values()}, key=lambda e: e[1]),
        "denied_today": today.filter(event__endswith=".denied").count(),
        "failed_today": today.filter(event="accounts.login_failed").count(),
        "acts_today": today.count(),
        "all_of_it": holds(person, AUDITOR, at),
    }
    return render(request, "accounts/trail.html", context)


def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry: who, what, under which clause, which rows; both sides only where no content can be."""
    at, person = timezone.now(), person_of(request)
    found = _readable(person, at=at).filter(number=number).first()
    if found is None:
        raise Http404
    context = {
        "title": f"痕迹第 {found.number} 条",
        "line": _line(found),
        "details": sorted(json.loads(found.body).items()),
        "seals": [line.partition("=")[::2] for line in found.seals.split("\n") if line],
        "changes": _changes(found),
    }
    return render(request, "accounts/entry.html", context)


def _readable(person: Person, *, at: datetime) -> Any:
    """All of the body's chain for the auditor, the auditor's own acts for 安全保密管理员."""
    if refusal := check(person, services.READ, None, at=at):
        with act(person, services.READ, None, at=at):  # so that the attempt is chained
            raise refusal
    found = Entry.objects.filter(chain=person.body.code)
    if holds(person, AUDITOR, at):
        return found
    auditors = Person.objects.filter(body=person.body, appointments__post=AUDITOR).values("pk")
    return found.filter(actor__in=auditors)


def _asked(found: Any, asked: dict[str, str]) -> Any:
    if asked["event"]:
        found = found.filter(event__in=[asked["event"], f"{asked['event']}.denied"])
    if asked["who"]:
        found = found.filter(actor_name__contains=asked["who"])
    if asked["denied"]:
        found = found.filter(event__endswith=".denied")
    if since := parse_date(asked["since"]) if asked["since"] else None:
        found = found.filter(at__gte=_utc(_midnight(since)))
    if until := parse_date(asked["until"]) if asked["until"] else None:
        found = found.filter(at__lt=_utc(_midnight(until) + timedelta(days=1)))
    return found


def _line(found: Entry) -> Line:
    key = found.event.removesuffix(".denied")
    point = POINTS.get(key)
    return Line(
        entry=found,
        at=datetime.fromisoformat(found.at),
        event=point.label if point else key,
        subject=_named(found.subject),
        is_denied=found.event.endswith(".denied"),
    )


def _named(subject: str) -> str:
    """`人员 7` for `directory.person:7`: which row, never what is in it."""
    label, _, key = subject.partition(":")
    try:
        return f"{apps.get_model(label)._meta.verbose_name} {key}"
    except (LookupError, ValueError):
        return subject


def _changes(found: Entry) -> list[tuple[str, list[tuple[str, str, str]]]]:
    change = Change.objects.filter(entry=found).first()
    if change is None:
        return []
    shown = []
    for row, columns in json.loads(change.text).items():
        if row.startswith(OPEN_TABLES):
            sides = [
                (c, _short(before), _short(after))
                for c, (before, after) in columns.items()
                if c not in SHUT_COLUMNS
            ]
            shown.append((row, sides))
    return shown


def _short(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))


def _utc(moment: datetime) -> str:
    return written(moment)
