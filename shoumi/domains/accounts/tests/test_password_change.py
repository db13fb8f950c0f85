"""accounts.password.change, accounts.password.reset, accounts.pledge, accounts.review."""

from datetime import timedelta

import pytest

from conftest import NOW
from shoumi.domains.accounts import services
from shoumi.domains.accounts.models import PasswordMemory, RightsReview
from shoumi.domains.accounts.services.passwords import reminder
from shoumi.kernel.chain import sm3
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.directory.models import Person
from shoumi.platform.trail.models import Entry

OLD = "handler-Pass-2026"
GOOD = ["Tuhv#7391kz", "Kmwx!8402qd", "Rbnp%9513jt", "Zfgc&6024hv", "Xdqm*5135wk", "Vhtr+4246pb"]


def fresh(person):
    return Person.objects.get(pk=person.pk)


def change(person, old, new, at=NOW):
    services.change_password(actor=fresh(person), old=old, new=new, at=at)


@pytest.mark.clause("accounts.first_login")
def test_the_owner_changes_the_password(office):
    change(office.handler, OLD, GOOD[0])
    person = fresh(office.handler)
    assert person.check_password(GOOD[0])
    assert not person.must_change_password and person.password_changed_at == NOW


def test_a_wrong_old_password_changes_nothing_and_is_counted(office):
    for _ in range(5):
        with pytest.raises(Refusal) as refusal:
            change(office.handler, "wrong", GOOD[0])
        assert refusal.value.clause == "accounts.login.failure"
    with pytest.raises(Refusal) as refusal:
        change(office.handler, OLD, GOOD[0])
    assert refusal.value.clause == "accounts.lockout"
    change(office.handler, OLD, GOOD[0], at=NOW + timedelta(minutes=10))


@pytest.mark.clause("accounts.password.composition", "accounts.password.length")
@pytest.mark.parametrize(
    ("new", "clause"),
    [("Ab1!", "accounts.password.length"), ("handler#7391K", "accounts.password.composition"),
     ("Shanping#7391", "accounts.password.composition")],
)  # fmt: skip
def test_a_careless_one_is_refused_with_its_clause(office, new, clause):
    with pytest.raises(Refusal) as refusal:
        change(office.handler, OLD, new)
    assert refusal.value.clause == clause
    assert fresh(office.handler).check_password(OLD)


@pytest.mark.clause("accounts.password.history")
def test_the_last_five_do_not_come_back(office):
    at, old = NOW, OLD
    for new in GOOD[:5]:
        at += timedelta(days=1)
        change(office.handler, old, new, at)
        old = new
    for earlier in GOOD[:5]:
        with pytest.raises(Refusal) as refusal:
            change(office.handler, old, earlier, at)
        assert refusal.value.clause == "accounts.password.history"
    change(office.handler, old, GOOD[5], at)
    change(office.handler, GOOD[5], GOOD[0], at)


@pytest.mark.clause("accounts.password.secret")
def test_the_trail_never_holds_a_password(office):
    change(office.handler, OLD, GOOD[0])
    entry = Entry.objects.get(event="accounts.password.change")
    assert GOOD[0] not in entry.body + entry.change.text
    assert PasswordMemory.objects.get().password != OLD


def test_a_page_left_open_does_not_change_it_twice(office):
    stale = fresh(office.handler)
    change(office.handler, OLD, GOOD[0])
    with pytest.raises(Refusal):
        services.change_password(actor=stale, old=OLD, new=GOOD[1], at=NOW)


@pytest.mark.clause("accounts.officers.secadmin", "accounts.officers.sysadmin")
def test_a_reset_stops_the_account_until_the_other_officer_enables_it(office):
    before = office.handler.get_session_auth_hash()
    first = services.reset_password(
        actor=office.sysadmin, subject=office.handler, reason="本人遗忘", at=NOW
    )
    assert not fresh(office.handler).is_active
    assert fresh(office.handler).get_session_auth_hash() != before
    second = services.enable(actor=office.secadmin, subject=fresh(office.handler), at=NOW)
    came = services.log_in(account="handler", password=first + second, address="10.0.0.9", at=NOW)
    assert came.person.must_change_password
    services.change_password(actor=came.person, old=first + second, new=GOOD[0], at=NOW)
    services.log_in(account="handler", password=GOOD[0], address="10.0.0.9", at=NOW)
    with pytest.raises(Refusal):
        change(office.handler, GOOD[0], OLD)


def test_a_second_reset_makes_the_first_half_worthless(office):
    one = services.reset_password(actor=office.sysadmin, subject=office.handler, reason="x", at=NOW)
    two = services.reset_password(
        actor=office.sysadmin, subject=fresh(office.handler), reason="x", at=NOW
    )
    second = services.enable(actor=office.secadmin, subject=fresh(office.handler), at=NOW)
    with pytest.raises(services.LoginRefused):
        services.log_in(account="handler", password=one + second, address="10.0.0.9", at=NOW)
    services.log_in(account="handler", password=two + second, address="10.0.0.9", at=NOW)


@pytest.mark.parametrize("key", ["secadmin", "auditor", "head", "registrar"])
def test_only_the_system_officer_resets(office, key):
    with pytest.raises(Denied):
        services.reset_password(actor=getattr(office, key), subject=office.peer, reason="x", at=NOW)


@pytest.mark.clause("accounts.officers.separate")
@pytest.mark.parametrize("key", ["sysadmin", "secadmin", "auditor"])
def test_the_last_officer_is_not_locked_out_by_a_reset(office, key):
    with pytest.raises(Refusal):
        services.reset_password(
            actor=office.sysadmin, subject=getattr(office, key), reason="x", at=NOW
        )
    assert fresh(getattr(office, key)).active


@pytest.mark.clause("accounts.first_login")
def test_the_reminder_is_signed_with_its_digest(office):
    services.pledge(actor=office.newcomer, at=NOW)
    assert fresh(office.newcomer).reminder_signed_at == NOW
    assert sm3(reminder().encode()) in Entry.objects.get(event="accounts.pledge").body


@pytest.mark.clause("accounts.review")
def test_a_review_keeps_the_table_of_rights(office):
    services.review(actor=office.secadmin, finding="与岗位相符", at=NOW)
    table = RightsReview.objects.get().table
    row = next(r for r in table if r["account"] == "registrar")
    assert row["posts"] == ["机要员"] and row["clearance"] == "核心"
    with pytest.raises(Denied):
        services.review(actor=office.sysadmin, finding="x", at=NOW)
