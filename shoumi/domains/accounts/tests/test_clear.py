"""accounts.clear and accounts.end_clearance."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY, YEAR
from shoumi.domains.accounts import services
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.access.subjects import subject_of
from shoumi.platform.directory.models import Person


def fresh(person):
    return Person.objects.get(pk=person.pk)


def propose(office, person, **changes):
    given = {
        "actor": office.secadmin,
        "subject": person,
        "personnel_class": "important",
        "since": TODAY,
        "review_due": TODAY + YEAR,
        "trained_until": TODAY + YEAR,
        "pledged_until": TODAY + YEAR,
        "basis": "涉密人员审查表 2026-14",
        "at": NOW,
    }
    return services.clear(**{**given, **changes})


@pytest.mark.clause("access.clearance", "accounts.second_person")
def test_a_clearance_holds_from_the_consent_on(office):
    proposal = propose(office, office.newcomer)
    assert subject_of(fresh(office.newcomer), NOW).clearance == Level.INTERNAL
    before = fresh(office.newcomer).get_session_auth_hash()
    services.consent(actor=office.leader, subject=proposal, at=NOW)
    assert subject_of(fresh(office.newcomer), NOW).clearance == Level.SECRET
    assert fresh(office.newcomer).get_session_auth_hash() != before


def test_a_new_clearance_closes_the_one_before(office):
    proposal = propose(office, office.handler, personnel_class="general")
    services.consent(actor=office.leader, subject=proposal, at=NOW)
    assert subject_of(fresh(office.handler), NOW).clearance == Level.CONFIDENTIAL
    assert ClearanceRecord.objects.filter(person=office.handler, until=None).count() == 1


@pytest.mark.clause("accounts.officers.no_content")
@pytest.mark.parametrize("key", ["sysadmin", "auditor", "secadmin"])
def test_an_officer_gets_no_clearance(office, key):
    with pytest.raises(Refusal) as refusal:
        propose(office, getattr(office, key))
    assert refusal.value.clause == "accounts.officers.no_content"


@pytest.mark.parametrize("key", ["review_due", "trained_until", "pledged_until"])
def test_a_clearance_with_something_lapsed_is_not_entered(office, key):
    with pytest.raises(Refusal, match="过期"):
        propose(office, office.newcomer, **{key: TODAY - timedelta(days=1)})


def test_only_the_security_officer_enters_clearances(office):
    for key in ("sysadmin", "auditor", "head", "office"):
        with pytest.raises(Denied):
            propose(office, office.newcomer, actor=getattr(office, key))


@pytest.mark.clause("access.exit_period")
def test_the_exit_period_begins_when_the_clearance_ends(office):
    record = ClearanceRecord.objects.get(person=office.handler)
    before = office.handler.get_session_auth_hash()
    services.end_clearance(
        actor=office.secadmin,
        subject=record,
        last_day=TODAY - timedelta(days=1),
        exit_until=TODAY + 2 * YEAR,
        reason="批准离岗",
        at=NOW,
    )
    subject = subject_of(fresh(office.handler), NOW)
    assert subject.in_exit_period and subject.clearance == Level.INTERNAL
    assert fresh(office.handler).get_session_auth_hash() != before


@pytest.mark.parametrize(
    ("last_day", "exit_until"),
    [(TODAY - timedelta(days=2), None), (TODAY, TODAY)],
)
def test_dates_of_an_exit_period_that_cannot_be(office, last_day, exit_until):
    record = ClearanceRecord.objects.get(person=office.handler)
    with pytest.raises(Refusal):
        services.end_clearance(
            actor=office.secadmin, subject=record, last_day=last_day,
            exit_until=exit_until, reason="x", at=NOW,
        )  # fmt: skip
