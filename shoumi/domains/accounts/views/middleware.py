"""What holds on every route: how long a log-in lasts, and what must be done first."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from shoumi.domains.accounts import selectors, services
from shoumi.domains.accounts.rules.passwords import is_expired
from shoumi.domains.accounts.services.login import mark
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.ui.context import person_of

Respond = Callable[[HttpRequest], HttpResponse]

SINCE, SEEN = "since", "seen"
QUIET_HEADER = "X-Quiet"
# Renewing at every request would write at every request.
GRAIN = 15
ALWAYS_OPEN = frozenset(
    {"accounts-login", "accounts-logout", "ui-type", "ui-csp", "ui-stay", "accounts-mine"}
)
PASSWORD, PLEDGE = "accounts-password", "accounts-pledge"


class SessionLimits:
    """Idle and absolute limits of a log-in; a view marked `polls = True` does not renew it."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self.end_when_over(request, at=timezone.now())
        return self.respond(request)

    def end_when_over(self, request: HttpRequest, *, at: datetime) -> None:
        """Clause: accounts.idle."""
        person, session = person_of(request), request.session
        now = int(at.timestamp())
        since, seen = session.get(SINCE, now), session.get(SEEN, now)
        day = day_of(at)
        idle = int(figure("accounts.idle", "minutes", on=day, body=person.body))
        longest = int(figure("accounts.idle", "longest_hours", on=day, body=person.body))
        how = ""
        if now - seen >= timedelta(minutes=idle).total_seconds():
            how = "空闲超时"
        elif now - since >= timedelta(hours=longest).total_seconds():
            how = "连续在线超时"
        if how:
            services.expire(actor=person, session=session.session_key or "", how=how, at=at)
            logout(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        if not request.user.is_authenticated:
            return
        now = int(timezone.now().timestamp())
        session = request.session
        is_quiet = getattr(view, "polls", False) or QUIET_HEADER in request.headers
        if SINCE not in session:
            mark(session, **{SINCE: now, SEEN: now})
        elif not is_quiet and now - session.get(SEEN, 0) >= GRAIN:
            mark(session, **{SEEN: now})


class FirstSteps:
    """A first or expired password, an unsigned reminder: nothing else opens before. Clause: accounts.first_login."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        here = request.resolver_match.view_name if request.resolver_match else ""
        step = first_step(person_of(request), at=timezone.now())
        if not step or here == step or here in ALWAYS_OPEN:
            return None
        return redirect(step)


def first_step(person: Person, *, at: datetime) -> str:
    """The page that must be done with before any other, or nothing."""
    policy = selectors.policy_on(day_of(at), body=person.body)
    if person.must_change_password or is_expired(person.password_changed_at, policy=policy, at=at):
        return PASSWORD
    return PLEDGE if person.reminder_signed_at is None else ""
