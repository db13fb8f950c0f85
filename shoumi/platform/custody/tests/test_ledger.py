"""入账与出账: every thing has one holder, and the database itself holds the two sides together."""

import pytest
from django.db import IntegrityError, transaction

from conftest import NOW, prepared
from shoumi.kernel import labelcode
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.custody.models import HandoverLine, Holder, Item, Movement
from shoumi.platform.custody.selectors import held_by as holdings
from shoumi.platform.custody.selectors import holders_of_person, items_of, movements_of
from shoumi.platform.custody.services import (
    TakenByOther,
    enter_item,
    fresh_code,
    holder_of,
    offer,
    shift,
)
from shoumi.platform.custody.tests.scene import a_label, copies, fresh, held_by
from shoumi.platform.trail.guard import UnrecordedWrite

Sink = Holder.Sink


def entered(office, holder, *, label=None, name="收文〔2026〕12号 000001", **more):
    return enter_item(
        label=label or a_label(office),
        kind=Item.Kind.PAPER,
        name=name,
        source=Item.Source.RECEIVED,
        holder=holder,
        at=NOW,
        reason="x",
        **more,
    )


class TestEntering:
    def test_a_thing_enters_with_a_code_a_holder_and_its_first_movement(self, office):
        (item,) = copies(office, 1)
        assert labelcode.check(item.code) == item.code
        assert (item.holder.place, item.home, item.state) == (office.safe, office.safe, "held")
        assert item.is_in_account and str(item) == item.name
        movement = Movement.unscoped.get(item=item)
        assert movement.kind == Movement.Kind.ENTER
        assert movement.giver.outside == office.other

    @pytest.mark.clause("carriers.register")
    def test_nothing_enters_without_its_number(self, office):
        label = a_label(office)
        with pytest.raises(Refusal) as refusal, prepared(office.body):
            entered(office, holder_of(body=office.body, place=office.safe), label=label, name=" ")
        assert refusal.value.clause == "carriers.register"

    @pytest.mark.clause("carriers.register")
    def test_nothing_enters_into_a_sink(self, office):
        label = a_label(office)
        with pytest.raises(Refusal) as refusal, prepared(office.body):
            entered(office, holder_of(body=office.body, sink=Sink.MISSING), label=label)
        assert refusal.value.clause == "carriers.register"

    @pytest.mark.clause("carriers.place")
    def test_nothing_enters_into_a_place_below_its_level(self, office):
        label = a_label(office, level=Level.TOP_SECRET)
        with pytest.raises(Refusal), prepared(office.body):
            entered(office, holder_of(body=office.body, place=office.safe), label=label)
        assert not Item.unscoped.exists()

    def test_a_copy_knows_its_original(self, office):
        (original,) = copies(office, 1)
        with prepared(office.body):
            copy = enter_item(
                label=original.label,
                kind=Item.Kind.PAPER,
                name="复制 000004",
                source=Item.Source.MADE,
                holder=holder_of(body=office.body, person=office.handler),
                home=office.safe,
                at=NOW,
                reason="handling.copy.make",
                parent=original,
                code=fresh_code(),
            )
        assert (copy.parent, copy.home) == (original, office.safe)

    def test_a_code_in_use_is_not_given_again(self, office, monkeypatch):
        (item,) = copies(office, 1)
        drawn = iter([item.code, "BM1-23456789-A"])
        monkeypatch.setattr(labelcode, "new_code", lambda _: next(drawn))
        assert fresh_code() == "BM1-23456789-A"


class TestShifting:
    @pytest.mark.clause("carriers.one_holder")
    def test_a_copy_leaves_the_account_once(self, office):
        (item,) = copies(office, 1)
        as_seen_before = fresh(item)
        with prepared(office.body):
            archived = holder_of(body=office.body, sink=Sink.ARCHIVED)
            move = shift(item=item, to=archived, reason="handling.archive", at=NOW, case_ref="c:1")
        assert (item.state, item.holder_kind, item.is_in_account) == ("gone", "sink", False)
        assert (move.kind, move.case_ref) == (Movement.Kind.LEAVE, "c:1")
        with pytest.raises(TakenByOther), prepared(office.body):
            destroyed = holder_of(body=office.body, sink=Sink.DESTROYED)
            shift(item=as_seen_before, to=destroyed, reason="x", at=NOW)

    @pytest.mark.parametrize("sink", [Sink.DESTROYED, Sink.ARCHIVED, Sink.RETURNED])
    def test_a_final_sink_gives_nothing_back(self, office, sink):
        (item,) = copies(office, 1)
        with prepared(office.body):
            shift(item=item, to=holder_of(body=office.body, sink=sink), reason="x", at=NOW)
        with pytest.raises(Refusal) as refusal, prepared(office.body):
            safe = holder_of(body=office.body, place=office.safe)
            shift(item=item, to=safe, reason="x", at=NOW, before=Item.State.GONE)
        assert refusal.value.clause == "carriers.one_holder"

    def test_what_another_body_had_comes_back(self, office):
        (item,) = copies(office, 1)
        with prepared(office.body):
            other = holder_of(body=office.body, outside=office.other)
            safe = holder_of(body=office.body, place=office.safe)
            shift(item=item, to=other, reason="x", at=NOW)
            back = shift(item=item, to=safe, reason="x", at=NOW, before=Item.State.GONE)
        assert (back.kind, fresh(item).state) == (Movement.Kind.BACK, "held")

    def test_what_is_out_comes_in_before_it_goes_elsewhere(self, office):
        (item,) = copies(office, 1)
        with prepared(office.body):
            other = holder_of(body=office.body, outside=office.other)
            shift(item=item, to=other, reason="x", at=NOW)
        with pytest.raises(Refusal), prepared(office.body):
            destroyed = holder_of(body=office.body, sink=Sink.DESTROYED)
            shift(item=item, to=destroyed, reason="x", at=NOW, before=Item.State.GONE)

    def test_what_is_being_handed_over_moves_only_by_its_hand_over(self, office):
        (item,) = copies(office, 1)
        offer(actor=office.registrar, subject=item, receiver=office.handler, at=NOW)
        with pytest.raises(TakenByOther), prepared(office.body):
            destroyed = holder_of(body=office.body, sink=Sink.DESTROYED)
            shift(item=fresh(item), to=destroyed, reason="x", at=NOW, before=Item.State.OFFERED)

    def test_nothing_moves_outside_an_act(self, office):
        (item,) = copies(office, 1)
        with pytest.raises(UnrecordedWrite), transaction.atomic():
            item.move("held", "reserved")


