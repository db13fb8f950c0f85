"""Doing a work: at once where nobody waits for a page (console, tests), else in a process of its own."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db import connection

from shoumi.kernel.refusal import Refusal
from shoumi.platform.directory.models import Person
from shoumi.platform.works.progress import Progress
from shoumi.platform.works.results import Result, keep
from shoumi.platform.works.under_way import Reporter, State, Work, held, new_work

LOG = logging.getLogger("shoumi.works")


class Deed(Protocol):
    """What a room can do at length: opens its own act, and answers with a page or a file."""

    def __call__(
        self,
        *,
        actor: Person,
        at: datetime,
        given: Mapping[str, Any],
        content: bytes,
        progress: Progress,
    ) -> str | Result: ...


# kind → how it is done; the rooms enter theirs here.
DEEDS: dict[str, Deed] = {}
Runner = Callable[[Work, bytes], None]


def start(
    kind: str,
    *,
    actor: Person,
    at: datetime,
    title: str,
    back: str,
    given: Mapping[str, Any],
    content: bytes = b"",
) -> Work:
    """Begin a work for somebody; whether they may do it is judged by the act that it opens."""
    work = new_work(kind=kind, person=actor.pk, title=title, back=back, begun=at, given=dict(given))
    RUNNER[0](work, content)
    return work


def run_here(work: Work, content: bytes) -> None:
    """Do it now, in this process."""
    with held(work.key):
        work.save()
        carry_out(work, content)


def carry_out(work: Work, content: bytes) -> None:
    """Do the work as the person who began it, at the time they did; a refusal is its result."""
    actor = Person.objects.select_related("body", "department").get(pk=work.person)
    try:
        made = DEEDS[work.kind](
            actor=actor, at=work.begun, given=work.given, content=content, progress=Reporter(work)
        )
        if isinstance(made, Result):
            keep(work, made)
        else:
            work.target = made
        work.state = State.DONE
    except Refusal as refusal:
        work.state = State.REFUSED
        work.said = {
            "message": refusal.message,
            "clause": refusal.clause,
            "way_on": refusal.way_on,
        }
    except Exception:
        LOG.exception("长时办理未完成：%s", work.kind)
        work.state = State.BROKEN
    work.save()


def let_others_read() -> None:
    """SQLite: keep what is written in memory until the end, so that nobody is shut out while it is made."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_spill=OFF")


# The server puts its own in place of this one (`config.serving`).
RUNNER: list[Runner] = [run_here]
