"""People, posts and places: who is found on a day, and what the database itself refuses."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, models

from conftest import TODAY, YEAR, prepared
from shoumi.platform.directory.models import (
    OFFICERS,
    Appointment,
    Body,
    Department,
    Person,
    Place,
)
from shoumi.platform.directory.selectors import appointments_on, holders_of, system_person
from shoumi.platform.rulebook.posts import posts

DAY = timedelta(days=1)


def names(people):
    return [person.name for person in people]


def appoint(office, person, post, **changed):
    said = {"person": person, "post": post, "body": office.body, "since": TODAY}
    return Appointment.objects.create(**said | changed)


def test_the_system_actor_is_there_and_never_logs_in(office):
    system = system_person()
    assert system.is_system
    assert not system.is_active
    assert not office.handler.is_system


@pytest.mark.clause("accounts.disable")
@pytest.mark.parametrize("lost", [{"active": False}, {"account": None}])
def test_without_an_account_in_use_nobody_logs_in(office, lost):
    assert office.handler.is_active
    for name, value in lost.items():
        setattr(office.handler, name, value)
    assert not office.handler.is_active


def test_things_are_called_by_their_names(office):
    assert str(office.body) == "甲局"
    assert str(office.departments["业务科"]) == "业务科"
    assert str(office.handler) == "单平"
    assert str(office.safe) == "1号柜"
    post = Appointment.objects.get(person=office.registrar)
    assert str(post) == f"{office.registrar.pk}:registrar"


@pytest.mark.clause("accounts.disable")
@pytest.mark.parametrize("changed", [{"password": "x"}, {"session_epoch": 1}, {"active": False}])
def test_a_session_ends_with_password_batch_or_account(office, changed):
    before = office.handler.get_session_auth_hash()
    assert office.handler._get_session_auth_hash() == before
    for name, value in changed.items():
        setattr(office.handler, name, value)
    assert office.handler.get_session_auth_hash() != before


def test_holders_come_oldest_first_and_of_the_body_asked_for(office):
    with prepared(office.body):
        appoint(office, office.peer, "registrar", since=TODAY - 2 * YEAR)
    assert names(holders_of("registrar", body=office.body, on=TODAY)) == ["解峰", "区敏"]
    assert names(holders_of("registrar", body=office.other, on=TODAY)) == ["翟一"]
    assert holders_of("archivist", body=office.body, on=TODAY) == []


def test_a_post_bound_to_a_department_is_found_there_only(office):
    ask = {"body": office.body, "on": TODAY}
    mine, other = office.departments["业务科"].pk, office.departments["审批科"].pk
    found = holders_of("department_head", **ask, department_id=mine)
    assert names(found) == ["查国栋", "乐天"]
    assert holders_of("department_head", **ask, department_id=other) == []
    assert names(holders_of("department_head", **ask)) == ["查国栋", "乐天"]


def test_first_and_last_day_of_an_appointment_count(office):
    held = Appointment.objects.get(person=office.standin)
    for day, found in ((-4, False), (-3, True), (3, True), (4, False)):
        assert appointments_on(TODAY + day * DAY).filter(pk=held.pk).exists() is found


def test_who_is_no_longer_active_holds_nothing(office):
    with prepared(office.body):
        Person.objects.filter(pk=office.registrar.pk).update(active=False)
    assert holders_of("registrar", body=office.body, on=TODAY) == []


@pytest.mark.parametrize("account", ["handler", "HANDLER", " handler", "Handler  "])
def test_case_and_outer_spaces_tell_no_accounts_apart(office, account):
    with pytest.raises(IntegrityError), prepared(office.body):
        Person.objects.create(body=office.body, account=account, name="某")


def test_many_people_have_no_account(office):
    with prepared(office.body):
        for name in "甲乙":
            Person.objects.create(body=office.body, name=name)
    assert Person.objects.filter(account=None).count() == 2


@pytest.mark.parametrize(
    "double",
    [
        lambda o: Body.objects.create(name="又", code="JIA"),
        lambda o: Department.objects.create(body=o.body, name="业务科"),
        lambda o: Place.objects.create(body=o.body, name="1号柜", kind="safe", level_limit=1),
        lambda o: appoint(o, o.registrar, "registrar"),
    ],
    ids=["body", "department", "place", "appointment"],
)
def test_nothing_is_there_twice(office, double):
    with pytest.raises(IntegrityError), prepared(office.body):
        double(office)


@pytest.mark.clause("accounts.officers.separate")
@pytest.mark.parametrize("post", OFFICERS)
@pytest.mark.parametrize("besides", ["handler_post", "officer"])
def test_an_officer_holds_no_other_post_whoever_writes_it(office, post, besides):
    other = "registrar" if besides == "handler_post" else next(p for p in OFFICERS if p != post)
    with pytest.raises(DatabaseError), prepared(office.body):
        appoint(office, getattr(office, post), other)
    with pytest.raises(DatabaseError), prepared(office.body):
        appoint(office, office.office, post)


@pytest.mark.clause("accounts.officers.separate")
def test_one_after_the_other_is_no_clash_and_moving_the_end_is(office):
    with prepared(office.body):
        Appointment.objects.filter(person=office.auditor).update(until=TODAY)
        later = appoint(office, office.auditor, "archivist", since=TODAY + DAY)
    with pytest.raises(DatabaseError), prepared(office.body):
        Appointment.objects.filter(pk=later.pk).update(since=TODAY)


def test_the_officers_of_the_code_are_those_of_the_rulebook():
    assert {p.key for p in posts().values() if p.exclusive} - {"screen"} == set(OFFICERS)


def test_no_person_has_a_flag_that_opens_everything():
    columns = {f.name for f in Person._meta.get_fields() if isinstance(f, models.Field)}
    assert not columns & {"is_superuser", "is_staff", "groups", "user_permissions", "last_login"}
