"""Append-only entries: no update, no delete, no replacing insert, whatever client asks."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER trail_entry_keep_update BEFORE UPDATE ON trail_entry
       BEGIN SELECT RAISE(ABORT, 'trail_entry is append-only'); END""",
    """CREATE TRIGGER trail_entry_keep_delete BEFORE DELETE ON trail_entry
       BEGIN SELECT RAISE(ABORT, 'trail_entry is append-only'); END""",
    # INSERT OR REPLACE deletes without firing a delete trigger: refuse the insert itself.
    """CREATE TRIGGER trail_entry_keep_insert BEFORE INSERT ON trail_entry
       WHEN NEW.number < 1 OR EXISTS (SELECT 1 FROM trail_entry
         WHERE (chain = NEW.chain AND number = NEW.number) OR digest = NEW.digest OR id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'trail_entry is append-only'); END""",
    """CREATE TRIGGER trail_change_keep_update BEFORE UPDATE ON trail_change
       BEGIN SELECT RAISE(ABORT, 'trail_change is append-only'); END""",
    """CREATE TRIGGER trail_change_keep_delete BEFORE DELETE ON trail_change
       BEGIN SELECT RAISE(ABORT, 'trail_change is append-only'); END""",
    """CREATE TRIGGER trail_change_keep_insert BEFORE INSERT ON trail_change
       WHEN EXISTS (SELECT 1 FROM trail_change WHERE entry_id = NEW.entry_id OR id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'trail_change is append-only'); END""",
]
POSTGRES = [
    """CREATE FUNCTION trail_keep() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$""",
    *(
        f"""CREATE TRIGGER {table}_keep BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION trail_keep()"""
        for table in ("trail_entry", "trail_change")
    ),
    *(
        f"""CREATE TRIGGER {table}_keep_all BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION trail_keep()"""
        for table in ("trail_entry", "trail_change")
    ),
]


def forwards(apps, editor):
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRES:
        editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
