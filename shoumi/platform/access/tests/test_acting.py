"""The door of writing: who is judged how, what the entry says, and how a refusal is chained."""

import json
from datetime import timedelta

import pytest

from conftest import NOW, TODAY, prepared
from shoumi.domains.documents.models import Document
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import SYSTEM, Action, Hidden, act, check, posts_held
from shoumi.platform.directory.models import Appointment, Body, Department, Person
from shoumi.platform.directory.selectors import system_person
from shoumi.platform.rulebook.controls import ACTION, POINTS
from shoumi.platform.trail.models import Entry, name_of
from shoumi.platform.trail.verify import verify

pytestmark = pytest.mark.clause("trail.entry")

ANYBODY = Action("test.acting.any", "任办", clause="trail.entry")
REGISTRY = Action(
    "test.acting.registry", "机要办", clause="trail.denied", posts=frozenset({"registrar"})
)
NIGHTLY = Action(
    "test.acting.nightly",
    "夜间办",
    clause="trail.entry",
    posts=frozenset({SYSTEM, "registrar", "secrecy_office"}),
)


def last():
    return Entry.objects.order_by("-id")[0]


@pytest.fixture
def paper(office):
    """A 机密 paper that 单平 may know besides the registrar."""
    return receive(actor=office.registrar, at=NOW, **written(office, people=[office.handler]))


def test_an_action_is_a_control_point_and_speaks_chinese():
    assert str(ANYBODY) == "任办"
    assert POINTS["test.acting.any"].serves(ACTION)


def test_the_entry_says_who_did_what_to_what_under_which_clause(office):
    with act(office.handler, ANYBODY, office.safe, at=NOW, copies=2) as deed:
        deed.note(reason="试办")
    entry = last()
    assert (entry.chain, entry.actor, entry.actor_name) == ("JIA", office.handler.pk, "单平")
    assert (entry.event, entry.clause) == ("test.acting.any", "trail.entry")
    assert entry.subject == name_of(office.safe)
    assert json.loads(entry.body) == {"copies": 2, "reason": "试办"}
    assert entry.at == "2026-09-01T01:00:00.000000Z"


def test_another_post_is_told_the_clause_and_who_does_it(office):
    refusal = check(office.handler, REGISTRY, office.safe, at=NOW)
    assert isinstance(refusal, Denied)
    assert refusal.clause == REGISTRY.clause
    assert "机要员" in refusal.message and "机要员" in refusal.way_on


def test_an_act_within_an_act_is_a_fault_of_the_program_and_undoes_both(office):
    before = Entry.objects.count()
    with pytest.raises(RuntimeError), act(office.handler, ANYBODY, at=NOW):
        office.cabinet.delete()
        with act(office.handler, ANYBODY, at=NOW):
            pass
    assert Entry.objects.count() == before
    assert type(office.cabinet).objects.filter(name="普通柜").exists()


def test_a_refusal_is_chained_by_itself_with_its_clause_and_status_only(office):
    before = Entry.objects.count()
    with pytest.raises(Refusal), act(office.handler, ANYBODY, office.safe, at=NOW, copies=2):
        type(office.safe).objects.filter(pk=office.safe.pk).delete()
        raise Denied("不行", clause="trail.denied", way_on="请另办")
    entry = last()
    assert Entry.objects.count() == before + 1
    assert (entry.event, entry.clause) == ("test.acting.any.denied", "trail.denied")
    assert entry.subject == name_of(office.safe)
    assert (json.loads(entry.body), entry.seals, entry.changes) == ({"status": 403}, "", "")
    assert verify().findings == []


def test_a_refused_row_that_was_never_saved_is_no_subject(office):
    unsaved = Department(body=office.body, name="新科")
    with pytest.raises(Refusal), act(office.handler, ANYBODY, unsaved, at=NOW):
        raise Refusal("不行", clause="trail.entry")
    assert last().subject == ""


def test_a_fault_of_the_program_is_not_chained(office):
    before = Entry.objects.count()
    with pytest.raises(ZeroDivisionError), act(office.handler, ANYBODY, at=NOW):
        raise ZeroDivisionError
    assert Entry.objects.count() == before


