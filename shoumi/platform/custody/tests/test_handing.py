"""交接: offered by one side, signed for by the other; until then nothing has moved."""

from datetime import timedelta

import pytest

from conftest import NOW, prepared
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Hidden
from shoumi.platform.custody.models import Handover, HandoverLine, Holder, Item, Movement
from shoumi.platform.custody.selectors import (
    lines_of,
    offers_by,
    offers_to,
    offers_to_registry,
)
from shoumi.platform.custody.services import (
    SettledByOther,
    TakenByOther,
    accept,
    decline,
    give_back,
    holder_of,
    move_place,
    offer,
    offer_lines,
    offer_succession,
    release,
    reserve,
    settle_lines,
    shift,
    take_back,
    withdraw,
)
from shoumi.platform.custody.tests.scene import a_label, copies, fresh, held_by
from shoumi.platform.directory.models import Place
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.trail.models import Entry

State = Item.State


def lines(batch):
    return list(HandoverLine.unscoped.filter(handover=batch).order_by("id"))


def states(items):
    return [fresh(i).state for i in items]


def last_event():
    return Entry.objects.order_by("-id")[0].event


class TestOffering:
    @pytest.mark.clause("carriers.signed")
    def test_what_is_offered_stays_with_the_registry_until_it_is_signed_for(self, office):
        (item,) = copies(office, 1)
        batch = offer(actor=office.registrar, subject=item, receiver=office.handler, at=NOW)
        assert (fresh(item).state, fresh(item).holder.place) == (State.OFFERED, office.safe)
        accept(actor=office.handler, subject=batch, at=NOW)
        assert (fresh(item).state, fresh(item).holder.person) == (State.HELD, office.handler)
        movement = Movement.unscoped.get(item=item, handover=batch)
        assert (movement.kind, movement.reason) == (Movement.Kind.PASS, "custody.offer")
        assert (movement.giver.place, movement.receiver.person) == (office.safe, office.handler)
        assert str(movement) == f"{item.pk}:{movement.giver_id}→{movement.receiver_id}"

    @pytest.mark.clause("carriers.one_holder")
    def test_the_second_of_two_registrars_finds_the_copy_taken(self, office):
        (item,) = copies(office, 1)
        as_seen_before = fresh(item)
        offer(actor=office.registrar, subject=item, receiver=office.handler, at=NOW)
        with pytest.raises(TakenByOther) as refusal:
            offer(actor=office.registrar, subject=as_seen_before, receiver=office.chief, at=NOW)
        assert (refusal.value.status, refusal.value.clause) == (409, "carriers.one_holder")
        assert last_event() == "custody.offer.denied"

    def test_a_copy_in_somebodys_hands_is_not_offered_again(self, office):
        (item,) = held_by(office, office.handler)
        with pytest.raises(TakenByOther):
            offer(actor=office.registrar, subject=item, receiver=office.chief, at=NOW)

    def test_a_reserved_copy_is_kept_for_whoever_reserved_it(self, office):
        (item,) = copies(office, 1)
        with prepared(office.body):
            reserve(item)
        with pytest.raises(TakenByOther), prepared(office.body):
            reserve(fresh(item))
        with pytest.raises(TakenByOther):
            offer(actor=office.registrar, subject=fresh(item), receiver=office.chief, at=NOW)
        with prepared(office.body):
            offer_lines(
                receiver=holder_of(body=office.body, person=office.handler),
                items=[fresh(item)],
                reason="handling.borrow.lend",
                by=office.registrar,
                at=NOW,
                before=State.RESERVED,
            )
        assert states([item]) == [State.OFFERED]

    def test_a_released_copy_can_be_offered_again(self, office):
        (item,) = copies(office, 1)
        with prepared(office.body):
            reserve(item)
            release(item)
        offer(actor=office.registrar, subject=item, receiver=office.handler, at=NOW)

    def test_only_the_registrar_offers_from_the_registry(self, office):
        (item,) = copies(office, 1)
        with pytest.raises(Denied):
            offer(actor=office.handler, subject=item, receiver=office.chief, at=NOW)
        assert states([item]) == [State.HELD]

    def test_another_bodys_registrar_does_not_see_the_copy(self, office):
        (item,) = copies(office, 1, label=a_label(office, readers=[office.stranger]))
        with pytest.raises(Hidden):
            offer(actor=office.stranger, subject=item, receiver=office.handler, at=NOW)

    @pytest.mark.clause("access.may_know")
    @pytest.mark.parametrize("who", ["peer", "junior", "lapsed", "newcomer", "standin", "auditor"])
    def test_nobody_outside_the_need_to_know_receives_a_copy(self, office, who):
        receiver = getattr(office, who)
        listed = [] if who == "peer" else [receiver]
        (item,) = copies(office, 1, label=a_label(office, readers=listed))
        with pytest.raises(Refusal) as refusal:
            offer(actor=office.registrar, subject=item, receiver=receiver, at=NOW)
        assert refusal.value.message == "接收人不在知悉范围"
        assert refusal.value.clause == "access.may_know"
        assert states([item]) == [State.HELD]

    @pytest.mark.clause("access.exit_period")
    def test_nobody_in_an_exit_period_receives_anything(self, office):
        label = a_label(office, level=Level.PUBLIC, readers=[office.leaver])
        (item,) = copies(office, 1, label=label)
        with pytest.raises(Refusal) as refusal:
            offer(actor=office.registrar, subject=item, receiver=office.leaver, at=NOW)
        assert refusal.value.clause == "access.exit_period"

    def test_a_listed_person_of_another_body_receives_nothing(self, office):
        (item,) = copies(office, 1, label=a_label(office, readers=[office.stranger]))
        with pytest.raises(Refusal) as refusal:
            offer(actor=office.registrar, subject=item, receiver=office.stranger, at=NOW)
        assert refusal.value.clause == "access.may_know"

    def test_an_empty_batch_is_refused(self, office):
        with pytest.raises(Refusal) as refusal:
            offer(actor=office.registrar, subject=[], receiver=office.handler, at=NOW)
        assert refusal.value.clause == "carriers.handover"

    def test_copies_from_two_safes_go_out_in_one_batch(self, office):
        label = a_label(office)
        items = copies(office, 1, label=label)
        items += copies(office, 1, label=label, place=office.reading_room)
        batch = offer(actor=office.registrar, subject=items, receiver=office.handler, at=NOW)
        assert batch.giver.place == office.registry
        accept(actor=office.handler, subject=batch, at=NOW)
        givers = Movement.unscoped.filter(handover=batch).order_by("id")
        assert [m.giver.place for m in givers] == [office.safe, office.reading_room]

    @pytest.mark.clause("carriers.handover")
    def test_a_batch_has_a_largest_size(self, office):
        most = figure("carriers.handover", "most", on=office.today, body=office.body)
        (item,) = copies(office, 1)
        with pytest.raises(Refusal) as refusal, prepared(office.body):
            offer_lines(
                receiver=holder_of(body=office.body, person=office.handler),
                items=[item] * (most + 1),
                reason="x",
                by=office.registrar,
                at=NOW,
            )
        assert refusal.value.clause == "carriers.handover"

    def test_what_left_the_account_cannot_be_offered(self, office):
        (item,) = copies(office, 1)
        with prepared(office.body):
            sink = holder_of(body=office.body, sink=Holder.Sink.DESTROYED)
            shift(item=item, to=sink, reason="x", at=NOW)
        with pytest.raises(TakenByOther):
            offer(actor=office.registrar, subject=fresh(item), receiver=office.handler, at=NOW)


