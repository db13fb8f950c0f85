"""organisation.employment.*: in which capacity somebody works here; outsiders end on their last day."""

import pytest

from conftest import NOW, TODAY
from shoumi.domains.organisation.models import Employment
from shoumi.domains.organisation.selectors import employments_by_category
from shoumi.domains.organisation.services import staff
from shoumi.domains.organisation.tests.scene import DAY, fresh, person
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.obligations.loop import tick
from shoumi.platform.trail.verify import verify

FIT = ["政治条件", "职业道德", "专业业务", "身体健康"]
CONTRACT = {"project": "系统运维", "until": TODAY + 30 * DAY, "pledged_on": TODAY}


def entered(office, who, category, **changed):
    given = {"conditions": FIT, "since": TODAY} | changed
    return staff.enter(
        actor=person(office.office),
        at=NOW,
        person=getattr(office, who),
        category=category,
        **given,
    )


@pytest.mark.clause("organisation.employment", "organisation.employment.conditions")
def test_nobody_begins_without_the_four_conditions_and_all_are_counted(office):
    for missing in FIT:
        with pytest.raises(Refusal, match=missing) as caught:
            entered(office, "newcomer", "实习生", conditions=[c for c in FIT if c != missing])
        assert caught.value.clause == "organisation.employment.conditions"
    with pytest.raises(Refusal):
        entered(office, "newcomer", "实习生", until=TODAY - DAY)
    row = entered(office, "newcomer", "实习生")
    with pytest.raises(Stale):
        entered(office, "newcomer", "合同制")
    entered(office, "handler", "在编")
    counted = dict(employments_by_category(office.body, on=TODAY))
    assert (counted["实习生"], counted["在编"], counted["劳务派遣"]) == (1, 1, 0)
    assert counted["尚未登记"] == 17
    staff.end(actor=person(office.office), subject=row, at=NOW)
    assert fresh(office.newcomer).active, "the account of our own is another's to stop"
    assert dict(employments_by_category(office.body, on=TODAY))["实习生"] == 0
    with pytest.raises(Stale):
        staff.end(actor=person(office.office), subject=fresh(row), at=NOW)


@pytest.mark.clause("organisation.employment.outside")
def test_an_outsider_has_a_project_a_pledge_and_a_last_day_on_which_all_rights_end(office):
    for missing in CONTRACT:
        with pytest.raises(Refusal) as caught:
            entered(
                office,
                "junior",
                "外包服务人员",
                **{**CONTRACT, missing: "" if missing == "project" else None},
            )
        assert caught.value.clause == "organisation.employment.outside"
    row = entered(office, "junior", "外包服务人员", **CONTRACT)
    tick(NOW + 29 * DAY)
    assert fresh(office.junior).active
    assert tick(NOW + 31 * DAY).failed == []
    junior = fresh(office.junior)
    assert not junior.active and junior.session_epoch == 1
    assert fresh(row).state == Employment.State.ENDED
    early = entered(office, "peer", "合作单位人员", **CONTRACT)
    staff.end(actor=person(office.office), subject=early, at=NOW)
    assert not fresh(office.peer).active
    assert verify().findings == []
