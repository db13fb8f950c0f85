"""organisation.organ.*, organisation.unit.*: set up by a paper, dissolved by one; a studio by the head alone."""

import pytest

from conftest import NOW, TODAY
from shoumi.domains.organisation.models import Organ, Tenure
from shoumi.domains.organisation.selectors import departments_open
from shoumi.domains.organisation.services import organs, units
from shoumi.domains.organisation.tests import scene
from shoumi.domains.organisation.tests.scene import DAY, fresh, person
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.approvals.models import Case, Seat
from shoumi.platform.approvals.services import agree, refuse
from shoumi.platform.trail.verify import verify

State = Organ.State


def decided(office, organ, vote):
    case = Case.unscoped.get(pk=organ.case_id)
    (seat,) = Seat.objects.filter(step__case=case, state=Seat.State.WAITING)
    assert seat.person == office.head, "nobody but the head decides"
    vote(actor=person(office.head), subject=case, at=NOW, opinion="已阅。")


@pytest.mark.clause("organisation.office", "organisation.functions", "organisation.organs")
def test_what_an_organ_must_say_of_itself(office):
    for wrong, clause in (
        ({"kind": "office"}, "organisation.office"),
        ({"kind": "office", "superior": "市保密局"}, "organisation.office"),
        ({"kind": "functional_group"}, "organisation.functions"),
        ({"kind": "union", "set_up_on": TODAY + DAY}, "organisation.organs"),
    ):
        with pytest.raises(Refusal) as caught:
            scene.organ(office, **wrong)
        assert caught.value.clause == clause
    made = scene.organ(office, "office", superior="市保密局", leader=office.leader)
    assert (made.superior, made.leader, made.state) == ("市保密局", office.leader, State.STANDING)
    two = scene.organ(office, "functional_group", functions=["定密", "计算机安全"])
    assert two.functions == ["定密", "计算机安全"], "one group may bear two functions"
    with pytest.raises(Refusal) as caught:
        scene.named(office, "office_head", "leader", organ=made)
    assert caught.value.clause == "organisation.office"
    scene.named(office, "office_head", "director", organ=made)
    with pytest.raises(Stale):
        scene.organ(office, "office", superior="市保密局", leader=office.leader)


@pytest.mark.clause("organisation.studio")
def test_a_studio_is_set_up_and_dissolved_by_the_head_alone(office):
    first = scene.organ(office, "studio", name="一号工作室")
    assert first.state == State.ASKED
    with pytest.raises(Refusal):
        scene.named(office, "studio_director", "handler", organ=first)
    decided(office, first, refuse)
    assert fresh(first).state == State.REFUSED
    second = scene.organ(office, "studio", name="一号工作室")
    decided(office, second, agree)
    assert fresh(second).state == State.STANDING
    assert {f"补齐：工作室{what}" for what in ("主任", "负责检察官", "秘书")} <= {
        duty.text for duty in scene.duties("organisation.gap")
    }
    seat = scene.named(office, "studio_director", "handler", organ=fresh(second))
    given = {"ended_on": TODAY, "reason": "职能调整"}
    actor = person(office.office)
    organs.dissolve(actor=actor, subject=fresh(second), at=NOW, **given)
    decided(office, fresh(second), refuse)
    assert fresh(second).state == State.STANDING and fresh(second).ended_on is None
    organs.dissolve(actor=actor, subject=fresh(second), at=NOW, **given)
    decided(office, fresh(second), agree)
    assert fresh(second).state == State.DISSOLVED
    assert fresh(seat).state == Tenure.State.ENDED
    with pytest.raises(Stale):
        organs.dissolve(actor=actor, subject=fresh(second), at=NOW, **given)
    assert verify().findings == []


@pytest.mark.clause("organisation.unit", "organisation.centre")
def test_a_department_that_is_closed_needs_nobody_any_more(office):
    scene.organ(office)
    science = office.departments["业务科"]
    given = {"department": science, "kind": "业务受理", "functions": "受理", "opened_on": TODAY}
    actor = person(office.director)
    unit = units.enter(actor=actor, at=NOW, **given)
    with pytest.raises(Stale):
        units.enter(actor=actor, at=NOW, **given)
    officer = scene.named(office, "department_officer", "handler", department=science)
    with pytest.raises(Refusal, match="单平"):
        units.close(actor=actor, subject=unit, at=NOW, closed_on=TODAY)
    officer.refresh_from_db()
    from shoumi.domains.organisation.services.tenures import end

    end(actor=person(office.office), subject=officer, at=NOW, until=TODAY, reason="撤并")
    with pytest.raises(Refusal):
        units.close(actor=actor, subject=unit, at=NOW, closed_on=TODAY - DAY)
    units.close(actor=actor, subject=fresh(unit), at=NOW, closed_on=TODAY)
    assert science not in departments_open(office.body)
    with pytest.raises(Stale):
        units.close(actor=actor, subject=fresh(unit), at=NOW, closed_on=TODAY)
