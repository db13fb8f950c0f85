"""交接: offered by one side, signed for by the other; until then nothing has moved."""

import pytest

from conftest import NOW, prepared
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Hidden
from shoumi.platform.custody.models import HandoverLine, Holder, Item, Movement
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
    take_back,
    withdraw,
)
from shoumi.platform.custody.tests.scene import a_label, copies, fresh, held_by
from shoumi.platform.trail.models import Entry

State = Item.State


def lines_of(batch):
    return list(HandoverLine.unscoped.filter(handover=batch).order_by("id"))


class TestOffering:
    def test_what_is_offered_stays_with_the_registry_until_it_is_signed_for(self, office):
        (item,) = copies(office, 1)
        batch = offer(actor=office.registrar, subject=item, receiver=office.handler, at=NOW)
        assert (fresh(item).state, fresh(item).holder.place) == (State.OFFERED, office.safe)
        accept(actor=office.handler, subject=batch, at=NOW)
        assert (fresh(item).state, fresh(item).holder.person) == (State.HELD, office.handler)
        movement = Movement.unscoped.get(item=item, handover=batch)
        assert (movement.kind, movement.reason) == (Movement.Kind.PASS, "custody.offer")
        assert (movement.giver.place, movement.receiver.person) == (office.safe, office.handler)

    @pytest.mark.clause("carriers.one_holder")
    def test_the_second_of_two_registrars_finds_the_copy_taken(self, office):
        (item,) = copies(office, 1)
        as_seen_before = fresh(item)
        offer(actor=office.registrar, subject=item, receiver=office.handler, at=NOW)
        with pytest.raises(TakenByOther) as refusal:
            offer(actor=office.registrar, subject=as_seen_before, receiver=office.chief, at=NOW)
        assert (refusal.value.status, refusal.value.clause) == (409, "carriers.one_holder")
        assert Entry.objects.order_by("-id")[0].event == "custody.offer.denied"

    def test_a_copy_out_of_the_account_cannot_be_offered(self, office):
        (item,) = copies(office, 1)
        from shoumi.platform.custody.services import shift

        with prepared(office.body):
            sink = holder_of(body=office.body, sink=Holder.Sink.DESTROYED)
            shift(item=item, to=sink, reason="x", at=NOW)
        with pytest.raises(TakenByOther):
            with prepared(office.body):
                offer_lines(
                    receiver=holder_of(body=office.body, person=office.handler),
                    items=[fresh(item)],
                    reason="x",
                    by=office.registrar,
                    at=NOW,
                )
