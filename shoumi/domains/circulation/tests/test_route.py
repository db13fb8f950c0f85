"""circulation.send to .take_back: from the registrar's hands to one reader, and back the same day."""

from datetime import timedelta

import pytest

from conftest import NOW
from shoumi.domains.circulation.models import Reader
from shoumi.domains.circulation.services.listing import open_list
from shoumi.domains.circulation.services.routing import (
    accept,
    pass_on,
    remind,
    return_copy,
    send,
    take_back,
    withdraw,
)
from shoumi.domains.circulation.tests.conftest import copy_of, instructed, line
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.acting import Hidden
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import seed_calendar
from shoumi.platform.trail.models import Entry
from shoumi.platform.trail.verify import verify

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def reader(office, circulation):
    return line(circulation, office.handler)


@pytest.fixture
def sent(office, reader, paper):
    send(actor=office.registrar, subject=reader, at=NOW, copy=copy_of(paper), in_person=True)
    return reader


@pytest.fixture
def reading(office, sent):
    accept(actor=office.handler, subject=sent, at=NOW)
    return sent


def holder_of(paper):
    return copy_of(paper).item.holder


@pytest.mark.clause("circulation.record")
def test_a_copy_goes_out_is_read_and_comes_home(office, sent, circulation, paper):
    assert holder_of(paper).place == office.safe
    accept(actor=office.handler, subject=sent, at=NOW)
    assert holder_of(paper).person == office.handler
    return_copy(actor=office.handler, subject=sent, at=LATER, opinion="已阅。")
    assert holder_of(paper).person == office.handler
    take_back(actor=office.registrar, subject=line(circulation, office.handler), at=LATER)
    assert holder_of(paper).place == office.safe
    home = line(circulation, office.handler)
    assert (home.state, home.opinion, home.returned_at) == ("returned", "已阅。", LATER)
    assert verify().findings == []


@pytest.mark.clause("circulation.return")
def test_the_reader_has_it_until_tonight_and_sees_so_at_home(office, sent):
    duty = Duty.objects.visible_to(office.handler, at=NOW).get(kind="circulation.accept")
    assert (duty.due_at.date(), duty.url_pk) == (NOW.date(), sent.pk)
    accept(actor=office.handler, subject=sent, at=NOW)
    duty = Duty.objects.get(kind="circulation.return_copy", state=Duty.State.OPEN)
    assert duty.person == office.handler
    assert f"{duty.due_at:%H:%M}" < "18:00" or duty.due_at.hour == 9


@pytest.mark.clause("circulation.return")
def test_a_top_secret_copy_is_due_within_hours(office):
    paper = instructed_top_secret(office)
    opened = open_list(actor=office.registrar, subject=paper, at=NOW, readers=[office.head])
    reader = line(opened, office.head)
    send(actor=office.registrar, subject=reader, at=NOW, copy=copy_of(paper), in_person=True)
    assert reader.due_at - NOW <= timedelta(hours=3)


def instructed_top_secret(office):
    from shoumi.domains.documents.services.deciding import instruct, propose
    from shoumi.domains.documents.services.receiving import receive
    from shoumi.domains.documents.tests.conftest import written

    told = written(office, mark="绝密★30年", place=office.top_safe)
    paper = receive(actor=office.registrar, at=NOW, **told)
    propose(actor=office.director, subject=paper, at=NOW, addressee=office.leader, text="请阅示。")
    instruct(
        actor=office.leader, subject=paper, at=NOW, text="请覃正同志阅。", readers=[office.head]
    )
    return paper


@pytest.mark.clause("circulation.no_passing")
def test_a_copy_out_with_one_reader_does_not_go_to_the_next(office, reading, circulation, paper):
    other = line(circulation, office.peer)
    with pytest.raises(Refusal) as caught:
        send(actor=office.registrar, subject=other, at=NOW, copy=copy_of(paper), in_person=True)
    assert caught.value.clause == "circulation.no_passing"
    send(actor=office.registrar, subject=other, at=NOW, copy=copy_of(paper, 2), in_person=True)


