"""classification.propose, .decide, .turn_down: who proposes, what it rests on, who decides."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY, YEAR, prepared
from shoumi.domains.classification.models import Authority, Power
from shoumi.domains.classification.services import deciding, determining, keeping
from shoumi.domains.classification.services.steps import open_label
from shoumi.domains.classification.tests.scene import (
    copied,
    decided,
    decided_by,
    fresh,
    listed,
    passed,
    person,
    proposed,
    release,
    turn_down,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.custody.services.ledger import enter_item, holder_of
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.trail.verify import verify


@pytest.mark.clause("classification.determine")
def test_a_thing_is_protected_from_the_proposal_on_and_counts_when_decided(office):
    row = proposed(office)
    assert (row.state, row.level, row.label.level) == ("proposed", Level.SECRET, 3)
    with pytest.raises(Stale):
        determining.decide(actor=office.authority, subject=row, at=NOW, mark="机密★10年")
    row = passed(office, name="另一份名单")
    assert mine(person(office.authority), at=NOW).filter(kind="classification.decide").exists()
    determining.decide(actor=person(office.authority), subject=row, at=NOW, mark="秘密★5年")
    row = fresh(row)
    assert (row.state, row.level, row.mark_text) == ("in_force", Level.CONFIDENTIAL, "秘密★5年")
    assert (row.harm, row.proposed_mark) == ("harm", "机密★10年")
    assert verify().findings == []
    assert decided(office, name="第三份").state == "in_force"


@pytest.mark.clause("classification.determine", "classification.authority")
def test_nobody_decides_alone_and_nobody_outside_the_register(office):
    own = passed(office, actor=office.authority, name="定密责任人自拟的名单")
    for actor in (office.authority, office.registrar):
        with pytest.raises(Denied):
            determining.decide(actor=person(actor), subject=own, at=NOW, mark="机密★10年")
    assert passed(office, actor=office.office, name="保密办的名单").state == "passed"
    row = passed(office)
    with prepared(office.body):
        Authority.of(office.authority, on=TODAY).end(on=TODAY - timedelta(days=1))
    with pytest.raises(Denied) as caught:
        determining.decide(actor=office.authority, subject=row, at=NOW, mark="机密★10年")
    assert caught.value.clause == "classification.authority"
    assert fresh(row).state == "passed"


@pytest.mark.clause("classification.power")
def test_the_power_given_and_the_power_of_the_body_bound_the_level(office):
    row = passed(office)
    with prepared(office.body):
        Authority.unscoped.filter(person=office.authority).update(limit=Level.SECRET)
    with pytest.raises(Refusal) as caught:
        determining.decide(actor=office.authority, subject=row, at=NOW, mark="绝密★20年")
    assert (caught.value.clause, "所授定密权限" in caught.value.message) == (
        "classification.power",
        True,
    )
    with prepared(office.body):
        Power.unscoped.update(limit=Level.CONFIDENTIAL)
    with pytest.raises(Refusal) as caught:
        determining.decide(actor=office.authority, subject=row, at=NOW, mark="机密★10年")
    assert "本单位没有机密级定密权" in caught.value.message
    with pytest.raises(Refusal):
        deciding.designate(
            actor=office.head,
            at=NOW,
            person=office.authority,
            limit=Level.SECRET,
            document="办〔2026〕1号",
            trained_until=TODAY + YEAR,
        )


@pytest.mark.clause("classification.authority")
def test_an_authority_whose_training_has_run_out_decides_nothing(office):
    row = passed(office)
    with prepared(office.body):
        Authority.unscoped.filter(person=office.authority).update(trained_until=TODAY - YEAR)
    with pytest.raises(Refusal) as caught:
        determining.decide(actor=office.authority, subject=row, at=NOW, mark="机密★10年")
    assert "培训" in caught.value.message


@pytest.mark.clause(
    "classification.elements",
    "classification.scope",
    "classification.risk",
    "classification.harm.gravest",
    "classification.harm.grave",
    "classification.harm.plain",
    "marks.false",
)
@pytest.mark.parametrize(
    ("changed", "clause"),
    [
        ({"basis": " "}, "classification.elements"),
        ({"people": []}, "classification.elements"),
        ({"name": " "}, "classification.elements"),
        ({"mark": "机密"}, "marks.period.missing"),
        ({"risk": ""}, "classification.risk"),
        ({"harm": "harm"}, "classification.harm.plain"),
        ({"harm": "gravest"}, "classification.harm.gravest"),
        ({"mark": "秘密★5年"}, "classification.harm.grave"),
        ({"harm": "none"}, "marks.false"),
        ({"mark": "内部"}, "marks.false"),
        ({"carrier": "口头"}, "classification.carriers"),
    ],
)
def test_one_element_missing_and_nothing_is_proposed(office, changed, clause):
    with pytest.raises(Refusal) as caught:
        proposed(office, **changed)
    assert caught.value.clause == clause


@pytest.mark.clause("classification.risk", "access.clearance")
def test_the_scope_is_no_wider_than_it_must_be(office):
    with pytest.raises(Refusal) as caught:
        proposed(office, people=[office.junior])
    assert caught.value.clause == "access.clearance"
    decided_by(office, "classification.risk", "people", {"秘密": 1, "机密": 1, "绝密": 1})
    with pytest.raises(Refusal) as caught:
        proposed(office, people=[office.chief, office.peer])
    assert "过度授权" in caught.value.message
    row = proposed(office, people=[office.chief, office.peer], wide_reason="两科共同承办")
    assert row.scope == "查国栋、解峰"


@pytest.mark.clause("classification.named_only")
def test_personnel_and_petition_matters_are_for_named_people(office):
    matter = listed(office, name="干部考察材料", category="人事档案和人事文书")
    given = {"matter": matter, "mark": "", "harm": "harm"}
    with pytest.raises(Refusal) as caught:
        proposed(office, departments=[office.departments["业务科"]], **given)
    assert caught.value.clause == "classification.named_only"
    assert proposed(office, **given).mark_text == "秘密★5年"


@pytest.mark.clause("classification.default")
def test_the_list_gives_level_and_period(office):
    matter = listed(
        office, name="试题和标准答案", category="考试试题", mark="机密★启用前", harm="grave"
    )
    row = decided(office, matter=matter, mark="", basis="")
    assert (row.mark_text, row.expires_on, row.basis) == ("机密★启用前", None, matter.basis)
    with pytest.raises(Refusal) as caught:
        proposed(office, matter=matter, mark="秘密★5年", harm="harm", name="另一件")
    assert caught.value.clause == "classification.elements"


@pytest.mark.clause("classification.determine", "marks.false")
def test_what_is_no_state_secret_gets_no_mark(office):
    row = passed(office)
    with pytest.raises(Refusal) as caught:
        determining.decide(actor=office.authority, subject=row, at=NOW, mark="内部")
    assert caught.value.clause == "marks.false"
    determining.turn_down(actor=office.authority, subject=row, at=NOW, opinion="不在范围内")
    row = fresh(row)
    assert (row.state, row.mark_text, row.level) == ("turned", "", Level.INTERNAL)


@pytest.mark.clause("grades.content")
def test_above_the_grade_only_the_shell_is_kept(office, settings):
    settings.DEPLOYMENT_GRADE = Level.CONFIDENTIAL
    with pytest.raises(Refusal) as caught:
        proposed(office)
    assert caught.value.clause == "grades.content"
    row = decided(office, name="", risk="见审批表", points="第三段")
    assert (row.name, row.risk, row.points, row.called[:3]) == ("", "", "", "（名称")


@pytest.mark.clause("classification.carriers", "classification.handling", "classification.points")
def test_only_what_is_decided_enters_the_account(office):
    row = passed(office, points="第二部分名单", carrier="录音带")
    with pytest.raises(Refusal) as caught:
        copied(office, row)
    assert caught.value.clause == "classification.carriers"
    determining.decide(actor=person(office.authority), subject=row, at=NOW, mark="机密★10年")
    items = copied(office, fresh(row))
    assert [item.name for item in items] == [f"{row.number} 000001", f"{row.number} 000002"]
    assert {item.level for item in items} == {Level.SECRET}
    assert items[0].kind == "other" and fresh(row).points == "第二部分名单"
    with pytest.raises(Refusal) as caught:
        keeping.enter_carriers(
            actor=office.registrar, subject=fresh(row), at=NOW, copies=1, place=office.cabinet
        )
    assert caught.value.clause == "carriers.place"


@pytest.mark.clause("classification.medium")
def test_a_medium_is_of_the_level_of_what_is_stored_on_it(office):
    row = decided(office)
    with prepared(office.body):
        label = open_label(office.body, basis="介质", at=NOW)
        place = holder_of(body=office.body, place=office.safe)
        stick = enter_item(
            label=label, kind="medium", name="介质 7", source="received", holder=place, at=NOW, reason="登记"
        )  # fmt: skip
    keeping.store(actor=office.registrar, subject=row, at=NOW, item=stick)
    assert fresh(stick).level == Level.SECRET
    release(office, row)
    assert fresh(stick).level == Level.INTERNAL
    assert verify().findings == []


@pytest.mark.clause("classification.work", "marks.work_secret.no_star")
def test_a_work_secret_bears_its_own_mark_and_no_level(office):
    given = {
        "name": "未公开的政策研究",
        "basis": "工作秘密事项清单第一条",
        "carrier": "文稿",
        "people": [office.chief],
    }
    for mark in ("秘密★1年", "内部★5年"):
        with pytest.raises(Refusal) as caught:
            determining.propose_work(actor=office.handler, at=NOW, mark=mark, **given)
        assert caught.value.clause == "marks.work_secret.no_star"
    row = determining.propose_work(actor=office.handler, at=NOW, mark="内部", **given)
    with pytest.raises(Denied):
        determining.approve_work(actor=office.authority, subject=fresh(row), at=NOW)
    determining.approve_work(actor=person(office.leader), subject=fresh(row), at=NOW)
    row = fresh(row)
    assert (row.state, row.mark_text, row.level) == ("in_force", "内部", Level.INTERNAL)


@pytest.mark.clause("classification.determine")
def test_what_the_review_turns_down_is_proposed_anew(office):
    row = turn_down(proposed(office))
    assert (fresh(row).state, fresh(row).level) == ("void", Level.SECRET)
