"""accounts.login: locks by account and by address, the same answer for every cause."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.test import override_settings

from conftest import NOW, prepared
from shoumi.domains.accounts import services
from shoumi.domains.accounts.models import AccountFailures
from shoumi.domains.accounts.services import login
from shoumi.platform.directory.models import Person
from shoumi.platform.trail.models import Entry

HERE = "10.0.0.9"


def fresh(person):
    return Person.objects.get(pk=person.pk)


def come(key, password=None, *, address=HERE, at=NOW):
    return services.log_in(
        account=key, password=password or f"{key}-Pass-2026", address=address, at=at
    )


def fail(key, *, password="wrong", address=HERE, at=NOW):
    with pytest.raises(services.LoginRefused) as refusal:
        come(key, password, address=address, at=at)
    return refusal.value


@pytest.mark.clause("accounts.identity")
def test_the_right_password_comes_in_and_is_chained(office):
    came = come("registrar")
    assert came.person == office.registrar
    assert Entry.objects.get(event="accounts.login").actor == office.registrar.pk
    assert fresh(office.registrar).last_login_from == HERE


@pytest.mark.clause("accounts.lockout")
def test_five_failures_lock_the_account_from_anywhere_and_the_right_password_stays_out(office):
    for number in range(5):
        fail("registrar", address=f"10.0.0.{number}")
    fail("registrar", password="registrar-Pass-2026", address="10.0.1.1")
    assert fresh(office.registrar).locked_until == NOW + timedelta(minutes=10)
    fail("registrar", password="registrar-Pass-2026", at=NOW + timedelta(minutes=9, seconds=59))
    come("registrar", at=NOW + timedelta(minutes=10))


@pytest.mark.clause("accounts.lockout")
def test_one_address_guesses_at_five_names_only(office):
    for key in ("office", "director", "handler", "chief", "nobody"):
        fail(key)
    fail("registrar", password="registrar-Pass-2026")
    come("registrar", address="10.0.0.10")
    come("registrar", at=NOW + timedelta(minutes=10))


def test_a_slip_made_good_does_not_count_against_the_address(office):
    for key in ("office", "director", "handler", "chief", "leader", "head", "peer"):
        fail(key)
        come(key)
    come("registrar")


@pytest.mark.clause("accounts.login.failure")
def test_every_cause_gets_the_same_words(office):
    services.disable(actor=office.secadmin, subject=office.peer, reason="x", at=NOW)
    for _ in range(6):
        fail("chief", address="10.0.2.2")
    said = {
        (r.message, r.clause, r.way_on, r.status)
        for r in (
            fail("handler"),
            fail("nobody"),
            fail("peer", password="peer-Pass-2026"),
            fail("chief", password="chief-Pass-2026", address="10.0.2.3"),
            fail("system", password=""),
            fail(""),
        )
    }
    assert len(said) == 1


@pytest.mark.clause("accounts.lockout")
def test_an_unknown_name_is_counted_like_a_known_one(office):
    for _ in range(7):
        fail("nobody")
    assert AccountFailures.objects.get().count == 5


def test_guesses_evaluated_never_exceed_the_policy(office, monkeypatch):
    evaluated = []
    real = login.check_password

    def counted(typed, stored):
        evaluated.append(stored == fresh(office.registrar).password)
        return real(typed, stored)

    monkeypatch.setattr(login, "check_password", counted)
    for number in range(40):
        fail("registrar", password=f"guess-{number}", address=f"10.0.{number}.1")
    assert len(evaluated) == 40
    assert sum(evaluated) == 5


def test_failures_are_chained_in_the_chain_of_the_body_without_what_was_typed(office):
    fail("stranger", password="secret-of-somebody")
    entry = Entry.objects.get(event="accounts.login_failed")
    assert entry.chain == "YI" and entry.subject == f"directory.person:{office.stranger.pk}"
    fail("my-password-in-the-wrong-field")
    last = Entry.objects.filter(event="accounts.login_failed").order_by("-id")[0]
    assert "my-password" not in last.body and last.subject == ""


def test_a_failure_shows_at_the_next_log_in(office):
    come("registrar", address="10.0.0.1")
    fail("registrar")
    fail("registrar")
    came = come("registrar", at=NOW + timedelta(minutes=1))
    assert (came.failures, came.last_from, came.last_at) == (2, "10.0.0.1", NOW)
    assert fresh(office.registrar).failures == 0


def test_a_lock_written_on_the_person_holds_by_itself(office):
    with prepared(office.body):
        Person.objects.filter(pk=office.registrar.pk).update(
            locked_until=NOW + timedelta(minutes=3)
        )
    fail("registrar", password="registrar-Pass-2026")


def test_the_system_actor_never_logs_in(office):
    with prepared(office.body):
        office.system.set_password("system-Pass-2026")
        office.system.save()
    fail("system", password="system-Pass-2026")


@override_settings(PASSWORD_HASHERS=["shoumi.config.passwords.Argon2"])
def test_a_stranger_costs_one_hash_as_well(office):
    login._stranger.cache_clear()
    assert login._stranger().startswith("argon2$argon2id$")
    login._stranger.cache_clear()


@pytest.mark.clause("accounts.lockout")
def test_guesses_that_overlap_are_counted_before_they_are_evaluated(office, monkeypatch):
    """Each guess starts the next one before its own hash is done: sixty-four are in flight at once."""
    stored, evaluated, real = fresh(office.registrar).password, [], login.check_password
    started = []

    def slow(typed, given):
        if given == stored:
            evaluated.append(typed)
        if len(started) < 64:
            guess()
        return real(typed, given)

    def guess():
        started.append(1)
        with pytest.raises(services.LoginRefused):
            come("registrar", f"guess-{len(started)}", address=f"10.1.{len(started)}.1")

    monkeypatch.setattr(login, "check_password", slow)
    monkeypatch.setattr(login, "_hashing", nullcontext())
    guess()
    assert len(started) == 64
    assert len(evaluated) == 5
