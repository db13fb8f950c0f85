"""handling.destroy.*: a list, an approval, two persons, a certificate whose counts balance."""

import pytest

from conftest import NOW
from shoumi.domains.handling.models import Destruction
from shoumi.domains.handling.services import destroying
from shoumi.domains.handling.services.destroying import NotTheWitness
from shoumi.domains.handling.tests.scene import (
    approve,
    asked,
    copies,
    fresh,
    paper,
    turn_down,
)
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.approvals.models import Case, CaseStep
from shoumi.platform.custody.selectors import Scope, statement
from shoumi.platform.custody.services import declare_missing
from shoumi.platform.obligations.loop import run_due
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.trail.verify import verify

LIST = {"appraisal": "已过保存期，无留存价值", "method": "自行粉碎", "station": "机要室碎纸机 2 号"}


def proposed(office, items, **changed) -> Destruction:
    actor = changed.pop("actor", office.registrar)
    return destroying.propose(actor=actor, at=NOW, items=items, **(LIST | changed))


def executed(office, items, **changed) -> Destruction:
    request = approve(proposed(office, items, **changed))
    destroying.execute(
        actor=office.registrar,
        subject=request,
        at=NOW,
        counted=len(items),
        witness=office.handler,
    )
    return fresh(request)


@pytest.mark.clause("carriers.destroy.approval", "carriers.destroy.two_persons")
def test_two_persons_destroy_what_was_approved_and_the_counts_balance(office):
    document = paper(office)
    items = copies(document)
    request = executed(office, items)
    assert fresh(items[0]).state == "reserved"
    assert mine(office.handler, at=NOW).get().kind == "handling.destroy.witness"
    destroying.witness_destruction(actor=office.handler, subject=request, at=NOW)
    request = fresh(request)
    assert (request.state, request.certificate) == ("closed", "销证〔2026〕1号")
    assert (request.pieces, request.destroyed, request.missing) == (3, 3, 0)
    account = statement(reader=office.registrar, at=NOW, scope=Scope(labels=[document.label_id]))
    assert account.balances and (account["destroyed"], account["closing"]) == (3, 0)
    assert verify().findings == []


@pytest.mark.clause("carriers.destroy.who")
def test_only_the_registrar_proposes(office):
    with pytest.raises(Denied) as caught:
        proposed(office, copies(paper(office)), actor=office.handler)
    assert caught.value.clause == "carriers.destroy.who"


@pytest.mark.clause("carriers.destroy.approval")
@pytest.mark.parametrize(
    ("level", "posts"),
    [
        ("内部", [["office_director"]]),
        ("机密", [["office_director"], ["deputy_leader"]]),
        ("绝密", [["deputy_leader"], ["head"]]),
    ],
)
def test_who_decides_depends_on_the_level(office, level, posts):
    request = proposed(office, copies(paper(office, level)))
    case = Case.unscoped.get(pk=request.case_id)
    steps = CaseStep.objects.filter(case=case).order_by("order")
    assert list(steps.values_list("posts", flat=True)) == posts


@pytest.mark.clause("carriers.destroy.approval")
def test_nothing_is_destroyed_without_approval(office):
    items = copies(paper(office))
    request = proposed(office, items)
    given = {"actor": office.registrar, "at": NOW, "counted": 3, "witness": office.handler}
    with pytest.raises(Stale):
        destroying.execute(subject=request, **given)
    turn_down(request)
    assert [fresh(i).state for i in items] == ["held"] * 3


@pytest.mark.clause("carriers.destroy.two_persons")
@pytest.mark.parametrize("who", ["registrar", "director", "leader", "peer", "stranger"])
def test_the_second_person_is_neither_the_first_nor_an_approver_nor_unknowing(office, who):
    request = approve(proposed(office, copies(paper(office))))
    with pytest.raises(Refusal) as caught:
        destroying.execute(
            actor=office.registrar,
            subject=request,
            at=NOW,
            counted=3,
            witness=getattr(office, who),
        )
    assert caught.value.clause == "carriers.destroy.two_persons"


@pytest.mark.clause("carriers.destroy.approval")
def test_a_count_that_does_not_fit_the_list_stops_it(office):
    request = approve(proposed(office, copies(paper(office))))
    given = {"actor": office.registrar, "subject": request, "at": NOW, "witness": office.handler}
    with pytest.raises(Refusal):
        destroying.execute(counted=2, **given)
    assert fresh(request).state == "approved"


@pytest.mark.clause("carriers.destroy.two_persons")
def test_only_the_witness_signs_and_may_have_it_counted_again(office):
    request = executed(office, copies(paper(office)))
    with pytest.raises(NotTheWitness):
        destroying.witness_destruction(actor=office.chief, subject=request, at=NOW)
    destroying.redo(actor=office.handler, subject=request, at=NOW, reason="一件未见")
    request = fresh(request)
    assert (request.state, request.witness) == ("approved", None)
    destroying.execute(
        actor=office.registrar, subject=request, at=NOW, counted=3, witness=office.chief
    )
    destroying.witness_destruction(actor=office.chief, subject=fresh(request), at=NOW)
    with pytest.raises(Stale):
        destroying.witness_destruction(actor=office.chief, subject=fresh(request), at=NOW)


@pytest.mark.clause("carriers.destroy.method")
def test_it_is_not_sold(office):
    with pytest.raises(Refusal) as caught:
        proposed(office, copies(paper(office)), method="出售")
    assert caught.value.clause == "carriers.destroy.method"


@pytest.mark.clause("carriers.one_holder")
def test_what_is_on_a_list_is_lent_to_nobody(office):
    items = copies(paper(office))
    proposed(office, items[:1])
    with pytest.raises(Stale):
        asked(office, fresh(items[0]))


@pytest.mark.clause("carriers.destroy.approval", "carriers.missing")
def test_a_piece_that_is_missing_is_on_the_certificate_as_missing(office):
    items = copies(paper(office))
    request = approve(proposed(office, items))
    declare_missing(
        actor=office.registrar, subject=fresh(items[0]), circumstances="柜内未见", at=NOW
    )
    destroying.execute(
        actor=office.registrar, subject=request, at=NOW, counted=2, witness=office.handler
    )
    destroying.witness_destruction(actor=office.handler, subject=fresh(request), at=NOW)
    request = fresh(request)
    assert (request.pieces, request.destroyed, request.missing) == (3, 2, 1)


def test_what_was_approved_may_be_kept_after_all(office):
    items = copies(paper(office))
    request = approve(proposed(office, items))
    destroying.withdraw_destruction(actor=office.registrar, subject=request, at=NOW)
    assert [fresh(i).state for i in items] == ["held"] * 3
    assert not mine(office.registrar, at=NOW).filter(kind="handling.destroy.execute").exists()


@pytest.mark.clause("carriers.destroy.yearly")
def test_every_year_the_registrar_is_told_to_draw_up_a_list(office):
    run_due(NOW)
    spring = NOW.replace(year=2027, month=4, day=2)
    run_due(spring)
    assert mine(office.registrar, at=spring).filter(kind="recurring.destroy_list").count() == 1
    items = copies(paper(office))
    destroying.propose(actor=office.registrar, at=spring, items=items, **LIST)
    assert not mine(office.registrar, at=spring).filter(kind="recurring.destroy_list").exists()
