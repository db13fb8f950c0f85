"""Log-in and log-out (登录): what the person may be told, what is counted, what is chained.

Known and unknown names take the same path, the same work and get the same words.
"""

import secrets
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import DatabaseError

from shoumi.domains.accounts.models import OpenLogin
from shoumi.domains.accounts.rules import halves, names
from shoumi.domains.accounts.services.guesses import Lock, claim, count_of, forget, key_of, lock_of
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import SYSTEM, Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.directory.selectors import system_person
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

LOGIN = Action("accounts.login", "登录", clause="accounts.identity")
FAILED = Action(
    "accounts.login_failed",
    "登录失败",
    clause="accounts.login.failure",
    posts=frozenset({SYSTEM}),
)
LOGOUT = Action("accounts.logout", "退出", clause="accounts.idle")
SESSION = Control("accounts.session", kind="refuse", label="会话时限")

# Argon2 takes 48 MiB for each: more than four at once would starve an office machine.
_hashing = threading.BoundedSemaphore(4)
_LONGEST = 200


@dataclass(frozen=True)
class Welcome:
    """Who came in, and what the person is shown about the last time."""

    person: Person
    last_at: datetime | None
    last_from: str
    failures: int
    elsewhere: str


class LoginRefused(Refusal):
    """The same words whether name, password, lock or account is the cause."""

    def __init__(self, lock: Lock) -> None:
        super().__init__(
            f"账号或者口令不正确；连续错误达到 {lock.failures} 次的，锁定 {lock.minutes} 分钟",
            clause="accounts.login.failure",
            way_on="已锁定或者忘记口令的，请联系安全保密管理员、系统管理员",
        )


def log_in(*, account: str, password: str, address: str, at: datetime) -> Welcome:
    """Let a person in, or refuse in the same words for every cause. Clauses: accounts.login.*, lockout."""
    typed = names.typed(account)[:_LONGEST]
    person = _known(typed)
    lock = lock_of(person.body if person else None, at=at)
    key = key_of(typed)
    is_counted = claim(key, address=address, lock=lock, at=at)
    is_right = _is_right(person if is_counted else None, password)
    locked = person is not None and person.locked_until is not None and person.locked_until > at
    if person is None or not is_right or not person.is_active or locked:
        _failed(person, key, address=address, lock=lock, counted=is_counted, at=at)
        raise LoginRefused(lock)
    return _came_in(person, key, address=address, at=at)


def opened(person: Person, *, session: str, address: str, at: datetime) -> None:
    """Note where somebody is logged in; the row is login state and no business."""
    OpenLogin.objects.update_or_create(
        session=session, defaults={"person": person.pk, "address": address, "at": at}
    )


def mark(session: SessionBase, **marks: int) -> None:
    """Write the clock of a session now, without touching its cookie.

    A full disk must not stop people from reading: the mark is then kept for this request only.
    """
    session.update(marks)
    with suppress(DatabaseError):
        session.save()
    session.modified = False


def log_out(*, actor: Person, session: str, at: datetime) -> None:
    """The person left."""
    with act(actor, LOGOUT, actor, at=at, how="本人退出"):
        OpenLogin.objects.filter(session=session).delete()


def expire(*, actor: Person, session: str, how: str, at: datetime) -> None:
    """The session came to its end: idle too long, or on duty for too many hours. Clause: accounts.idle."""
    with act(actor, LOGOUT, actor, at=at, how=how):
        OpenLogin.objects.filter(session=session).delete()


def _known(typed: str) -> Person | None:
    found = Person.objects.select_related("body").filter(account=typed).first()
    return None if found is None or found.is_system else found


def _is_right(person: Person | None, password: str) -> bool:
    """One hash for everybody: where there is nothing to compare, a stranger's is computed."""
    typed, stored = password[:_LONGEST], _stranger()
    if person is not None and person.has_usable_password():
        stored = person.password
        if person.issued_half:
            typed = halves.as_typed(typed, salt=person.salt)
    with _hashing:
        return check_password(typed, stored) and stored != _stranger()


@cache
def _stranger() -> str:
    return make_password(secrets.token_urlsafe(24))


def _failed(
    person: Person | None, key: str, *, address: str, lock: Lock, counted: bool, at: datetime
) -> None:
    """Chain the failure in the chain of the account's own body, so that its auditor reads it."""
    system = system_person()
    if person is not None:
        system.body = person.body
    count = count_of(key)
    details = {"address": address, "known": person is not None, "locked": not counted}
    with act(system, FAILED, person, at=at, **details):
        if person is not None and counted:
            full = count >= lock.failures
            Person.objects.filter(pk=person.pk).update(
                failures=count, locked_until=at + lock.window if full else None
            )


def _came_in(person: Person, key: str, *, address: str, at: datetime) -> Welcome:
    last_at, last_from, failures = person.last_login_at, person.last_login_from, person.failures
    with act(person, LOGIN, person, at=at, address=address) as deed:
        elsewhere, ended = _end_others(person, address=address, at=at)
        deed.note(elsewhere=elsewhere, ended=ended)
        Person.objects.filter(pk=person.pk).update(
            failures=0, locked_until=None, last_login_at=at, last_login_from=address
        )
        forget(key, address=address)
    person.refresh_from_db()
    return Welcome(person, last_at, last_from, failures, elsewhere)


def _end_others(person: Person, *, address: str, at: datetime) -> tuple[str, int]:
    """End the log-ins beyond the number allowed; names another address where there was one."""
    allowed = int(figure("accounts.session.single", "sessions", on=day_of(at), body=person.body))
    rows = list(OpenLogin.objects.filter(person=person.pk).order_by("-id"))
    alive = set(
        Session.objects.filter(
            session_key__in=[row.session for row in rows], expire_date__gt=at
        ).values_list("session_key", flat=True)
    )
    others = [row for row in rows if row.session in alive]
    ended = [row.session for row in others[max(0, allowed - 1) :]]
    Session.objects.filter(session_key__in=ended).delete()
    gone = [row.session for row in rows if row.session not in alive] + ended
    OpenLogin.objects.filter(session__in=gone).delete()
    elsewhere = next((row.address for row in others if row.address != address), "")
    return elsewhere, len(ended)
