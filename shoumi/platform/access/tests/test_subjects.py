"""The person at the gate: clearance from the record in force, principals from posts, nothing lent."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY, YEAR, clear, prepared
from shoumi.kernel.levels import EVERYONE, Level, PersonnelClass
from shoumi.platform.access.models import ClearanceRecord, NeedToKnow, knowable
from shoumi.platform.access.services import label_for, narrow, relevel, widen
from shoumi.platform.access.subjects import (
    appointments_of,
    body_principal,
    department_principal,
    holds,
    label_of,
    person_principal,
    post_principal,
    subject_of,
)
from shoumi.platform.directory.models import Appointment, Person

DAY = timedelta(days=1)


def fresh(person):
    return Person.objects.get(pk=person.pk)


def seen(person, at=NOW):
    return subject_of(fresh(person), at)


def labels_known(person, at=NOW):
    rows = knowable(seen(person, at), on=at.date())
    return set(rows.values_list("label", flat=True))


@pytest.fixture
def make_label(office):
    """`make_label(person, level=…)` is a label that lists these people."""

    def make(*people, level=Level.SECRET, on=TODAY, principals=()):
        listed = {person_principal(p.pk) for p in people} | set(principals)
        with prepared(office.body):
            return label_for(level=level, body=office.body, principals=listed, basis="测试", on=on)

    return make


@pytest.mark.clause("access.clearance")
@pytest.mark.parametrize(
    ("key", "level"),
    [
        ("registrar", Level.TOP_SECRET),
        ("handler", Level.SECRET),
        ("junior", Level.CONFIDENTIAL),
        ("newcomer", Level.INTERNAL),
        ("lapsed", Level.INTERNAL),
        ("leaver", Level.INTERNAL),
    ],
)
def test_clearance_follows_the_personnel_class_and_is_internal_without_one(office, key, level):
    assert seen(getattr(office, key)).clearance == level


@pytest.mark.clause("access.clearance")
@pytest.mark.parametrize("column", ["review_due", "trained_until", "pledged_until", "until"])
def test_a_review_training_pledge_or_term_run_out_takes_the_clearance(office, column):
    record = ClearanceRecord.objects.filter(person=office.handler)
    with prepared(office.body):
        record.update(**{column: TODAY})
    assert seen(office.handler).clearance == Level.SECRET, "the last day still counts"
    assert seen(office.handler, NOW + DAY).clearance == Level.INTERNAL


@pytest.mark.clause("access.clearance")
def test_a_clearance_not_yet_in_force_or_without_pledge_is_none(office):
    record = ClearanceRecord.objects.filter(person=office.handler)
    with prepared(office.body):
        record.update(since=TODAY + DAY)
    assert seen(office.handler).clearance == Level.INTERNAL
    with prepared(office.body):
        record.update(since=TODAY, pledged_until=None)
    assert seen(office.handler).clearance == Level.INTERNAL


@pytest.mark.clause("access.clearance")
def test_of_two_records_in_force_the_higher_counts(office):
    with prepared(office.body):
        ClearanceRecord.objects.filter(person=office.junior).update(until=TODAY)
        clear(office.junior, PersonnelClass.IMPORTANT)
    assert seen(office.junior).clearance == Level.SECRET


def test_a_record_names_person_and_class(office):
    record = ClearanceRecord.objects.get(person=office.handler)
    assert str(record) == f"{office.handler.pk}:important"


def test_a_stand_in_has_the_post_but_not_the_clearance(office):
    subject = seen(office.standin)
    assert holds(fresh(office.standin), "department_head", NOW)
    assert post_principal("department_head", office.body.pk) in subject.principals
    assert subject.clearance == Level.CONFIDENTIAL
    assert seen(office.chief).clearance == Level.SECRET


def test_a_stand_in_ends_on_its_last_day(office):
    last = NOW + 3 * DAY
    assert holds(fresh(office.standin), "department_head", last)
    assert not holds(fresh(office.standin), "department_head", last + DAY)


def test_a_post_is_held_in_its_own_body_only(office):
    stranger = fresh(office.stranger)
    assert holds(stranger, "registrar", NOW)
    assert holds(stranger, "registrar", NOW, body_id=office.other.pk)
    assert not holds(stranger, "registrar", NOW, body_id=office.body.pk)
    assert not holds(stranger, "head", NOW)


def test_everybody_is_a_person_a_department_a_body_and_everyone(office):
    assert seen(office.peer).principals == {
        EVERYONE,
        person_principal(office.peer.pk),
        body_principal(office.body.pk),
        department_principal(office.peer.department_id),
    }
    assert seen(office.leader).principals == {
        EVERYONE,
        person_principal(office.leader.pk),
        body_principal(office.body.pk),
        post_principal("deputy_leader", office.body.pk),
    }


def test_a_post_bound_to_a_department_knows_what_the_department_knows(office):
    with prepared(office.body):
        Appointment.objects.create(
            person=office.peer,
            post="department_head",
            body=office.body,
            department=office.departments["办公室"],
            since=TODAY,
        )
    assert department_principal(office.departments["办公室"].pk) in seen(office.peer).principals


def test_somebody_who_left_is_nobody(office):
    with prepared(office.body):
        Person.objects.filter(pk=office.registrar.pk).update(active=False)
    subject = seen(office.registrar)
    assert (subject.clearance, subject.principals) == (Level.PUBLIC, frozenset())


@pytest.mark.clause("access.exit_period")
def test_in_an_exit_period_only_what_is_public_is_known(office, make_label):
    internal = make_label(office.leaver, level=Level.INTERNAL)
    public = make_label(office.leaver, level=Level.PUBLIC)
    assert seen(office.leaver).in_exit_period
    assert labels_known(office.leaver) == {public.pk}
    after = NOW + YEAR + DAY
    assert not seen(office.leaver, after).in_exit_period
    assert internal.pk in labels_known(office.leaver, after)


@pytest.mark.clause("access.exit_period")
def test_an_exit_period_without_an_end_written_down_has_not_begun(office):
    with prepared(office.body):
        ClearanceRecord.objects.filter(person=office.leaver).update(exit_until=None)
    assert not seen(office.leaver).in_exit_period


def test_one_request_asks_once_and_the_next_asks_anew(office, django_assert_num_queries):
    person = fresh(office.registrar)
    subject_of(person, NOW)
    with django_assert_num_queries(0):
        subject_of(person, NOW)
        appointments_of(person, NOW)
    with prepared(office.body):
        Appointment.objects.filter(person=person).update(until=TODAY - DAY)
    assert not holds(fresh(person), "registrar", NOW)


@pytest.mark.clause("access.may_know")
def test_nobody_listed_is_nobody_knowing(office, make_label):
    label = make_label(level=Level.PUBLIC)
    assert label_of(label, on=TODAY) == frozenset()
    for key in ("registrar", "head", "secadmin"):
        assert label.pk not in labels_known(getattr(office, key))


@pytest.mark.clause("access.may_know")
def test_widening_lets_the_new_ones_know_and_leaves_the_old(office, make_label):
    label = make_label(office.handler)
    with prepared(office.body):
        listed = [person_principal(p.pk) for p in (office.handler, office.peer)]
        assert widen(label, principals=listed, basis="批准", on=TODAY) == [listed[1]]
        assert widen(label, principals=listed, basis="批准", on=TODAY) == []
    assert label.pk in labels_known(office.peer)
    assert label.need_to_know.count() == 2
    row = label.need_to_know.get(principal=listed[1])
    assert (row.level, row.since, row.basis) == (Level.SECRET, TODAY, "批准")
    assert str(row) == f"{label.pk}:{listed[1]}"
    assert str(label) == "机密"


@pytest.mark.clause("access.may_know")
def test_knowing_begins_on_its_day(office, make_label):
    label = make_label(office.handler, on=TODAY + DAY)
    assert label.pk not in labels_known(office.handler)
    assert label_of(label, on=TODAY) == frozenset()
    assert label.pk in labels_known(office.handler, NOW + DAY)


@pytest.mark.clause("access.may_know")
def test_narrowing_ends_the_knowing_after_its_last_day(office, make_label):
    label = make_label(office.handler, office.peer)
    gone = person_principal(office.peer.pk)
    with prepared(office.body):
        assert narrow(label, principals=[gone], last_day=TODAY) == 1
        assert narrow(label, principals=[gone], last_day=TODAY) == 0
    assert label.pk in labels_known(office.peer)
    assert label.pk not in labels_known(office.peer, NOW + DAY)
    assert label.pk in labels_known(office.handler, NOW + DAY)
    assert label_of(label, on=TODAY + DAY) == {person_principal(office.handler.pk)}


@pytest.mark.clause("access.may_know")
def test_who_was_taken_off_may_be_listed_again(office, make_label):
    label = make_label(office.handler)
    mine = person_principal(office.handler.pk)
    with prepared(office.body):
        narrow(label, principals=[mine], last_day=TODAY - DAY)
    with prepared(office.body):
        assert widen(label, principals=[mine], basis="再批", on=TODAY) == [mine]
    assert label.pk in labels_known(office.handler)


@pytest.mark.clause("access.may_know")
def test_another_level_is_another_level_for_every_row(office, make_label):
    label = make_label(office.handler, office.junior, level=Level.CONFIDENTIAL)
    assert label.pk in labels_known(office.junior)
    with prepared(office.body):
        relevel(label, level=Level.SECRET)
    assert label.level == Level.SECRET
    assert set(NeedToKnow.objects.filter(label=label).values_list("level", flat=True)) == {3}
    assert label.pk not in labels_known(office.junior)
    assert label.pk in labels_known(office.handler)


@pytest.mark.parametrize(
    "principal",
    ["body", "department", "post", "everyone"],
)
def test_a_department_post_body_or_everyone_may_be_listed(office, make_label, principal):
    named = {
        "body": body_principal(office.body.pk),
        "department": department_principal(office.handler.department_id),
        "post": post_principal("registrar", office.body.pk),
        "everyone": EVERYONE,
    }[principal]
    label = make_label(principals=[named], level=Level.INTERNAL)
    knows = {
        k
        for k in ("handler", "peer", "registrar", "stranger")
        if label.pk in labels_known(getattr(office, k))
    }
    assert (
        knows
        == {
            "body": {"handler", "peer", "registrar"},
            "department": {"handler"},
            "post": {"registrar"},
            "everyone": {"handler", "peer", "registrar", "stranger"},
        }[principal]
    )
