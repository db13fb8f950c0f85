"""facilities.admission.*, .enter and .leave: who is on the list, who is let in, what is carried out."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY, prepared
from shoumi.domains.facilities.models import Admission, Passage, Site
from shoumi.domains.facilities.services import admitting, passing
from shoumi.domains.facilities.tests.scene import (
    a_room,
    agreed,
    fresh,
    in_use,
    let_in,
    listed,
    person,
    strongroom,
)
from shoumi.domains.handling.tests.scene import copies, lent, paper
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.directory.models import Person
from shoumi.platform.trail.verify import verify


def refused(office, site, someone, clause, **changed):
    with pytest.raises(Refusal) as caught:
        let_in(office, site, someone, **changed)
    assert caught.value.clause == clause, caught.value.message


@pytest.mark.clause("facilities.admission", "facilities.enter", "facilities.level")
def test_only_who_is_listed_cleared_and_identified_enters(office):
    site = in_use(office)
    refused(office, site, office.handler, "facilities.admission")
    with pytest.raises(Refusal) as caught:
        listed(office, site, office.junior)
    assert caught.value.clause == "facilities.level", "cleared for less than the room"
    admission = listed(office, site, office.handler)
    refused(office, site, office.handler, "facilities.enter", verified="")
    refused(office, site, office.stranger, "facilities.visit")
    with pytest.raises(Refusal) as caught:
        passing.enter(
            actor=person(office.head),
            subject=fresh(site),
            at=NOW,
            person=office.handler,
            verified="指纹",
        )
    assert caught.value.clause == "facilities.enter", "the door is not everybody's to keep"
    passage = let_in(office, site, office.handler)
    assert (passage.basis, passage.let_in_by) == ("准入名单（本人）", office.registrar)
    refused(office, site, office.handler, "facilities.enter")
    given = {"actor": person(office.watch), "subject": fresh(passage), "at": NOW}
    (out,) = passing.leave(**given)
    assert fresh(out).left_at == NOW
    with pytest.raises(Stale):
        passing.leave(**given)
    with pytest.raises(Refusal):
        admitting.revoke(actor=person(office.office), subject=admission, at=NOW, reason=" ")
    admitting.revoke(actor=person(office.office), subject=admission, at=NOW, reason="调离")
    refused(office, site, office.handler, "facilities.admission")
    assert verify().findings == []


@pytest.mark.clause("facilities.admission", "facilities.machines")
def test_a_list_names_persons_or_posts_for_good_or_for_days(office):
    site = in_use(office)
    ask = {"actor": person(office.registrar), "subject": site, "at": NOW, "reason": "查阅"}
    for wrong in ({}, {"person": office.handler, "post": "head"}, {"post": "head", "days": 8}):
        with pytest.raises(Refusal) as caught:
            admitting.ask(**ask, **wrong)
        assert caught.value.clause == "facilities.admission"
    of_post = admitting.ask(**ask, post="deputy_leader")
    assert of_post.case.steps.get().label == "单位领导批准"
    agreed(of_post.case)
    assert let_in(office, site, office.leader).basis == "准入名单（分管领导）"
    brief = listed(office, site, office.peer, days=3)
    assert brief.case.steps.get().label == "临时准入批准"
    assert brief.until == TODAY + timedelta(days=2)
    assert brief.holds_on(TODAY) and not brief.holds_on(TODAY + timedelta(days=3))
    refused(office, site, office.peer, "facilities.admission", at=NOW + timedelta(days=3))
    machines = in_use(
        office,
        kind=Site.Kind.MACHINE_ROOM,
        place=a_room(office, "中心机房"),
        regulation="机房管理办法",
    )
    with pytest.raises(Refusal) as caught:
        listed(office, machines, office.handler)
    assert caught.value.clause == "facilities.machines"
    listed(office, machines, office.leader)
    let_in(office, machines, office.leader)
    assert Admission.in_force(machines, on=TODAY).count() == 1


@pytest.mark.clause("facilities.strongroom.use", "facilities.two_persons")
def test_a_strongroom_has_four_uses_and_a_room_of_two_never_one(office):
    site = strongroom(office, two_persons=True)
    listed(office, site, office.handler)
    together = {"companion": office.handler}
    refused(office, site, office.registrar, "facilities.strongroom.use", purpose="午休", **together)
    other = {"purpose": "经批准的其他用途"} | together
    refused(office, site, office.registrar, "facilities.strongroom.use", **other)
    refused(office, site, office.registrar, "facilities.two_persons")
    refused(office, site, office.registrar, "facilities.admission", companion=office.chief)
    let_in(office, site, office.registrar, approval="保批〔2026〕1号", **other)
    assert Passage.inside(site).count() == 2
    listed(office, site, office.chief)
    third = let_in(office, site, office.chief)
    given = {"actor": person(office.registrar), "at": NOW}
    assert len(passing.leave(subject=third, **given)) == 1, "two are left"
    last = Passage.inside(site).first()
    assert len(passing.leave(subject=last, **given)) == 2, "nobody stays alone"


@pytest.mark.clause("facilities.strongroom.takeout")
def test_what_is_carried_out_is_on_the_account_of_who_carries_it(office):
    site = in_use(office)
    listed(office, site, office.handler)
    passage = let_in(office, site, office.handler)
    on_loan, on_shelf, _ = copies(paper(office))
    lent(office, on_loan)
    given = {"actor": person(office.registrar), "subject": passage, "at": NOW}
    with pytest.raises(Refusal) as caught:
        passing.leave(**given, codes=f"{on_loan.code}\n{on_shelf.code}")
    assert caught.value.clause == "facilities.strongroom.takeout"
    assert on_shelf.code in caught.value.message and on_loan.code not in caught.value.message
    passing.leave(**given, codes=on_loan.code)
    assert fresh(passage).carried == on_loan.name


@pytest.mark.clause("facilities.level")
def test_a_clearance_that_ran_out_shuts_the_door(office):
    site = in_use(office)
    listed(office, site, office.handler)
    record = office.handler.clearances.get()
    with prepared(office.body):
        record.review_due = TODAY - timedelta(days=1)
        record.save()
    refused(office, site, office.handler, "facilities.level")
    assert Level(site.secrecy) == Level.SECRET
    assert Person.objects.get(pk=office.handler.pk).active
