"""`accounts.department` and `accounts.place`: where people sit and things lie."""

import pytest

from conftest import NOW
from shoumi.domains.accounts.services import premises
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.directory.models import Department, Place


def test_the_system_administrator_adds_a_department_of_the_own_body(office):
    made = premises.department(actor=office.sysadmin, name=" 财务科 ", at=NOW)
    assert (made.body, made.name) == (office.body, "财务科")


def test_a_department_is_not_added_twice(office):
    with pytest.raises(Stale):
        premises.department(actor=office.sysadmin, name="业务科", at=NOW)
    assert Department.objects.filter(name="业务科").count() == 1


@pytest.mark.clause("carriers.place")
def test_a_cabinet_may_not_be_registered_for_secrets(office):
    with pytest.raises(Refusal) as refusal:
        premises.place(
            actor=office.office, name="2号柜", kind="cabinet", level_limit=Level.SECRET, at=NOW
        )
    assert refusal.value.clause == "carriers.place"
    assert not Place.objects.filter(name="2号柜").exists()


@pytest.mark.clause("carriers.place")
def test_the_secrecy_office_registers_a_safe_in_the_registry(office):
    made = premises.place(
        actor=office.office,
        name="2号柜",
        kind="safe",
        level_limit=Level.SECRET,
        within=office.registry,
        keeper=office.registrar,
        at=NOW,
    )
    assert (made.within, made.keeper, made.active) == (office.registry, office.registrar, True)


def test_others_register_nothing(office):
    with pytest.raises(Denied):
        premises.place(
            actor=office.handler, name="2号柜", kind="safe", level_limit=Level.SECRET, at=NOW
        )
    with pytest.raises(Denied):
        premises.department(actor=office.secadmin, name="财务科", at=NOW)


def test_the_pages_make_them(as_person, office):
    page = as_person("office").get("/accounts/places/")
    assert page.status_code == 200 and "登记场所" in page.content.decode()
    address = "/accounts/places/new/accounts-place/"
    sent = {"name": "3号柜", "kind": "safe", "level_limit": "3"}
    assert as_person("office").post(address, sent).status_code == 302
    assert Place.objects.filter(name="3号柜", body=office.body).exists()
    address = "/accounts/departments/new/accounts-department/"
    assert as_person("sysadmin").post(address, {"name": "财务科"}).status_code == 302
    assert as_person("handler").get("/accounts/departments/").status_code == 404