class TestSettling:
    @pytest.mark.clause("carriers.handover")
    def test_one_signature_takes_fifty_and_the_declined_one_stays_with_the_giver(self, office):
        items = copies(office, 50)
        batch = offer(actor=office.registrar, subject=items, receiver=office.handler, at=NOW)
        declined = lines(batch)[7]
        before = Entry.objects.count()
        accept(actor=office.handler, subject=batch, at=NOW, declined={declined.pk: "缺第 3 页"})
        assert Entry.objects.count() == before + 1
        assert (fresh(items[7]).state, fresh(items[7]).holder.place) == (State.HELD, office.safe)
        taken = [i for i in items if fresh(i).holder.person == office.handler]
        assert len(taken) == 49 and items[7] not in taken
        declined.refresh_from_db()
        assert (declined.state, declined.decline_reason) == ("declined", "缺第 3 页")
        assert not Movement.unscoped.filter(item=items[7], handover=batch).exists()

    def test_declining_needs_a_reason(self, office):
        items = copies(office, 2)
        batch = offer(actor=office.registrar, subject=items, receiver=office.handler, at=NOW)
        with pytest.raises(Refusal) as refusal:
            accept(actor=office.handler, subject=batch, at=NOW, declined={lines(batch)[0].pk: " "})
        assert refusal.value.clause == "carriers.handover"
        assert states(items) == [State.OFFERED] * 2

    def test_a_whole_batch_can_be_declined(self, office):
        items = copies(office, 2)
        batch = offer(actor=office.registrar, subject=items, receiver=office.handler, at=NOW)
        decline(actor=office.handler, subject=batch, at=NOW, reason="送错了人")
        assert states(items) == [State.HELD] * 2
        assert {line.state for line in lines(batch)} == {"declined"}
        assert last_event() == "custody.decline"

    def test_a_declined_copy_can_be_offered_to_somebody_else(self, office):
        (item,) = copies(office, 1)
        batch = offer(actor=office.registrar, subject=item, receiver=office.handler, at=NOW)
        decline(actor=office.handler, subject=batch, at=NOW, reason="不是我的")
        offer(actor=office.registrar, subject=fresh(item), receiver=office.chief, at=NOW)
        assert states([item]) == [State.OFFERED]

    @pytest.mark.clause("circulation.in_person")
    @pytest.mark.parametrize("settle", [accept, decline])
    def test_nobody_signs_for_another(self, office, settle):
        batch = offer(
            actor=office.registrar, subject=copies(office, 1), receiver=office.handler, at=NOW
        )
        more = {"reason": "不要"} if settle is decline else {}
        for other in (office.chief, office.peer, office.registrar, office.stranger):
            with pytest.raises(Hidden):
                settle(actor=other, subject=batch, at=NOW, **more)
        batch.refresh_from_db()
        assert batch.is_open

    def test_a_batch_is_signed_for_once(self, office):
        items = copies(office, 1)
        batch = offer(actor=office.registrar, subject=items, receiver=office.handler, at=NOW)
        as_seen_before = Handover.objects.get(pk=batch.pk)
        accept(actor=office.handler, subject=batch, at=NOW)
        with pytest.raises(SettledByOther) as refusal:
            decline(actor=office.handler, subject=as_seen_before, at=NOW, reason="后悔")
        assert refusal.value.status == 409
        assert fresh(items[0]).holder.person == office.handler

    def test_a_line_of_another_batch_does_not_exist_here(self, office):
        first, second = copies(office, 2)
        batch = offer(actor=office.registrar, subject=first, receiver=office.handler, at=NOW)
        other = offer(actor=office.registrar, subject=second, receiver=office.handler, at=NOW)
        with pytest.raises(Hidden):
            accept(actor=office.handler, subject=batch, at=NOW, declined={lines(other)[0].pk: "错"})

    def test_whoever_lost_the_need_to_know_meanwhile_cannot_sign(self, office):
        from shoumi.platform.access.services import narrow
        from shoumi.platform.access.subjects import person_principal

        label = a_label(office, readers=[office.peer])
        items = copies(office, 1, label=label)
        batch = offer(actor=office.registrar, subject=items, receiver=office.peer, at=NOW)
        with prepared(office.body):
            last_day = office.today - timedelta(days=1)
            narrow(label, principals=[person_principal(office.peer.pk)], last_day=last_day)
        with pytest.raises(Refusal) as refusal:
            accept(actor=office.peer, subject=batch, at=NOW)
        assert refusal.value.clause == "access.may_know"


