"""Verification reads in great pieces, with a second process if asked, and says the same as row by row."""

from datetime import UTC
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from conftest import NOW, prepared
from shoumi.kernel.chain import Walk, sm3, walk
from shoumi.kernel.levels import Level
from shoumi.platform.access.services import label_for
from shoumi.platform.directory.models import Department, Person, Place
from shoumi.platform.obligations.models import CalendarYear
from shoumi.platform.trail import pieces, texts
from shoumi.platform.trail.models import Entry, recorded_models
from shoumi.platform.trail.tests.test_verify import intruder  # noqa: F401
from shoumi.platform.trail.texts import Reader
from shoumi.platform.trail.verify import verify

SQLITE = connection.vendor == "sqlite"
STRANGE = "„\"\\/'%\t\r\n\x01\x1f\x7f\u2028<b>&密🔒é"


@pytest.fixture
def strange(office):
    """Rows whose texts hold whatever a keyboard can send, a row of JSON, and a few acts."""
    with prepared(office.body):
        Department.objects.create(body=office.body, name=STRANGE)
        CalendarYear.objects.create(
            year=2026, papers=[{"text": STRANGE}], imported_by=office.office, imported_at=NOW
        )
        Person.objects.filter(pk=office.handler.pk).update(
            name=STRANGE, locked_until=timezone.now(), password_changed_at=NOW
        )
    with prepared(office.other):
        label_for(
            level=Level.SECRET, body=office.other, principals=[STRANGE], basis="", on=office.today
        )
    return office


def test_the_database_makes_the_very_texts_that_python_does(strange):
    reader = Reader()
    assert reader.speaks_json
    made = 0
    for model in recorded_models():
        found = reader.texts(model, -1, None)
        if found is not None:
            keys, ready = found
            assert (keys, [sm3(text) for text in ready]) == reader.rows(model, -1, None)
            made += len(keys)
    assert made > 30
    assert reader.texts(CalendarYear, -1, None) is None


def test_a_time_written_in_another_form_is_still_the_same_time(office):
    """What the database makes of it differs, so it is read again column by column, and that decides."""
    written = str(NOW.astimezone(UTC).replace(tzinfo=None)).replace(" ", "T")
    with prepared(office.body), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE directory_person SET password_changed_at = %s WHERE id = %s",
            [written if SQLITE else NOW, office.handler.pk],
        )
    assert verify().findings == []


def test_strides_and_steps_come_to_the_same(strange):
    reader = Reader()
    stridden = Walk()
    assert all(stridden.stride(one) for one in reader.strides())
    stepped = walk(reader.links())
    assert (stridden.heads, stridden.seals) == (stepped.heads, stepped.seals)
    assert stridden.entries == stepped.entries == Entry.objects.count()
    assert not stridden.findings and not stepped.findings


def test_a_database_that_writes_json_otherwise_is_read_column_by_column(strange):
    reader = Reader()
    reader.speaks_json = False
    assert list(reader.strides()) == []
    piece = pieces.Piece(Department._meta.db_table, 0, None)
    read = pieces.digested(pieces.fetched(reader, piece))
    assert (read.keys, read.digests) == reader.rows(Department, 0, None)


def test_every_row_lies_in_one_range_however_the_keys_lie(office, intruder):  # noqa: F811
    assert list(Reader().ranges(CalendarYear._meta.db_table)) == []
    intruder("UPDATE directory_place SET id = -7 WHERE id = %s", office.cabinet.pk)
    intruder("UPDATE directory_place SET id = %s WHERE id = %s", 1 << 60, office.reading_room.pk)
    ranges = list(Reader().ranges(Place._meta.db_table))
    assert 1 < len(ranges) <= texts.RANGES + 2
    found = [key for low, high in ranges for key in Reader().rows(Place, low, high)[0]]
    assert sorted(map(int, found)) == sorted(Place.objects.values_list("pk", flat=True))
    findings = {(f.kind, f.key) for f in verify().findings if f.table == Place._meta.db_table}
    assert findings == {
        ("missing", str(office.cabinet.pk)),
        ("missing", str(office.reading_room.pk)),
        ("extra", "-7"),
        ("extra", str(1 << 60)),
    }


