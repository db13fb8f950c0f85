"""Every way to write that Django, SQL or the driver has: refused outside an act, sealed inside one."""

import json
import sqlite3

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F
from django.db.models.deletion import CASCADE, SET_NULL, Collector
from django.db.utils import load_backend
from django.forms import modelform_factory

from conftest import prepared
from shoumi.platform.directory.models import Body, Place
from shoumi.platform.trail import guard
from shoumi.platform.trail.guard import UnrecordedWrite
from shoumi.platform.trail.models import Entry, recorded_models
from shoumi.platform.trail.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.clause("trail.one_door", "trail.entry")]

TABLE = Place._meta.db_table
COLUMNS = "salt, name, kind, level_limit, active, body_id"
VALUES = "'s', '影子柜', 'safe', 1, {true}, {body}"


def _new(o, name="新柜", **changed):
    return Place(body=o.body, name=name, kind=Place.Kind.SAFE, level_limit=1, **changed)


def _sql(o, sql, *values):
    true = "1" if connection.vendor == "sqlite" else "true"
    with connection.cursor() as cursor:
        cursor.execute(sql.format(true=true, body=o.body.pk, safe=o.safe.pk), values or None)


def _changed(o, **fields):
    for name, value in fields.items():
        setattr(o.safe, name, value)
    return o.safe


def _collected(o, on_delete, name):
    """What Django does with the rows that point to a row being deleted."""
    collector = Collector(using="default", origin=o.registry)
    rows = Place._base_manager.filter(pk=o.top_safe.pk)
    on_delete(collector, Place._meta.get_field(name), rows, "default")
    collector.delete()


def _deserialized(o):
    return next(iter(serializers.deserialize("json", serializers.serialize("json", [o.safe]))))


def _loaddata(o, folder):
    path = folder / "places.json"
    said = json.loads(serializers.serialize("json", [o.safe]))
    said[0]["fields"]["name"] = "换名柜"
    path.write_text(json.dumps(said), encoding="utf-8")
    call_command("loaddata", str(path), verbosity=0)


def _form(o):
    form = modelform_factory(Place, fields=["name"])({"name": "表单柜"}, instance=o.safe)
    form.save()


