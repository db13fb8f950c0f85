"""The three officers see the ledgers of the system, and no business row, whoever asks for it."""

import ast
from datetime import timedelta

import pytest

from conftest import NOW, TODAY, clear, prepared
from shoumi.kernel.levels import EVERYONE, Level, PersonnelClass
from shoumi.platform.access.models import NeedToKnow, knowable
from shoumi.platform.access.services import OfficerListed, label_for, relevel, widen
from shoumi.platform.access.subjects import (
    body_principal,
    officer_principals,
    person_principal,
    post_of,
    post_principal,
    subject_of,
)
from shoumi.platform.directory.models import OFFICERS, Appointment, Person
from tests.architecture.source import modules

pytestmark = pytest.mark.clause("accounts.officers.no_content")


def fresh(person):
    return Person.objects.get(pk=person.pk)


def labelled(office, principals, *, level=Level.INTERNAL, officers=False):
    return label_for(
        level=level,
        body=office.body,
        principals=principals,
        basis="测试",
        on=TODAY,
        officers=officers,
    )


@pytest.mark.parametrize("key", OFFICERS)
def test_an_officer_is_their_post_and_nothing_else(office, key):
    with prepared(office.body):
        clear(getattr(office, key), PersonnelClass.CORE)
    subject = subject_of(fresh(getattr(office, key)), NOW)
    assert subject.principals == {post_principal(key, office.body.pk)}
    assert subject.clearance == Level.INTERNAL


def test_a_wall_screen_is_nobody(office):
    with prepared(office.body):
        Appointment.objects.create(
            person=office.window, post="screen", body=office.body, since=TODAY
        )
    subject = subject_of(fresh(office.window), NOW)
    assert (subject.principals, subject.clearance) == (frozenset(), Level.PUBLIC)


def test_an_exit_period_bars_an_officer_too(office):
    with prepared(office.body):
        record = clear(office.auditor, PersonnelClass.GENERAL)
        record.until, record.exit_until = TODAY - timedelta(1), TODAY + timedelta(9)
        record.save()
        label = labelled(office, officer_principals(office.body.pk), officers=True)
    subject = subject_of(fresh(office.auditor), NOW)
    assert subject.in_exit_period
    assert label.pk not in known_to(office.auditor)


def test_a_system_ledger_is_seen_by_the_officers_it_lists(office):
    mine = post_principal("sysadmin", office.body.pk)
    with prepared(office.body):
        label = labelled(office, {mine, post_principal("auditor", office.body.pk)}, officers=True)
    assert label.pk in known_to(office.sysadmin)
    assert label.pk in known_to(office.auditor)
    assert label.pk not in known_to(office.secadmin)
    assert label.pk not in known_to(office.registrar)


def test_neither_a_name_nor_everyone_lets_an_officer_in(office):
    with prepared(office.body):
        label = labelled(
            office,
            {EVERYONE, body_principal(office.body.pk), person_principal(office.auditor.pk)},
            level=Level.PUBLIC,
        )
    assert label.pk not in known_to(office.auditor)


@pytest.mark.parametrize("post", OFFICERS)
def test_no_officer_is_put_on_the_list_of_business_content(office, post):
    listed = post_principal(post, office.body.pk)
    with prepared(office.body):
        label = labelled(office, {person_principal(office.handler.pk)}, level=Level.PUBLIC)
        for put in (
            lambda: labelled(office, {listed}, level=Level.PUBLIC),
            lambda: widen(label, principals=[listed], basis="测试", on=TODAY),
        ):
            with pytest.raises(OfficerListed) as refusal:
                put()
            assert refusal.value.clause == "accounts.officers.no_content"
    assert not NeedToKnow.objects.filter(principal=listed).exists()


def test_a_system_ledger_holds_no_state_secret(office):
    listed = officer_principals(office.body.pk)
    with prepared(office.body):
        with pytest.raises(OfficerListed):
            labelled(office, listed, level=Level.CONFIDENTIAL, officers=True)
        label = labelled(office, listed, officers=True)
        with pytest.raises(OfficerListed):
            relevel(label, level=Level.CONFIDENTIAL)
        relevel(label, level=Level.PUBLIC)
    assert label.level == Level.PUBLIC


def test_only_a_post_names_a_post():
    assert [post_of(p) for p in ("t:auditor@7", "p:7", "*", "d:3")] == ["auditor", "", "", ""]


def known_to(person):
    return set(knowable(subject_of(fresh(person), NOW), on=TODAY).values_list("label", flat=True))


def test_only_the_rooms_of_the_officers_own_ledgers_may_list_them():
    """`officers=True` anywhere else would be a way round this whole page.

    The ledgers of the system are theirs, and so is an old ledger of people, from which they make persons.
    """
    asking = {
        module.app
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.keyword)
        and node.arg == "officers"
        and isinstance(node.value, ast.Constant)
        and node.value.value is True
    }
    assert asking == {"intake", "ledgers"}
