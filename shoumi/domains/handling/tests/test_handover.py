"""handling.handover: fifty pieces, one approval, one signature, one declined."""

import pytest

from conftest import NOW
from shoumi.domains.handling.models import Succession
from shoumi.domains.handling.services import succession
from shoumi.domains.handling.services.succession import NotTheReceiver
from shoumi.domains.handling.tests.scene import (
    approve,
    copies,
    fresh,
    given_to,
    lent,
    paper,
    turn_down,
)
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.custody.selectors import (
    Scope,
    holders_of_person,
    lines_of,
    statement,
)
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.trail.models import Entry
from shoumi.platform.trail.verify import verify


@pytest.fixture
def fifty(office):
    """Fifty copies on 单平's account."""
    document = paper(office, copies=50, copy_numbers="000001-000050")
    items = copies(document)
    given_to(office, office.handler, items)
    return [fresh(i) for i in items]


def asked(office, items, **changed) -> Succession:
    given = {"actor": office.handler, "receiver": office.chief, "reason": "调岗", "where": "机要室"}
    return succession.hand_over(at=NOW, items=items, **given | changed)


def held(office, person) -> int:
    scope = Scope(holders=holders_of_person(person))
    found = statement(reader=office.registrar, at=NOW, scope=scope)
    assert found.balances
    return found["closing"]


@pytest.mark.slow
@pytest.mark.clause("carriers.handover", "carriers.signed")
def test_a_declined_piece_stays_with_the_giver_and_the_rest_goes_with_one_signature(office, fifty):
    batch = approve(asked(office, fifty))
    assert batch.state == "offered" and held(office, office.handler) == 50
    lines = list(lines_of(batch.handover, reader=office.chief, at=NOW))
    succession.accept_handover(
        actor=office.chief, subject=batch, at=NOW, declined={lines[7].pk: "封面破损"}
    )
    batch = fresh(batch)
    assert (batch.state, batch.accepted, batch.declined) == ("accepted", 49, 1)
    assert (held(office, office.handler), held(office, office.chief)) == (1, 49)
    assert fresh(lines[7].item).holder.person == office.handler
    assert Entry.objects.filter(event="handling.handover.accept").count() == 1
    assert not mine(office.chief, at=NOW).exists()
    assert verify().findings == []


@pytest.mark.clause("carriers.handover")
def test_nothing_is_offered_before_a_leader_agreed(office, fifty):
    batch = asked(office, fifty[:2])
    assert (batch.state, batch.handover) == ("requested", None)
    with pytest.raises(Refusal):
        succession.accept_handover(actor=office.chief, subject=batch, at=NOW)
    turn_down(batch)
    assert [fresh(i).state for i in fifty[:2]] == ["held", "held"]


@pytest.mark.clause("carriers.transfer")
def test_nobody_hands_over_what_another_answers_for(office, fifty):
    with pytest.raises(Refusal) as caught:
        asked(office, fifty[:1], actor=office.chief, receiver=office.leader)
    assert caught.value.clause == "carriers.transfer"


def test_the_registrar_does_it_for_one_who_has_left(office, fifty):
    batch = asked(office, fifty[:3], actor=office.registrar)
    assert (batch.asked_by, batch.giver) == (office.registrar, office.handler)


@pytest.mark.clause("access.may_know")
def test_the_successor_must_be_allowed_to_know(office, fifty):
    with pytest.raises(Refusal) as caught:
        asked(office, fifty[:1], receiver=office.peer)
    assert caught.value.clause == "access.may_know"
    with pytest.raises(Refusal):
        asked(office, fifty[:1], receiver=office.handler)


@pytest.mark.clause("carriers.borrow.no_sublending")
def test_loans_are_not_handed_on(office):
    item = copies(paper(office))[0]
    lent(office, item)
    with pytest.raises(Refusal) as caught:
        asked(office, [fresh(item)])
    assert caught.value.clause == "carriers.borrow.no_sublending"


@pytest.mark.clause("carriers.keeper")
def test_the_successor_signs_in_person_and_once(office, fifty):
    batch = approve(asked(office, fifty[:2]))
    with pytest.raises(NotTheReceiver):
        succession.accept_handover(actor=office.leader, subject=batch, at=NOW)
    succession.accept_handover(actor=office.chief, subject=batch, at=NOW)
    with pytest.raises(Stale):
        succession.accept_handover(actor=office.chief, subject=fresh(batch), at=NOW)


@pytest.mark.clause("carriers.handover")
def test_what_was_not_signed_for_can_be_taken_back(office, fifty):
    batch = approve(asked(office, fifty[:2]))
    with pytest.raises(Denied):
        succession.withdraw_handover(actor=office.leader, subject=batch, at=NOW)
    succession.withdraw_handover(actor=office.handler, subject=batch, at=NOW)
    assert fresh(batch).state == "withdrawn" and fresh(fifty[0]).state == "held"


@pytest.mark.clause("carriers.handover")
def test_things_of_the_registry_or_of_two_people_make_no_batch(office, fifty):
    shelf = copies(paper(office))
    with pytest.raises(Refusal):
        asked(office, shelf[:1], actor=office.registrar)
    given_to(office, office.chief, shelf[:1])
    with pytest.raises(Refusal):
        asked(office, [fifty[0], fresh(shelf[0])], actor=office.registrar, receiver=office.leader)


@pytest.mark.clause("carriers.handover.place")
def test_nothing_changes_hands_in_public(office, fifty):
    with pytest.raises(Refusal) as caught:
        asked(office, fifty[:1], where="茶馆")
    assert caught.value.clause == "carriers.handover.place"
    assert asked(office, fifty[:1], where="保密室").where == "保密室"
