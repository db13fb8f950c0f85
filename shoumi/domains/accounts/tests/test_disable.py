"""accounts.disable, accounts.unlock and accounts.recover."""

from datetime import timedelta

import pytest

from conftest import NOW, prepared
from shoumi.domains.accounts import services
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.directory.models import Person
from shoumi.platform.trail.models import Entry


def fresh(person):
    return Person.objects.get(pk=person.pk)


@pytest.mark.clause("accounts.disable")
def test_an_old_session_is_dead_after_disabling_and_stays_dead_after_enabling(office):
    before = office.handler.get_session_auth_hash()
    services.disable(actor=office.secadmin, subject=office.handler, reason="调离", at=NOW)
    assert fresh(office.handler).get_session_auth_hash() != before
    assert services.enable(actor=office.secadmin, subject=fresh(office.handler), at=NOW) == ""
    assert fresh(office.handler).is_active
    assert fresh(office.handler).get_session_auth_hash() != before


def test_disabling_twice_is_refused(office):
    services.disable(actor=office.secadmin, subject=office.handler, reason="调离", at=NOW)
    with pytest.raises(Stale):
        services.disable(actor=office.secadmin, subject=office.handler, reason="调离", at=NOW)


@pytest.mark.clause("accounts.officers.separate")
@pytest.mark.parametrize("key", ["sysadmin", "secadmin", "auditor"])
def test_the_last_officer_of_a_kind_is_not_disabled(office, key):
    with pytest.raises(Refusal) as refusal:
        services.disable(
            actor=office.secadmin, subject=getattr(office, key), reason="误操作", at=NOW
        )
    assert refusal.value.clause == "accounts.officers.separate"
    assert fresh(getattr(office, key)).active


@pytest.mark.parametrize("key", ["sysadmin", "auditor", "registrar", "handler"])
def test_only_the_security_officer_disables(office, key):
    with pytest.raises(Denied):
        services.disable(actor=getattr(office, key), subject=office.peer, reason="x", at=NOW)


def test_another_body_s_person_does_not_exist(office):
    with pytest.raises(Refusal) as refusal:
        services.disable(actor=office.secadmin, subject=office.stranger, reason="x", at=NOW)
    assert refusal.value.status == 404


@pytest.mark.clause("accounts.lockout")
def test_a_lock_is_lifted_by_the_security_officer(office):
    with prepared(office.body):
        Person.objects.filter(pk=office.handler.pk).update(
            failures=5, locked_until=NOW + timedelta(minutes=10)
        )
    services.unlock(actor=office.secadmin, subject=fresh(office.handler), reason="本人到场", at=NOW)
    assert fresh(office.handler).locked_until is None
    with pytest.raises(Stale):
        services.unlock(actor=office.secadmin, subject=fresh(office.handler), reason="x", at=NOW)


@pytest.mark.clause("accounts.recovery")
def test_two_persons_at_the_console_recover_an_officer(office):
    password = services.recover(
        actor=office.system, subject=office.secadmin, witnesses=("覃正", "令狐安"), at=NOW
    )
    came = services.log_in(account="secadmin", password=password, address="127.0.0.1", at=NOW)
    assert came.person.must_change_password
    assert "覃正" in Entry.objects.get(event="accounts.recover").body


@pytest.mark.clause("accounts.recovery")
@pytest.mark.parametrize("witnesses", [("覃正", "覃正"), ("覃正", " "), ("", "")])
def test_one_person_alone_recovers_nothing(office, witnesses):
    with pytest.raises(Refusal):
        services.recover(actor=office.system, subject=office.secadmin, witnesses=witnesses, at=NOW)


def test_only_officers_are_recovered_and_only_by_the_console(office):
    with pytest.raises(Refusal, match="不是三员"):
        services.recover(
            actor=office.system, subject=office.handler, witnesses=("甲", "乙"), at=NOW
        )
    with pytest.raises(Denied):
        services.recover(
            actor=office.sysadmin, subject=office.secadmin, witnesses=("甲", "乙"), at=NOW
        )
