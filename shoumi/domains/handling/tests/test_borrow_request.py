"""handling.borrow.request: reserve one copy and ask whoever decides at its level."""

import pytest

from conftest import NOW
from shoumi.domains.handling.models import Loan
from shoumi.domains.handling.services import borrowing
from shoumi.domains.handling.services.gathering import NotOnShelf
from shoumi.domains.handling.tests.scene import (
    BORROW,
    approve,
    asked,
    copies,
    decided,
    fresh,
    lent,
    paper,
    turn_down,
)
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Hidden
from shoumi.platform.approvals.models import Case, CaseStep
from shoumi.platform.approvals.services import withdraw
from shoumi.platform.custody.models import Item
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.trail.models import Entry
from shoumi.platform.trail.verify import verify


def steps_of(loan):
    case = Case.unscoped.get(pk=fresh(loan).case_id)
    return list(CaseStep.objects.filter(case=case).values_list("posts", flat=True))


@pytest.mark.clause("carriers.borrow.approval")
@pytest.mark.parametrize(
    ("level", "post"), [("秘密", "department_head"), ("机密", "office_director")]
)
def test_the_route_depends_on_the_level(office, level, post):
    item = copies(paper(office, level))[0]
    loan = asked(office, item)
    assert steps_of(loan) == [[post]]
    assert fresh(item).state == Item.State.RESERVED
    assert (loan.number, loan.state) == ("借〔2026〕1号", "requested")
    assert verify().findings == []


@pytest.mark.clause("carriers.borrow.top_secret")
def test_top_secret_goes_to_the_deputy_leader_and_only_with_a_reason(office):
    item = copies(paper(office, "绝密"))[0]
    given = {"actor": office.head, "days": 1, "reading_place": "机要室"}
    with pytest.raises(Refusal) as caught:
        asked(office, item, **given)
    assert caught.value.clause == "carriers.borrow.top_secret"
    assert fresh(item).state == Item.State.HELD
    loan = asked(office, item, necessity="须据此签署保障方案", **given)
    assert steps_of(loan) == [["deputy_leader"]]


@pytest.mark.clause("carriers.borrow.longest")
def test_a_longer_loan_is_refused_with_its_clause_and_nothing_is_reserved(office):
    item = copies(paper(office))[0]
    with pytest.raises(Refusal) as caught:
        asked(office, item, days=8)
    assert caught.value.clause == "carriers.borrow.longest"
    assert "不超过 7 天" in caught.value.message
    assert fresh(item).state == Item.State.HELD and not Loan.unscoped.exists()
    assert Entry.objects.order_by("-id")[0].event == "handling.borrow.request.denied"


@pytest.mark.clause("access.may_know", "access.clearance", "access.exit_period")
@pytest.mark.parametrize("who", ["peer", "newcomer", "junior", "lapsed", "leaver", "stranger"])
def test_who_may_not_know_it_finds_nothing_to_borrow(office, who):
    named = [office.handler]
    item = copies(paper(office, people=named))[0]
    with pytest.raises(Hidden):
        asked(office, item, actor=getattr(office, who))
    assert not Item.objects.visible_to(getattr(office, who), at=NOW).filter(pk=item.pk).exists()


@pytest.mark.clause("carriers.borrow.one_copy")
def test_the_second_of_two_requests_for_a_copy_is_told_so(office):
    item = copies(paper(office))[0]
    asked(office, item)
    with pytest.raises(NotOnShelf) as caught:
        asked(office, item, actor=office.chief)
    assert caught.value.status == 409
    assert "刚被他人申请" in caught.value.message
    assert caught.value.clause == "carriers.borrow.one_copy"


@pytest.mark.clause("carriers.borrow.one_copy", "carriers.one_holder")
def test_of_many_who_read_the_copy_as_free_exactly_one_gets_it(office):
    item = copies(paper(office))[0]
    seen_as_free = [fresh(item) for _ in range(16)]
    said = []
    for number, one in enumerate(seen_as_free):
        assert one.state == Item.State.HELD
        try:
            asked(office, one, actor=office.handler if number % 2 else office.chief)
            said.append(200)
        except NotOnShelf as refusal:
            said.append(refusal.status)
    assert said == [200, *[409] * 15]
    assert Loan.unscoped.filter(item=item).count() == 1
    assert len(Entry.objects.filter(event="handling.borrow.request.denied")) == 15


