"""T5: a verification by two processes finds what one finds, on a database they really share."""

import json

import pytest

from tests.proof.installed import Installed

# The tables are copied from the tests' own database, which this mark makes.
pytestmark = pytest.mark.django_db

PROGRAM = """
import json, django
django.setup()
from django.db import connection
from conftest import NOW, build_office, prepared, standing_office
from shoumi.platform.directory.models import Place
from shoumi.platform.trail import guard, texts
from shoumi.platform.trail.verify import verify

office = standing_office() or build_office()
texts.AT_ONCE = 10
for n in range(12):
    with prepared(office.body):
        Place.objects.create(body=office.body, name=f"第{n}柜", kind="safe", level_limit=1)

def both():
    said = [verify(processes=n) for n in (1, 2)]
    assert all(r.entries == said[0].entries and r.rows == said[0].rows for r in said)
    found = [sorted((f.kind, f.table, f.key, f.number) for f in r.findings) for r in said]
    assert found[0] == found[1], found
    return found[0]

whole = both()
if connection.vendor == "sqlite":
    guard.disarm(connection)
else:
    connection.cursor().execute("SET session_replication_role = replica")
with connection.cursor() as cursor:
    cursor.execute("UPDATE directory_place SET name = 'x' WHERE name = '第7柜'")
    cursor.execute("DELETE FROM directory_place WHERE name = '第8柜'")
    if connection.vendor == "sqlite":
        cursor.execute("DROP TRIGGER trail_change_keep_update")
    cursor.execute("UPDATE trail_change SET text = '{}' WHERE id = (SELECT max(id) FROM trail_change)")
print(json.dumps([whole, both()]))
"""


def test_two_processes_find_what_one_finds(installation: Installed):
    whole, broken = json.loads(installation.told(PROGRAM))
    assert whole == []
    assert {(kind, table) for kind, table, _, _ in broken} >= {
        ("altered", "directory_place"),
        ("missing", "directory_place"),
        ("change", "trail_change"),
    }
