"""handling.carry.*: out with approval, a locked case and measures; counted back in."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY
from shoumi.domains.handling.models import Carrying
from shoumi.domains.handling.services import carrying
from shoumi.domains.handling.services.carrying import NotTheCarrier
from shoumi.domains.handling.services.gathering import NotOnShelf
from shoumi.domains.handling.tests.scene import (
    approve,
    copies,
    fresh,
    lent,
    paper,
    turn_down,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.acting import Hidden
from shoumi.platform.custody.services import declare_missing
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.trail.verify import verify

TRIP = {
    "destination": "岚江省保密局",
    "purpose": "汇报",
    "reason": "汇报年度工作",
    "container": "X-03",
    "measures": "专车往返，入住时存当地机要室",
    "leaves_on": TODAY,
    "returns_on": TODAY + timedelta(days=2),
}


def asked(office, items, **changed) -> Carrying:
    actor = changed.pop("actor", office.handler)
    return carrying.request_carry(actor=actor, at=NOW, items=items, **(TRIP | changed))


def out(office, items, **changed) -> Carrying:
    trip = approve(asked(office, items, **changed))
    carrying.leave(actor=office.registrar, subject=trip, at=NOW)
    carrying.accept(actor=changed.get("actor", office.handler), subject=fresh(trip), at=NOW)
    return fresh(trip)


@pytest.mark.clause("carriers.carry.approval", "carriers.carry.measures")
def test_pieces_go_out_and_every_one_is_counted_back(office):
    items = copies(paper(office))[:2]
    trip = out(office, items)
    assert {fresh(i).holder.person for i in items} == {office.handler}
    duty = mine(office.handler, at=NOW).get()
    assert (duty.kind, duty.due_at) == ("handling.carry.return", trip.due_at)
    with pytest.raises(Refusal) as caught:
        carrying.return_carried(actor=office.registrar, subject=trip, at=NOW, counted=1)
    assert caught.value.clause == "carriers.carry.measures"
    carrying.return_carried(actor=office.registrar, subject=trip, at=NOW, counted=2)
    assert {fresh(i).holder.place for i in items} == {office.safe}
    assert fresh(trip).state == "returned"
    assert not Duty.objects.filter(state="open", kind__startswith="handling.carry").exists()
    assert verify().findings == []


def test_pieces_of_several_papers_make_one_trip_at_the_highest_level(office):
    low = copies(paper(office, "秘密", issue_number="岚保〔2026〕8号"))[0]
    high = copies(paper(office))[0]
    trip = asked(office, [low, high])
    assert trip.level == Level.SECRET
    known = Carrying.objects.visible_to
    assert known(office.director, at=NOW).exists() and known(office.handler, at=NOW).exists()
    assert not known(office.peer, at=NOW).exists()
    assert approve(trip).state == "approved"


@pytest.mark.clause("carriers.carry.measures")
@pytest.mark.parametrize("missing", ["container", "measures"])
def test_without_case_or_measures_nothing_goes_out(office, missing):
    with pytest.raises(Refusal) as caught:
        asked(office, copies(paper(office))[:1], **{missing: " "})
    assert caught.value.clause == "carriers.carry.measures"


@pytest.mark.clause("carriers.carry.purpose")
def test_carriers_do_not_go_visiting(office):
    with pytest.raises(Refusal) as caught:
        asked(office, copies(paper(office))[:1], reason="顺路探亲")
    assert caught.value.clause == "carriers.carry.purpose"


@pytest.mark.clause("carriers.carry.abroad")
def test_nothing_classified_leaves_the_country(office):
    item = copies(paper(office))[0]
    with pytest.raises(Refusal) as caught:
        asked(office, [item], abroad=True)
    assert caught.value.clause == "carriers.carry.abroad"
    assert fresh(item).state == "held"


@pytest.mark.clause("carriers.carry.escorts")
def test_top_secret_takes_two_who_are_cleared(office):
    item = copies(paper(office, "绝密"))[0]
    given = {"actor": office.registrar}
    with pytest.raises(Refusal) as caught:
        asked(office, [item], **given)
    assert caught.value.clause == "carriers.carry.escorts"
    with pytest.raises(Refusal) as caught:
        asked(office, [item], companions=[office.handler], **given)
    assert "单平" in caught.value.message
    trip = asked(office, [item], companions=[office.director], **given)
    assert (trip.companion_names, approve(trip).state) == ("翟海", "approved")


@pytest.mark.clause("carriers.carry.longest")
def test_a_longer_trip_is_refused(office):
    with pytest.raises(Refusal) as caught:
        asked(office, copies(paper(office))[:1], returns_on=TODAY + timedelta(days=7))
    assert caught.value.clause == "carriers.carry.longest"


@pytest.mark.clause("carriers.borrow.no_sublending")
def test_a_borrower_does_not_take_the_loan_out(office):
    item = copies(paper(office))[0]
    lent(office, item)
    with pytest.raises(Refusal) as caught:
        asked(office, [fresh(item)])
    assert caught.value.clause == "carriers.borrow.no_sublending"


def test_a_piece_is_kept_for_one_trip_only(office):
    item = copies(paper(office))[0]
    asked(office, [item])
    with pytest.raises(NotOnShelf):
        asked(office, [fresh(item)], actor=office.chief)
    with pytest.raises(Refusal):
        asked(office, [])


@pytest.mark.clause("access.may_know")
def test_one_hidden_piece_hides_the_whole_request(office):
    known, hidden = copies(paper(office))[0], copies(paper(office, people=[office.chief]))[0]
    with pytest.raises(Hidden):
        asked(office, [known, hidden])


@pytest.mark.clause("carriers.carry.approval")
def test_nobody_leaves_before_the_approval_or_outside_its_days(office):
    items = copies(paper(office))
    trip = asked(office, items[:1])
    with pytest.raises(Stale):
        carrying.leave(actor=office.registrar, subject=trip, at=NOW)
    later = approve(asked(office, items[1:2], leaves_on=TODAY + timedelta(days=1)))
    with pytest.raises(Refusal):
        carrying.leave(actor=office.registrar, subject=later, at=NOW)
    with pytest.raises(Denied):
        carrying.leave(actor=office.handler, subject=approve(trip), at=NOW)


@pytest.mark.clause("carriers.keeper")
def test_the_carrier_signs_in_person(office):
    trip = approve(asked(office, copies(paper(office))[:1]))
    carrying.leave(actor=office.registrar, subject=trip, at=NOW)
    with pytest.raises(NotTheCarrier):
        carrying.accept(actor=office.chief, subject=fresh(trip), at=NOW)


@pytest.mark.clause("carriers.missing")
def test_what_is_lost_on_the_way_is_missing_and_not_returned(office):
    items = copies(paper(office))[:2]
    trip = out(office, items)
    declare_missing(
        actor=office.registrar, subject=fresh(items[0]), circumstances="途中遗失", at=NOW
    )
    carrying.return_carried(
        actor=office.registrar, subject=trip, at=NOW, counted=1, condition="缺一件"
    )
    assert fresh(items[1]).holder.place == office.safe


def test_a_trip_refused_or_called_off_frees_the_pieces(office):
    items = copies(paper(office))
    turn_down(asked(office, items[:1]))
    assert fresh(items[0]).state == "held"
    trip = approve(asked(office, items[:2]))
    carrying.withdraw_carry(actor=office.handler, subject=trip, at=NOW)
    assert [fresh(i).state for i in items[:2]] == ["held", "held"]
    assert not mine(office.registrar, at=NOW).filter(kind="handling.carry.leave").exists()
