"""circulation.widen: nobody new may know before the last approver agreed."""

import pytest

from conftest import NOW
from shoumi.domains.circulation.models import Widening
from shoumi.domains.circulation.services.listing import add_reader
from shoumi.domains.circulation.services.widening import widen
from shoumi.domains.documents.models import Document
from shoumi.kernel.refusal import Refusal
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import agree, refuse


def asked(office, paper, **more):
    return widen(
        actor=office.registrar,
        subject=paper,
        at=NOW,
        people=[office.authority],
        reason="需其核对密级",
        **more,
    )


@pytest.mark.clause("circulation.widen")
def test_after_both_agreed_the_new_reader_may_know_and_be_listed(office, circulation, paper):
    asked(office, paper)
    case = Case.objects.visible_to(office.director, at=NOW).get()
    agree(actor=office.director, subject=case, at=NOW)
    assert not Document.objects.visible_to(office.authority, at=NOW).exists()
    case = Case.objects.visible_to(office.leader, at=NOW).get()
    agree(actor=office.leader, subject=case, at=NOW)
    assert Document.objects.visible_to(office.authority, at=NOW).get() == paper
    assert Widening.objects.visible_to(office.registrar, at=NOW).get().state == "granted"
    add_reader(actor=office.registrar, subject=circulation, at=NOW, person=office.authority)


@pytest.mark.clause("circulation.widen")
def test_a_refused_request_lets_nobody_in(office, paper):
    asked(office, paper)
    case = Case.objects.visible_to(office.director, at=NOW).get()
    refuse(actor=office.director, subject=case, at=NOW, opinion="没有必要")
    assert not Document.objects.visible_to(office.authority, at=NOW).exists()
    assert Widening.objects.visible_to(office.registrar, at=NOW).get().state == "refused"


@pytest.mark.clause("circulation.scope")
def test_nobody_uncleared_is_asked_for(office, paper):
    with pytest.raises(Refusal) as caught:
        widen(actor=office.registrar, subject=paper, at=NOW, people=[office.junior], reason="协助")
    assert caught.value.clause == "circulation.scope"


@pytest.mark.clause("circulation.widen")
def test_whoever_knows_already_needs_no_request(office, paper):
    with pytest.raises(Refusal):
        widen(actor=office.registrar, subject=paper, at=NOW, people=[office.handler], reason="再阅")
