"""handling.copy.*: approved, numbered, managed as the original, called in at year's end."""

import pytest
from django.utils import timezone

from conftest import NOW
from shoumi.domains.documents.models import Copy
from shoumi.domains.handling.models import Reproduction
from shoumi.domains.handling.services import copying
from shoumi.domains.handling.tests.scene import (
    approve,
    asked,
    copies,
    fresh,
    given_to,
    lent,
    paper,
    turn_down,
)
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.acting import Hidden
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.selectors import Scope, statement
from shoumi.platform.custody.services import give_back, take_back
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.trail.verify import verify

TWO = {"kind": "copy", "copies": 2, "purpose": "会议使用"}


def watched(office):
    """翟海 stood by in the registry."""
    return {"made_in": "机要室", "supervisor": office.director}


def wanted(office, item, **changed) -> Reproduction:
    actor = changed.pop("actor", office.handler)
    return copying.request_copy(actor=actor, subject=item, at=NOW, **(TWO | changed))


def made(office, item, lines="业务科 单平\n审批科", **changed):
    """Two copies for two destinations, approved and made."""
    request = approve(wanted(office, item, **changed))
    return request, copying.make(
        actor=office.registrar,
        subject=request,
        at=NOW,
        destinations=lines,
        place=office.safe,
        **watched(office),
    )


@pytest.mark.clause("carriers.copy.as_original", "carriers.copy.approval")
def test_every_copy_is_numbered_and_bears_the_label_of_the_original(office):
    document = paper(office)
    original = copies(document)[0]
    request, pieces = made(office, original)
    numbers = Copy.unscoped.filter(document=document).order_by("copy_number")
    assert list(numbers.values_list("copy_number", flat=True))[3:] == ["000004", "000005"]
    for piece in pieces:
        assert (piece.parent, piece.source) == (original, Item.Source.MADE)
        assert piece.label_id == original.label_id
        assert piece.holder.place == office.safe
    account = statement(reader=office.registrar, at=NOW, scope=Scope(labels=[document.label_id]))
    assert account.balances
    assert (account["received"], account["made"], account["closing"]) == (3, 2, 5)
    assert fresh(request).state == "made" and verify().findings == []
    said = fresh(request).destinations()
    assert said.startswith(pieces[0].name) and said.endswith("审批科") and "业务科 单平" in said


def test_an_extract_is_a_carrier_of_its_own(office):
    document = paper(office)
    _, pieces = made(
        office, copies(document)[0], "业务科", kind="extract", copies=1, recipients=[office.chief]
    )
    assert pieces[0].name.endswith("摘01")
    assert Copy.unscoped.filter(document=document).count() == 3


@pytest.mark.clause("carriers.copy.consent")
def test_top_secret_is_not_copied_without_the_originators_consent(office):
    item = copies(paper(office, "绝密"))[0]
    with pytest.raises(Refusal) as caught:
        wanted(office, item, actor=office.head, copies=1)
    assert caught.value.clause == "carriers.copy.consent"
    request = wanted(office, item, actor=office.head, copies=1, consent_number="岚保函〔2026〕2号")
    assert approve(request).state == "approved"


@pytest.mark.clause("carriers.copy.count")
def test_no_more_is_made_than_approved_and_each_has_its_destination(office):
    item = copies(paper(office))[0]
    with pytest.raises(Refusal) as caught:
        made(office, item, "甲\n乙\n丙")
    assert caught.value.clause == "carriers.copy.count"
    with pytest.raises(Refusal):
        wanted(office, item, copies=11)
    request, pieces = made(office, item, "甲")
    assert (fresh(request).made, len(pieces)) == (1, 1)


@pytest.mark.clause("carriers.copy.approval")
def test_nothing_is_made_before_it_is_approved_nor_by_others_nor_twice(office):
    item = copies(paper(office))[0]
    request = wanted(office, item)
    given = {"at": NOW, "destinations": "甲", "place": office.safe} | watched(office)
    with pytest.raises(Stale):
        copying.make(actor=office.registrar, subject=request, **given)
    request = approve(request)
    with pytest.raises(Denied):
        copying.make(actor=office.handler, subject=request, **given)
    copying.make(actor=office.registrar, subject=request, **given)
    with pytest.raises(Stale):
        copying.make(actor=office.registrar, subject=fresh(request), **given)