@pytest.mark.clause("circulation.no_passing")
def test_passing_it_on_is_refused_and_kept_in_the_trail(office, reading):
    with pytest.raises(Refusal) as caught:
        pass_on(actor=office.handler, subject=reading, at=NOW, to=office.peer)
    assert caught.value.clause == "circulation.no_passing"
    entry = Entry.objects.get(event="circulation.pass_on.denied")
    assert entry.clause == "circulation.no_passing"


@pytest.mark.clause("circulation.in_person")
def test_it_is_not_left_in_an_empty_office(office, reader, paper):
    with pytest.raises(Refusal) as caught:
        send(actor=office.registrar, subject=reader, at=NOW, copy=copy_of(paper))
    assert caught.value.clause == "circulation.in_person"
    assert line(reader.circulation, office.handler).state == Reader.State.WAITING


@pytest.mark.clause("circulation.in_person")
def test_nobody_signs_or_returns_for_the_reader(office, sent):
    for key in ("peer", "registrar", "leader"):
        with pytest.raises(Denied) as caught:
            accept(actor=getattr(office, key), subject=sent, at=NOW)
        assert caught.value.clause == "circulation.in_person"
    accept(actor=office.handler, subject=sent, at=NOW)
    with pytest.raises(Denied):
        return_copy(actor=office.peer, subject=sent, at=NOW)


@pytest.mark.clause("circulation.registrar")
def test_only_the_registrar_sends_and_counts_in(office, reader, paper):
    for key in ("handler", "director", "leader"):
        with pytest.raises(Denied) as caught:
            send(
                actor=getattr(office, key),
                subject=reader,
                at=NOW,
                copy=copy_of(paper),
                in_person=True,
            )
        assert caught.value.clause == "circulation.registrar"


def test_an_offer_nobody_signs_for_is_withdrawn_and_can_be_sent_again(office, sent, paper):
    withdraw(actor=office.registrar, subject=sent, at=NOW)
    assert sent.state == Reader.State.WAITING
    assert not Duty.objects.filter(kind="circulation.accept", state=Duty.State.OPEN).exists()
    send(actor=office.registrar, subject=sent, at=LATER, copy=copy_of(paper), in_person=True)
    assert sent.state == Reader.State.OFFERED


def test_the_second_of_two_clicks_is_stale(office, reader, paper, circulation):
    twin = line(circulation, office.handler)
    send(actor=office.registrar, subject=reader, at=NOW, copy=copy_of(paper), in_person=True)
    with pytest.raises(Stale):
        send(actor=office.registrar, subject=twin, at=NOW, copy=copy_of(paper, 2), in_person=True)
    assert copy_of(paper, 2).item.state == "held"


@pytest.mark.clause("circulation.remind")
def test_a_late_reader_is_urged_and_not_too_often(office, reading):
    seed_calendar(office.system, NOW)
    tomorrow = NOW + timedelta(days=1)
    assert reading.is_late(tomorrow)
    remind(actor=office.registrar, subject=reading, at=tomorrow, words="请即退回。")
    assert Duty.objects.get(kind="circulation.return_copy").reminders == 1
    with pytest.raises(Refusal) as caught:
        remind(actor=office.registrar, subject=reading, at=tomorrow, words="请即退回。")
    assert caught.value.clause == "obligations.remind.interval"


@pytest.mark.clause("circulation.remind")
def test_who_has_nothing_is_not_urged(office, reader):
    with pytest.raises(Refusal) as caught:
        remind(actor=office.registrar, subject=reader, at=NOW, words="请阅。")
    assert caught.value.clause == "circulation.remind"


@pytest.mark.parametrize("key", ["junior", "newcomer", "lapsed", "leaver", "stranger"])
def test_for_outsiders_there_is_nothing_to_sign_for(office, sent, key):
    with pytest.raises(Hidden):
        accept(actor=getattr(office, key), subject=sent, at=NOW)


def test_a_list_of_a_second_paper_does_not_lend_its_copies(office, reader):
    other = instructed(office, copy_numbers="000011-000013")
    with pytest.raises(Stale):
        send(
            actor=office.registrar,
            subject=reader,
            at=NOW,
            copy=copy_of(other, 11),
            in_person=True,
        )
