"""The write guard: no business row changes outside an open act, whatever call tries it.

The guard stands in the database itself, as row triggers, because overriding `save` and its friends lets
more than half of the ways to write slip by. The same triggers note which rows were touched and how they
looked before, so that an act seals exactly what it wrote.

SQLite: TEMP triggers of each connection, with TEMP tables beside them; the file itself stays plain, and a
hand with the sqlite3 command line is not stopped but found (`shoumi verify`). PostgreSQL: triggers of the
tables, opened for one transaction by the setting `shoumi.act`.
"""

from collections.abc import Callable
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.db.utils import DatabaseError

from shoumi.platform.trail.models import recorded_models

SIGN = "unrecorded write"


class UnrecordedWrite(RuntimeError):
    """A business table was written outside an act: a fault of the program, never of a user."""


def arm(connection: BaseDatabaseWrapper) -> None:
    """Put the guard up on a fresh connection (tables that are not made yet are left out)."""
    if translate not in connection.execute_wrappers:
        connection.execute_wrappers.append(translate)
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor == "sqlite":
            cursor.execute("CREATE TEMP TABLE IF NOT EXISTS trail_act (opened INTEGER)")
            cursor.execute(
                "CREATE TEMP TABLE IF NOT EXISTS trail_touched"
                " (name TEXT, key INTEGER, old TEXT, PRIMARY KEY (name, key))"
            )
            for model in recorded_models():
                if model._meta.db_table in tables:
                    for statement in _sqlite_triggers(model):
                        cursor.execute(statement)
        else:
            cursor.execute(
                "CREATE TEMP TABLE IF NOT EXISTS trail_touched"
                " (name text, key bigint, old text, PRIMARY KEY (name, key)) ON COMMIT DELETE ROWS"
            )


def disarm(connection: BaseDatabaseWrapper) -> None:
    """Take the SQLite triggers down before migrations rebuild tables; PostgreSQL keeps its own."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_temp_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            if name.startswith("trail_guard_"):
                cursor.execute(f'DROP TRIGGER temp."{name}"')


def fortify(connection: BaseDatabaseWrapper) -> None:
    """Install the lasting triggers (PostgreSQL) after tables were made or changed."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRES_FUNCTION)
        tables = set(connection.introspection.table_names(cursor))
        for model in recorded_models():
            table = model._meta.db_table
            if table in tables:
                cursor.execute(f'DROP TRIGGER IF EXISTS trail_guard_row ON "{table}"')
                cursor.execute(f'DROP TRIGGER IF EXISTS trail_guard_all ON "{table}"')
                cursor.execute(
                    f'CREATE TRIGGER trail_guard_row AFTER INSERT OR UPDATE OR DELETE ON "{table}"'
                    " FOR EACH ROW EXECUTE FUNCTION trail_guard()"
                )
                cursor.execute(
                    f'CREATE TRIGGER trail_guard_all BEFORE TRUNCATE ON "{table}"'
                    " FOR EACH STATEMENT EXECUTE FUNCTION trail_guard()"
                )


def open_act(connection: BaseDatabaseWrapper) -> None:
    """Let this transaction write; anything it forgot to close dies with its rollback."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM temp.trail_touched")
            cursor.execute("INSERT INTO temp.trail_act VALUES (1)")
        else:
            cursor.execute("DELETE FROM pg_temp.trail_touched")
            cursor.execute("SELECT set_config('shoumi.act', '1', true)")


def close_act(connection: BaseDatabaseWrapper) -> None:
    """Shut the door again before the transaction ends."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM temp.trail_act")
        else:
            cursor.execute("SELECT set_config('shoumi.act', '', true)")


def touched(connection: BaseDatabaseWrapper) -> list[tuple[str, int, str | None]]:
    """(table, key, image before or None) of every row written since the act was opened."""
    schema = "temp" if connection.vendor == "sqlite" else "pg_temp"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name, key, old FROM {schema}.trail_touched ORDER BY name, key")
        return list(cursor.fetchall())


def translate(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> CursorWrapper:
    """Turn the trigger's refusal into UnrecordedWrite."""
    try:
        result: CursorWrapper = execute(sql, params, many, context)
        return result
    except DatabaseError as error:
        if SIGN in str(error):
            raise UnrecordedWrite(str(error)) from error
        raise


def on_connection_created(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    arm(connection)


def on_pre_migrate(*, using: str, **_: Any) -> None:
    disarm(connections[using])


def on_post_migrate(*, using: str, **_: Any) -> None:
    disarm(connections[using])
    fortify(connections[using])
    arm(connections[using])


def _sqlite_triggers(model: type[Model]) -> list[str]:
    table = model._meta.db_table
    columns = [f.column for f in model._meta.concrete_fields]
    image = ", ".join(f"'{c}', OLD.\"{c}\"" for c in columns)
    refuse = f"SELECT RAISE(ABORT, '{SIGN}: {table}') WHERE NOT EXISTS (SELECT 1 FROM trail_act);"
    # No "OR IGNORE" here: inside a trigger the outer statement's conflict rule would win.
    note = (
        "INSERT INTO trail_touched SELECT '{t}', {k}, {i} WHERE NOT EXISTS"
        " (SELECT 1 FROM trail_touched WHERE name = '{t}' AND key = {k});"
    )
    new = note.format(t=table, k="NEW.id", i="NULL")
    old = note.format(t=table, k="OLD.id", i=f"json_object({image})")
    deeds = {"INSERT": new, "UPDATE": old + new, "DELETE": old}
    statements = []
    for verb, body in deeds.items():
        for when, text in (("BEFORE", refuse), ("AFTER", body)):
            name = f"trail_guard_{table}_{when}_{verb}".lower()
            statements.append(
                f'CREATE TEMP TRIGGER IF NOT EXISTS "{name}" {when} {verb} ON main."{table}"'
                f" BEGIN {text} END"
            )
    return statements


_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION trail_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('shoumi.act', true), '') = '' THEN
    RAISE EXCEPTION '{SIGN}: %', TG_TABLE_NAME;
  END IF;
  IF TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION '{SIGN}: % truncated', TG_TABLE_NAME;
  END IF;
  IF TG_OP IN ('UPDATE', 'DELETE') THEN
    INSERT INTO pg_temp.trail_touched VALUES (TG_TABLE_NAME, OLD.id, to_jsonb(OLD)::text)
    ON CONFLICT DO NOTHING;
  END IF;
  IF TG_OP IN ('INSERT', 'UPDATE') THEN
    INSERT INTO pg_temp.trail_touched VALUES (TG_TABLE_NAME, NEW.id, NULL) ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$
"""
