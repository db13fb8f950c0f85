"""The fingerprint of the schema: tables, columns, triggers and owners, chained when they are made.

A trigger dropped and not put back, a column added by hand, a rule that swallows inserts: none of them
changes a row, all of them change this.
"""

import json
from collections.abc import Iterator

from django.db import connection

from shoumi.kernel.chain import Finding, sm3
from shoumi.platform.trail.models import Entry

EVENT = "systems.schema"
_POSTGRES = (
    """SELECT table_name, column_name, data_type, coalesce(column_default, ''), is_nullable
       FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2""",
    """SELECT c.relname, t.tgname, t.tgenabled::text, pg_get_triggerdef(t.oid) FROM pg_trigger t
       JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal ORDER BY 1, 2""",
    "SELECT tablename, rulename, definition FROM pg_rules WHERE schemaname = 'public' ORDER BY 1, 2",
    "SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'trail_%' ORDER BY 1",
)
_SQLITE = (
    """SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master
       WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name""",
)


def fingerprint() -> str:
    """SM3 over the definitions of everything in the database, in a stable order."""
    found = []
    with connection.cursor() as cursor:
        for sql in _SQLITE if connection.vendor == "sqlite" else _POSTGRES:
            cursor.execute(sql)
            found += [list(row) for row in cursor.fetchall()]
    return sm3(json.dumps(found, ensure_ascii=False).encode())


def compare() -> Iterator[Finding]:
    """Nothing when the schema is the one last chained on this kind of database, else one finding."""
    last = Entry.objects.filter(event=EVENT).order_by("id").last()
    if last is None:
        return
    said = json.loads(last.body)
    if said["database"] == connection.vendor and said["fingerprint"] != fingerprint():
        text = f"数据库结构（表、列、触发器）与链 {last.chain} 第 {last.number} 条登记的不一致"
        yield Finding("schema", text, last.chain, last.number)
