"""accounts.end_clearance, and what the personnel room does to a clearance inside its own acts."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY, YEAR, prepared
from shoumi.domains.accounts import services
from shoumi.domains.accounts.services import clearance
from shoumi.kernel.levels import Level, PersonnelClass
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.access.subjects import subject_of
from shoumi.platform.directory.models import Person


def fresh(person):
    return Person.objects.get(pk=person.pk)


def record_of(person):
    return ClearanceRecord.objects.filter(person=person).latest("id")


def end(office, record, **changes):
    given = {"actor": office.secadmin, "subject": record, "reason": "涉嫌泄密，先行停止", "at": NOW}
    services.end_clearance(**{**given, **changes})


@pytest.mark.clause("access.clearance")
def test_a_clearance_is_stopped_at_once_in_every_session(office):
    before = office.handler.get_session_auth_hash()
    end(office, record_of(office.handler))
    subject = subject_of(fresh(office.handler), NOW)
    assert (subject.clearance, subject.in_exit_period) == (Level.INTERNAL, False)
    assert fresh(office.handler).get_session_auth_hash() != before


def test_only_the_security_officer_stops_clearances_and_not_what_has_ended(office):
    for key in ("sysadmin", "auditor", "head", "office"):
        with pytest.raises(Denied):
            end(office, record_of(office.handler), actor=getattr(office, key))
    with pytest.raises(Stale):
        end(office, record_of(office.leaver))


@pytest.mark.clause("accounts.officers.no_content")
@pytest.mark.parametrize("key", ["sysadmin", "auditor", "secadmin"])
def test_an_officer_gets_no_clearance(office, key):
    with prepared(office.body), pytest.raises(Refusal) as refusal:
        clearance.propose_clearance(
            actor=office.office, person=getattr(office, key), personnel_class="general",
            since=TODAY, review_due=TODAY + YEAR, trained_until=TODAY + YEAR,
            pledged_until=TODAY + YEAR, basis="x", at=NOW,
        )  # fmt: skip
    assert refusal.value.clause == "accounts.officers.no_content"


@pytest.mark.clause("access.clearance", "personnel.clear")
def test_nothing_holds_where_nobody_can_judge_the_dossier(office, monkeypatch):
    monkeypatch.setattr(clearance, "JUDGES", [])
    with prepared(office.body), pytest.raises(Refusal, match="没有人员档案可以核对"):
        clearance.carry_out_clearance(None, at=NOW)


@pytest.mark.clause("access.exit_period")
def test_leaving_ends_the_clearance_and_begins_the_exit_period(office):
    yesterday = TODAY - timedelta(days=1)
    with prepared(office.body):
        clearance.leave(office.handler, last_day=yesterday, exit_until=TODAY + YEAR)
    subject = subject_of(fresh(office.handler), NOW)
    assert subject.in_exit_period and subject.clearance == Level.INTERNAL
    assert not subject_of(fresh(office.handler), NOW + 2 * YEAR).in_exit_period


def test_a_lower_class_holds_from_today_on_the_same_papers(office):
    before = record_of(office.handler)
    with prepared(office.body):
        clearance.reclassify(office.handler, PersonnelClass.GENERAL, at=NOW)
    after = record_of(office.handler)
    assert subject_of(fresh(office.handler), NOW).clearance == Level.CONFIDENTIAL
    assert (after.since, after.review_due) == (TODAY, before.review_due)
    assert ClearanceRecord.objects.filter(person=office.handler, until=None).count() == 1
