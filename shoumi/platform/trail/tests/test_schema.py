"""The fingerprint of the schema: a trigger, column or table changed by hand is found, a rebuild is not."""

import pytest
from django.db import connection

from conftest import NOW
from shoumi.platform.trail import schema
from shoumi.platform.trail.recording import Record, recording
from shoumi.platform.trail.verify import verify

pytestmark = pytest.mark.clause("trail.verify")


@pytest.fixture
def chained(office):
    """The schema as it stands is chained, as the founding does it."""
    chain(connection.vendor, schema.fingerprint())


def chain(database, fingerprint):
    details = {"database": database, "fingerprint": fingerprint}
    with recording(Record("JIA", schema.EVENT, 0, "系统", "trail.entry", NOW, details=details)):
        pass


def by_hand(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def kinds():
    return {finding.kind for finding in verify().findings}


def test_a_schema_never_chained_is_compared_with_nothing(office):
    assert list(schema.compare()) == []


@pytest.mark.usefixtures("chained")
def test_an_untouched_schema_is_whole():
    assert kinds() == set()


@pytest.mark.usefixtures("chained")
@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE directory_place ADD COLUMN hidden integer",
        "ALTER TABLE directory_place RENAME COLUMN name TO title",
        "CREATE VIEW trail_shadow AS SELECT 1 AS one",
        "drop",
    ],
)
def test_a_column_a_view_or_a_trigger_changed_by_hand_is_found(change):
    if change == "drop":
        name = "trail_entry_keep_update" if connection.vendor == "sqlite" else "trail_entry_keep"
        change = f"DROP TRIGGER {name}"
        change += "" if connection.vendor == "sqlite" else " ON trail_entry"
    connection.check_constraints()
    by_hand(change)
    (finding,) = schema.compare()
    assert finding.kind == "schema"
    assert "登记的不一致" in finding.text


def test_what_was_chained_on_another_kind_of_database_is_not_compared(office):
    chain("oracle", "0" * 64)
    assert kinds() == set()


@pytest.mark.usefixtures("chained")
def test_the_latest_fingerprint_counts():
    chain(connection.vendor, "0" * 64)
    assert kinds() == {"schema"}
