"""documents.propose, .instruct, .close: the order of a paper's way, and who may know it after each step."""

from datetime import timedelta

import pytest

from conftest import NOW
from shoumi.domains.documents.models import Document, Opinion
from shoumi.domains.documents.services.deciding import (
    close,
    complete,
    instruct,
    propose,
    report,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.acting import Hidden
from shoumi.platform.obligations.models import Duty

LATER = NOW + timedelta(hours=1)


def proposed(office, paper):
    propose(
        actor=office.director,
        subject=paper,
        at=NOW,
        addressee=office.leader,
        text="拟请山局长阅示。",
    )
    return paper


def test_the_director_proposes_and_the_leader_finds_it_on_the_home_page(office, receipt):
    paper = proposed(office, receipt())
    assert paper.state == Document.State.PROPOSED
    duty = Duty.objects.visible_to(office.leader, at=NOW).get(kind="documents.instruct")
    assert duty.url_pk == paper.pk
    assert Duty.objects.get(kind="documents.propose").state == Duty.State.DONE


@pytest.mark.clause("documents.instruct.notice")
def test_the_instruction_names_readers_and_a_handler_who_then_may_know(office, receipt):
    paper = proposed(office, receipt())
    assert not Document.objects.visible_to(office.handler, at=LATER).exists()
    opinion = instruct(
        actor=office.leader,
        subject=paper,
        at=LATER,
        text="请单平同志承办，解峰同志阅。",
        readers=[office.peer],
        handler=office.handler,
    )
    assert opinion.people == [office.peer.pk]
    for person in (office.handler, office.peer):
        assert Document.objects.visible_to(person, at=LATER).get() == paper
    handling = Duty.objects.get(kind="documents.handle")
    assert (handling.person, handling.due_at) == (office.handler, LATER + timedelta(hours=24))


@pytest.mark.clause("documents.propose")
def test_there_is_no_instruction_before_the_proposal(office, receipt):
    with pytest.raises(Refusal) as caught:
        instruct(actor=office.leader, subject=receipt(), at=NOW, text="阅。")
    assert caught.value.clause == "documents.propose"


@pytest.mark.clause("documents.instruct")
def test_only_leaders_instruct_and_only_leaders_are_asked(office, receipt):
    paper = receipt(people=[office.handler])
    with pytest.raises(Refusal) as caught:
        propose(actor=office.director, subject=paper, at=NOW, addressee=office.handler, text="请阅")
    assert caught.value.clause == "documents.instruct"
    proposed(office, paper)
    for key in ("registrar", "director", "handler"):
        with pytest.raises(Denied):
            instruct(actor=getattr(office, key), subject=paper, at=NOW, text="阅。")


@pytest.mark.clause("documents.receive.attachments", "documents.receive.order")
def test_a_paper_whose_attachments_lack_is_not_proposed(office, receipt):
    paper = receipt(complete=False)
    assert paper.state == Document.State.RECEIVED
    with pytest.raises(Refusal) as caught:
        proposed(office, paper)
    assert caught.value.clause == "documents.receive.attachments"
    complete(actor=office.registrar, subject=paper, at=NOW)
    assert proposed(office, paper).state == Document.State.PROPOSED


def test_the_second_of_two_proposals_is_stale(office, receipt):
    paper = receipt()
    twin = Document.objects.visible_to(office.director, at=NOW).get(pk=paper.pk)
    proposed(office, paper)
    with pytest.raises(Stale):
        proposed(office, twin)
    assert Opinion.objects.visible_to(office.director, at=NOW).count() == 1


@pytest.mark.clause("circulation.scope")
def test_nobody_uncleared_is_named_in_an_instruction(office, receipt):
    paper = proposed(office, receipt())
    for key in ("junior", "lapsed", "leaver", "newcomer", "stranger"):
        with pytest.raises(Refusal) as caught:
            instruct(
                actor=office.leader,
                subject=paper,
                at=NOW,
                text="阅。",
                readers=[getattr(office, key)],
            )
        assert caught.value.clause == "circulation.scope"


@pytest.mark.clause("grades.content")
def test_opinions_on_a_shell_stay_on_the_paper(office, receipt, settings):
    settings.DEPLOYMENT_GRADE = Level.INTERNAL
    shell = receipt(title="")
    with pytest.raises(Refusal) as caught:
        proposed(office, shell)
    assert caught.value.clause == "grades.content"
    propose(actor=office.director, subject=shell, at=NOW, addressee=office.leader)
    assert Opinion.objects.visible_to(office.director, at=NOW).get().text == ""


@pytest.mark.clause("documents.lifecycle")
def test_it_is_closed_only_after_the_instruction_with_every_copy_at_home(office, receipt):
    paper = proposed(office, receipt())
    with pytest.raises(Stale) as caught:
        close(actor=office.registrar, subject=paper, at=NOW)
    assert caught.value.clause == "documents.lifecycle"
    instruct(actor=office.leader, subject=paper, at=NOW, text="阅。", handler=office.handler)
    close(actor=office.registrar, subject=paper, at=NOW, result="存阅")
    assert paper.state == Document.State.HANDLED
    assert not Duty.objects.filter(state=Duty.State.OPEN).exists()


@pytest.mark.parametrize("key", ["peer", "junior", "newcomer", "lapsed", "leaver", "stranger"])
def test_for_outsiders_there_is_no_paper_to_act_on(office, receipt, key):
    paper = receipt()
    with pytest.raises(Hidden):
        propose(
            actor=getattr(office, key), subject=paper, at=NOW, addressee=office.leader, text="拟"
        )


@pytest.mark.clause("documents.instruct.notice")
def test_the_handler_reports_once_and_nobody_else_does(office, receipt):
    paper = proposed(office, receipt(people=[office.peer]))
    instruct(actor=office.leader, subject=paper, at=NOW, text="请办。", handler=office.handler)
    for key in ("peer", "registrar"):
        with pytest.raises(Denied) as caught:
            report(actor=getattr(office, key), subject=paper, at=NOW, text="已办。")
        assert caught.value.clause == "documents.instruct.notice"
    report(actor=office.handler, subject=paper, at=LATER, text="已办结。")
    with pytest.raises(Denied):
        report(actor=office.handler, subject=paper, at=LATER, text="已办结。")
    assert Duty.objects.get(kind="documents.handle").state == Duty.State.DONE
