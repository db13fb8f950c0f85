"""Duties are raised and closed inside acts; nothing closes without evidence."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from conftest import NOW, prepared
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.services import label_for
from shoumi.platform.obligations import selectors
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import (
    AlreadyClosed,
    cancel,
    cancel_all,
    fulfil,
    raise_duty,
    settle,
)
from shoumi.platform.trail.models import name_of

SOON = NOW + timedelta(hours=2)


def give(**values):
    given = {
        "kind": "test.read",
        "clause": "obligations.person",
        "text": "阅文",
        "due": SOON,
        "at": NOW,
    }
    return raise_duty(**given | values)


def test_a_duty_of_mine_waits_for_me_and_for_nobody_else(office):
    with prepared(office.body):
        duty = give(person=office.handler, subject=office.registry, raised_by=office.registrar)
    assert list(selectors.mine(office.handler, at=NOW)) == [duty]
    assert not selectors.mine(office.peer, at=NOW).exists()
    assert list(selectors.raised_by(office.registrar, at=NOW)) == [duty]
    assert duty.subject == name_of(office.registry)
    assert duty.body == office.body


def test_a_duty_of_a_post_waits_for_whoever_holds_it_in_that_body(office):
    with prepared(office.body):
        duty = give(post="registrar", body=office.body)
    assert list(selectors.mine(office.registrar, at=NOW)) == [duty]
    assert not selectors.mine(office.stranger, at=NOW).exists()


def test_a_duty_of_a_departments_head_waits_only_there(office):
    with prepared(office.body):
        here = office.departments["业务科"]
        duty = give(post="department_head", body=office.body, department=here)
        give(post="department_head", body=office.body, department=office.departments["审批科"])
    assert list(selectors.mine(office.chief, at=NOW)) == [duty]
    assert list(selectors.mine(office.standin, at=NOW)) == [duty]


def test_a_duty_about_what_i_may_not_know_is_not_there(office):
    with prepared(office.body):
        label = label_for(
            level=Level.SECRET,
            body=office.body,
            principals=[f"p:{office.handler.pk}"],
            basis="",
            on=office.today,
        )
        duty = give(post="department_head", body=office.body, label=label)
        mine = give(person=office.handler, label=label)
    assert not selectors.mine(office.chief, at=NOW).exists()
    assert list(selectors.mine(office.handler, at=NOW)) == [mine]
    late = NOW + timedelta(days=1)
    assert not selectors.overdue(office.director, at=late).exists()
    assert duty in selectors.overdue(office.handler, at=late)


def test_a_duty_needs_one_person_or_one_post(office):
    with prepared(office.body):
        for wrong in ({}, {"person": office.handler, "post": "registrar"}, {"post": "registrar"}):
            with pytest.raises(ValueError, match="person's or a post's"):
                give(**wrong)


@pytest.mark.clause("obligations.evidence")
def test_nothing_closes_without_evidence(office):
    with prepared(office.body):
        duty = give(person=office.handler)
        with pytest.raises(Refusal) as refused:
            fulfil(duty, evidence="  ", at=NOW)
        assert refused.value.clause == "obligations.evidence"
        with pytest.raises(IntegrityError), transaction.atomic():
            Duty.objects.filter(pk=duty.pk).update(state="done")
        fulfil(duty, evidence=office.registry, at=NOW)
    duty.refresh_from_db()
    assert (duty.state, duty.evidence) == ("done", name_of(office.registry))
    assert list(selectors.done(office.handler, at=NOW)) == [duty]


def test_the_second_of_two_closings_finds_it_done(office):
    with prepared(office.body):
        duty = give(person=office.handler)
        fulfil(duty, evidence="回执 1 号", at=NOW)
        with pytest.raises(AlreadyClosed):
            fulfil(Duty.objects.get(pk=duty.pk), evidence="回执 2 号", at=NOW)
        assert not cancel(duty, reason="收回", at=NOW)
    duty.refresh_from_db()
    assert duty.evidence == "回执 1 号"


def test_one_proof_settles_all_duties_about_a_thing(office):
    with prepared(office.body):
        about = {"subject": office.registry, "kind": "test.receipt"}
        give(person=office.handler, **about)
        give(person=office.peer, **about)
        other = give(person=office.peer, subject=office.safe, kind="test.receipt")
        proof = {"evidence": "登记簿第 3 页", "at": NOW}
        assert settle(**about, person=office.peer, **proof) == 1
        assert settle(**about, **proof) == 1
        assert settle(**about, **proof) == 0
        gone = {"reason": "收回", "at": NOW}
        assert cancel_all(kind="test.receipt", subject=name_of(office.safe), **gone) == 1
    other.refresh_from_db()
    assert other.state == Duty.State.CANCELLED


def test_a_recurring_duty_stands_once_a_period_in_the_database(office):
    with prepared(office.body):
        give(post="registrar", body=office.body, period="2026-09")
        with pytest.raises(IntegrityError), transaction.atomic():
            give(post="archivist", body=office.body, period="2026-09")
        give(person=office.handler, period="2026-09")
        give(person=office.peer, period="2026-09")
        with pytest.raises(IntegrityError), transaction.atomic():
            give(person=office.peer, period="2026-09")


def test_the_counts_of_the_home_page(office):
    with prepared(office.body):
        give(person=office.handler, due=NOW - timedelta(minutes=1))
        give(person=office.handler)
        give(person=office.handler, due=NOW + timedelta(days=2))
    expected = {"waiting": 3, "overdue": 1, "today": 1}
    assert selectors.counts(office.handler, at=NOW) == expected


def test_the_list_asks_the_same_number_of_queries_however_long(office, django_assert_num_queries):
    with prepared(office.body):
        give(person=office.handler, raised_by=office.registrar)
    list(selectors.mine(office.handler, at=NOW))
    with django_assert_num_queries(1):
        assert len(list(selectors.mine(office.handler, at=NOW))) == 1
    with prepared(office.body):
        for _ in range(30):
            give(person=office.handler, raised_by=office.registrar)
    with django_assert_num_queries(1):
        rows = list(selectors.mine(office.handler, at=NOW))
        assert [d.raised_by.name for d in rows] == ["区敏"] * 31


def test_somebody_who_left_has_no_list(office):
    with prepared(office.body):
        give(person=office.handler)
        type(office.handler).objects.filter(pk=office.handler.pk).update(active=False)
    office.handler.refresh_from_db()
    assert not selectors.mine(office.handler, at=NOW).exists()


def test_late_in_my_department(office):
    late = NOW + timedelta(days=1)
    with prepared(office.body):
        here = give(person=office.handler)
        headed = give(
            post="department_head", body=office.body, department=office.departments["业务科"]
        )
        give(person=office.peer)
    found = selectors.overdue(office.chief, at=late, department=office.departments["业务科"])
    assert list(found) == [here, headed]
    assert here.is_overdue(late) and not here.is_overdue(NOW)
    assert selectors.overdue(office.director, at=late).count() == 3
    assert str(here) == f"test.read:{here.pk}"
