"""act(): the one door of writing. It judges, opens the transaction, seals, and appends one entry.

One click is one act is one service is one trail event, all bearing the same key. A refusal rolls
everything back, is chained in a transaction of its own, and is raised to the page.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from shoumi.kernel.levels import Label, Level, may_know
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.models import Labelled
from shoumi.platform.access.subjects import appointments_of, day_of, label_of, subject_of
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.controls import ACTION as POINT
from shoumi.platform.rulebook.controls import Control, register_point
from shoumi.platform.rulebook.posts import label_of as post_label
from shoumi.platform.rulebook.posts import sees_content, unappointed
from shoumi.platform.trail.recording import Record, recording

ACTIONS: dict[str, "Action"] = {}
DENIED = Control("trail.denied", kind="record", label="拒绝留痕")
SYSTEM = "system"


class Hidden(Refusal):
    """What one may not know does not exist: the page shows a plain 404, the trail knows better."""

    status = 404


@dataclass(frozen=True)
class Action:
    """One act people do: `posts` None means every account; SYSTEM among them means the recurring duties."""

    key: str
    label: str
    clause: str
    posts: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if self.key in ACTIONS:
            raise ValueError(f"动作重名：{self.key}")
        ACTIONS[self.key] = self
        register_point(self.key, POINT, self.label)

    def __str__(self) -> str:
        return self.label


def check(actor: Person, action: Action, subject: Any = None, *, at: datetime) -> Refusal | None:
    """Why this person may not do this to that, or None: the judgement of the door without the act."""
    if isinstance(subject, Labelled) and not _knows(actor, subject, at=at):
        return Hidden("没有这一项", clause="access.may_know")
    body_id = _body_of(subject)
    if actor.is_system:
        return None
    if not actor.is_active:
        return Denied("账号已停用，不能办理", clause="accounts.disable")
    if body_id is not None and body_id != actor.body_id:
        return Hidden("没有这一项", clause="access.may_know")
    held = posts_held(actor, at=at)
    if action.posts is not None and not action.posts & held:
        names = "、".join(post_label(p) for p in sorted(action.posts) if p != SYSTEM)
        return Denied(
            f"「{action.label}」由{names}办理，您没有这一岗位职责",
            clause=action.clause,
            way_on=f"请交{names}办理；岗位有变动的，请安全保密管理员调整任岗",
        )
    return None


def posts_held(actor: Person, *, at: datetime) -> set[str]:
    """Posts by appointment, and those that everyone has who is not one of the three officers."""
    held = {a.post for a in appointments_of(actor, at)}
    return held | unappointed() if all(sees_content(p) for p in held) else held


@contextmanager
def act(
    actor: Person,
    action: Action,
    subject: models.Model | None = None,
    *,
    at: datetime,
    **details: Any,
) -> Iterator[Record]:
    """Judge, open, let the body write, seal, append, commit; all or nothing.

    `details` are readable by the auditor and hold no content of classified things.
    """
    record = _record(actor, action.key, action.clause, subject, at, details)
    try:
        with recording(record):
            if refusal := check(actor, action, subject, at=at):
                raise refusal
            yield record
    except Refusal as refusal:
        _chain_refusal(actor, action, subject, at=at, refusal=refusal)
        raise


def _knows(actor: Person, subject: Labelled, *, at: datetime) -> bool:
    if actor.is_system or subject.label_key is None:
        return True
    label = Label(Level(subject.label.level), label_of(subject.label, on=day_of(at)))
    return may_know(subject_of(actor, at), label).allowed


def _body_of(subject: Any) -> int | None:
    if isinstance(subject, Labelled) and subject.label_key is not None:
        return int(subject.label.body_id)
    body_id = getattr(subject, "body_id", None)
    return int(body_id) if body_id is not None else None


def _chain_refusal(
    actor: Person, action: Action, subject: models.Model | None, *, at: datetime, refusal: Refusal
) -> None:
    if subject is not None and subject.pk is None:
        subject = None
    details = {"status": refusal.status}
    with recording(_record(actor, f"{action.key}.denied", refusal.clause, subject, at, details)):
        pass


def _record(
    actor: Person,
    event: str,
    clause: str,
    subject: models.Model | None,
    at: datetime,
    details: dict[str, Any],
) -> Record:
    return Record(
        chain=actor.body.code,
        event=event,
        actor=actor.pk,
        actor_name=actor.name,
        clause=clause,
        at=at,
        subject=subject,
        details=dict(details),
    )
