"""classification.refer, .review, .fault: what others decide, what is looked at again, what was wrong."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conftest import NOW, TODAY
from shoumi.domains.classification.models import Determination
from shoumi.domains.classification.selectors import expiring, figures, to_review
from shoumi.domains.classification.services import referring, watching
from shoumi.domains.classification.tests.scene import (
    decided,
    derived,
    fresh,
    passed,
    person,
    release,
)
from shoumi.domains.ledgers.tests.rows import entered
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.obligations.loop import run_due
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.trail.verify import verify

TO = {"to": "岚江省保密局", "letter": "甲局〔2026〕9号", "reason": "范围没有列明"}


@pytest.mark.clause("classification.unclear")
def test_an_unclear_matter_is_protected_and_asked_about_within_ten_working_days(office):
    row = passed(office)
    asked = referring.refer(
        actor=office.office, subject=row, at=NOW, cause="unclear", claimed=2, **TO
    )
    assert timezone.localtime(asked.due_at).date() == TODAY + timedelta(days=14)
    assert (fresh(row).state, fresh(row).level) == ("referred", Level.SECRET)
    assert not mine(person(office.authority), at=NOW).exists()
    with pytest.raises(Refusal):
        referring.enter_answer(
            actor=office.office, subject=fresh(asked), at=NOW, answer="复〔2026〕1号", mark="内部"
        )
    referring.enter_answer(
        actor=office.office, subject=fresh(asked), at=NOW, answer="复〔2026〕1号", mark="秘密★5年"
    )
    assert (fresh(row).state, fresh(row).mark_text) == ("in_force", "秘密★5年")
    assert not mine(person(office.office), at=NOW).exists()
    assert verify().findings == []


@pytest.mark.clause("classification.unclear", "classification.power")
def test_without_power_it_is_reported_at_once_and_may_come_back_as_no_secret(office):
    row = passed(office)
    asked = referring.refer(
        actor=office.office, subject=row, at=NOW, cause="no_power", claimed=3, **TO
    )
    assert timezone.localtime(asked.due_at).date() == TODAY
    referring.enter_answer(
        actor=office.office, subject=fresh(asked), at=NOW, answer="复", mark="不属于国家秘密"
    )
    assert (fresh(row).state, fresh(row).level, fresh(row).mark_text) == (
        "turned",
        Level.INTERNAL,
        "",
    )


@pytest.mark.clause("classification.dispute")
def test_a_dispute_is_protected_at_the_highest_level_claimed(office):
    row = decided(office, mark="秘密★5年", harm="harm")
    child = derived(office, row.number)
    asked = referring.refer(
        actor=office.office, subject=row, at=NOW, cause="dispute", claimed=3, **TO
    )
    assert {fresh(r).level for r in (row, child)} == {Level.SECRET}
    with pytest.raises(Stale):
        referring.refer(
            actor=office.office, subject=fresh(row), at=NOW, cause="unclear", claimed=3, **TO
        )
    referring.enter_answer(
        actor=office.office, subject=fresh(asked), at=NOW, answer="复〔2026〕2号", mark="秘密★8年"
    )
    assert {fresh(r).level for r in (row, child)} == {Level.CONFIDENTIAL}
    assert fresh(row).struck == ["秘密★5年", "机密★20年"]


@pytest.mark.clause("classification.review", "classification.elements")
def test_everything_alive_is_looked_at_once_a_year(office):
    first, second = decided(office), decided(office, name="乙", mark="机密★6个月")
    november = NOW + timedelta(days=65)
    run_due(november)
    authority = person(office.authority)
    kinds = set(mine(authority, at=november).values_list("kind", flat=True))
    assert "recurring.classification_review" in kinds
    assert set(to_review(authority, at=november)) == {first, second}
    assert set(expiring(authority, at=NOW + timedelta(days=100))) == {second}
    said = {"conclusion": "继续保密"}
    watching.review(actor=authority, at=november, determinations=[first], **said)
    with pytest.raises(Stale):
        watching.review(actor=authority, at=november, determinations=[fresh(first)], **said)
    watching.review(actor=authority, at=november, determinations=[second], **said)
    kinds = set(mine(person(authority), at=november).values_list("kind", flat=True))
    assert "recurring.classification_review" not in kinds
    assert Determination.alive(office.body).filter(reviewed_year=2026).count() == 2


@pytest.mark.clause("classification.faults", "classification.check")
def test_wrong_marks_are_set_right_in_writing_and_counted(office):
    given = {
        "kind": "false",
        "stage": "determining",
        "carrier": "发文〔2026〕3号",
        "facts": "公开事项标密",
        "department": office.departments["业务科"],
    }
    fault = watching.record_fault(actor=office.office, at=NOW, **given)
    assert mine(office.chief, at=NOW).get().kind == "classification.fault.close"
    watching.close_fault(actor=office.chief, subject=fault, at=NOW, result="已去除标志")
    with pytest.raises(Stale):
        watching.close_fault(actor=office.chief, subject=fresh(fault), at=NOW, result="再次")
    row = decided(office)
    release(office, row)
    counted = figures(office.body, since=TODAY, until=TODAY)
    assert dict(counted.wrongs)["不属于国家秘密而标密"] == 1
    assert dict(counted.changes)["解密"] == 1
    assert counted.lines[0] == ("原始定密", [0, 0, 0, 1, 1])


@pytest.mark.clause("classification.check")
def test_twice_a_year_some_are_looked_at_for_level_and_procedure(office):
    december = NOW + timedelta(days=110)
    run_due(december)
    kind = "recurring.classification_check"
    assert mine(person(office.office), at=december).filter(kind=kind).exists()
    actor = person(office.office)
    with pytest.raises(Refusal) as caught:
        entered("spot_check", actor, at=december, accurate="不准确")
    assert "纠正通知" in caught.value.message
    entered("spot_check", actor, at=december, accurate="不准确", notice="纠〔2026〕1号")
    assert not mine(person(office.office), at=december).filter(kind=kind).exists()