UPSERT = (
    f"INSERT INTO {TABLE} (id, {COLUMNS}) VALUES ({{safe}}, {VALUES}) "
    "ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name"
)
SELECTED = (
    f"INSERT INTO {TABLE} ({COLUMNS}) SELECT salt, '影子柜', kind, level_limit, active, body_id"
    f" FROM {TABLE} WHERE id = {{safe}}"
)
COMMON = {
    "save of a changed row": lambda o, _: _changed(o, name="换名柜").save(),
    "save of one field": lambda o, _: _changed(o, name="换名柜").save(update_fields=["name"]),
    "save of a new row": lambda o, _: _new(o).save(),
    "save forced to insert": lambda o, _: _new(o).save(force_insert=True),
    "save_base": lambda o, _: _changed(o, name="换名柜").save_base(),
    "save_base raw": lambda o, _: _changed(o, name="换名柜").save_base(raw=True),
    "create": lambda o, _: Place.objects.create(**_fields(o)),
    "get_or_create": lambda o, _: Place.objects.get_or_create(**_fields(o)),
    "update_or_create": lambda o, _: Place.objects.update_or_create(
        {"name": "换名柜"}, pk=o.safe.pk
    ),
    "bulk_create": lambda o, _: Place.objects.bulk_create([_new(o), _new(o, "又一柜")]),
    "bulk_create over conflicts": lambda o, _: Place.objects.bulk_create(
        [_new(o), _new(o, "1号柜")], ignore_conflicts=True
    ),
    "bulk_create with updates": lambda o, _: Place.objects.bulk_create(
        [_new(o, "1号柜", active=False)],
        update_conflicts=True,
        update_fields=["active"],
        unique_fields=["body", "name"],
    ),
    "bulk_update": lambda o, _: Place.objects.bulk_update([_changed(o, name="换名柜")], ["name"]),
    "update": lambda o, _: Place.objects.filter(pk=o.safe.pk).update(name="换名柜"),
    "update by expression": lambda o, _: Place.objects.update(level_limit=F("level_limit") * 0),
    "update under a lock": lambda o, _: (
        Place.objects.select_for_update().filter(pk=o.safe.pk).update(name="换名柜")
    ),
    "_update": lambda o, _: Place.objects.filter(pk=o.safe.pk)._update(
        [(Place._meta.get_field("name"), None, "换名柜")]
    ),
    "delete of a row": lambda o, _: o.cabinet.delete(),
    "delete of rows": lambda o, _: Place.objects.filter(pk=o.cabinet.pk).delete(),
    "_raw_delete": lambda o, _: Place.objects.filter(pk=o.cabinet.pk)._raw_delete("default"),
    "_base_manager": lambda o, _: Place._base_manager.filter(pk=o.safe.pk).update(name="换名柜"),
    "a plain query set": lambda o, _: models.QuerySet(Place).update(active=False),
    "a form": lambda o, _: _form(o),
    "a deserialised row": lambda o, _: _save_deserialised(o),
    "loaddata": _loaddata,
    "cascade": lambda o, _: _collected(o, CASCADE, "body"),
    "SET_NULL": lambda o, _: _collected(o, SET_NULL, "within"),
    "reverse create": lambda o, _: o.registry.parts.create(**_fields(o)),
    "reverse add": lambda o, _: o.registry.parts.add(o.cabinet),
    "reverse add one by one": lambda o, _: o.registry.parts.add(o.cabinet, bulk=False),
    "reverse remove": lambda o, _: o.registry.parts.remove(o.safe),
    "reverse clear": lambda o, _: o.registry.parts.clear(),
    "reverse set": lambda o, _: o.registry.parts.set([o.cabinet]),
    "cursor insert": lambda o, _: _sql(o, f"INSERT INTO {TABLE} ({COLUMNS}) VALUES ({VALUES})"),
    "cursor insert from a query": lambda o, _: _sql(o, SELECTED),
    "cursor update": lambda o, _: _sql(o, f"UPDATE {TABLE} SET name = name || '甲'"),
    "cursor delete": lambda o, _: _sql(o, f"DELETE FROM {TABLE} WHERE id = %s", o.cabinet.pk),
    "cursor upsert": lambda o, _: _sql(o, UPSERT),
    "cursor many": lambda o, _: connection.cursor().executemany(
        f"UPDATE {TABLE} SET name = %s WHERE id = %s", [("换名柜", o.safe.pk)]
    ),
    "cursor behind a common table": lambda o, _: _sql(
        o,
        f"WITH mine AS (SELECT {{safe}} AS id) UPDATE {TABLE} SET name = '换名柜'"
        " WHERE id IN (SELECT id FROM mine)",
    ),
    "cursor without a change": lambda o, _: _sql(o, f"UPDATE {TABLE} SET name = name"),
}
SQLITE = {
    "INSERT OR REPLACE": lambda o, _: _sql(
        o, f"INSERT OR REPLACE INTO {TABLE} (id, {COLUMNS}) VALUES ({{safe}}, {VALUES})"
    ),
    "INSERT OR IGNORE": lambda o, _: _sql(
        o, f"INSERT OR IGNORE INTO {TABLE} ({COLUMNS}) VALUES ({VALUES})"
    ),
    "UPDATE OR REPLACE": lambda o, _: _sql(
        o, f"UPDATE OR REPLACE {TABLE} SET name = '1号柜' WHERE name = '普通柜'"
    ),
    "the driver's own execute": lambda o, _: connection.connection.execute(
        f"UPDATE {TABLE} SET name = '换名柜' WHERE id = {o.safe.pk}"
    ),
}
POSTGRESQL = {
    "DELETE behind a common table": lambda o, _: _sql(
        o,
        f"WITH gone AS (DELETE FROM {TABLE} WHERE id = %s RETURNING id) SELECT * FROM gone",
        o.cabinet.pk,
    ),
    "MERGE": lambda o, _: _sql(
        o,
        f"MERGE INTO {TABLE} p USING (SELECT {{safe}} AS id) mine ON p.id = mine.id"
        " WHEN MATCHED THEN UPDATE SET name = '换名柜'",
    ),
    "the driver's own execute": lambda o, _: connection.connection.execute(
        f"UPDATE {TABLE} SET name = '换名柜' WHERE id = {o.safe.pk}"
    ),
}
PATHS = COMMON | (SQLITE if connection.vendor == "sqlite" else POSTGRESQL)


def _fields(o):
    return {"body": o.body, "name": "新柜", "kind": Place.Kind.SAFE, "level_limit": 1}


def _save_deserialised(o):
    found = _deserialized(o)
    found.object.name = "换名柜"
    found.save()


def rows():
    return {row["id"]: row for row in Place._base_manager.values()}


@pytest.mark.parametrize("path", PATHS)
def test_outside_an_act_a_write_is_refused_and_leaves_nothing(office, tmp_path, path):
    before, entries = rows(), Entry.objects.count()
    driver = connection.Database.Error
    with pytest.raises((UnrecordedWrite, driver), match=guard.SIGN), transaction.atomic():
        PATHS[path](office, tmp_path)
    assert rows() == before
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("path", PATHS)
def test_inside_an_act_one_entry_seals_exactly_the_rows_it_wrote(office, tmp_path, path):
    before, entries = rows(), Entry.objects.count()
    with prepared(office.body):
        PATHS[path](office, tmp_path)
    after = rows()
    entry = Entry.objects.order_by("-id")[0]
    sealed = dict(line.split("=") for line in entry.seals.split("\n"))
    changed = {k for k in before | after if before.get(k) != after.get(k)}
    assert changed or path == "cursor without a change"
    assert {f"{TABLE}:{key}" for key in changed} <= set(sealed)
    assert {key for key, seal in sealed.items() if seal == "-"} == {
        f"{TABLE}:{key}" for key in set(before) - set(after)
    }
    assert Entry.objects.count() == entries + 1
    assert verify().findings == []


