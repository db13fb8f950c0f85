"""circulation.open, .add, .excuse, .close: who reads, within the instruction; and the end of the round."""

from datetime import timedelta

import pytest

from conftest import NOW
from shoumi.domains.circulation.models import Circulation, Reader
from shoumi.domains.circulation.services.listing import add_reader, close, excuse, open_list
from shoumi.domains.circulation.services.routing import accept, return_copy, send, take_back
from shoumi.domains.circulation.tests.conftest import copy_of, instructed, line
from shoumi.domains.documents.models import Document
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.obligations.models import Duty

LATER = NOW + timedelta(hours=1)


def test_the_list_holds_the_readers_in_their_order(office, circulation, paper):
    assert [x.person for x in circulation.all_readers()] == [office.handler, office.peer]
    assert paper.state == Document.State.CIRCULATING
    assert Duty.objects.get(kind="documents.route").state == Duty.State.DONE


@pytest.mark.clause("circulation.limit")
@pytest.mark.parametrize(("urgency", "days"), [("flash", 0), ("urgent", 1), ("plain", 5)])
def test_the_limit_follows_the_urgency(office, urgency, days):
    paper = instructed(office, urgency=urgency)
    opened = open_list(actor=office.registrar, subject=paper, at=NOW, readers=[office.handler])
    assert opened.due_at.date() == NOW.date() + timedelta(days=days)


@pytest.mark.clause("circulation.registrar")
def test_only_the_registrar_makes_a_list(office, paper):
    for key in ("handler", "director", "leader"):
        with pytest.raises(Denied) as caught:
            open_list(actor=getattr(office, key), subject=paper, at=NOW, readers=[office.handler])
        assert caught.value.clause == "circulation.registrar"


@pytest.mark.clause("circulation.list")
def test_nobody_the_instruction_left_out_is_added(office, circulation, paper):
    for whom, clause in (("authority", "circulation.list"), ("junior", "circulation.scope")):
        with pytest.raises(Refusal) as caught:
            add_reader(
                actor=office.registrar, subject=circulation, at=NOW, person=getattr(office, whom)
            )
        assert caught.value.clause == clause
    add_reader(actor=office.registrar, subject=circulation, at=NOW, person=office.head)
    assert line(circulation, office.head).place_in_list == 3


@pytest.mark.clause("circulation.list", "circulation.top_secret")
@pytest.mark.parametrize(
    ("mark", "place", "clause"),
    [
        ("机密★10年", "safe", "circulation.list"),
        ("绝密★30年", "top_safe", "circulation.top_secret"),
    ],
)
def test_without_an_instruction_there_is_no_list(office, mark, place, clause):
    told = written(office, mark=mark, place=getattr(office, place))
    paper = receive(actor=office.registrar, at=NOW, **told)
    with pytest.raises(Refusal) as caught:
        open_list(actor=office.registrar, subject=paper, at=NOW, readers=[office.head])
    assert caught.value.clause == clause


def test_two_lists_at_once_are_one(office, paper):
    twin = Document.objects.visible_to(office.registrar, at=NOW).get(pk=paper.pk)
    open_list(actor=office.registrar, subject=paper, at=NOW, readers=[office.handler])
    with pytest.raises(Stale):
        open_list(actor=office.registrar, subject=twin, at=NOW, readers=[office.handler])
    assert Circulation.objects.visible_to(office.registrar, at=NOW).count() == 1


@pytest.mark.clause("circulation.close")
def test_it_is_closed_when_as_many_came_back_as_went_out(office, circulation, paper):
    reader = line(circulation, office.handler)
    send(actor=office.registrar, subject=reader, at=NOW, copy=copy_of(paper), in_person=True)
    accept(actor=office.handler, subject=reader, at=NOW)
    with pytest.raises(Refusal) as caught:
        close(actor=office.registrar, subject=circulation, at=NOW)
    assert caught.value.clause == "circulation.close"
    assert office.handler.name in caught.value.message
    return_copy(actor=office.handler, subject=line(circulation, office.handler), at=LATER)
    take_back(actor=office.registrar, subject=line(circulation, office.handler), at=LATER)
    with pytest.raises(Refusal) as caught:
        close(actor=office.registrar, subject=circulation, at=LATER)
    assert office.peer.name in caught.value.message
    waiting = line(circulation, office.peer)
    with pytest.raises(Refusal):
        excuse(actor=office.registrar, subject=waiting, at=LATER, reason=" ")
    excuse(actor=office.registrar, subject=waiting, at=LATER, reason="出差至月底")
    close(actor=office.registrar, subject=circulation, at=LATER)
    paper.refresh_from_db()
    assert paper.state == Document.State.CIRCULATED
    assert not Duty.objects.filter(state=Duty.State.OPEN).exists()


@pytest.mark.parametrize("key", ["junior", "newcomer", "lapsed", "leaver", "stranger", "auditor"])
def test_for_outsiders_there_is_no_list(office, circulation, key):
    person = getattr(office, key)
    assert not Circulation.objects.visible_to(person, at=NOW).exists()
    assert not Reader.objects.visible_to(person, at=NOW).exists()
