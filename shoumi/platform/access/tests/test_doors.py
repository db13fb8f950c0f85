"""The two doors: nothing is written outside an act, nothing is read without saying for whom."""

import pytest
from django.db import connection, models, transaction

from conftest import NOW, TODAY, prepared
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import ACTIONS, Action, Hidden, act
from shoumi.platform.access.models import Label, NeedToKnow
from shoumi.platform.access.services import label_for
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.trail.guard import UnrecordedWrite
from shoumi.platform.trail.models import Change, Entry, Head

TRY = Action("test.doors.try", "试办", clause="trail.entry", posts=frozenset({"registrar"}))


def writes(office):
    person = office.handler
    table = Person._meta.db_table
    yield "save", lambda: person.save()
    yield "update", lambda: Person.objects.update(name="x")
    yield (
        "delete",
        lambda: NeedToKnow.objects.create(label_id=1, principal="*", level=0, since=TODAY),
    )
    yield "base", lambda: Person._base_manager.filter(pk=person.pk).update(name="x")
    yield "save_base", lambda: person.save_base(raw=True)
    yield "bulk", lambda: Body.objects.bulk_create([Body(name="丙", code="C")])
    yield "plain", lambda: models.QuerySet(Person).filter(pk=person.pk).update(name="x")
    yield "raw delete", lambda: Person.objects.filter(pk=person.pk)._raw_delete("default")
    yield "cursor", lambda: connection.cursor().execute(f"UPDATE {table} SET name='x'")


def test_nothing_is_written_outside_an_act(office):
    for name, write in writes(office):
        with pytest.raises(UnrecordedWrite), transaction.atomic():
            write()
        assert not Person.objects.filter(name="x").exists(), name


def test_an_act_leaves_one_entry_with_the_seals_of_what_it_wrote(office):
    before = Head.objects.get(chain="JIA").number
    with act(office.registrar, TRY, office.handler, at=NOW, reason="改名") as deed:
        Person.objects.filter(pk=office.handler.pk).update(name="单萍")
    entry = deed.entry
    assert entry.number == before + 1
    assert entry.event == "test.doors.try"
    assert entry.seals.startswith(f"directory_person:{office.handler.pk}=")
    change = Change.objects.get(entry=entry).text
    assert "单平" in change and "单萍" in change
    assert "单平" not in entry.body


def test_a_refusal_rolls_back_and_is_chained(office):
    with pytest.raises(Refusal), act(office.registrar, TRY, office.handler, at=NOW):
        Person.objects.filter(pk=office.handler.pk).update(name="单萍")
        raise Refusal("不行", clause="trail.entry")
    office.handler.refresh_from_db()
    assert office.handler.name == "单平"
    assert Entry.objects.order_by("-id")[0].event == "test.doors.try.denied"


def test_the_wrong_post_is_denied_with_the_clause(office):
    with pytest.raises(Denied) as refusal, act(office.handler, TRY, None, at=NOW):
        pass
    assert refusal.value.clause == "trail.entry"
    assert "机要员" in refusal.value.message


def test_another_body_does_not_exist(office):
    with pytest.raises(Hidden), act(office.stranger, TRY, office.registry, at=NOW):
        pass


@pytest.mark.clause("trail.append_only")
def test_entries_cannot_be_changed_deleted_or_replaced(office):
    table = Entry._meta.db_table
    for sql in (f"UPDATE {table} SET event='x'", f"DELETE FROM {table}"):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            connection.cursor().execute(sql)


def test_labels_are_sealed_like_everything(office):
    with prepared(office.body):
        label = label_for(
            level=Level.SECRET, body=office.body, principals=["p:1"], basis="", on=TODAY
        )
    assert Label.objects.filter(pk=label.pk).exists()
    assert f"access_label:{label.pk}=" in Entry.objects.order_by("-id")[0].seals


def test_an_act_key_is_used_once():
    with pytest.raises(ValueError, match="重名"):
        Action("test.doors.try", "又一个", clause="trail.entry")
    assert ACTIONS["test.doors.try"] is TRY
