"""handling.borrow.lend and .accept: two signatures, a due time, a duty."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conftest import NOW
from shoumi.domains.handling.services import borrowing
from shoumi.domains.handling.services.borrowing import NotTheBorrower
from shoumi.domains.handling.services.gathering import ChangedByOther
from shoumi.domains.handling.tests.scene import (
    approve,
    asked,
    clear_for_all,
    copies,
    fresh,
    lent,
    paper,
)
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.services import open_stocktake
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.trail.verify import verify


@pytest.fixture
def loan(office):
    return approve(asked(office, copies(paper(office))[0]))


@pytest.mark.clause("carriers.borrow.record", "carriers.signed")
def test_the_copy_is_the_registrys_until_the_borrower_signs(office, loan):
    borrowing.lend(actor=office.registrar, subject=loan, at=NOW)
    item = fresh(loan.item)
    assert (item.state, item.holder.place) == (Item.State.OFFERED, office.safe)
    borrowing.accept(actor=office.handler, subject=fresh(loan), at=NOW)
    item = fresh(loan.item)
    assert (item.state, item.holder.person) == (Item.State.HELD, office.handler)
    assert verify().findings == []


@pytest.mark.clause("carriers.borrow.longest")
def test_the_borrower_owes_it_on_the_last_day(office):
    loan = lent(office, copies(paper(office))[0])
    due = timezone.localtime(loan.due_at)
    assert (due.date(), due.hour) == ((NOW + timedelta(days=7)).date(), 17)
    duty = mine(office.handler, at=NOW).get()
    assert (duty.kind, duty.due_at) == ("handling.borrow.return", loan.due_at)
    assert not loan.is_late(NOW) and loan.is_late(NOW + timedelta(days=9))


@pytest.mark.clause("carriers.overnight")
def test_top_secret_is_owed_tonight(office):
    item = copies(paper(office, "绝密"))[0]
    loan = lent(
        office, item, actor=office.head, days=1, reading_place="机要室", necessity="签署方案"
    )
    assert timezone.localtime(loan.due_at).date() == NOW.date()


@pytest.mark.clause("carriers.borrow.approval")
def test_nothing_is_lent_before_it_is_approved(office):
    loan = asked(office, copies(paper(office))[0])
    with pytest.raises(Stale) as caught:
        borrowing.lend(actor=office.registrar, subject=loan, at=NOW)
    assert caught.value.clause == "approvals.authorisation"
    assert fresh(loan.item).state == Item.State.RESERVED


@pytest.mark.clause("approvals.authorisation")
def test_nor_after_the_approval_ran_out(office, loan):
    with pytest.raises(Stale):
        borrowing.lend(actor=office.registrar, subject=loan, at=NOW + timedelta(days=11))
    borrowing.cancel(
        actor=office.registrar, subject=loan, at=NOW + timedelta(days=11), reason="批准过期"
    )
    assert (fresh(loan).state, fresh(loan.item).state) == ("withdrawn", "held")
    assert not mine(office.registrar, at=NOW).filter(kind="handling.borrow.lend").exists()


def test_only_the_registrar_lends_and_only_once(office, loan):
    with pytest.raises(Denied):
        borrowing.lend(actor=office.handler, subject=loan, at=NOW)
    borrowing.lend(actor=office.registrar, subject=loan, at=NOW)
    with pytest.raises(Stale):
        borrowing.lend(actor=office.registrar, subject=fresh(loan), at=NOW)


@pytest.mark.clause("carriers.keeper")
def test_nobody_signs_for_the_borrower(office, loan):
    borrowing.lend(actor=office.registrar, subject=loan, at=NOW)
    with pytest.raises(NotTheBorrower):
        borrowing.accept(actor=office.chief, subject=fresh(loan), at=NOW)
    with pytest.raises(ChangedByOther):
        borrowing.accept(
            actor=office.handler, subject=approve(asked(office, _other(office))), at=NOW
        )


@pytest.mark.clause("carriers.borrow.record")
def test_what_the_borrower_does_not_come_for_goes_back(office, loan):
    borrowing.lend(actor=office.registrar, subject=loan, at=NOW)
    with pytest.raises(Refusal):
        borrowing.cancel(actor=office.registrar, subject=fresh(loan), at=NOW, reason=" ")
    borrowing.cancel(actor=office.registrar, subject=fresh(loan), at=NOW, reason="逾期未领")
    assert (fresh(loan).state, fresh(loan.item).state) == ("withdrawn", "held")
    assert not mine(office.handler, at=NOW).exists()


def test_the_borrower_may_think_better_of_it(office, loan):
    with pytest.raises(NotTheBorrower):
        borrowing.withdraw_borrow(actor=office.chief, subject=loan, at=NOW)
    borrowing.withdraw_borrow(actor=office.handler, subject=loan, at=NOW)
    assert (fresh(loan).state, fresh(loan.item).state) == ("withdrawn", "held")


@pytest.mark.clause("carriers.stocktake.open")
def test_nothing_is_lent_out_of_a_place_that_is_being_counted(office, loan):
    open_stocktake(actor=office.registrar, place=office.safe, at=NOW)
    with pytest.raises(Refusal) as caught:
        borrowing.lend(actor=office.registrar, subject=loan, at=NOW)
    assert caught.value.clause == "carriers.stocktake.open"


@pytest.mark.clause("access.clearance")
def test_a_borrower_no_longer_cleared_gets_nothing(office):
    clear_for_all(office, office.handler)
    item = copies(paper(office, "绝密", people=[office.handler]))[0]
    loan = approve(
        asked(office, item, days=1, reading_place="机要室", necessity="承办该件"), at=NOW
    )
    assert loan.state == "approved"


def _other(office):
    return copies(paper(office))[1]
