"""What the tamper matrix plants is found and named: table, key and the last honest entry."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from conftest import NOW, prepared
from shoumi.kernel import chain
from shoumi.kernel.chain import GENESIS
from shoumi.kernel.levels import Level
from shoumi.platform.access.services import label_for
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.trail import checkpoint, guard
from shoumi.platform.trail.models import Change, Entry, Head, recorded_models
from shoumi.platform.trail.verify import export, verify

KEEP = ("trail_entry", "trail_change")


@pytest.fixture
def intruder(office):
    """A hand in the database that knows SQL: guards and append-only triggers are taken away."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in KEEP:
                for verb in ("update", "delete", "insert"):
                    cursor.execute(f"DROP TRIGGER {table}_keep_{verb}")
        return _sqlite_hand
    return _postgres_hand


def _sqlite_hand(sql, *values):
    guard.disarm(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    guard.arm(connection)


def _postgres_hand(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET session_replication_role = DEFAULT")


def kinds():
    return {f.kind for f in verify().findings}


def test_an_untouched_office_is_whole(office):
    report = verify()
    assert report.findings == []
    assert report.rows > 30


def test_an_edited_row_is_named_with_its_last_honest_entry(office, intruder):
    with prepared(office.body):
        Person.objects.filter(pk=office.handler.pk).update(initials="sp")
    last = Head.objects.get(chain="JIA").number
    intruder("UPDATE directory_person SET name = %s WHERE id = %s", "单某", office.handler.pk)
    (finding,) = verify().findings
    assert finding.kind == "altered"
    assert (finding.table, finding.key) == ("directory_person", str(office.handler.pk))
    assert finding.number == last and str(last) in finding.text


def _columns():
    for model in recorded_models():
        if model._meta.app_label in {"directory", "access"}:
            for field in model._meta.concrete_fields:
                if field.name != "id":
                    yield pytest.param(model, field, id=f"{model._meta.db_table}.{field.column}")


@pytest.mark.parametrize(("model", "field"), list(_columns()))
def test_an_edit_of_any_column_is_found(office, intruder, model, field):
    with prepared(office.body):
        for name in ("一", "二"):
            label = label_for(
                level=Level.SECRET, body=office.body, principals=[name], basis=name, on=office.today
            )
    assert label.pk
    row = model._base_manager.order_by("pk").last()
    intruder(
        f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s WHERE id = %s',
        _another_value(field, row),
        row.pk,
    )
    assert ("altered", model._meta.db_table, str(row.pk)) in {
        (f.kind, f.table, f.key) for f in verify().findings
    }


def _another_value(field, row):
    """A value of the right type that is not the one that stands there."""
    old = getattr(row, field.attname)
    if field.is_relation:
        others = field.related_model._base_manager.exclude(pk=old)
        return others.order_by("pk").values_list("pk", flat=True).first()
    kind = field.get_internal_type()
    if kind == "BooleanField":
        return not old
    if kind == "DateTimeField":
        return NOW + timedelta(days=99, seconds=1)
    if kind == "DateField":
        return (NOW + timedelta(days=99)).date()
    return int(old or 0) + 1 if "Integer" in kind else f"~{(old or '')[1:]}"


def test_a_deleted_and_an_inserted_row_are_found(office, intruder):
    intruder("DELETE FROM directory_place WHERE id = %s", office.cabinet.pk)
    intruder(
        "INSERT INTO directory_department (salt, name, body_id) VALUES (%s, %s, %s)",
        "s",
        "影子科",
        office.body.pk,
    )
    assert {"missing", "extra"} <= kinds()


def test_an_earlier_honest_version_put_back_is_found(office, intruder):
    place = office.cabinet
    with prepared(office.body):
        type(place).objects.filter(pk=place.pk).update(name="新柜")
    intruder("UPDATE directory_place SET name = %s WHERE id = %s", "普通柜", place.pk)
    assert kinds() == {"rolled_back"}


def test_the_same_moment_written_otherwise_is_no_alarm(office):
    report = verify()
    assert report.is_whole


def test_a_truth_that_is_neither_yes_nor_no_is_found(office, intruder):
    if connection.vendor == "postgresql":  # has a type of its own that takes nothing else
        intruder("UPDATE directory_place SET active = false WHERE id = %s", office.cabinet.pk)
    else:
        intruder("UPDATE directory_place SET active = 2 WHERE id = %s", office.cabinet.pk)
    assert kinds() == {"altered"}


def test_null_and_empty_are_not_the_same(office, intruder):
    intruder("UPDATE directory_person SET department_id = NULL WHERE id = %s", office.handler.pk)
    assert kinds() == {"altered"}


@pytest.mark.parametrize(
    "column",
    [
        "chain",
        "number",
        "at",
        "actor",
        "actor_name",
        "event",
        "subject",
        "clause",
        "body",
        "seals",
        "changes",
        "previous",
        "digest",
    ],
)
def test_an_edit_of_any_column_of_an_entry_is_found(office, intruder, column):
    with prepared(office.body):
        Department.objects.create(body=office.body, name="新科")
    entry = Entry.objects.order_by("id").first()
    value = 99 if column in {"number", "actor"} else "x"
    intruder(f'UPDATE trail_entry SET "{column}" = %s WHERE id = %s', value, entry.pk)
    assert kinds() & {"entry", "link", "gap", "order"}


def test_a_deleted_entry_leaves_a_gap(office, intruder):
    for name in "甲乙":
        with prepared(office.body):
            Department.objects.create(body=office.body, name=name)
    entry = Entry.objects.get(chain="JIA", number=2)
    intruder("DELETE FROM trail_change WHERE entry_id = %s", entry.pk)
    intruder("DELETE FROM trail_entry WHERE id = %s", entry.pk)
    assert "gap" in kinds()


def test_a_cut_tail_is_found_by_head_then_by_seals_then_by_checkpoint(office, intruder, tmp_path):
    with prepared(office.body):
        Department.objects.create(body=office.body, name="新科")
    sheet = checkpoint.make(tmp_path, at=NOW)
    last = Entry.objects.order_by("-id")[0]
    intruder("DELETE FROM trail_change WHERE entry_id = %s", last.pk)
    intruder("DELETE FROM trail_entry WHERE id = %s", last.pk)
    assert {"head", "extra"} <= kinds()
    intruder("UPDATE trail_head SET number = %s, digest = %s", last.number - 1, last.previous)
    assert kinds() == {"extra"}
    intruder("DELETE FROM directory_department WHERE name = %s", "新科")
    assert kinds() == set()
    assert "truncated" in {f.kind for f in verify(checkpoint=sheet).findings}


def test_a_whole_rewrite_is_found_by_the_checkpoint_only(office, intruder, tmp_path):
    sheet = checkpoint.make(tmp_path, at=NOW)
    previous = GENESIS
    for entry in Entry.objects.order_by("number"):
        values = [getattr(entry, c) for c in chain.COLUMNS]
        values[4], values[11] = "他人", previous
        digest = chain.entry_digest(values)
        intruder(
            "UPDATE trail_entry SET actor_name = %s, previous = %s, digest = %s WHERE id = %s",
            "他人",
            previous,
            digest,
            entry.pk,
        )
        previous = digest
    intruder("UPDATE trail_head SET digest = %s", previous)
    assert kinds() == set()
    assert {f.kind for f in verify(checkpoint=sheet).findings} == {"checkpoint"}


def test_an_edited_change_text_is_found(office, intruder):
    intruder("UPDATE trail_change SET text = %s", "{}")
    assert "change" in kinds()
    Change.objects.all()
    intruder("DELETE FROM trail_change")
    assert "change" in kinds()


def test_an_unknown_table_is_found(office):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE shadow (id integer)")
        assert kinds() == {"table"}
        cursor.execute("DROP TABLE shadow")


def test_a_lost_chain_is_found(office, intruder):
    intruder("DELETE FROM trail_change")
    intruder("DELETE FROM trail_entry")
    assert {"head", "extra"} <= kinds()


def test_the_stand_alone_verifier_agrees(office, intruder, tmp_path):
    exported, sheet = tmp_path / "trail.jsonl", tmp_path / "checkpoint.json"
    sheet.write_text(json.dumps(checkpoint.make(tmp_path, at=NOW)), encoding="utf-8")

    def alone() -> int:
        exported.write_text("\n".join(export()), encoding="utf-8")
        command = [sys.executable, "-I", chain.__file__, str(exported), "--checkpoint", str(sheet)]
        return subprocess.run(command, capture_output=True, check=False).returncode

    assert alone() == 0
    intruder("UPDATE trail_entry SET event = %s WHERE number = 1", "x")
    assert alone() == 1
    assert "entry" in kinds()


def test_a_checkpoint_that_was_changed_or_not_signed_is_refused(office, tmp_path):
    path = tmp_path / "checkpoint.json"
    said = checkpoint.make(tmp_path, at=NOW)
    path.write_text(json.dumps(said), encoding="utf-8")
    assert checkpoint.read(path, tmp_path)["heads"] == said["heads"]
    for forged in (
        {**said, "entries": 99},
        {k: v for k, v in said.items() if k != "signature"},
        [],
    ):
        path.write_text(json.dumps(forged), encoding="utf-8")
        with pytest.raises(checkpoint.BadCheckpoint):
            checkpoint.read(path, tmp_path)
    path.unlink()
    with pytest.raises(checkpoint.BadCheckpoint):
        checkpoint.read(path, tmp_path)


def test_each_body_has_a_chain_of_its_own(office, intruder):
    with prepared(office.other):
        Body.objects.filter(pk=office.other.pk).update(issuer_word="乙")
    assert Path(chain.__file__).exists()
    assert set(Head.objects.values_list("chain", flat=True)) == {"JIA", "YI"}
    intruder("UPDATE trail_entry SET chain = %s WHERE chain = %s", "BING", "YI")
    assert {"head", "entry"} <= kinds()
