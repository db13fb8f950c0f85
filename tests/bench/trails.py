"""An honest trail of any length, written in bulk: copies that enter and go from hand to hand.

The acts have the shape of 签收, 发出 and 接收 as the product writes them. Nothing is measured while they
are written, so the guard is down; `shoumi verify` finds the whole of it in order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.db import connection, models, transaction

from shoumi.kernel import chain
from shoumi.platform.custody.models import Handover, HandoverLine, Holder, Item, Movement
from shoumi.platform.custody.services import holder_of
from shoumi.platform.custody.tests.scene import a_label, prepared
from shoumi.platform.obligations.models import Duty
from shoumi.platform.trail import guard, seals
from shoumi.platform.trail.models import Change, Entry, Head, recorded_models
from shoumi.platform.trail.pieces import CHANGES
from shoumi.platform.trail.recording import moment
from shoumi.platform.trail.texts import Reader

PASSES = 3
ACTS_AN_ITEM = 1 + 2 * PASSES
SLICE = 300


@dataclass
class Row:
    """One row as it stands at the end; what it was before differs in some columns."""

    table: str
    key: int
    final: dict[str, Any]

    def seal(self, values: dict[str, Any]) -> str:
        digest = seals.row_digest(self.table, self.key, values.values())
        return f"{self.table}:{self.key}={digest}"


Version = tuple[Row, dict[str, Any] | None, dict[str, Any]]


class Unguarded:
    """The write guard taken down for filling a world, and put up again."""

    def __enter__(self) -> None:
        guard.disarm(connection)
        _replicate("replica")

    def __exit__(self, *_: object) -> None:
        _replicate("DEFAULT")
        guard.arm(connection)


def _replicate(role: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET session_replication_role = {role}")


def lengthen(office: SimpleNamespace, *, acts: int) -> int:
    """Append at least `acts` entries; returns how many."""
    label = a_label(office)
    with prepared(office.body):
        holders = SimpleNamespace(
            sender=holder_of(body=office.body, outside=office.other),
            safe=holder_of(body=office.body, place=office.safe),
            reader=holder_of(body=office.body, person=office.handler),
        )
    items = -(-acts // ACTS_AN_ITEM)
    with Unguarded():
        for start in range(0, items, SLICE):
            with transaction.atomic():
                part = range(start, min(start + SLICE, items))
                _append(office, _acts(office, label, holders, part))
    return items * ACTS_AN_ITEM


def _acts(
    office: SimpleNamespace, label: Any, holders: SimpleNamespace, numbers: range
) -> Iterator[tuple[str, Row, list[Version]]]:
    """Event, subject and versions of every act of these items, in order."""
    at, safe, reader = office.now, holders.safe, holders.reader
    items = _made(
        Item(
            label=label,
            code=f"T{label.pk:05d}{n:012d}",
            kind=Item.Kind.PAPER,
            name=f"收文〔2026〕{n}号 000001",
            holder=reader,
            holder_kind=Holder.Kind.PERSON,
            state=Item.State.HELD,
            home=office.safe,
            entered_at=at,
            source=Item.Source.RECEIVED,
        )
        for n in numbers
    )
    entered = _made(_movement(label, i.key, "enter", holders.sender, safe, at) for i in items)
    passes = []
    for _ in range(PASSES):
        handovers = _made(
            Handover(
                body=office.body,
                giver=safe,
                receiver=reader,
                reason="circulation.send",
                purpose="传阅",
                offered_by=office.registrar,
                offered_at=at,
                due_at=at,
                settled_by=office.handler,
                settled_at=at,
            )
            for _ in items
        )
        lines = _made(
            HandoverLine(label=label, handover_id=h.key, item_id=i.key, state="accepted")
            for h, i in zip(handovers, items, strict=True)
        )
        moves = _made(
            _movement(label, i.key, "pass", safe, reader, at, handover_id=h.key)
            for h, i in zip(handovers, items, strict=True)
        )
        signing = _made(_duty(office, label, "circulation.accept", i, at, "done") for i in items)
        returning = _made(_duty(office, label, "circulation.return", i, at, "open") for i in items)
        passes.append(list(zip(handovers, lines, moves, signing, returning, strict=True)))
    in_safe = {"holder_id": safe.pk, "holder_kind": "place"}
    open_duty = {"state": "open", "closed_at": None, "evidence": ""}
    for place, (item, first) in enumerate(zip(items, entered, strict=True)):
        yield "documents.receive", item, [(item, None, in_safe), (first, None, {})]
        for handover, line, move, signing_, returning_ in (p[place] for p in passes):
            offered = {**in_safe, "state": "offered"}
            unsettled = {"settled_by_id": None, "settled_at": None}
            waiting = {"state": "offered"}
            yield (
                "circulation.send",
                item,
                [
                    (handover, None, unsettled),
                    (line, None, waiting),
                    (item, in_safe, offered),
                    (signing_, None, open_duty),
                ],
            )
            yield (
                "circulation.accept",
                item,
                [
                    (handover, unsettled, {}),
                    (line, waiting, {}),
                    (item, offered, {}),
                    (move, None, {}),
                    (signing_, open_duty, {}),
                    (returning_, None, {}),
                ],
            )


def _movement(
    label: Any, item: int, kind: str, giver: Any, receiver: Any, at: Any, **more: Any
) -> Movement:
    return Movement(
        label=label,
        item_id=item,
        kind=kind,
        giver=giver,
        receiver=receiver,
        at=at,
        reason="documents.receive" if kind == "enter" else "circulation.accept",
        **more,
    )


def _duty(office: SimpleNamespace, label: Any, kind: str, item: Row, at: Any, state: str) -> Duty:
    return Duty(
        body=office.body,
        label=label,
        kind=kind,
        clause="circulation.record",
        text=f"签收 {item.final['name']}",
        subject=f"custody.item:{item.key}",
        url_name="circulation-detail",
        url_pk=item.key,
        person=office.handler,
        raised_by=office.registrar,
        raised_at=at,
        due_at=at,
        state=state,
        closed_at=at if state == "done" else None,
        evidence=f"custody.item:{item.key}" if state == "done" else "",
    )


def _made(rows: Iterator[Any]) -> list[Row]:
    """The rows in the database, and how they read in canonical form."""
    rows = list(rows)
    model: type[models.Model] = type(rows[0])
    model._base_manager.bulk_create(rows)
    columns = [str(f.column) for f in model._meta.concrete_fields]
    found = seals.read_rows(connection, model, [r.pk for r in rows])
    return [
        Row(model._meta.db_table, key, dict(zip(columns, values, strict=True)))
        for key, values in found
    ]


def _append(office: SimpleNamespace, acts: Iterator[tuple[str, Row, list[Version]]]) -> None:
    head = Head.objects.get(chain=office.body.code)
    number, previous = head.number, head.digest
    entries, texts = [], []
    for event, subject, versions in acts:
        number += 1
        changes = {}
        lines = []
        for row, old, new in versions:
            after = row.final | new
            before = {} if old is None else row.final | old
            lines.append(row.seal(after))
            changes[f"{row.table}:{row.key}"] = {
                c: [before.get(c), v] for c, v in after.items() if before.get(c) != v
            }
        text = chain.canonical(changes)
        said = {
            "chain": office.body.code,
            "number": number,
            "at": moment(office.now),
            "actor": office.registrar.pk,
            "actor_name": office.registrar.name,
            "event": event,
            "subject": f"custody.item:{subject.key}",
            "clause": "circulation.record",
            "body": chain.canonical({"level": 3}),
            "seals": "\n".join(lines),
            "changes": chain.sm3(text.encode()),
            "previous": previous,
        }
        previous = chain.entry_digest(said[c] for c in chain.COLUMNS)
        entries.append(Entry(**said, digest=previous))
        texts.append(text)
    Entry.objects.bulk_create(entries)
    Change.objects.bulk_create(
        Change(entry=entry, text=text) for entry, text in zip(entries, texts, strict=True)
    )
    Head.objects.filter(chain=office.body.code).update(number=number, digest=previous)


def texts() -> list[bytes]:
    """All that a verification digests: the texts of entries, of rows and of changes."""
    found: list[bytes] = []
    with transaction.atomic():
        reader = Reader()
        for stride in reader.strides():
            found += stride.texts
        for low, high in reader.ranges(CHANGES):
            found += reader.changes(low, high)[1]
        for model in recorded_models():
            for low, high in reader.ranges(model._meta.db_table):
                read = reader.texts(model, low, high)
                found += read[1] if read else []
    return found