class TestWithdrawing:
    def test_the_giver_takes_an_unsigned_offer_back(self, office):
        items = copies(office, 2)
        batch = offer(actor=office.registrar, subject=items, receiver=office.handler, at=NOW)
        withdraw(actor=office.registrar, subject=batch, at=NOW)
        assert states(items) == [State.HELD] * 2
        assert {line.state for line in lines(batch)} == {"withdrawn"}
        with pytest.raises(SettledByOther):
            accept(actor=office.handler, subject=Handover.objects.get(pk=batch.pk), at=NOW)

    def test_a_registrar_withdraws_what_another_registrar_offered(self, office):
        items = copies(office, 1)
        with prepared(office.body):
            batch = offer_lines(
                receiver=holder_of(body=office.body, person=office.handler),
                items=items,
                reason="x",
                by=office.director,
                at=NOW,
            )
        withdraw(actor=office.registrar, subject=batch, at=NOW)
        assert states(items) == [State.HELD]

    def test_nobody_else_withdraws_it(self, office):
        items = copies(office, 1)
        batch = offer(actor=office.registrar, subject=items, receiver=office.handler, at=NOW)
        with pytest.raises(Hidden):
            withdraw(actor=office.handler, subject=batch, at=NOW)

    def test_the_registrar_does_not_withdraw_what_a_reader_offered(self, office):
        batch = give_back(actor=office.handler, subject=held_by(office, office.handler), at=NOW)
        with pytest.raises(Hidden):
            withdraw(actor=office.registrar, subject=batch, at=NOW)


