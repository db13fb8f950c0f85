"""accounts.create and accounts.enable: two officers for one working account."""

import pytest

from conftest import NOW
from shoumi.domains.accounts import selectors, services
from shoumi.domains.accounts.rules import halves
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.subjects import subject_of
from shoumi.platform.directory.models import Person
from shoumi.platform.trail.models import Entry


def make(office, *, account="liulan", name="刘岚", actor=None, department=None):
    return services.create(
        actor=actor or office.sysadmin,
        account=account,
        name=name,
        staff_number="G-40",
        department=department or office.departments["业务科"],
        at=NOW,
    )


def fresh(person):
    return Person.objects.get(pk=person.pk)


@pytest.mark.clause("accounts.officers.sysadmin")
def test_a_new_account_has_no_right_and_cannot_log_in(office):
    person, half = make(office)
    assert not fresh(person).is_active
    assert subject_of(fresh(person), NOW).principals == frozenset()
    assert person.initials == "ll"
    with pytest.raises(services.LoginRefused):
        services.log_in(account="liulan", password=half, address="10.0.0.9", at=NOW)


@pytest.mark.clause("accounts.officers.secadmin")
def test_both_halves_together_open_it_and_neither_alone(office):
    person, first = make(office)
    second = services.enable(actor=office.secadmin, subject=fresh(person), at=NOW)
    for wrong in (first, second, second + first, first * 2, second * 2):
        with pytest.raises(services.LoginRefused):
            services.log_in(account="liulan", password=wrong, address="10.0.0.9", at=NOW)
    services.unlock(actor=office.secadmin, subject=fresh(person), reason="演示", at=NOW)
    typed = f"{halves.shown(first)}-{halves.shown(second).lower()}"
    came = services.log_in(account=" LiuLan", password=typed, address="10.0.0.9", at=NOW)
    assert came.person == person
    assert came.person.must_change_password


def test_enabling_is_chained_and_never_tells_the_halves(office):
    person, first = make(office)
    second = services.enable(actor=office.secadmin, subject=fresh(person), at=NOW)
    entries = Entry.objects.filter(subject=f"directory.person:{person.pk}").order_by("id")
    assert [e.event for e in entries] == ["accounts.create", "accounts.enable"]
    for text in (f"{e.body}{e.change.text}" for e in entries):
        assert first not in text and second not in text


def test_an_account_is_enabled_once(office):
    person, _ = make(office)
    services.enable(actor=office.secadmin, subject=fresh(person), at=NOW)
    with pytest.raises(Stale):
        services.enable(actor=office.secadmin, subject=fresh(person), at=NOW)


def test_two_clicks_from_the_same_page_issue_one_half(office):
    person, _ = make(office)
    first_page, second_page = fresh(person), fresh(person)
    services.enable(actor=office.secadmin, subject=first_page, at=NOW)
    with pytest.raises(Stale):
        services.enable(actor=office.secadmin, subject=second_page, at=NOW)


@pytest.mark.clause("accounts.one_person")
@pytest.mark.parametrize(
    "account", ["registrar", "Registrar", "registrar ", "reglstrar", "ｒegistrar"]
)
def test_a_look_alike_account_is_refused(office, account):
    with pytest.raises(Refusal) as refusal:
        make(office, account=account)
    assert refusal.value.clause == "accounts.one_person"
    assert not Person.objects.filter(name="刘岚").exists()


@pytest.mark.clause("accounts.officers.sysadmin")
@pytest.mark.parametrize("key", ["secadmin", "auditor", "registrar", "head", "handler"])
def test_nobody_else_makes_accounts(office, key):
    with pytest.raises(Denied):
        make(office, actor=getattr(office, key))
    assert Entry.objects.order_by("-id")[0].event == "accounts.create.denied"


@pytest.mark.parametrize("key", ["sysadmin", "auditor", "registrar", "head"])
def test_nobody_else_enables(office, key):
    person, _ = make(office)
    with pytest.raises(Denied):
        services.enable(actor=getattr(office, key), subject=fresh(person), at=NOW)


def test_a_department_of_another_body_is_refused(office):
    from conftest import prepared
    from shoumi.platform.directory.models import Department

    with prepared(office.other):
        elsewhere = Department.objects.create(body=office.other, name="秘书科")
    with pytest.raises(Refusal, match="没有这个部门"):
        make(office, department=elsewhere)


def test_states_in_words(office):
    person, _ = make(office)
    assert selectors.state_of(fresh(person), at=NOW) == "待启用"
    services.enable(actor=office.secadmin, subject=fresh(person), at=NOW)
    assert selectors.state_of(fresh(person), at=NOW) == "待首次登录"
    assert selectors.state_of(office.handler, at=NOW) == "在用"
