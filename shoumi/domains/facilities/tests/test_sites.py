"""facilities.site.*: determined by the body, confirmed or accepted by the bureau, and only then used."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY, prepared
from shoumi.domains.facilities.models import Site
from shoumi.domains.facilities.selectors import too_small
from shoumi.domains.facilities.services import sites
from shoumi.domains.facilities.tests.scene import (
    BUREAU,
    CONDITIONS,
    a_room,
    agreed,
    fresh,
    in_use,
    let_in,
    person,
    proposed,
    strongroom,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.obligations.models import Duty
from shoumi.platform.trail.verify import verify

Kind, State = Site.Kind, Site.State


@pytest.mark.clause("facilities.site", "facilities.site.confirm")
def test_a_critical_site_is_determined_by_the_leaders_and_confirmed_by_the_bureau(office):
    for wrong in (
        {"cabinet": None},
        {"protection": " "},
        {"reason": ""},
        {"keeper": office.newcomer},
        {"level": Level.TOP_SECRET, "keeper": office.handler},
    ):
        with pytest.raises(Refusal) as caught:
            proposed(office, kind=Kind.SITE, **wrong)
        assert caught.value.clause == "facilities.site"
    with pytest.raises(Denied):
        sites.propose(
            actor=person(office.registrar),
            at=NOW,
            place=office.registry,
            kind=Kind.SITE,
            level=Level.SECRET,
            department=office.departments["办公室"],
            keeper=office.registrar,
            cabinet=office.safe,
            reason="集中保管",
            protection="门禁",
        )
    site = proposed(office, kind=Kind.SITE)
    assert (site.number, site.state) == ("所〔2026〕1号", State.PROPOSED)
    with pytest.raises(Refusal):
        proposed(office, kind=Kind.SITE)
    agreed(site.case)
    site = fresh(site)
    assert site.state == State.DETERMINED
    with pytest.raises(Refusal) as caught:
        let_in(office, site, office.registrar)
    assert caught.value.clause == "facilities.site.confirm"
    (duty,) = Duty.objects.filter(kind="facilities.site.confirm", state=Duty.State.OPEN)
    assert duty.post == "secrecy_office"
    given = {"actor": person(office.office), "at": NOW, **BUREAU}
    with pytest.raises(Refusal):
        sites.confirm(subject=fresh(site), on=TODAY + timedelta(days=1), **given)
    sites.confirm(subject=fresh(site), on=TODAY, **given)
    with pytest.raises(Stale):
        sites.confirm(subject=fresh(site), on=TODAY, **given)
    assert fresh(site).is_in_use
    duty.refresh_from_db()
    assert (duty.state, duty.evidence) == (Duty.State.DONE, "市保密局 保验〔2026〕3号")
    assert verify().findings == []


@pytest.mark.clause("facilities.strongroom.accept", "facilities.strongroom.conditions")
def test_a_strongroom_is_used_only_after_its_acceptance_condition_by_condition(office):
    site = proposed(office, kind=Kind.STRONGROOM, place=a_room(office))
    agreed(site.case)
    site = fresh(site)
    with pytest.raises(Refusal) as caught:
        let_in(office, site, office.registrar)
    assert caught.value.clause == "facilities.strongroom.accept"
    given = {"actor": person(office.office), "subject": site, "at": NOW, "on": TODAY, **BUREAU}
    with pytest.raises(Stale):
        sites.confirm(**given)
    with pytest.raises(Refusal) as caught:
        sites.accept(**given, conditions=CONDITIONS[:-1], passed=True)
    assert caught.value.clause == "facilities.strongroom.conditions"
    assert "防辐射" in caught.value.message
    with pytest.raises(Refusal) as caught:
        sites.accept(**given, conditions=CONDITIONS, passed=False)
    assert caught.value.clause == "facilities.strongroom.accept"
    sites.accept(**given, conditions=CONDITIONS, passed=True)
    assert fresh(site).is_in_use and fresh(site).conditions == CONDITIONS
    let_in(office, site, office.registrar)


@pytest.mark.clause("facilities.site.machines", "facilities.duty_room")
def test_machine_rooms_have_their_rules_and_duty_rooms_their_size(office):
    room = a_room(office, "中心机房")
    with pytest.raises(Refusal) as caught:
        proposed(office, kind=Kind.MACHINE_ROOM, place=room)
    assert caught.value.clause == "facilities.site.machines"
    site = in_use(office, kind=Kind.MACHINE_ROOM, place=room, regulation="机房管理办法")
    assert site.is_in_use and site.regulation == "机房管理办法"
    duty = {"place": a_room(office, "总值班室"), "level": Level.INTERNAL, "cabinet": None}
    with pytest.raises(Refusal) as caught:
        proposed(office, kind=Kind.CHIEF_DUTY, **duty)
    assert caught.value.clause == "facilities.duty_room"
    site = in_use(office, kind=Kind.CHIEF_DUTY, area=69, **duty)
    assert too_small(site, at=NOW) == 70
    with prepared(office.body):
        site.area = 70
        site.save()
    assert too_small(site, at=NOW) is None


@pytest.mark.clause("facilities.site")
def test_a_site_is_given_up_when_nobody_is_inside(office):
    site = strongroom(office)
    passage = let_in(office, site, office.registrar)
    given = {"actor": person(office.office), "subject": fresh(site), "at": NOW}
    with pytest.raises(Refusal):
        sites.close(**given, reason="搬迁")
    with prepared(office.body):
        passage.leave(left_at=NOW)
    with pytest.raises(Refusal):
        sites.close(**given, reason=" ")
    sites.close(**given, reason="搬迁")
    assert fresh(site).state == State.CLOSED
    with pytest.raises(Refusal):
        let_in(office, site, office.registrar)
