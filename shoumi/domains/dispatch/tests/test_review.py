"""dispatch.countersign, .decline, .classify and the two approvals: nothing is signed out of its turn."""

from datetime import date, timedelta

import pytest

from conftest import NOW, prepared
from shoumi.domains.dispatch.models import Countersign, Letter
from shoumi.domains.dispatch.services import drafting, printing, reviewing
from shoumi.domains.dispatch.tests.scene import (
    agreed,
    classified,
    drafted,
    fresh,
    heads,
    person,
    reviewed,
    signed,
    submitted,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.approvals.models import Case, CaseStep, Seat
from shoumi.platform.approvals.services import refuse, send_back
from shoumi.platform.directory.models import Appointment
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.trail.verify import verify


def waiting_on(case):
    seat = Seat.objects.filter(step__case=case, state=Seat.State.WAITING).first()
    return person(seat.person), Case.unscoped.get(pk=case.pk)


@pytest.mark.clause("dispatch.review", "dispatch.necessity")
def test_review_may_end_in_not_sending_or_in_another_draft(office):
    letter = submitted(office)
    labels = CaseStep.objects.filter(case=letter.review).order_by("order")
    assert [s.label for s in labels] == ["拟稿部门审稿", "办公室核稿"]
    actor, case = waiting_on(letter.review)
    send_back(actor=actor, subject=case, at=NOW, opinion="补充依据")
    assert fresh(letter).state == Letter.State.DRAFT
    assert [d.text for d in mine(person(office.handler), at=NOW)] == ["稿〔2026〕1号 退回修改"]
    drafting.submit(actor=office.handler, subject=fresh(letter), at=NOW)
    assert not mine(person(office.handler), at=NOW).exists() and fresh(letter).round == 2
    actor, case = waiting_on(fresh(letter).review)
    refuse(actor=actor, subject=case, at=NOW, opinion="可发可不发，不发")
    letter = fresh(letter)
    assert (letter.state, letter.dropped_reason) == (Letter.State.DROPPED, "可发可不发，不发")
    own = submitted(office, actor=office.chief)
    (step,) = CaseStep.objects.filter(case=own.review)
    assert step.label == "办公室核稿"
    assert verify().findings == []


@pytest.mark.clause("dispatch.countersign")
def test_every_department_asked_must_agree_in_words_before_anything_is_classified(office):
    heads(office)
    asked = [office.departments["审批科"], office.departments["保密办"]]
    letter = reviewed(office, countersigners=asked)
    row, other = Countersign.all_of(letter)
    assert letter.state == Letter.State.COSIGN and row.state == Countersign.State.WAITING
    with pytest.raises(Stale):
        reviewing.classify(actor=office.authority, subject=letter, at=NOW, mark="公开")
    with pytest.raises(Denied) as caught:
        reviewing.countersign(actor=office.chief, subject=fresh(row), at=NOW, opinion="同意")
    assert caught.value.clause == "dispatch.countersign"
    peer = person(office.peer)
    with pytest.raises(Refusal):
        reviewing.countersign(actor=peer, subject=fresh(row), at=NOW, opinion=" ")
    reviewing.decline(actor=peer, subject=fresh(row), at=NOW, opinion="第三条待商")
    assert fresh(letter).state == Letter.State.DRAFT
    drafting.submit(actor=person(office.handler), subject=fresh(letter), at=NOW)
    agreed(fresh(letter).review)
    anew = {one.department: one for one in Countersign.all_of(letter)}
    again, other = anew[asked[0]], anew[asked[1]]
    assert again.pk != row.pk and fresh(row).opinion == "第三条待商"
    reviewing.countersign(actor=peer, subject=fresh(again), at=NOW, opinion="已协商一致，同意")
    assert fresh(letter).state == Letter.State.COSIGN, "one of two is not all"
    office_head = person(office.office)
    reviewing.countersign(actor=office_head, subject=fresh(other), at=NOW, opinion="同意")
    assert fresh(letter).state == Letter.State.CLASSIFY
    assert not Duty.objects.filter(kind="dispatch.countersign", state=Duty.State.OPEN).exists()
    with pytest.raises(Stale):
        reviewing.countersign(actor=peer, subject=fresh(again), at=NOW, opinion="同意")


@pytest.mark.clause("dispatch.classify", "dispatch.sign")
def test_the_authority_decides_level_period_and_ground_and_it_is_the_label_that_changes(office):
    letter = reviewed(office)
    with pytest.raises(Refusal) as caught:
        reviewing.classify(actor=office.authority, subject=letter, at=NOW, mark="秘密★5年")
    assert caught.value.clause == "dispatch.classify"
    given = {"mark": "秘密★5年", "basis": "保密事项范围第四条"}
    reviewing.classify(actor=office.authority, subject=fresh(letter), at=NOW, **given)
    letter = fresh(letter)
    assert (letter.level, letter.mark_text) == (Level.CONFIDENTIAL, "秘密★5年")
    assert letter.classified_by == office.authority and letter.state == Letter.State.SIGNING
    labels = CaseStep.objects.filter(case=letter.signing).order_by("order")
    assert [s.label for s in labels] == ["保密审查", "领导签发"]
    own = reviewed(office)
    with prepared(office.body):
        Appointment.objects.create(
            person=office.handler,
            post="classification_authority",
            body=office.body,
            since=office.today,
        )
    with pytest.raises(Denied) as caught:
        reviewing.classify(actor=person(office.handler), subject=own, at=NOW, **given)
    assert caught.value.clause == "dispatch.classify"


@pytest.mark.clause("dispatch.sign", "dispatch.stages")
def test_the_last_signature_issues_the_letter_and_a_refused_one_is_not_sent(office):
    letter = signed(office)
    assert (letter.state, letter.signed_by) == (Letter.State.SIGNED, office.head)
    assert letter.number == "" and letter.issued_on == office.today
    later = classified(office)
    agreed(later.signing, at=NOW + timedelta(days=3))
    assert fresh(later).expires_on == date(2036, 9, 4), "the period begins with the day of issue"
    duties = Duty.objects.filter(kind="dispatch.number", state=Duty.State.OPEN)
    assert {duty.post for duty in duties} == {"registrar"} and len(duties) == 2

    back = classified(office)
    actor, case = waiting_on(back.signing)
    assert actor == office.office, "保密审查 comes before every signature"
    send_back(actor=actor, subject=case, at=NOW, opinion="依据不明")
    back = fresh(back)
    assert (back.state, back.classified_by) == (Letter.State.DRAFT, None)

    stopped = classified(office)
    actor, case = waiting_on(stopped.signing)
    refuse(actor=actor, subject=case, at=NOW, opinion="内容不宜扩散")
    assert fresh(stopped).state == Letter.State.DROPPED
    assert drafted(office).state == Letter.State.DRAFT and verify().findings == []


@pytest.mark.clause("dispatch.sign", "approvals.authorisation")
def test_a_signature_that_ran_out_is_asked_for_again_and_the_old_one_is_void(office):
    letter = signed(office)
    late = NOW + timedelta(days=120)
    with pytest.raises(Stale):
        printing.number(actor=person(office.registrar), subject=letter, at=late)
    with pytest.raises(Denied):
        reviewing.present(actor=person(office.chief), subject=fresh(letter), at=NOW)
    reviewing.present(actor=person(office.handler), subject=fresh(letter), at=NOW)
    again = fresh(letter)
    assert (again.signed_by, again.issued_on) == (None, None)
    assert again.signing_id != letter.signing_id and again.classified_by == office.authority
    assert not Duty.objects.filter(kind="dispatch.number", state=Duty.State.OPEN).exists()
    agreed(again.signing)
    printing.number(actor=person(office.registrar), subject=fresh(letter), at=NOW)
    assert fresh(letter).number == "甲局〔2026〕1号"
    with pytest.raises(Stale):
        reviewing.present(actor=person(office.handler), subject=fresh(letter), at=NOW)


@pytest.mark.clause("grades.shell")
def test_a_shell_stays_a_shell(office, settings):
    settings.DEPLOYMENT_GRADE = Level.CONFIDENTIAL
    letter = reviewed(office, title="")
    with pytest.raises(Refusal) as caught:
        reviewing.classify(actor=office.authority, subject=letter, at=NOW, mark="公开")
    assert caught.value.clause == "grades.shell"
    reviewing.classify(actor=office.authority, subject=fresh(letter), at=NOW, mark="机密★5年")
    settings.DEPLOYMENT_GRADE = Level.INTERNAL
    plain = reviewed(office, mark="内部")
    with pytest.raises(Refusal) as caught:
        given = {"mark": "秘密★5年", "basis": "第四条"}
        reviewing.classify(actor=office.authority, subject=plain, at=NOW, **given)
    assert caught.value.clause == "grades.content"
