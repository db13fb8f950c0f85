"""facilities.visit.*: asked for, confirmed by the host, let in with devices deposited, seen out."""

import pytest

from conftest import NOW
from shoumi.domains.facilities.models import Visit
from shoumi.domains.facilities.services import visiting
from shoumi.domains.facilities.tests.scene import (
    asked,
    confirmed,
    fresh,
    in_use,
    person,
    reception,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.trail.verify import verify


@pytest.mark.clause("facilities.visit", "facilities.visit.social", "facilities.visit.petition")
def test_what_a_visit_is_about_decides_where_it_is_received(office):
    guarded, open_room = in_use(office), reception(office)
    for site, matter, clause in (
        (guarded, "会客", "facilities.visit.social"),
        (guarded, "上访", "facilities.visit.petition"),
        (open_room, "参观", "facilities.visit"),
    ):
        with pytest.raises(Refusal) as caught:
            asked(office, site, matter=matter)
        assert caught.value.clause == clause
    with pytest.raises(Refusal):
        asked(office, open_room, document="名片")
    visit = asked(office, open_room, matter="上访", purpose="反映情况", clearance=Level.PUBLIC)
    assert (visit.number, visit.document_number) == ("访〔2026〕1号", "519***********1234")
    asked(office, open_room, matter="会客")


@pytest.mark.clause("facilities.visit", "facilities.visit.devices", "facilities.level")
def test_nobody_is_let_in_unconfirmed_unfit_or_with_devices(office):
    site = in_use(office)
    visit = asked(office, site)
    assert [d.text for d in mine(person(office.handler), at=NOW)] == [f"确认来访 {visit.number}"]
    door = {"actor": person(office.watch), "at": NOW}
    good = {"verified": True, "escort": office.handler, "devices": "手机 1 部", "locker": "A03"}
    with pytest.raises(Refusal) as caught:
        visiting.admit(**door, subject=visit, **good)
    assert caught.value.clause == "facilities.visit"
    with pytest.raises(Denied):
        visiting.confirm(actor=person(office.watch), subject=visit, at=NOW)
    visiting.confirm(actor=person(office.handler), subject=visit, at=NOW)
    for wrong, clause in (
        ({"verified": False}, "facilities.visit"),
        ({"devices": "", "locker": ""}, "facilities.visit.devices"),
        ({"locker": ""}, "facilities.visit.devices"),
        ({"none_carried": True}, "facilities.visit.devices"),
        ({"escort": office.stranger}, "facilities.visit"),
    ):
        with pytest.raises(Refusal) as caught:
            visiting.admit(**door, subject=fresh(visit), **good | wrong)
        assert caught.value.clause == clause
    uncleared = confirmed(office, site, clearance=Level.CONFIDENTIAL)
    with pytest.raises(Refusal) as caught:
        visiting.admit(**door, subject=uncleared, **good)
    assert caught.value.clause == "facilities.level"
    with pytest.raises(Denied):
        visiting.admit(actor=person(office.handler), at=NOW, subject=fresh(visit), **good)
    visiting.admit(**door, subject=fresh(visit), **good)
    with pytest.raises(Refusal) as caught:
        visiting.depart(**door, subject=fresh(visit))
    assert caught.value.clause == "facilities.visit.devices"
    visiting.depart(**door, subject=fresh(visit), returned=True)
    with pytest.raises(Stale):
        visiting.depart(**door, subject=fresh(visit), returned=True)
    done = fresh(visit)
    assert (done.state, done.returned, done.left_at) == (Visit.State.LEFT, True, NOW)
    assert not mine(person(office.watch), at=NOW).filter(kind="facilities.visit.depart").exists()
    assert verify().findings == []


@pytest.mark.clause("facilities.visit")
def test_a_host_may_decline_and_others_do_not_learn_of_a_visit(office):
    visit = asked(office, in_use(office))
    with pytest.raises(Refusal):
        visiting.decline(actor=person(office.handler), subject=visit, at=NOW, reason="")
    visiting.decline(actor=person(office.handler), subject=fresh(visit), at=NOW, reason="改期")
    assert fresh(visit).state == Visit.State.DECLINED
    assert not mine(person(office.handler), at=NOW).exists()
    assert Visit.objects.visible_to(person(office.handler), at=NOW).exists()
    for nobody in (office.peer, office.chief, office.sysadmin, office.stranger):
        assert not Visit.objects.visible_to(person(nobody), at=NOW).exists()
