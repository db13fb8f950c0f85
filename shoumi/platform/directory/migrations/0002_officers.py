"""An officer holds no other post: not while both appointments run, whoever writes them."""

from django.db import migrations

OFFICERS = "('sysadmin', 'secadmin', 'auditor')"
CLASH = f"""SELECT 1 FROM directory_appointment a
  WHERE a.person_id = NEW.person_id AND a.id <> NEW.id
    AND (a.post IN {OFFICERS} OR NEW.post IN {OFFICERS})
    AND a.since <= coalesce(NEW.until, '9999-12-31') AND NEW.since <= coalesce(a.until, '9999-12-31')
    AND coalesce(NEW.until, '9999-12-31') >= NEW.since AND coalesce(a.until, '9999-12-31') >= a.since"""
SQLITE = [
    f"""CREATE TRIGGER directory_officer_{verb} AFTER {verb} ON directory_appointment
        WHEN EXISTS ({CLASH})
        BEGIN SELECT RAISE(ABORT, 'directory_officer_holds_one_post'); END"""
    for verb in ("INSERT", "UPDATE")
]
POSTGRES = [
    f"""CREATE FUNCTION directory_officer() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM 1 FROM directory_person WHERE id = NEW.person_id FOR UPDATE;
          IF EXISTS ({CLASH}) THEN
            RAISE EXCEPTION 'directory_officer_holds_one_post' USING ERRCODE = 'check_violation';
          END IF;
          RETURN NULL;
        END $$""",
    """CREATE TRIGGER directory_officer AFTER INSERT OR UPDATE ON directory_appointment
       FOR EACH ROW EXECUTE FUNCTION directory_officer()""",
]


def forwards(apps, editor):
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRES:
        editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
