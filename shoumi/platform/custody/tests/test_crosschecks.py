"""crosschecks.run: one violation a rule, each named and no other; a hit is a duty that goes when it is cured."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import NOW, TODAY, prepared
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied
from shoumi.platform.access.acting import Hidden
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.services import (
    Opening,
    enter_opening,
    give_back,
    holder_of,
    move_place,
    take_back,
)
from shoumi.platform.custody.tests.scene import a_label, copies, held_by
from shoumi.platform.directory.models import Person, Place
from shoumi.platform.obligations import crosschecks
from shoumi.platform.obligations.crosschecks import open_hits, run, run_daily
from shoumi.platform.obligations.models import Duty
from shoumi.platform.trail.verify import verify


def person(someone):
    return Person.objects.get(pk=someone.pk)


def asked(office, *, at=NOW):
    found = run(actor=person(office.registrar), at=at, body=office.body)
    counted = {one.rule.key: (one.standing, one.fresh, one.cured) for one in found}
    return {key: figures for key, figures in counted.items() if any(figures)}


def standing(**which):
    return Duty.objects.filter(
        state=Duty.State.OPEN, kind__startswith="crosscheck.", **which
    ).order_by("id")


def wrongly_placed(office, place, **options):
    """A thing where it may not lie: the place has been found too weak since."""
    (item,) = copies(office, 1, **options)
    with prepared(office.body):
        Item.unscoped.filter(pk=item.pk).update(holder=holder_of(body=office.body, place=place))
    return Item.unscoped.get(pk=item.pk)


def planted(office):
    """For each rule of the account of things the one row that breaks it."""
    top = a_label(office, level=Level.TOP_SECRET)
    held = held_by(office, office.chief, label=a_label(office))[0]
    gone = held_by(office, office.handler, label=a_label(office))[0]
    with prepared(office.body):
        old = Place.objects.create(
            body=office.body, name="旧柜", kind=Place.Kind.SAFE, level_limit=Level.SECRET
        )
        kept = Place.objects.create(
            body=office.body,
            name="3号柜",
            kind=Place.Kind.SAFE,
            level_limit=Level.SECRET,
            keeper=office.junior,
        )
    (there,) = copies(office, 1, place=old)
    copies(office, 2, place=kept)
    rows = {
        "container_level": wrongly_placed(office, office.cabinet),
        "container_top_secret": wrongly_placed(office, office.registry, label=top),
        "container_out_of_use": there,
        "holder_not_cleared": held,
        "holder_gone": gone,
        "keeper_unfit": kept,
    }
    with prepared(office.body):
        Place.objects.filter(pk=old.pk).update(active=False)
        ClearanceRecord.objects.filter(person=office.chief).update(review_due=TODAY)
        Person.objects.filter(pk=office.handler.pk).update(active=False)
    return rows


@pytest.mark.clause("crosschecks.run", "crosschecks.cure")
def test_each_violation_is_named_and_no_other(office):
    assert asked(office) == {}
    rows = planted(office)
    later = NOW + timedelta(days=1)
    found = asked(office, at=later)
    assert found == dict.fromkeys(rows, (1, 1, 0))
    for key, row in rows.items():
        (duty,) = standing(kind=f"crosscheck.{key}")
        assert duty.subject == f"{row._meta.label_lower}:{row.pk}"
        assert duty.label_id == getattr(row, "label_id", None)
        assert duty.clause == crosschecks.crosschecks()[key].clause and duty.text
        assert duty.due_at.date() == (later + timedelta(days=2)).date() and duty.escalate_at
    assert asked(office, at=later) == dict.fromkeys(rows, (1, 0, 0)), "nothing is found twice"
    with prepared(office.body):
        Place.objects.filter(name__in=["旧柜", "3号柜"]).update(active=True, keeper=None)
        Person.objects.filter(pk=office.handler.pk).update(active=True)
        ClearanceRecord.objects.filter(person=office.chief).update(
            review_due=TODAY + timedelta(days=9)
        )
    cured = asked(office, at=later)
    assert cured == {
        "container_level": (1, 0, 0),
        "container_top_secret": (1, 0, 0),
        "container_out_of_use": (0, 0, 1),
        "holder_not_cleared": (0, 0, 1),
        "holder_gone": (0, 0, 1),
        "keeper_unfit": (0, 0, 1),
    }
    assert verify().findings == []


@pytest.mark.clause("crosschecks.run", "access.may_know")
def test_nobody_learns_of_a_hit_about_what_they_may_not_know(office):
    item = wrongly_placed(office, office.registry, label=a_label(office, level=Level.TOP_SECRET))
    asked(office)
    told = {
        key: [duty.subject for duty in open_hits(person(getattr(office, key)), at=NOW)]
        for key in ("registrar", "leader", "office", "head", "stranger", "secadmin")
    }
    name = f"custody.item:{item.pk}"
    assert told == {
        "registrar": [name],
        "leader": [name],
        "office": [],
        "head": [],
        "stranger": [],
        "secadmin": [],
    }
    with pytest.raises(Denied):
        run(actor=person(office.handler), at=NOW, body=office.body)
    for other in (None, office.body):
        with pytest.raises(Hidden):
            run(actor=person(office.stranger), at=NOW, body=other)


@pytest.mark.clause("crosschecks.cure")
def test_the_act_that_cures_closes_the_duty(office):
    placed = wrongly_placed(office, office.cabinet)
    held = held_by(office, office.chief, label=a_label(office))[0]
    with prepared(office.body):
        ClearanceRecord.objects.filter(person=office.chief).update(review_due=TODAY)
    later = NOW + timedelta(days=1)
    asked(office, at=later)
    assert standing().count() == 2
    registrar = person(office.registrar)
    move_place(actor=registrar, subject=placed, place=office.safe, at=later)
    assert [duty.kind for duty in standing()] == ["crosscheck.holder_not_cleared"]
    with prepared(office.body):
        clearance = ClearanceRecord.objects.filter(person=office.chief)
        clearance.update(review_due=TODAY + timedelta(days=9))
    batch = give_back(actor=person(office.chief), subject=held, at=later)
    take_back(actor=registrar, subject=batch, at=later)
    done = Duty.objects.filter(kind__startswith="crosscheck.").order_by("id")
    assert {duty.state for duty in done} == {Duty.State.DONE}
    assert {duty.evidence[-4:] for duty in done} == {"核对相符"}


@pytest.mark.clause("crosschecks.run")
def test_opening_stock_is_judged_in_the_act_that_enters_it(office):
    label = a_label(office, level=Level.CONFIDENTIAL)
    with prepared(office.body):
        here, cabinet = (
            holder_of(body=office.body, place=place) for place in (office.safe, office.cabinet)
        )
        lines = [
            Opening(label=label, kind=Item.Kind.PAPER, name=f"旧账 {n}", entered=now, now=now)
            for n, now in enumerate([here, here, cabinet])
        ]
        items = enter_opening(lines, at=NOW, reason="test.opening")
    assert [duty.subject for duty in standing()] == [f"custody.item:{items[2].pk}"]


@pytest.mark.clause("crosschecks.run")
def test_the_whole_base_is_asked_once_a_day_in_a_constant_number_of_queries(office):
    wrongly_placed(office, office.cabinet)
    first = run_daily(NOW)
    assert sum(one.fresh for one in first) == 1 and standing().count() == 1
    assert run_daily(NOW + timedelta(hours=3)) == []
    assert len(run_daily(NOW + timedelta(days=1))) == len(crosschecks.QUERIES)

    def counted():
        actor = person(office.registrar)
        with CaptureQueriesContext(connection) as asked_for:
            run(actor=actor, at=NOW, body=office.body)
        return len(asked_for)

    before = counted()
    copies(office, 40)
    held_by(office, office.handler, 20, label=a_label(office))
    assert counted() == before