class TestGivingBack:
    def test_the_reader_answers_for_it_until_the_registrar_has_counted_it(self, office):
        (item,) = held_by(office, office.handler)
        batch = give_back(actor=office.handler, subject=item, at=NOW)
        assert fresh(item).holder.person == office.handler
        take_back(actor=office.registrar, subject=batch, at=NOW)
        assert (fresh(item).state, fresh(item).holder.place) == (State.HELD, office.safe)

    def test_what_the_registrar_does_not_take_back_stays_with_the_reader(self, office):
        items = held_by(office, office.handler, 2)
        batch = give_back(actor=office.handler, subject=items, at=NOW)
        take_back(
            actor=office.registrar, subject=batch, at=NOW, declined={lines(batch)[0].pk: "缺页"}
        )
        assert fresh(items[0]).holder.person == office.handler
        assert fresh(items[1]).holder.place == office.safe

    def test_the_registrar_may_put_it_elsewhere(self, office):
        batch = give_back(actor=office.handler, subject=held_by(office, office.handler), at=NOW)
        (movement,) = take_back(
            actor=office.registrar, subject=batch, at=NOW, place=office.top_safe
        )
        assert movement.receiver.place == office.top_safe

    def test_a_thing_without_a_home_goes_to_the_registry_itself(self, office):
        (item,) = held_by(office, office.handler)
        with prepared(office.body):
            Item.unscoped.filter(pk=item.pk).update(home=None)
        batch = give_back(actor=office.handler, subject=item, at=NOW)
        take_back(actor=office.registrar, subject=batch, at=NOW)
        assert fresh(item).holder.place == office.registry

    def test_nobody_gives_back_what_another_holds(self, office):
        (item,) = held_by(office, office.handler)
        with pytest.raises(Hidden):
            give_back(actor=office.chief, subject=item, at=NOW)

    def test_the_registry_counts_only_what_was_offered_to_it(self, office):
        batch = offer(
            actor=office.registrar, subject=copies(office, 1), receiver=office.handler, at=NOW
        )
        with pytest.raises(Hidden):
            take_back(actor=office.registrar, subject=batch, at=NOW)

    def test_only_the_registrar_counts_returns(self, office):
        batch = give_back(actor=office.handler, subject=held_by(office, office.handler), at=NOW)
        with pytest.raises(Denied):
            take_back(actor=office.chief, subject=batch, at=NOW)

    @pytest.mark.clause("carriers.place")
    def test_a_body_without_a_registry_cannot_take_anything_back(self, office):
        (item,) = held_by(office, office.handler)
        with prepared(office.body):
            Place.objects.filter(kind=Place.Kind.REGISTRY).update(active=False)
        with pytest.raises(Refusal) as refusal:
            give_back(actor=office.handler, subject=item, at=NOW)
        assert refusal.value.clause == "carriers.place"


class TestPassing:
    @pytest.mark.clause("circulation.no_passing")
    def test_no_reader_offers_to_a_reader(self, office):
        items = held_by(office, office.handler)
        with pytest.raises(Refusal) as refusal, prepared(office.body):
            offer_lines(
                receiver=holder_of(body=office.body, person=office.chief),
                items=items,
                reason="x",
                by=office.handler,
                at=NOW,
            )
        assert refusal.value.clause == "circulation.no_passing"

    @pytest.mark.clause("circulation.no_passing")
    def test_no_act_moves_a_copy_from_reader_to_reader(self, office):
        (item,) = held_by(office, office.handler)
        with pytest.raises(Refusal) as refusal, prepared(office.body):
            chief = holder_of(body=office.body, person=office.chief)
            shift(item=item, to=chief, reason="x", at=NOW)
        assert refusal.value.clause == "circulation.no_passing"

    def test_a_reader_gives_back_to_the_registry_and_not_into_any_cupboard(self, office):
        items = held_by(office, office.handler)
        with pytest.raises(Refusal) as refusal, prepared(office.body):
            offer_lines(
                receiver=holder_of(body=office.body, place=office.cabinet),
                items=items,
                reason="x",
                by=office.handler,
                at=NOW,
            )
        assert refusal.value.clause == "carriers.signed"

    def test_a_successor_signs_for_a_batch_of_the_predecessor(self, office):
        items = held_by(office, office.handler, 3)
        with prepared(office.body):
            batch = offer_succession(
                receiver=holder_of(body=office.body, person=office.chief),
                items=items,
                reason="handling.handover",
                by=office.handler,
                at=NOW,
                due_at=NOW + timedelta(days=1),
                case_ref="handling.handover:1",
            )
        with prepared(office.body):
            moves = settle_lines(
                handover=batch, by=office.chief, at=NOW, declined={lines(batch)[2].pk: "缺页"}
            )
        assert [m.case_ref for m in moves] == ["handling.handover:1"] * 2
        assert [fresh(i).holder.person for i in items] == [
            office.chief,
            office.chief,
            office.handler,
        ]

    def test_one_batch_has_one_giver(self, office):
        label = a_label(office)
        mixed = held_by(office, office.handler, label=label) + copies(office, 1, label=label)
        with pytest.raises(Refusal) as refusal, prepared(office.body):
            offer_succession(
                receiver=holder_of(body=office.body, person=office.chief),
                items=mixed,
                reason="x",
                by=office.handler,
                at=NOW,
            )
        assert refusal.value.clause == "carriers.signed"


