"""circulation.restricted and .courier: papers for named readers only, and who may carry them for a while."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY
from shoumi.domains.circulation.models import Escort
from shoumi.domains.circulation.selectors import people_in_scope
from shoumi.domains.circulation.services.escorting import ask_escort, escort_send
from shoumi.domains.circulation.services.listing import NotInScope, open_list
from shoumi.domains.circulation.services.routing import accept, send
from shoumi.domains.circulation.tests.conftest import copy_of, instructed, line
from shoumi.domains.documents.models import Document
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Hidden
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import agree
from shoumi.platform.obligations.services import seed_calendar

DAY = timedelta(days=1)


@pytest.mark.clause("circulation.restricted", "circulation.scope")
@pytest.mark.parametrize("restriction", ["cipher", "high"])
def test_a_restricted_paper_is_read_by_named_people_only_and_comes_back_within_hours(
    office, restriction
):
    seed_calendar(office.system, NOW)
    paper = instructed(office, restriction=restriction, mark="秘密★5年")
    named = {office.handler.pk, office.peer.pk}
    assert set(people_in_scope(paper, at=NOW).values_list("pk", flat=True)) == named
    given = {"actor": office.registrar, "subject": paper, "at": NOW}
    with pytest.raises(NotInScope) as caught:
        open_list(**given, readers=[office.head])
    assert caught.value.clause == "circulation.restricted"
    circulation = open_list(**given, readers=[office.handler])
    reader = line(circulation, office.handler)
    send(actor=office.registrar, subject=reader, at=NOW, copy=copy_of(paper), in_person=True)
    assert reader.due_at == NOW + timedelta(hours=2)


@pytest.mark.clause("circulation.courier", "circulation.registrar", "circulation.record")
def test_for_a_while_a_named_person_carries_one_paper_as_a_leader_approved(
    office, paper, circulation
):
    seed_calendar(office.system, NOW)
    reader = line(circulation, office.handler)
    copy = {"copy": copy_of(paper), "in_person": True}
    asked = {"actor": office.registrar, "subject": paper, "at": NOW, "person": office.authority}
    for wrong in ({"until": TODAY + 8 * DAY}, {"until": TODAY - DAY}, {"reason": " "}):
        with pytest.raises(Refusal) as caught:
            ask_escort(**asked | {"reason": "急送", "until": TODAY} | wrong)
        assert caught.value.clause == "circulation.courier"
    with pytest.raises(Refusal):
        ask_escort(**asked | {"person": office.junior}, reason="急送", until=TODAY)
    escort = ask_escort(**asked, reason="机要员外出，急件须即送", until=TODAY + DAY)
    with pytest.raises(Refusal):
        ask_escort(**asked, reason="再提", until=TODAY)
    with pytest.raises(Refusal):
        escort_send(actor=office.authority, subject=reader, at=NOW, **copy)
    agree(
        actor=office.leader,
        subject=Case.unscoped.get(matter="circulation.courier"),
        at=NOW,
        opinion="同意。",
    )
    assert Escort.objects.visible_to(office.registrar, at=NOW).get(pk=escort.pk).state == "granted"
    with pytest.raises(Denied):
        escort_send(actor=office.peer, subject=reader, at=NOW, **copy)
    with pytest.raises(Hidden):
        escort_send(actor=office.authority, subject=reader, at=NOW + 2 * DAY, **copy)
    escort_send(actor=office.authority, subject=reader, at=NOW, **copy)
    assert (reader.sent_by, reader.sent_at) == (office.authority, NOW)
    accept(actor=office.handler, subject=reader, at=NOW)
    assert copy_of(paper).item.holder.person == office.handler


@pytest.mark.clause("circulation.restricted", "circulation.courier")
def test_who_carries_a_restricted_paper_is_no_reader_of_it(office):
    seed_calendar(office.system, NOW)
    paper = instructed(office, restriction="high", mark="秘密★5年")
    asked = {"actor": office.registrar, "subject": paper, "at": NOW, "person": office.authority}
    ask_escort(**asked, reason="机要员外出，急件须即送", until=TODAY + DAY)
    case = Case.unscoped.get(matter="circulation.courier")
    agree(actor=office.leader, subject=case, at=NOW, opinion="同意。")
    assert Document.objects.visible_to(office.authority, at=NOW).filter(pk=paper.pk).exists()
    assert office.authority not in people_in_scope(paper, at=NOW)
    with pytest.raises(NotInScope) as caught:
        open_list(actor=office.registrar, subject=paper, at=NOW, readers=[office.authority])
    assert caught.value.clause == "circulation.restricted"