def test_bytes_that_are_no_text_are_named_and_stop_nothing(strange, intruder):  # noqa: F811
    """SQLite keeps anything in any column; PostgreSQL lets through what is text at least."""
    blob = "x'ff00fe'" if SQLITE else "'\x01'"
    torn = "CAST(x'e5af' AS TEXT)" if SQLITE else "'\x02'"
    intruder(f"UPDATE directory_place SET name = {blob} WHERE id = %s", strange.safe.pk)
    intruder(f"UPDATE directory_place SET name = {torn} WHERE id = %s", strange.cabinet.pk)
    intruder(f"UPDATE directory_department SET name = {blob} WHERE name = %s", STRANGE)
    found = verify().findings
    assert {f.kind for f in found} == {"altered"} and len(found) == 3
    intruder(f"UPDATE trail_entry SET body = {blob} WHERE number = 2 AND chain = 'JIA'")
    intruder(f"UPDATE trail_entry SET event = {torn} WHERE number = 1 AND chain = 'JIA'")
    entries = [f for f in verify().findings if f.kind == "entry"]
    assert [(f.chain, f.number) for f in entries] == [("JIA", 1), ("JIA", 2)]


def test_a_word_in_a_date_is_named(strange, intruder):  # noqa: F811
    if SQLITE:
        intruder("UPDATE directory_place SET active = 'ja', level_limit = 'x' WHERE id = 1")
        intruder("UPDATE obligations_calendaryear SET imported_at = 'soon' WHERE id = 1")
    else:
        intruder("UPDATE directory_place SET active = NOT active")
        intruder("UPDATE obligations_calendaryear SET imported_at = imported_at + interval '1 d'")
    tables = {f.table for f in verify().findings if f.kind == "altered"}
    assert tables == {"directory_place", "obligations_calendaryear"}


def test_a_change_text_with_line_breaks_is_only_its_own_fault(strange, intruder):  # noqa: F811
    entry = Entry.objects.get(chain="JIA", number=2)
    intruder("UPDATE trail_change SET text = %s WHERE entry_id = %s", "{}\n{}", entry.pk)
    (finding,) = verify().findings
    assert (finding.kind, finding.chain, finding.number) == ("change", "JIA", 2)


def test_the_later_of_two_chains_decides_about_a_row_that_both_sealed(office, intruder):  # noqa: F811
    """The recurring duties act in one body's chain on rows of another."""
    for name, body in (("甲柜", office.other), ("乙柜", office.body), ("丙柜", office.other)):
        with prepared(body):
            Place.objects.filter(pk=office.cabinet.pk).update(name=name)
    with prepared(office.body):
        Place.objects.filter(pk=office.cabinet.pk).update(name="丁柜")
    assert verify().is_whole
    intruder("UPDATE directory_place SET name = %s WHERE id = %s", "丙柜", office.cabinet.pk)
    (finding,) = verify().findings
    assert (finding.kind, finding.chain) == ("rolled_back", "JIA")


def test_keys_of_entries_cannot_be_turned_round_to_bring_back_an_old_row(office, intruder):  # noqa: F811
    for name, body in (("甲柜", office.other), ("乙柜", office.body)):
        with prepared(body):
            Place.objects.filter(pk=office.cabinet.pk).update(name=name)
    last, before = Entry.objects.order_by("-id")[:2]
    intruder("UPDATE directory_place SET name = %s WHERE id = %s", "甲柜", office.cabinet.pk)
    for entry, key in ((last, 0), (before, last.pk + 1)):
        intruder("UPDATE trail_change SET entry_id = %s WHERE entry_id = %s", key, entry.pk)
        intruder("UPDATE trail_entry SET id = %s WHERE id = %s", key, entry.pk)
    assert {f.kind for f in verify().findings} == {"order"}


def aside(work):
    """Run outside the transaction of the test; a database in memory has no outside."""
    if SQLITE:
        return work()
    found = []

    def run():
        try:
            found.append(work())
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


def test_the_second_process_joins_the_snapshot_of_the_first(office):
    """Its own steps, taken in a thread; `tests/proof` lets real processes take them."""
    piece = pieces.Piece(Department._meta.db_table, 0, None)
    assert len(pieces.check(piece).digests) == Department.objects.count() > 0

    def share():
        with pieces.view(1) as second:
            assert second is None
            snapshot = pieces._snapshot() if not SQLITE else ""
            return aside(lambda: (pieces.join(snapshot), pieces.check(piece))[1].digests)

    committed = aside(lambda: Reader().rows(Department, 0, None)[1])
    assert aside(share) == committed


def test_nobody_shares_a_transaction_that_is_open_or_a_database_in_memory(office):
    assert not pieces._can_share()
    assert aside(pieces._can_share) is not SQLITE

    def second_of(processes):
        with pieces.view(processes) as second:
            return second is not None

    assert aside(lambda: second_of(2)) is not SQLITE
    assert not second_of(2)


def test_a_second_process_takes_pieces_from_the_front(db):
    def verified():
        return [(r.entries, r.rows, r.findings) for r in map(verify_with, (1, 2))]

    def verify_with(processes):
        return verify(processes=processes)

    one, two = aside(verified)
    assert one == two