class TestHolders:
    def test_a_holder_is_made_once(self, office):
        with prepared(office.body):
            first = holder_of(body=office.body, person=office.handler)
            assert holder_of(body=office.body, person=office.handler) == first
            names = [
                str(first),
                str(holder_of(body=office.body, place=office.safe)),
                str(holder_of(body=office.body, outside=office.other)),
                str(holder_of(body=office.body, sink=Sink.MISSING)),
            ]
        assert names == ["单平", "1号柜", "乙局", "下落不明"]

    def test_a_holder_is_one_thing(self, office):
        with pytest.raises(ValueError, match="a holder is one"):
            holder_of(body=office.body)
        with pytest.raises(ValueError, match="a holder is one"):
            holder_of(body=office.body, person=office.handler, place=office.safe)


class TestTheDatabaseItself:
    """The constraints refuse what no service would write."""

    def refuses(self, office, write):
        with pytest.raises(IntegrityError), prepared(office.body):
            write()

    def test_a_holder_with_two_faces(self, office):
        self.refuses(
            office,
            lambda: Holder.objects.create(
                body=office.body, kind="person", person=office.handler, place=office.safe
            ),
        )

    def test_two_holders_for_one_person(self, office):
        with prepared(office.body):
            holder_of(body=office.body, person=office.handler)
        self.refuses(
            office,
            lambda: Holder.objects.create(body=office.body, kind="person", person=office.handler),
        )

    def test_an_item_gone_but_held(self, office):
        (item,) = copies(office, 1)
        self.refuses(office, lambda: Item.unscoped.filter(pk=item.pk).update(state="gone"))

    def test_an_item_held_by_a_sink(self, office):
        (item,) = copies(office, 1)
        self.refuses(office, lambda: Item.unscoped.filter(pk=item.pk).update(holder_kind="sink"))

    def test_two_open_lines_for_one_item(self, office):
        (item,) = copies(office, 1)
        batch = offer(actor=office.registrar, subject=item, receiver=office.handler, at=NOW)
        with prepared(office.body):
            other = copy_of(batch)
        self.refuses(
            office,
            lambda: HandoverLine.unscoped.create(handover=other, item=item, label_id=item.label_id),
        )

    def test_a_second_entry_of_one_item(self, office):
        (item,) = copies(office, 1)
        first = Movement.unscoped.get(item=item)
        first.pk = None
        self.refuses(office, lambda: first.save(force_insert=True))

    def test_two_things_with_one_code(self, office):
        one, two = copies(office, 2)
        self.refuses(office, lambda: Item.unscoped.filter(pk=one.pk).update(code=two.code))


def copy_of(batch):
    batch.pk = None
    batch.save(force_insert=True)
    return batch


class TestAsking:
    def test_one_sees_only_what_one_may_know(self, office):
        items = held_by(office, office.handler, 2)
        label = items[0].label_id
        holders = holders_of_person(office.handler)
        assert holdings(reader=office.handler, at=NOW, holders=holders).count() == 2
        assert not holdings(reader=office.peer, at=NOW, holders=holders).exists()
        assert items_of(reader=office.chief, at=NOW, labels=[label]).count() == 2
        assert not items_of(reader=office.junior, at=NOW, labels=[label]).exists()

    def test_a_thing_tells_where_it_has_been(self, office):
        (item,) = held_by(office, office.handler)
        moves = movements_of(item, reader=office.registrar, at=NOW)
        assert [str(m.receiver) for m in moves] == ["1号柜", "单平"]
        assert not movements_of(item, reader=office.peer, at=NOW).exists()
