"""accounts.appoint, accounts.stand_in, accounts.dismiss, and the second person's consent."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from conftest import NOW, TODAY, YEAR, prepared
from shoumi.domains.accounts import services
from shoumi.domains.accounts.models import Proposal
from shoumi.domains.accounts.rules.officers import OFFICERS
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.subjects import holds, subject_of
from shoumi.platform.directory import models as directory
from shoumi.platform.directory.models import Appointment, Person
from shoumi.platform.rulebook.posts import posts


def fresh(person):
    return Person.objects.get(pk=person.pk)


def propose(office, person, post="registrar", **changes):
    given = {
        "actor": office.secadmin,
        "subject": person,
        "post": post,
        "department": None,
        "since": TODAY,
        "until": None,
        "basis": "甲局办〔2026〕3号",
        "at": NOW,
    }
    return services.appoint(**{**given, **changes})


@pytest.mark.clause("accounts.second_person")
def test_nothing_is_granted_before_the_consent(office):
    proposal = propose(office, office.peer)
    assert not holds(fresh(office.peer), "registrar", NOW)
    before = fresh(office.peer).get_session_auth_hash()
    services.consent(actor=office.head, subject=proposal, at=NOW)
    assert holds(fresh(office.peer), "registrar", NOW)
    assert fresh(office.peer).get_session_auth_hash() != before


@pytest.mark.clause("accounts.second_person")
@pytest.mark.parametrize(
    "key", ["secadmin", "sysadmin", "auditor", "registrar", "handler", "chief"]
)
def test_consent_belongs_to_the_posts_of_the_clause(office, key):
    proposal = propose(office, office.peer)
    with pytest.raises(Denied):
        services.consent(actor=getattr(office, key), subject=proposal, at=NOW)
    assert Proposal.objects.get().is_open


@pytest.mark.clause("accounts.second_person")
def test_nobody_consents_to_their_own_gain(office):
    proposal = propose(office, office.leader, post="registrar")
    with pytest.raises(Refusal, match="自行同意"):
        services.consent(actor=office.leader, subject=proposal, at=NOW)


def test_the_posts_that_consent_can_be_narrowed_by_the_body(office):
    from shoumi.platform.rulebook.models import Override

    with prepared(office.body):
        Override.objects.create(
            body=office.body,
            clause="accounts.second_person",
            key="posts",
            value=["head"],
            since=TODAY,
            reason="从严",
            status="in_force",
            proposed_by=office.secadmin,
            proposed_at=NOW,
            consented_by=office.head,
            consented_at=NOW,
        )
    proposal = propose(office, office.peer)
    with pytest.raises(Denied, match="主要领导"):
        services.consent(actor=office.office, subject=proposal, at=NOW)
    services.consent(actor=office.head, subject=proposal, at=NOW)


def test_a_decision_is_made_once(office):
    proposal = propose(office, office.peer)
    services.refuse(actor=office.head, subject=proposal, opinion="不宜", at=NOW)
    with pytest.raises(Stale):
        services.consent(actor=office.leader, subject=Proposal.objects.get(), at=NOW)
    with pytest.raises(Stale):
        services.withdraw(actor=office.secadmin, subject=Proposal.objects.get(), at=NOW)
    assert not holds(fresh(office.peer), "registrar", NOW)


def test_a_withdrawn_proposal_makes_room_for_another(office):
    proposal = propose(office, office.peer)
    with pytest.raises(Stale):
        propose(office, office.peer)
    services.withdraw(actor=office.secadmin, subject=proposal, at=NOW)
    propose(office, office.peer)


@pytest.mark.clause("accounts.appoint")
@pytest.mark.parametrize("key", ["sysadmin", "auditor", "head", "registrar"])
def test_only_the_security_officer_proposes(office, key):
    with pytest.raises(Denied):
        propose(office, office.peer, actor=getattr(office, key))


@pytest.mark.clause("accounts.officers.separate", "accounts.officers.no_content")
@pytest.mark.parametrize(
    ("key", "post"),
    [("sysadmin", "auditor"), ("auditor", "head"), ("sysadmin", "registrar"),
     ("registrar", "sysadmin"), ("head", "auditor"), ("standin", "secadmin")],
)  # fmt: skip
def test_an_officer_holds_no_other_post(office, key, post):
    with pytest.raises(Refusal) as refusal:
        propose(office, getattr(office, key), post=post)
    assert refusal.value.clause == "accounts.officers.separate"


@pytest.mark.clause("accounts.officers.mutual")
def test_nobody_proposes_a_post_for_themselves(office):
    with pytest.raises(Refusal) as refusal:
        propose(office, office.secadmin, post="head")
    assert refusal.value.clause in {"accounts.officers.separate", "accounts.officers.mutual"}


@pytest.mark.clause("accounts.officers.separate")
@pytest.mark.parametrize(
    ("key", "post"), [("sysadmin", "head"), ("registrar", "auditor"), ("auditor", "secadmin")]
)
def test_the_database_itself_keeps_the_officers_apart(office, key, post):
    with pytest.raises(IntegrityError), transaction.atomic(), prepared_quietly(office):
        Appointment.objects.create(
            person=getattr(office, key), post=post, body=office.body, since=TODAY
        )


def test_the_database_lets_an_officer_come_after_another_post(office):
    with prepared(office.body):
        Appointment.objects.filter(person=office.registrar).update(until=TODAY - timedelta(days=1))
        Appointment.objects.create(
            person=office.registrar, post="auditor", body=office.body, since=TODAY
        )
    with pytest.raises(IntegrityError), transaction.atomic(), prepared_quietly(office):
        Appointment.objects.filter(person=office.registrar).update(until=None)


def prepared_quietly(office):
    from contextlib import contextmanager

    from django.db import connection

    from shoumi.platform.trail import guard

    @contextmanager
    def opened():
        guard.open_act(connection)
        yield
        guard.close_act(connection)

    return opened()


def test_the_three_are_the_same_in_rulebook_database_and_rules():
    exclusive = {key for key, post in posts().items() if post.exclusive == "officers"}
    assert exclusive == OFFICERS == set(directory.OFFICERS)


@pytest.mark.parametrize(
    "changes",
    [{"post": "nothing"}, {"post": "handler"}, {"post": "department_head"},
     {"until": TODAY - timedelta(days=1)}],
)  # fmt: skip
def test_a_post_that_does_not_fit_is_refused(office, changes):
    with pytest.raises(Refusal):
        propose(office, office.peer, **changes)


def test_a_post_is_not_held_twice(office):
    with pytest.raises(Refusal, match="已任"):
        propose(office, office.registrar)


def test_an_account_not_enabled_gets_no_post(office):
    services.disable(actor=office.secadmin, subject=office.peer, reason="x", at=NOW)
    with pytest.raises(Refusal, match="未启用"):
        propose(office, fresh(office.peer))


@pytest.mark.clause("access.clearance")
def test_a_stand_in_never_gets_the_clearance(office):
    appointment = Appointment.objects.get(person=office.head, post="head")
    proposal = services.stand_in(
        actor=office.secadmin,
        subject=appointment,
        person=office.junior,
        since=TODAY,
        until=TODAY + timedelta(days=7),
        basis="主要领导外出",
        at=NOW,
    )
    services.consent(actor=office.leader, subject=proposal, at=NOW)
    assert holds(fresh(office.junior), "head", NOW)
    assert subject_of(fresh(office.junior), NOW).clearance == Level.CONFIDENTIAL


def test_one_does_not_consent_to_one_s_own_stand_in(office):
    appointment = Appointment.objects.get(person=office.head, post="head")
    proposal = services.stand_in(
        actor=office.secadmin, subject=appointment, person=office.junior,
        since=TODAY, until=TODAY, basis="x", at=NOW,
    )  # fmt: skip
    with pytest.raises(Refusal, match="自行同意"):
        services.consent(actor=office.head, subject=proposal, at=NOW)


def test_a_stand_in_is_not_handed_on_nor_given_to_oneself(office):
    own = Appointment.objects.get(person=office.chief)
    lent = Appointment.objects.get(standing_in_for=office.chief)
    for appointment, person in ((own, office.chief), (lent, office.junior)):
        with pytest.raises(Refusal):
            services.stand_in(
                actor=office.secadmin, subject=appointment, person=person,
                since=TODAY, until=TODAY, basis="x", at=NOW,
            )  # fmt: skip


@pytest.mark.clause("accounts.succession", "accounts.disable")
def test_dismissal_bites_at_once_and_ends_the_session(office):
    appointment = Appointment.objects.get(person=office.registrar)
    before = office.registrar.get_session_auth_hash()
    services.dismiss(
        actor=office.secadmin, subject=appointment, last_day=TODAY - timedelta(days=1),
        reason="调离", at=NOW,
    )  # fmt: skip
    assert not holds(fresh(office.registrar), "registrar", NOW)
    assert fresh(office.registrar).get_session_auth_hash() != before


def test_a_dismissal_is_not_dated_back(office):
    appointment = Appointment.objects.get(person=office.registrar)
    with pytest.raises(Refusal):
        services.dismiss(
            actor=office.secadmin, subject=appointment, last_day=TODAY - timedelta(days=2),
            reason="x", at=NOW,
        )  # fmt: skip


@pytest.mark.clause("accounts.officers.mutual", "accounts.second_person")
def test_officers_are_dismissed_by_two_and_never_the_last(office):
    with prepared(office.body):
        second = Person.objects.create(
            body=office.body, account="auditor2", name="冯审", must_change_password=False
        )
        Appointment.objects.create(
            person=second, post="auditor", body=office.body, since=TODAY - YEAR
        )
    appointment = Appointment.objects.get(person=office.auditor)
    yesterday = TODAY - timedelta(days=1)
    proposal = services.dismiss(
        actor=office.secadmin, subject=appointment, last_day=yesterday, reason="轮岗", at=NOW
    )
    assert holds(fresh(office.auditor), "auditor", NOW)
    services.consent(actor=office.head, subject=proposal, at=NOW)
    assert not holds(fresh(office.auditor), "auditor", NOW)
    last = Appointment.objects.get(person=second)
    with pytest.raises(Refusal, match="只有"):
        services.dismiss(
            actor=office.secadmin, subject=last, last_day=yesterday, reason="x", at=NOW
        )