@pytest.mark.clause("carriers.borrow.no_sublending")
def test_what_one_has_on_loan_another_cannot_ask_for(office):
    item = copies(paper(office))[0]
    lent(office, item)
    with pytest.raises(NotOnShelf):
        asked(office, fresh(item), actor=office.chief)


@pytest.mark.clause("carriers.borrow.place")
def test_it_is_read_in_the_office(office):
    with pytest.raises(Refusal) as caught:
        asked(office, copies(paper(office))[0], reading_place="宿舍")
    assert caught.value.clause == "carriers.borrow.place"


@pytest.mark.clause("carriers.borrow.record")
def test_it_is_said_what_for(office):
    with pytest.raises(Refusal) as caught:
        asked(office, copies(paper(office))[0], purpose=" ")
    assert caught.value.clause == "carriers.borrow.record"


def test_a_refused_request_gives_the_copy_back_to_the_shelf(office):
    item = copies(paper(office))[0]
    loan = turn_down(asked(office, item))
    assert (loan.state, fresh(item).state) == ("refused", "held")
    asked(office, fresh(item), actor=office.chief)


def test_a_request_taken_back_does_so_too(office):
    item = copies(paper(office))[0]
    loan = asked(office, item)
    withdraw(actor=office.handler, subject=Case.unscoped.get(pk=loan.case_id), at=NOW)
    assert (fresh(loan).state, fresh(item).state) == ("withdrawn", "held")


@pytest.mark.clause("carriers.borrow.approval")
def test_once_approved_the_registrar_is_told_to_lend(office):
    item = copies(paper(office))[0]
    loan = approve(asked(office, item))
    assert loan.state == "approved"
    duty = mine(office.registrar, at=NOW).get(kind="handling.borrow.lend")
    assert (duty.url_name, duty.url_pk) == ("handling-loans-detail", loan.pk)
    assert duty.text == "借出 " + item.name


def test_the_trail_names_no_title(office):
    asked(office, copies(paper(office))[0])
    entry = Entry.objects.get(event="handling.borrow.request")
    assert "重要会议" not in entry.body and BORROW["purpose"] not in entry.body
    assert not Duty.objects.filter(text__contains="重要会议").exists()


def test_numbers_have_no_gap(office):
    items = copies(paper(office))
    asked(office, items[0])
    with pytest.raises(Refusal):
        asked(office, items[1], days=60)
    assert asked(office, items[1]).number == "借〔2026〕2号"


@pytest.mark.clause("carriers.borrow.approval")
@pytest.mark.parametrize(
    ("scheme", "level", "posts"),
    [
        ("办公室主任批准", "秘密", [["office_director"]]),
        ("单位领导批准", "机密", [["head", "deputy_leader"]]),
    ],
)
def test_a_body_whose_own_rule_names_another_approver_has_that_one(office, scheme, level, posts):
    decided(office, "carriers.borrow.approval", "scheme", scheme)
    loan = asked(office, copies(paper(office, level))[0])
    assert steps_of(loan) == posts
    assert approve(loan).state == "approved"


@pytest.mark.clause("carriers.borrow.outside")
def test_nothing_is_lent_to_another_body_without_the_office_director(office):
    secret = copies(paper(office, "秘密"))[0]
    loan = asked(office, secret, outside="乙局")
    assert steps_of(loan) == [["office_director"]]
    assert "对外（乙局）" in Case.unscoped.get(pk=loan.case_id).summary
    loan = approve(loan)
    borrowing.lend(actor=office.registrar, subject=loan, at=NOW)
    borrowing.accept(actor=office.handler, subject=fresh(loan), at=NOW)
    assert fresh(secret).holder.person == office.handler
    with pytest.raises(Refusal) as caught:
        asked(
            office,
            copies(paper(office, "绝密"))[0],
            actor=office.head,
            days=1,
            reading_place="机要室",
            necessity="会商",
            outside="乙局",
        )
    assert caught.value.clause == "carriers.borrow.outside"


@pytest.mark.clause("carriers.borrow.place")
def test_where_the_body_allows_only_the_secrecy_office_nothing_is_read_elsewhere(office):
    decided(office, "carriers.borrow.place", "places", ["保密室"])
    item = copies(paper(office))[0]
    with pytest.raises(Refusal) as caught:
        asked(office, item, reading_place="本人办公室")
    assert caught.value.clause == "carriers.borrow.place"
    assert asked(office, item, reading_place="保密室").state == "requested"
