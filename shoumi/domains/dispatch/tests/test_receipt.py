"""dispatch.hand, .sign_for, .receipt, .remind, .recall: every copy is signed for, and what was lent comes back."""

from datetime import timedelta

import pytest

from conftest import NOW
from shoumi.domains.dispatch.models import Letter
from shoumi.domains.dispatch.services import receipts, sending
from shoumi.domains.dispatch.tests.scene import (
    COURIER,
    fresh,
    line_to,
    person,
    received,
    sealed,
    sent,
)
from shoumi.domains.handling.services.destroying import propose
from shoumi.domains.handling.tests.test_destroy import LIST
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.custody.selectors import Scope, statement
from shoumi.platform.custody.services import give_back, take_back
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.trail.verify import verify

LATER = NOW + timedelta(hours=2)


@pytest.mark.clause("dispatch.hand", "dispatch.distribution")
def test_a_department_signs_in_person_and_nobody_off_the_list_gets_a_copy(office):
    letter = sent(office)
    line = line_to(letter, "审批科")
    with pytest.raises(Refusal) as caught:
        receipts.hand(actor=office.registrar, subject=fresh(line), at=NOW, signer=office.handler)
    assert caught.value.clause == "dispatch.distribution"
    # 冼梅 is of the department, but not cleared: nothing lets the copy into such hands.
    with pytest.raises(Refusal):
        receipts.hand(actor=office.registrar, subject=fresh(line), at=NOW, signer=office.window)
    receipts.hand(actor=office.registrar, subject=fresh(line), at=NOW, signer=office.peer)
    assert [d.text for d in mine(person(office.peer), at=NOW)] == ["签收 甲局发〔2026〕1号"]
    with pytest.raises(Denied) as caught:
        receipts.sign_for(actor=person(office.handler), subject=fresh(line), at=NOW)
    assert caught.value.clause == "dispatch.hand"
    receipts.sign_for(actor=person(office.peer), subject=fresh(line), at=NOW)
    line = fresh(line)
    assert (line.received_by, line.received_at) == ("解峰", NOW)
    assert {i.holder.person for i in line.items()} == {office.peer}
    with pytest.raises(Stale):
        receipts.sign_for(actor=person(office.peer), subject=line, at=NOW)


@pytest.mark.clause("dispatch.receipt", "dispatch.receipt.check")
def test_a_receipt_repeats_what_was_put_into_the_envelope(office):
    line = line_to(sent(office), "乙局")
    given = {
        "receipt": "回〔2026〕9号",
        "received_by": "翟一",
        "received_at": NOW + timedelta(hours=1),
        "check_value": line.check_value.lower(),
    }
    for clause, wrong in (
        ("dispatch.receipt.check", {"check_value": "0" * 8}),
        ("dispatch.receipt", {"receipt": " "}),
        ("dispatch.receipt", {"received_by": ""}),
        ("dispatch.receipt", {"received_at": NOW - timedelta(hours=1)}),
        ("dispatch.receipt", {"received_at": LATER + timedelta(hours=1)}),
    ):
        with pytest.raises(Refusal) as caught:
            receipts.enter_receipt(
                actor=office.registrar, subject=fresh(line), at=LATER, **given | wrong
            )
        assert caught.value.clause == clause
    reminder = receipts.remind(
        actor=office.director, subject=fresh(line), at=LATER, words="请速退回执。"
    )
    assert reminder.duty.reminders == 1
    receipts.enter_receipt(actor=office.registrar, subject=fresh(line), at=LATER, **given)
    assert not Duty.objects.filter(kind="dispatch.receipt", state=Duty.State.OPEN).exists()
    with pytest.raises(Refusal):
        receipts.remind(actor=office.director, subject=fresh(line), at=LATER, words="请速办。")
    with pytest.raises(Stale):
        receipts.enter_receipt(actor=office.registrar, subject=fresh(line), at=LATER, **given)


@pytest.mark.clause("dispatch.recall", "dispatch.print.count")
def test_what_was_sent_comes_back_at_the_years_end_and_is_destroyed_by_number(office):
    letter = sealed(office, is_returnable=True, distribution_list="乙局 2\n审批科 1")
    sending.send(actor=office.registrar, subject=letter, at=NOW, **COURIER)
    inside, outside = line_to(letter, "审批科"), line_to(letter, "乙局")
    receipts.hand(actor=office.registrar, subject=inside, at=NOW, signer=office.peer)
    receipts.sign_for(actor=person(office.peer), subject=fresh(inside), at=NOW)
    received(office, fresh(outside))
    (duty,) = Duty.objects.filter(kind="dispatch.recall", state=Duty.State.OPEN)
    assert (duty.due_at.month, duty.due_at.day) == (12, 31)
    with pytest.raises(Refusal) as caught:
        receipts.recall(actor=office.registrar, subject=fresh(inside), at=LATER, place=office.safe)
    assert caught.value.clause == "dispatch.recall" and "未交还" in str(caught.value)
    back = give_back(actor=person(office.peer), subject=inside.items(), at=LATER)
    take_back(actor=office.registrar, subject=back, at=LATER, place=office.safe)
    for line in (inside, outside):
        given = {"subject": fresh(line), "at": LATER, "place": office.safe}
        receipts.recall(actor=office.registrar, **given)
    assert not Duty.objects.filter(kind="dispatch.recall", state=Duty.State.OPEN).exists()
    request = propose(actor=office.registrar, at=LATER, items=outside.items(), **LIST)
    assert request.pieces == 2
    account = statement(reader=office.registrar, at=LATER, scope=Scope(labels=[letter.label_id]))
    assert account.balances and account["closing"] == 5
    assert fresh(letter).state == Letter.State.CLOSED and verify().findings == []


@pytest.mark.clause("dispatch.recall", "dispatch.receipt")
def test_what_never_arrived_comes_back_into_the_account(office):
    letter = sent(office)
    inside, outside = line_to(letter, "审批科"), line_to(letter, "乙局")
    receipts.hand(actor=office.registrar, subject=inside, at=NOW, signer=office.peer)
    for line in (inside, outside):
        given = {"subject": fresh(line), "at": LATER, "place": office.safe}
        receipts.recall(actor=office.registrar, **given)
        assert {i.holder.place for i in fresh(line).items()} == {office.safe}
    assert fresh(letter).state == Letter.State.CLOSED
    assert not Duty.objects.filter(kind__startswith="dispatch.", state=Duty.State.OPEN).exists()
    with pytest.raises(Stale):
        receipts.sign_for(actor=person(office.peer), subject=fresh(inside), at=LATER)
    with pytest.raises(Stale):
        receipts.recall(actor=office.registrar, subject=fresh(outside), at=LATER, place=office.safe)
    account = statement(reader=office.registrar, at=LATER, scope=Scope(labels=[letter.label_id]))
    assert account.balances and account["closing"] == 5 and verify().findings == []
