"""handling.borrow.give_back and .return: over the counter, looked at, and off the borrower's account."""

from datetime import timedelta

import pytest

from conftest import NOW
from shoumi.domains.handling.models import Loan
from shoumi.domains.handling.services import borrowing
from shoumi.domains.handling.services.borrowing import NotTheBorrower
from shoumi.domains.handling.tests.scene import copies, fresh, lent, paper
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.custody.selectors import Scope, holders_of_person, statement
from shoumi.platform.obligations.loop import tick
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.selectors import mine, overdue
from shoumi.platform.trail.verify import verify

SOUND = {"intact": True}


@pytest.fixture
def loan(office) -> Loan:
    return lent(office, copies(paper(office))[0])


@pytest.mark.clause("carriers.borrow.return", "carriers.borrow.record")
def test_the_copy_goes_back_where_it_belongs_and_the_duty_is_done(office, loan):
    borrowing.give_back(actor=office.handler, subject=loan, at=NOW)
    assert fresh(loan.item).holder.person == office.handler
    borrowing.return_copy(actor=office.registrar, subject=fresh(loan), at=NOW, **SOUND)
    assert (fresh(loan).state, fresh(loan.item).holder.place) == ("returned", office.safe)
    assert not Duty.objects.filter(state="open", subject=f"handling.loan:{loan.pk}").exists()
    held = Scope(holders=holders_of_person(office.handler))
    his = statement(reader=office.registrar, at=NOW, scope=held)
    assert his.balances and (his["taken"], his["passed"], his["closing"]) == (1, 1, 0)
    assert verify().findings == []


def test_the_registrar_may_take_it_straight_from_the_borrowers_hand(office, loan):
    borrowing.return_copy(
        actor=office.registrar, subject=loan, at=NOW, place=office.registry, **SOUND
    )
    assert (fresh(loan).state, fresh(loan.item).holder.place) == ("returned", office.registry)
    assert not mine(office.handler, at=NOW).exists()


@pytest.mark.clause("carriers.borrow.return")
def test_damage_is_written_down(office, loan):
    with pytest.raises(Refusal) as caught:
        borrowing.return_copy(actor=office.registrar, subject=loan, at=NOW, intact=False)
    assert caught.value.clause == "carriers.borrow.return"
    borrowing.return_copy(
        actor=office.registrar, subject=loan, at=NOW, intact=False, condition="缺第 3 页"
    )
    assert fresh(loan).condition == "缺第 3 页"


@pytest.mark.clause("carriers.keeper")
def test_nobody_gives_it_back_for_the_borrower(office, loan):
    with pytest.raises(NotTheBorrower):
        borrowing.give_back(actor=office.chief, subject=loan, at=NOW)
    with pytest.raises(Denied):
        borrowing.return_copy(actor=office.handler, subject=loan, at=NOW, **SOUND)


def test_it_is_returned_once(office, loan):
    borrowing.return_copy(actor=office.registrar, subject=loan, at=NOW, **SOUND)
    with pytest.raises(Stale):
        borrowing.return_copy(actor=office.registrar, subject=fresh(loan), at=NOW, **SOUND)
    with pytest.raises(Stale):
        borrowing.give_back(actor=office.handler, subject=fresh(loan), at=NOW)


@pytest.mark.clause("carriers.borrow.longest", "obligations.escalation")
def test_an_overdue_loan_is_chased_and_reported(office, loan):
    late = loan.due_at + timedelta(days=3)
    assert overdue(office.registrar, at=late).filter(kind="handling.borrow.return").exists()
    borrowing.remind(actor=office.registrar, subject=loan, at=late, words="请即归还")
    assert mine(office.handler, at=late).get().reminders == 1
    assert tick(late).escalated >= 1


def test_there_is_nothing_to_chase_once_it_is_back(office, loan):
    borrowing.return_copy(actor=office.registrar, subject=loan, at=NOW, **SOUND)
    with pytest.raises(Refusal):
        borrowing.remind(actor=office.registrar, subject=fresh(loan), at=NOW, words="请归还")