def test_thirty_ways_and_more_are_tried():
    assert len(PATHS) >= 30


def test_the_program_is_told_that_it_wrote_outside_an_act(office):
    with pytest.raises(UnrecordedWrite, match=TABLE), transaction.atomic():
        Place.objects.update(active=False)


def test_another_fault_of_the_database_stays_what_it_is(office):
    with pytest.raises(DatabaseError) as fault, transaction.atomic():
        _sql(office, "SELECT nothing FROM nowhere")
    assert not isinstance(fault.value, UnrecordedWrite)


def triggers():
    """(table, trigger) of every guard that stands in this database."""
    sql = (
        "SELECT tbl_name, name FROM sqlite_temp_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [(table, name) for table, name in cursor.fetchall() if "trail_guard" in name]


def test_every_recorded_table_is_guarded(db):
    each = 6 if connection.vendor == "sqlite" else 2
    guarded = [table for table, _ in triggers()]
    assert {m._meta.db_table: each for m in recorded_models()} == {
        table: guarded.count(table) for table in guarded
    }


def test_putting_the_guard_up_twice_changes_nothing(office):
    before = triggers()
    guard.arm(connection)
    guard.fortify(connection)
    assert sorted(triggers()) == sorted(before)
    assert connection.execute_wrappers.count(guard.translate) == 1


def test_after_a_migration_the_guard_stands_again(db):
    before = sorted(triggers())
    guard.on_pre_migrate(using="default")
    guard.on_post_migrate(using="default")
    assert sorted(triggers()) == before


def test_a_table_cannot_be_emptied_at_once(office):
    connection.check_constraints()
    word = "DELETE FROM" if connection.vendor == "sqlite" else "TRUNCATE"
    with pytest.raises(UnrecordedWrite), transaction.atomic():
        _sql(office, f"{word} access_clearancerecord")
    if connection.vendor == "sqlite":
        with prepared(office.body):
            _sql(office, f"{word} access_clearancerecord")
        assert verify().findings == []
    else:
        with pytest.raises(UnrecordedWrite, match="truncated"), prepared(office.body):
            _sql(office, f"{word} access_clearancerecord")


def test_the_door_is_shut_again_when_the_act_is_over_or_failed(office):
    with prepared(office.body):
        _changed(office, name="换名柜").save()
    with pytest.raises(UnrecordedWrite), transaction.atomic():
        office.safe.save()
    with pytest.raises(LookupError), prepared(office.body):
        raise LookupError
    with pytest.raises(UnrecordedWrite), transaction.atomic():
        office.safe.save()


@pytest.fixture
def file_database(tmp_path, db):
    """Another connection, as Django makes it, on an empty SQLite file with the table of bodies."""
    said = {**connection.settings_dict, "ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}
    said |= {"NAME": str(tmp_path / "office.sqlite3"), "TEST": {}}
    other = load_backend(said["ENGINE"]).DatabaseWrapper(said, "file")
    columns = ", ".join(f'"{f.column}"' for f in Body._meta.concrete_fields if f.name != "id")
    with other.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {Body._meta.db_table} (id INTEGER PRIMARY KEY, {columns})")
    guard.arm(other)
    yield other
    other.close()


def test_the_drivers_own_script_is_refused_too(file_database):
    table = Body._meta.db_table
    script = f"SELECT 1; INSERT INTO {table} (salt, name, code, issuer_word, local)"
    script += " VALUES ('s', '影子局', 'YING', '', 1);"
    with pytest.raises(sqlite3.Error, match=guard.SIGN):
        file_database.connection.executescript(script)
    with file_database.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == (0,)


def test_a_table_that_is_not_made_yet_is_left_out(file_database):
    with file_database.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl_name FROM sqlite_temp_master WHERE type = 'trigger'")
        assert cursor.fetchall() == [(Body._meta.db_table,)]


def test_taking_the_guard_down_leaves_the_triggers_of_others(file_database):
    table = Body._meta.db_table
    with file_database.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TRIGGER other AFTER UPDATE ON {table} BEGIN SELECT 1; END")
        guard.disarm(file_database)
        cursor.execute("SELECT name FROM sqlite_temp_master WHERE type = 'trigger'")
        assert cursor.fetchall() == [("other",)]


def test_a_migration_may_stand_before_a_table_is_made(db):
    connection.check_constraints()
    guard.disarm(connection)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} RENAME TO places_to_come")
        guard.on_post_migrate(using="default")
        assert TABLE not in [table for table, _ in triggers()]
