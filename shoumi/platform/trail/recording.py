"""Recording (入链): the durable transaction of one act, its seals and its entry, committed together.

Only `access.acting.act` opens a recording for people; whoever needs the chain otherwise reads it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models, transaction

from shoumi.kernel import chain as kernel_chain
from shoumi.platform.trail import guard, seals
from shoumi.platform.trail.memory import remembering
from shoumi.platform.trail.models import Change, Entry, Head, Recorded, name_of, recorded_models

# For every row written, `table:key`, the two sides of each column that changed.
Changes = dict[str, dict[str, list[Any]]]
# What keeps tables that are derived from business rows in step, within the same act.
DERIVED: list[Callable[[Changes], None]] = []


class EntryLost(RuntimeError):
    """The database took the entry and did not keep it: nothing may be committed."""


@dataclass
class Record:
    """One act under way; `subject` may be set once the row exists, `details` hold no content."""

    chain: str
    event: str
    actor: int
    actor_name: str
    clause: str
    at: datetime
    subject: models.Model | None = None
    details: dict[str, Any] = field(default_factory=dict)
    entry: Entry | None = None

    def note(self, **details: Any) -> None:
        self.details.update(details)


@contextmanager
def recording(record: Record) -> Iterator[Record]:
    """Open the door, let the body write, seal what it wrote, append the entry as the last statement."""
    with remembering(), transaction.atomic(durable=True):
        guard.open_act(connection)
        yield record
        seal_lines, changes = _sealed()
        for follow in DERIVED:
            follow(changes)
        guard.close_act(connection)
        record.entry = _append(
            record, seal_lines, kernel_chain.canonical(changes) if changes else ""
        )


def moment(at: datetime) -> str:
    """The time of an entry: ISO text in UTC, microseconds always written."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def _sealed() -> tuple[str, Changes]:
    """Seal lines and changes of every row touched in this act."""
    by_table: dict[str, dict[int, str | None]] = {}
    for table, key, old in guard.touched(connection):
        by_table.setdefault(table, {})[key] = old
    known: dict[str, type[Recorded]] = {m._meta.db_table: m for m in recorded_models()}
    lines: list[str] = []
    changes: Changes = {}
    for table, olds in by_table.items():
        model = known[table]
        columns = [str(f.column) for f in model._meta.concrete_fields]
        rows = dict(seals.read_rows(connection, model, sorted(olds)))
        for key, old in olds.items():
            before = seals.image(model, old) if old else {}
            after = dict(zip(columns, rows[key], strict=True)) if key in rows else {}
            digest = seals.row_digest(table, key, rows[key]) if key in rows else seals.GONE
            lines.append(f"{table}:{key}={digest}")
            changes[f"{table}:{key}"] = {
                c: [before.get(c), after.get(c)] for c in columns if before.get(c) != after.get(c)
            }
    return "\n".join(lines), changes


def _append(record: Record, seal_lines: str, changes: str) -> Entry:
    """Move the head by one and write the entry; the head row is the lock of its chain."""
    heads = Head.objects.select_for_update()
    head = heads.filter(chain=record.chain).first() or heads.get_or_create(chain=record.chain)[0]
    values = {
        "chain": record.chain,
        "number": head.number + 1,
        "at": moment(record.at),
        "actor": record.actor,
        "actor_name": record.actor_name,
        "event": record.event,
        "subject": name_of(record.subject) if record.subject is not None else "",
        "clause": record.clause,
        "body": kernel_chain.canonical(record.details),
        "seals": seal_lines,
        "changes": kernel_chain.sm3(changes.encode()) if changes else "",
        "previous": head.digest,
    }
    digest = kernel_chain.entry_digest(values[c] for c in kernel_chain.COLUMNS)
    Head.objects.filter(chain=record.chain, number=head.number).update(
        number=head.number + 1, digest=digest
    )
    entry = Entry.objects.create(**values, digest=digest)
    if changes:
        Change.objects.create(entry=entry, text=changes)
    # A trigger or rule planted in the database can swallow an insert without any error.
    if not Entry.objects.filter(pk=entry.pk, digest=digest).exists():
        raise EntryLost(f"第 {head.number + 1} 条未能写入痕迹账")
    return entry