def test_the_refusal_names_the_posts_and_the_way_on(office):
    refusal = check(office.handler, NIGHTLY, at=NOW)
    assert refusal.status == 403
    assert refusal.message == "「夜间办」由机要员、保密办办理，您没有这一岗位职责"
    assert "请交机要员、保密办办理" in refusal.way_on


@pytest.mark.parametrize("key", ["registrar", "office"])
def test_whoever_holds_one_of_the_posts_may(office, key):
    assert check(getattr(office, key), NIGHTLY, at=NOW) is None


def test_a_post_that_has_ended_or_not_begun_is_no_post(office):
    with prepared(office.body):
        Appointment.objects.filter(person=office.registrar).update(until=TODAY)
    assert check(Person.objects.get(pk=office.registrar.pk), REGISTRY, at=NOW) is None
    tomorrow = NOW + timedelta(days=1)
    assert check(Person.objects.get(pk=office.registrar.pk), REGISTRY, at=tomorrow).status == 403


@pytest.mark.clause("accounts.disable")
@pytest.mark.parametrize("lost", [{"active": False}, {"account": None}])
def test_a_disabled_account_does_nothing_whatever_its_post(office, lost):
    with prepared(office.body):
        Person.objects.filter(pk=office.registrar.pk).update(**lost)
    person = Person.objects.get(pk=office.registrar.pk)
    refusal = check(person, REGISTRY, at=NOW)
    assert (refusal.status, refusal.clause) == (403, "accounts.disable")
    with pytest.raises(Denied), act(person, ANYBODY, at=NOW):
        pass
    assert last().event == "test.acting.any.denied"


def test_the_system_does_its_duties_without_a_post_in_any_body(office, paper):
    system = system_person()
    assert check(system, NIGHTLY, office.safe, at=NOW) is None
    assert check(system, REGISTRY, paper, at=NOW) is None
    with act(system, NIGHTLY, office.safe, at=NOW):
        pass
    assert last().actor_name == "系统"


@pytest.mark.clause("access.may_know")
def test_the_thing_of_another_body_does_not_exist(office, paper):
    for subject in (office.safe, office.handler, paper):
        refusal = check(office.stranger, ANYBODY, subject, at=NOW)
        assert isinstance(refusal, Hidden)
        assert refusal.message == "没有这一项"
    assert check(office.stranger, ANYBODY, office.body, at=NOW) is None


@pytest.mark.clause("access.may_know")
def test_a_paper_listing_a_stranger_is_still_of_another_body(office):
    stranger_knows = written(office, people=[office.handler])
    made = receive(actor=office.registrar, at=NOW, **stranger_knows)
    with prepared(office.body):
        made.label.need_to_know.create(
            principal=f"p:{office.stranger.pk}", level=made.level, since=TODAY
        )
    assert check(office.stranger, ANYBODY, made, at=NOW).status == 404


@pytest.mark.clause("access.may_know")
@pytest.mark.parametrize(
    "key", ["peer", "junior", "newcomer", "lapsed", "leaver", "stranger", "standin", "auditor"]
)
def test_what_one_may_not_know_is_hidden_before_any_post_is_asked(office, paper, key):
    with pytest.raises(Hidden), act(getattr(office, key), REGISTRY, paper, at=NOW):
        pass
    entry = last()
    assert (entry.event, entry.subject) == ("test.acting.registry.denied", name_of(paper))
    assert (entry.clause, json.loads(entry.body)) == ("access.may_know", {"status": 404})


def test_who_knows_but_has_not_the_post_is_told_so(office, paper):
    assert check(office.handler, ANYBODY, paper, at=NOW) is None
    assert check(office.handler, REGISTRY, paper, at=NOW).status == 403


def test_a_paper_not_yet_made_hides_nothing(office):
    assert check(office.registrar, REGISTRY, Document(), at=NOW) is None


def test_everybody_is_a_handler_except_the_three_officers(office):
    assert "handler" in posts_held(office.peer, at=NOW)
    assert {"registrar", "handler"} <= posts_held(office.registrar, at=NOW)
    assert posts_held(office.auditor, at=NOW) == {"auditor"}


def test_the_entry_stands_in_the_chain_of_the_actors_body(office):
    with act(office.stranger, ANYBODY, at=NOW):
        pass
    assert last().chain == Body.objects.get(pk=office.other.pk).code
