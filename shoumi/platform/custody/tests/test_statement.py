"""对账单: what came in equals what is held and what went out, for every scope one may ask about."""

from datetime import timedelta

import pytest

from conftest import NOW, prepared
from shoumi.kernel.levels import Level
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.custody.selectors import (
    Scope,
    holders_of_person,
    holders_of_place,
    statement,
)
from shoumi.platform.custody.services import (
    accept,
    declare_found,
    declare_missing,
    enter_item,
    give_back,
    holder_of,
    offer,
    shift,
    take_back,
)
from shoumi.platform.custody.tests.scene import a_label, copies, fresh

Sink = Holder.Sink
LATER = NOW + timedelta(days=10)
MONTH = NOW + timedelta(days=30)
END = NOW + timedelta(days=60)


def ask(office, reader=None, at=END, **scope):
    return statement(reader=reader or office.registrar, at=at, scope=Scope(**scope))


def to_sink(office, item, sink, at=NOW):
    with prepared(office.body):
        shift(item=item, to=holder_of(body=office.body, sink=sink), reason="x", at=at)


@pytest.mark.clause("carriers.statement")
def test_the_statement_of_a_document_balances(office):
    label = a_label(office)
    items = copies(office, 8, label=label)
    with prepared(office.body):
        enter_item(
            label=label,
            kind=Item.Kind.PAPER,
            name="复制 000009",
            source=Item.Source.MADE,
            parent=items[0],
            holder=holder_of(body=office.body, place=office.safe),
            at=NOW,
            reason="x",
        )
        outside = holder_of(body=office.body, outside=office.other)
        shift(item=items[5], to=outside, reason="x", at=NOW)
    sinks = (Sink.DESTROYED, Sink.ARCHIVED, Sink.RETURNED, Sink.TRANSFERRED)
    for item, sink in zip(items, sinks, strict=False):
        to_sink(office, item, sink)
    missing = declare_missing(
        actor=office.registrar, subject=items[4], circumstances="未见", at=NOW
    )
    found = ask(office, labels=[label.pk])
    figures = {f.key: f.count for f in (*found.incomings, *found.outgoings)}
    assert figures == {
        "received": 8,
        "made": 1,
        "found": 0,
        "back": 0,
        "returned": 1,
        "transferred": 2,
        "archived": 1,
        "destroyed": 1,
        "missing": 1,
    }
    assert (found["opening"], found["closing"]) == (0, 3)
    assert (found.left_side, found.right_side, found.balances) == (9, 9, True)
    transferred = next(f for f in found.outgoings if f.key == "transferred")
    assert set(transferred.items) == {items[3], items[5]}
    declare_found(actor=office.registrar, subject=missing, place=office.safe, how="找到", at=NOW)
    again = ask(office, labels=[label.pk])
    assert (again["back"], again["closing"], again.balances) == (1, 4, True)


@pytest.mark.clause("carriers.one_holder", "carriers.statement")
def test_a_thing_that_left_without_a_movement_unbalances_it(office):
    label = a_label(office)
    (item, _) = copies(office, 2, label=label)
    with prepared(office.body):
        sink = holder_of(body=office.body, sink=Sink.DESTROYED)
        item.move("held", "gone", holder=sink)
    assert not ask(office, labels=[label.pk]).balances


def test_one_counts_only_what_one_may_know(office):
    label = a_label(office)
    copies(office, 3, label=label)
    copies(office, 2, level=Level.TOP_SECRET)
    assert ask(office)["received"] == 5
    assert ask(office, office.handler)["received"] == 3
    assert ask(office, office.peer)["received"] == 0
    assert ask(office, office.stranger)["received"] == 0
    assert ask(office, office.peer).balances


def test_the_statement_of_a_level_counts_that_level(office):
    copies(office, 3)
    copies(office, 2, level=Level.TOP_SECRET)
    top = ask(office, level=Level.TOP_SECRET)
    assert (top["received"], top["closing"], top.balances) == (2, 2, True)


class TestOfAHolder:
    def test_a_person_has_what_was_taken_less_what_was_passed_on(self, office):
        items = copies(office, 3)
        batch = offer(actor=office.registrar, subject=items, receiver=office.handler, at=NOW)
        accept(actor=office.handler, subject=batch, at=NOW)
        back = give_back(actor=office.handler, subject=fresh(items[0]), at=LATER)
        take_back(actor=office.registrar, subject=back, at=LATER)
        declare_missing(
            actor=office.registrar, subject=fresh(items[1]), circumstances="未见", at=LATER
        )
        mine = ask(office, holders=holders_of_person(office.handler))
        assert (mine["taken"], mine["passed"], mine["missing"], mine["closing"]) == (3, 1, 1, 1)
        assert mine["received"] == 0 and mine.balances
        assert list(mine.closing.items) == [items[2]]

    def test_somebody_who_never_held_anything_has_an_empty_statement(self, office):
        copies(office, 2)
        nothing = ask(office, holders=holders_of_person(office.peer))
        assert (nothing.left_side, nothing.right_side) == (0, 0)

    def test_within_a_room_nothing_is_passed_on(self, office):
        (item,) = copies(office, 1)
        with prepared(office.body):
            top = holder_of(body=office.body, place=office.top_safe)
            shift(item=item, to=top, reason="x", at=NOW)
        room = ask(office, holders=holders_of_place(office.registry))
        assert (room["received"], room["taken"], room["passed"]) == (1, 0, 0)
        assert room["closing"] == 1 and room.balances
        safe = ask(office, holders=holders_of_place(office.safe))
        assert (safe["received"], safe["passed"], safe["closing"]) == (1, 1, 0)
        assert safe.balances


class TestOfAPeriod:
    def test_a_month_opens_with_what_the_last_one_closed_with(self, office):
        label = a_label(office)
        early = copies(office, 4, label=label)
        copies(office, 2, label=label, at=LATER)
        to_sink(office, early[0], Sink.DESTROYED, at=LATER)
        to_sink(office, early[1], Sink.ARCHIVED, at=MONTH)
        first = ask(office, until=NOW)
        second = ask(office, since=NOW, until=LATER)
        third = ask(office, since=LATER)
        assert first["closing"] == second["opening"] == 4
        assert (second["received"], second["destroyed"], second["archived"]) == (2, 1, 0)
        assert second["closing"] == third["opening"] == 5
        assert (third["archived"], third["closing"]) == (1, 4)
        assert first.balances and second.balances and third.balances
        assert early[0] not in set(third.opening.items)

    def test_a_persons_month_balances_too(self, office):
        items = copies(office, 2)
        batch = offer(actor=office.registrar, subject=items, receiver=office.handler, at=NOW)
        accept(actor=office.handler, subject=batch, at=NOW)
        back = give_back(actor=office.handler, subject=fresh(items[0]), at=LATER)
        take_back(actor=office.registrar, subject=back, at=LATER)
        mine = holders_of_person(office.handler)
        month = ask(office, holders=mine, since=NOW, until=LATER)
        assert (month["opening"], month["passed"], month["closing"]) == (2, 1, 1)
        assert month.balances


def test_the_number_of_queries_does_not_grow(office, django_assert_num_queries):
    copies(office, 1)
    reader = office.registrar
    ask(office)
    with django_assert_num_queries(3):
        ask(office, reader)
    copies(office, 30)
    with django_assert_num_queries(3):
        ask(office, reader)
