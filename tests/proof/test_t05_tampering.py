"""T5: every class of the tamper matrix over a whole office at work. A hand that knows SQL and took away every
guard and trigger is found, named by table and key, by both verifiers; what is honest raises no alarm.

The single rows of the matrix are proved beside the trail; here stand those that need many tables.
"""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import zip_longest
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from conftest import NOW, TODAY, prepared
from shoumi.kernel import chain
from shoumi.platform.directory.models import Department
from shoumi.platform.trail import checkpoint, guard, seals
from shoumi.platform.trail.exempt import EXEMPT
from shoumi.platform.trail.models import Change, Entry, Head, recorded_models
from shoumi.platform.trail.verify import export, verify
from tests.proof import scene, walking
from tests.proof.walking import taken_back

Found = set[tuple[str, str, str]]


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[scene.World]:
    folder = tmp_path_factory.mktemp("tampering")
    with django_db_blocker.unblock(), walking.standing(folder) as world:
        yield world


@pytest.fixture
def hand(world: scene.World, db: None) -> Iterator[Callable[..., None]]:
    """`hand(sql, *values)` writes behind everything; the test's own transaction takes it back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            guard.disarm(connection)
            for table in ("trail_entry", "trail_change"):
                for verb in ("update", "delete", "insert"):
                    cursor.execute(f"DROP TRIGGER {table}_keep_{verb}")
        else:
            cursor.execute("SET LOCAL session_replication_role = replica")

        def write(sql: str, *values: Any) -> None:
            cursor.execute(sql, values)

        yield write


def found() -> Found:
    return {(f.kind, f.table, f.key) for f in verify().findings}


def kinds() -> set[str]:
    return {f.kind for f in verify().findings}


# ---- S1: every column of every table


@pytest.mark.clause("trail.sealed_rows")
def test_an_edit_of_any_column_of_any_table_is_found_and_named(
    world: scene.World, hand: Callable[..., None]
) -> None:
    """One round edits the n-th column of one row of every table at once, for every n."""
    assert verify().findings == []
    columns = {m: [f for f in m._meta.concrete_fields if f.name != "id"] for m in recorded_models()}
    tried, empty, refused = 0, [], defaultdict(list)
    for turn in zip_longest(*([(m, f) for f in fields] for m, fields in columns.items())):
        with _tried():
            edited: Found = set()
            for model, field in filter(None, turn):
                row = model._base_manager.order_by("pk").last()
                if row is None:
                    empty.append(model._meta.db_table)
                elif _edit(hand, row, field):
                    edited.add(("altered", model._meta.db_table, str(row.pk)))
                else:
                    refused[model._meta.db_table].append(field.column)
            missed = edited - found()
            assert not missed, missed
            tried += len(edited)
    # Tables that the office at work leaves empty; their columns are proved where they are written.
    assert set(empty) <= {
        "accounts_passwordmemory",
        "classification_medium",
        "handling_reproduceditem",
        "organisation_resolution",
        "personnel_consultation",
        "personnel_employment",
        "personnel_observation",
        "obligations_calendarday",
        "obligations_calendaryear",
        "obligations_reminder",
        "obligations_schedule",
    }
    assert tried > 400, (tried, dict(refused))


def _edit(hand: Callable[..., None], row: Any, field: Any) -> bool:
    """Write another value of the same kind; false where a constraint of the database refuses it."""
    table = row._meta.db_table
    for value in _others(row, field):
        try:
            with transaction.atomic():
                hand(f'UPDATE "{table}" SET "{field.column}" = %s WHERE id = %s', value, row.pk)
            return True
        except DatabaseError:
            continue
    return False


def _others(row: Any, field: Any) -> list[Any]:
    old = getattr(row, field.attname)
    if field.is_relation:
        others = field.related_model._base_manager.exclude(pk=old)
        return [*others.order_by("-pk").values_list("pk", flat=True)[:3], 987_654]
    kind = field.get_internal_type()
    if kind == "BooleanField":
        return [not old]
    if kind == "DateTimeField":
        return [(old or NOW) + timedelta(days=99, seconds=1)]
    if kind == "DateField":
        return [(old or TODAY) + timedelta(days=99)]
    if kind == "JSONField":
        return [json.dumps({"~": 1})]
    if "Integer" in kind:
        return [int(old or 0) + 1, int(old or 0) + 2]
    texts = [f"~{(old or '')[1:]}", *(value for value, _ in field.choices or ()), ""]
    return [text for text in texts if text != old]


@contextmanager
def _tried() -> Iterator[None]:
    with taken_back():
        yield


def test_every_table_is_sealed_or_exempt_with_a_reason(db: None) -> None:
    sealed = {m._meta.db_table for m in recorded_models()}
    with connection.cursor() as cursor:
        there = {t for t in connection.introspection.table_names(cursor) if "sqlite_" not in t}
    assert there <= sealed | EXEMPT.keys()
    assert not sealed & EXEMPT.keys() and all(EXEMPT.values())


# ---- S2 S3 S5 S8 S11: rows


@pytest.mark.clause("trail.sealed_rows")
def test_rows_deleted_cloned_swapped_or_moved_to_another_body_are_found(
    world: scene.World, hand: Callable[..., None]
) -> None:
    copies = list(_rows("documents_copy"))
    first, second = copies[0], copies[1]
    with _tried():
        hand("DELETE FROM documents_copy WHERE id = %s", first)
        assert found() == {("missing", "documents_copy", str(first))}
    with _tried():
        # Two honest rows change their keys: every value is honest, and neither row is.
        hand("UPDATE documents_copy SET id = -1 WHERE id = %s", first)
        hand("UPDATE documents_copy SET id = %s WHERE id = %s", first, second)
        hand("UPDATE documents_copy SET id = %s WHERE id = -1", second)
        assert found() == {("altered", "documents_copy", str(k)) for k in (first, second)}
    with _tried():
        office = world.office
        label = _rows("access_needtoknow", "label_id")[0]
        hand(
            "INSERT INTO access_needtoknow (id, salt, label_id, principal, level, since, basis)"
            " VALUES (99999, 's', %s, %s, 3, %s, '')",
            label,
            f"p:{office.peer.pk}",
            TODAY,
        )
        assert found() == {("extra", "access_needtoknow", "99999")}
    with _tried():
        hand("UPDATE access_label SET body_id = %s", world.office.other.pk)
        moved = {("altered", "access_label", str(k)) for k in _rows("access_label")}
        assert found() <= moved and len(found()) > 10


# ---- S9: what means the same, and what does not


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("café", "cafe\u0301", id="nfc-nfd"),
        pytest.param("（一）", "(一)", id="full-half-width"),
        pytest.param("a\r\nb", "a\nb", id="line-breaks"),
        pytest.param("1.0", "1.00", id="trailing-zero"),
        pytest.param("机密", "机\u200b密", id="zero-width"),
        pytest.param("", " ", id="blank"),
        pytest.param("null", '"null"', id="quoted"),
    ],
)
def test_what_does_not_mean_the_same_never_has_the_same_seal(
    world: scene.World, hand: Callable[..., None], before: str, after: str
) -> None:
    pk, model = world.rows["documents"], _model("documents_document")
    digests = set()
    for text in (before, after):
        hand("UPDATE documents_document SET remark = %s WHERE id = %s", text, pk)
        ((_, values),) = list(seals.read_rows(connection, model, [pk]))
        digests.add(seals.row_digest("documents_document", pk, values))
    assert len(digests) == 2


# ---- 1, 3-8: entries


@pytest.mark.clause("trail.append_only", "trail.entry")
def test_entries_inserted_doubled_reordered_or_moved_between_bodies_are_found(
    world: scene.World, hand: Callable[..., None]
) -> None:
    names = ", ".join(f'"{f.column}"' for f in Entry._meta.concrete_fields[1:])
    mine = list(Entry.objects.filter(chain="JIA").order_by("number").values_list("pk", "number"))
    (one, n_one), (two, n_two) = mine[3], mine[4]
    last = mine[-1][1]
    with _tried():  # 5: a stranger at the end
        copied = names.replace('"number"', str(last + 1)).replace('"digest"', "'f'")
        hand(f"INSERT INTO trail_entry ({names}) SELECT {copied} FROM trail_entry WHERE id = {one}")
        assert {"entry", "head"} <= kinds()
    with _tried():  # 7: the same entry twice, as far as the database lets it
        copied = names.replace('"number"', str(last + 1)).replace('"digest"', "digest || ''")
        with pytest.raises(DatabaseError), transaction.atomic():
            hand(
                f"INSERT INTO trail_entry ({names}) SELECT {copied} FROM trail_entry WHERE id = {one}"
            )
    with _tried():  # 6: two change their places
        hand("UPDATE trail_entry SET number = 0 WHERE id = %s", one)
        hand("UPDATE trail_entry SET number = %s WHERE id = %s", n_one, two)
        hand("UPDATE trail_entry SET number = %s WHERE id = %s", n_two, one)
        assert kinds() & {"entry", "link", "order"}
    with _tried():  # 8: the chains of two bodies are exchanged
        hand("UPDATE trail_entry SET chain = 'X' WHERE chain = 'JIA'")
        hand("UPDATE trail_entry SET chain = 'JIA' WHERE chain = 'YI'")
        hand("UPDATE trail_entry SET chain = 'YI' WHERE chain = 'X'")
        assert {"entry", "head"} <= kinds()
    with _tried():  # 3: one is gone, and its place closed up
        hand("DELETE FROM trail_change WHERE entry_id = %s", two)
        hand("DELETE FROM trail_entry WHERE id = %s", two)
        assert "gap" in kinds()


# ---- 9, 11, 12, S6: what only a checkpoint outside can show


@pytest.mark.clause("trail.checkpoint")
def test_a_row_with_its_seal_and_the_whole_chain_recomputed_needs_the_checkpoint(
    world: scene.World, hand: Callable[..., None], tmp_path: Any
) -> None:
    sheet = checkpoint.make(tmp_path, at=world.at)
    with _tried():
        _rewrite_with_another_title(world, hand)
        assert kinds() == set(), "every hash was recomputed, so nothing inside can show it"
        assert "checkpoint" in {f.kind for f in verify(checkpoint=sheet).findings}
    assert verify(checkpoint=sheet).findings == []


@pytest.mark.clause("trail.checkpoint")
def test_an_old_backup_and_a_fork_are_found_by_the_checkpoint(
    world: scene.World, hand: Callable[..., None], tmp_path: Any
) -> None:
    def grow(name: str) -> dict[str, Any]:
        with prepared(world.office.body, at=world.at):
            Department.objects.create(body=world.office.body, name=name)
        return checkpoint.make(tmp_path, at=world.at)

    if connection.vendor == "sqlite":
        guard.arm(connection)
    else:
        hand("SET LOCAL session_replication_role = DEFAULT")
    with _tried():
        newer = grow("科甲")
    # The office as it was before that act: an old backup, honest in itself.
    assert kinds() == set()
    assert {f.kind for f in verify(checkpoint=newer).findings} == {"truncated"}
    with _tried():
        fork = grow("科乙")
        assert {f.kind for f in verify(checkpoint=fork).findings} == set()
        assert {f.kind for f in verify(checkpoint=newer).findings} == {"checkpoint"}


# ---- both verifiers


@pytest.mark.clause("trail.verify")
def test_the_stand_alone_file_says_of_each_attack_on_entries_what_the_product_says(
    world: scene.World, hand: Callable[..., None], tmp_path: Any
) -> None:
    sheet = tmp_path / "sheet.json"
    made = checkpoint.make(tmp_path, at=world.at)
    sheet.write_text(json.dumps(made), encoding="utf-8")

    def agree() -> bool:
        exported = tmp_path / "trail.jsonl"
        exported.write_text("\n".join(export()), encoding="utf-8")
        command = [sys.executable, "-I", chain.__file__, str(exported), "--checkpoint", str(sheet)]
        alone = subprocess.run(command, capture_output=True, check=False).returncode
        ours = bool({f.kind for f in verify(checkpoint=made).findings} - {"head", "extra"})
        assert alone == int(ours)
        return ours

    assert not agree()
    last = Entry.objects.filter(chain="JIA").order_by("-number")[0]
    for sql, values in (
        ("UPDATE trail_entry SET actor_name = 'x' WHERE id = %s", [last.pk]),
        ("UPDATE trail_entry SET number = number + 1 WHERE id = %s", [last.pk]),
        ("DELETE FROM trail_entry WHERE id = %s", [last.pk]),
    ):
        with _tried():
            if sql.startswith("DELETE"):
                hand("DELETE FROM trail_change WHERE entry_id = %s", last.pk)
                hand(
                    "UPDATE trail_head SET number = %s, digest = %s WHERE chain = 'JIA'",
                    last.number - 1,
                    last.previous,
                )
            hand(sql, *values)
            assert agree()


def _rewrite_with_another_title(world: scene.World, hand: Callable[..., None]) -> None:
    """The row, its seal, its change text, and every digest of its chain from there on."""
    model, pk = _model("documents_document"), world.rows["documents"]
    hand("UPDATE documents_document SET title = %s WHERE id = %s", "另一题名", pk)
    ((_, values),) = list(seals.read_rows(connection, model, [pk]))
    digest = seals.row_digest("documents_document", pk, values)
    previous: dict[str, str] = {}
    last_of_row = (
        Entry.objects.filter(seals__contains=f"documents_document:{pk}=").order_by("-id")[0].pk
    )
    for entry in Entry.objects.order_by("chain", "number"):
        if entry.pk == last_of_row:
            lines = [
                f"documents_document:{pk}={digest}"
                if line.startswith(f"documents_document:{pk}=")
                else line
                for line in entry.seals.split("\n")
            ]
            entry.seals = "\n".join(lines)
        entry.previous = previous.get(entry.chain, chain.GENESIS)
        entry.digest = chain.entry_digest([getattr(entry, c) for c in chain.COLUMNS])
        previous[entry.chain] = entry.digest
        hand(
            "UPDATE trail_entry SET seals = %s, previous = %s, digest = %s WHERE id = %s",
            entry.seals,
            entry.previous,
            entry.digest,
            entry.pk,
        )
    for name, digest in previous.items():
        hand("UPDATE trail_head SET digest = %s WHERE chain = %s", digest, name)
    assert Head.objects.count() == len(previous) and Change.objects.exists()


def _model(table: str) -> type[models.Model]:
    return next(m for m in recorded_models() if m._meta.db_table == table)


def _rows(table: str, column: str = "pk") -> list[Any]:
    return list(_model(table)._base_manager.order_by("pk").values_list(column, flat=True))