class TestMovingPlace:
    def test_a_copy_moved_belongs_to_its_new_place(self, office):
        items = copies(office, 2)
        move_place(actor=office.registrar, subject=items, place=office.top_safe, at=NOW)
        assert {fresh(i).holder.place for i in items} == {office.top_safe}
        assert {fresh(i).home for i in items} == {office.top_safe}

    @pytest.mark.clause("carriers.place")
    def test_a_place_below_the_level_is_refused(self, office):
        (item,) = copies(office, 1)
        with pytest.raises(Refusal) as refusal:
            move_place(actor=office.registrar, subject=item, place=office.cabinet, at=NOW)
        assert refusal.value.clause == "carriers.place"
        assert fresh(item).holder.place == office.safe

    @pytest.mark.clause("carriers.place.top_secret")
    def test_top_secret_lies_in_its_own_safe_only(self, office):
        (item,) = copies(office, 1, level=Level.TOP_SECRET)
        with pytest.raises(Refusal) as refusal:
            move_place(actor=office.registrar, subject=item, place=office.registry, at=NOW)
        assert refusal.value.clause == "carriers.place.top_secret"

    def test_a_place_out_of_use_or_of_another_body_is_refused(self, office):
        (item,) = copies(office, 1)
        with prepared(office.body):
            closed = Place.objects.create(
                body=office.body, name="旧柜", kind="safe", level_limit=4, active=False
            )
            foreign = Place.objects.create(
                body=office.other, name="1号柜", kind="safe", level_limit=4
            )
        for place in (closed, foreign):
            with pytest.raises(Refusal) as refusal:
                move_place(actor=office.registrar, subject=item, place=place, at=NOW)
            assert refusal.value.clause == "carriers.place"

    def test_what_a_reader_holds_is_not_moved_over_their_head(self, office):
        (item,) = held_by(office, office.handler)
        with pytest.raises(TakenByOther):
            move_place(actor=office.registrar, subject=item, place=office.top_safe, at=NOW)


class TestWaiting:
    def test_offers_wait_for_the_receiver_alone(self, office):
        items = copies(office, 2)
        due = NOW + timedelta(hours=1)
        batch = offer(
            actor=office.registrar, subject=items, receiver=office.handler, at=NOW, due_at=due
        )
        assert [line.item for line in offers_to(office.handler, at=NOW)] == items
        assert not offers_to(office.chief, at=NOW).exists()
        assert offers_by(office.registrar, at=NOW).count() == 2
        assert lines_of(batch, reader=office.handler, at=NOW).count() == 2
        assert not batch.is_late(NOW) and batch.is_late(due + timedelta(minutes=1))
        accept(actor=office.handler, subject=batch, at=NOW)
        assert not offers_to(office.handler, at=NOW).exists()

    def test_returns_wait_for_the_registry(self, office):
        batch = give_back(actor=office.handler, subject=held_by(office, office.handler), at=NOW)
        (line,) = offers_to_registry(office.registrar, at=NOW)
        assert line.handover == batch
        assert str(batch) == f"交接单 {batch.pk}" and str(line) == f"{batch.pk}:{line.item_id}"
        assert not offers_to_registry(office.stranger, at=NOW).exists()
