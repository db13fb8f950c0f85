"""One act, one entry, one commit: what it wrote is sealed, and an entry that is lost undoes everything."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection

from conftest import NOW, prepared
from shoumi.kernel import chain
from shoumi.platform.directory.models import Body, Department, Place
from shoumi.platform.trail import guard
from shoumi.platform.trail.models import Change, Entry, Head, name_of, new_salt
from shoumi.platform.trail.recording import EntryLost, Record, moment, recording
from shoumi.platform.trail.verify import verify

pytestmark = pytest.mark.clause("trail.entry")


def record(office, **changed):
    said = {"chain": "JIA", "event": "test.do", "actor": 7, "actor_name": "区敏"}
    return Record(**said | {"clause": "trail.entry", "at": NOW} | changed)


def last():
    return Entry.objects.order_by("-id")[0]


def sealed(entry):
    return dict(line.split("=") for line in entry.seals.split("\n") if line)


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2026, 9, 1, 1, tzinfo=UTC), "2026-09-01T01:00:00.000000Z"),
        (
            datetime(2026, 9, 1, 9, 0, 0, 5, timezone(timedelta(hours=8))),
            "2026-09-01T01:00:00.000005Z",
        ),
    ],
)
def test_the_time_of_an_entry_is_utc_to_the_microsecond(at, text):
    assert moment(at) == text


def test_an_act_that_writes_nothing_is_still_an_entry(office):
    with recording(record(office)) as made:
        pass
    assert made.entry == last()
    assert (made.entry.seals, made.entry.changes, made.entry.body) == ("", "", "{}")
    assert not Change.objects.filter(entry=made.entry).exists()


def test_the_digest_is_of_every_column_and_of_the_entry_before(office):
    before = Head.objects.get(chain="JIA")
    with recording(record(office)):
        pass
    entry, head = last(), Head.objects.get(chain="JIA")
    assert entry.previous == before.digest
    assert entry.digest == chain.entry_digest(getattr(entry, c) for c in chain.COLUMNS)
    assert (head.number, head.digest) == (entry.number, entry.digest)
    assert str(head) == f"JIA:{entry.number}"
    assert str(entry) == f"JIA:{entry.number} test.do"


def test_subject_and_notes_may_be_said_while_the_act_runs(office):
    with recording(record(office, details={"reason": "新设"})) as made:
        made.subject = Department.objects.create(body=office.body, name="新科")
        made.note(copies=3, reason="改设")
    entry = last()
    assert entry.subject == name_of(made.subject) == f"directory.department:{made.subject.pk}"
    assert entry.body == '{"copies":3,"reason":"改设"}'


def test_a_row_written_twice_is_sealed_once_with_its_first_and_last_values(office):
    with prepared(office.body):
        Place.objects.filter(pk=office.cabinet.pk).update(name="甲柜")
        Place.objects.filter(pk=office.cabinet.pk).update(name="乙柜")
    row = f"directory_place:{office.cabinet.pk}"
    change = Change.objects.get(entry=last())
    assert list(sealed(last())) == [row]
    assert json.loads(change.text) == {row: {"name": ["普通柜", "乙柜"]}}
    assert str(change) == str(last().pk)
    assert chain.sm3(change.text.encode()) == last().changes


def test_a_deleted_row_is_sealed_as_gone_with_what_it_was(office):
    key = office.cabinet.pk
    with prepared(office.body):
        office.cabinet.delete()
    assert sealed(last()) == {f"directory_place:{key}": "-"}
    (change,) = json.loads(Change.objects.get(entry=last()).text).values()
    assert change["name"] == ["普通柜", None]
    assert change["active"] == [1, None]


def test_a_row_made_and_deleted_in_one_act_leaves_only_that_it_is_gone(office):
    with prepared(office.body):
        made = Department.objects.create(body=office.body, name="新科")
        key = made.pk
        made.delete()
    assert sealed(last()) == {f"directory_department:{key}": "-"}
    assert verify().findings == []


def test_times_and_truths_are_told_alike_before_and_after(office):
    at = datetime(2026, 9, 1, 1, 2, 3, tzinfo=UTC)
    person = type(office.handler).objects.filter(pk=office.handler.pk)
    with prepared(office.body):
        person.update(last_login_at=at)
    with prepared(office.body):
        person.update(last_login_at=at, failures=1)
    (change,) = json.loads(Change.objects.get(entry=last()).text).values()
    assert change == {"failures": [0, 1]}


def test_each_body_counts_its_own_entries(office):
    mine = Head.objects.get(chain="JIA").number
    with prepared(office.other):
        Body.objects.filter(pk=office.other.pk).update(issuer_word="乙")
    assert Head.objects.get(chain="YI").number == 1
    assert Entry.objects.get(chain="YI").previous == chain.GENESIS
    assert Head.objects.get(chain="JIA").number == mine


def test_an_act_within_an_act_is_refused(office):
    before = Entry.objects.count()
    with pytest.raises(RuntimeError, match="durable"), prepared(office.body):
        office.cabinet.delete()
        with prepared(office.body):
            pass
    assert Place.objects.filter(name="普通柜").exists()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, SystemExit])
def test_whatever_breaks_the_act_leaves_neither_row_nor_entry(office, fault):
    before, head = Entry.objects.count(), Head.objects.get(chain="JIA").digest
    with pytest.raises(fault), prepared(office.body):
        office.cabinet.delete()
        raise fault
    assert Place.objects.filter(name="普通柜").exists()
    assert Entry.objects.count() == before
    assert Head.objects.get(chain="JIA").digest == head
    assert verify().findings == []


def plant(how):
    """A trigger of the intruder in the table of entries: an insert reports success and leaves nothing."""
    sqlite = connection.vendor == "sqlite"
    drop = "DROP TRIGGER trail_entry_keep" + ("_delete" if sqlite else " ON trail_entry")
    gone = "DELETE FROM trail_entry WHERE id = NEW.id"
    when, deed = {
        "ignored": ("BEFORE", "SELECT RAISE(IGNORE)" if sqlite else ""),
        "deleted at once": ("AFTER", gone),
    }[how]
    with connection.cursor() as cursor:
        cursor.execute(drop)
        if sqlite:
            cursor.execute(f"CREATE TRIGGER swallow {when} INSERT ON trail_entry BEGIN {deed}; END")
        else:
            cursor.execute(
                "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN {deed}; RETURN NULL; END $$".replace("BEGIN ;", "BEGIN")
            )
            cursor.execute(
                f"CREATE TRIGGER swallow {when} INSERT ON trail_entry"
                " FOR EACH ROW EXECUTE FUNCTION swallow()"
            )


@pytest.mark.parametrize(
    ("how", "fault"), [("ignored", (EntryLost, TypeError)), ("deleted at once", EntryLost)]
)
def test_an_entry_that_the_database_does_not_keep_undoes_the_act(office, how, fault):
    plant(how)
    before, head = Entry.objects.count(), Head.objects.get(chain="JIA").digest
    with pytest.raises(fault), prepared(office.body):
        office.cabinet.delete()
    assert Place.objects.filter(name="普通柜").exists()
    assert Entry.objects.count() == before
    assert Head.objects.get(chain="JIA").digest == head


def test_every_row_has_a_salt_of_its_own():
    assert len({new_salt() for _ in range(50)}) == 50
    assert len(new_salt()) == 32


@pytest.mark.clause("trail.sealed_rows")
def test_a_row_put_back_after_its_deletion_is_found(office):
    row = Place.objects.filter(pk=office.cabinet.pk).values().get()
    with prepared(office.body):
        office.cabinet.delete()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            guard.disarm(connection)
        else:
            cursor.execute("SET session_replication_role = replica")
        columns = ", ".join(row)
        marks = ", ".join(["%s"] * len(row))
        cursor.execute(f"INSERT INTO directory_place ({columns}) VALUES ({marks})", [*row.values()])
        if connection.vendor == "sqlite":
            guard.arm(connection)
        else:
            cursor.execute("SET session_replication_role = DEFAULT")
    (finding,) = verify().findings
    assert (finding.kind, finding.table, finding.key) == (
        "extra",
        "directory_place",
        str(row["id"]),
    )
    assert "应已删除，却又出现" in finding.text