@pytest.mark.clause("carriers.borrow.no_sublending")
def test_a_borrower_does_not_copy_what_is_on_loan(office):
    item = copies(paper(office))[0]
    lent(office, item)
    with pytest.raises(Refusal) as caught:
        wanted(office, fresh(item))
    assert caught.value.clause == "carriers.borrow.no_sublending"


@pytest.mark.clause("carriers.copy.approval")
def test_the_original_lies_in_the_registry_while_it_is_copied(office):
    item = copies(paper(office))[0]
    request = approve(wanted(office, item))
    given_to(office, office.chief, [fresh(item)])
    with pytest.raises(Refusal) as caught:
        copying.make(
            actor=office.registrar,
            subject=request,
            at=NOW,
            destinations="甲",
            place=office.safe,
            **watched(office),
        )
    assert "不在机要室" in caught.value.message


@pytest.mark.clause("carriers.not_kept")
def test_at_the_years_end_everything_is_called_in(office):
    request, pieces = made(office, copies(paper(office))[0])
    duty = mine(office.registrar, at=NOW).get(kind="handling.copy.collect")
    assert timezone.localtime(duty.due_at).strftime("%m-%d") == "12-31"
    given_to(office, office.handler, [fresh(pieces[0])])
    with pytest.raises(Refusal) as caught:
        copying.collect(actor=office.registrar, subject=fresh(request), at=NOW)
    assert caught.value.clause == "carriers.not_kept" and pieces[0].name in caught.value.message
    batch = give_back(actor=office.handler, subject=fresh(pieces[0]), at=NOW)
    take_back(actor=office.registrar, subject=batch, at=NOW)
    copying.collect(actor=office.registrar, subject=fresh(request), at=NOW)
    assert fresh(request).state == "collected"
    assert not Duty.objects.filter(kind="handling.copy.collect", state="open").exists()


def test_a_request_refused_or_withdrawn_makes_nothing(office):
    item = copies(paper(office))[0]
    assert turn_down(wanted(office, item)).state == "refused"
    request = approve(wanted(office, item))
    with pytest.raises(Refusal):
        copying.withdraw_copy(actor=office.chief, subject=request, at=NOW)
    copying.withdraw_copy(actor=office.handler, subject=request, at=NOW)
    assert fresh(request).state == "withdrawn"


@pytest.mark.clause("access.may_know")
def test_who_may_not_know_it_cannot_ask_for_a_copy(office):
    item = copies(paper(office))[0]
    with pytest.raises(Hidden):
        wanted(office, item, actor=office.peer)


def test_a_copy_is_borrowed_like_an_original(office):
    _, pieces = made(office, copies(paper(office))[0])
    assert asked(office, fresh(pieces[0])).state == "requested"


@pytest.mark.clause("carriers.copy.supervised")
def test_nothing_is_copied_unwatched_or_elsewhere(office):
    request = approve(wanted(office, copies(paper(office))[0]))
    given = {"at": NOW, "destinations": "甲", "place": office.safe}
    for wrong in (
        {"made_in": "文印店", "supervisor": office.director},
        {"made_in": "机要室", "supervisor": office.registrar},
    ):
        with pytest.raises(Refusal) as caught:
            copying.make(actor=office.registrar, subject=request, **given | wrong)
        assert caught.value.clause == "carriers.copy.supervised"
    with pytest.raises(Refusal) as unknowing:
        copying.make(
            actor=office.registrar,
            subject=request,
            made_in="机要室",
            supervisor=office.peer,
            **given,
        )
    assert unknowing.value.clause == "access.may_know"
    copying.make(actor=office.registrar, subject=request, **given | watched(office))
    assert (fresh(request).made_in, fresh(request).supervisor) == ("机要室", office.director)


@pytest.mark.clause("carriers.copy.scope")
def test_an_extract_goes_to_nobody_whom_the_original_is_not_for(office):
    item = copies(paper(office))[0]
    for recipients in ((), (office.chief, office.peer)):
        with pytest.raises(Refusal) as caught:
            wanted(office, item, kind="extract", recipients=recipients)
        assert caught.value.clause == "carriers.copy.scope"
    request = wanted(office, item, kind="extract", recipients=[office.chief])
    assert (request.recipients, request.state) == ("查国栋", "requested")
