"""What one officer did waits on the other's home page, and is gone when it was answered."""

import pytest

from conftest import NOW
from shoumi.domains.accounts import services
from shoumi.domains.accounts.tests.test_appoint import propose
from shoumi.domains.accounts.tests.test_create import fresh, make
from shoumi.platform.obligations.models import Duty


def waiting(person):
    return [d.text for d in Duty.objects.visible_to(person, at=NOW).filter(state="open")]


def test_a_new_account_waits_for_the_officer_who_enables_it(office):
    person, _ = make(office)
    assert waiting(office.secadmin) == ["启用刘岚的账号，发放后半段口令"]
    services.enable(actor=office.secadmin, subject=fresh(person), at=NOW)
    assert waiting(office.secadmin) == []


@pytest.mark.clause("accounts.second_person")
def test_a_proposal_waits_for_one_who_may_answer(office):
    proposal = propose(office, office.peer)
    assert len(waiting(office.office)) == 1 and waiting(office.head) == []
    services.consent(actor=office.head, subject=proposal, at=NOW)
    assert waiting(office.office) == []


def test_it_is_not_put_before_the_one_who_gains(office):
    propose(office, office.office, post="registrar")
    assert waiting(office.office) == [] and len(waiting(office.leader)) == 1


def test_a_withdrawn_proposal_waits_for_nobody(office):
    proposal = propose(office, office.peer)
    services.withdraw(actor=office.secadmin, subject=proposal, at=NOW)
    assert waiting(office.office) == []


def test_a_review_closes_the_quarter_s_duty(office):
    from conftest import prepared
    from shoumi.platform.obligations.services import raise_duty

    with prepared(office.body):
        duty = raise_duty(
            kind="recurring.access_review",
            clause="accounts.review",
            text="季度权限复核",
            due=NOW,
            at=NOW,
            body=office.body,
            post="secadmin",
            period="2026-Q3",
        )
    services.review(actor=office.secadmin, finding="相符", at=NOW)
    duty.refresh_from_db()
    assert duty.state == "done"
