"""A letter's whole life through the services: from the draft to the last receipt and the year's end."""

from datetime import timedelta

import pytest

from conftest import NOW
from shoumi.domains.dispatch.models import Letter, Recipient
from shoumi.domains.dispatch.services import receipts
from shoumi.domains.dispatch.tests import scene
from shoumi.domains.dispatch.tests.scene import fresh, line_to, person
from shoumi.domains.documents.models import Copy, Document
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.selectors import Scope, statement
from shoumi.platform.obligations.models import Duty
from shoumi.platform.trail.verify import verify


@pytest.mark.clause("dispatch.stages", "dispatch.send", "dispatch.print.count", "dispatch.recall")
def test_from_draft_to_receipt_every_copy_is_accounted_for(office):
    scene.heads(office)
    asked = [office.departments["审批科"]]
    letter = scene.sent(office, countersigners=asked, is_returnable=True)
    assert (letter.stage, letter.number) == ("公文办理", "甲局发〔2026〕1号")
    assert letter.issued_on == office.today and letter.signed_by == office.head
    document = Document.unscoped.get(pk=letter.document_id)
    assert (document.number, document.direction) == ("发文〔2026〕1号", "outgoing")
    assert document.issue_number == letter.number and document.label_id == letter.label_id
    numbers = Copy.unscoped.filter(document=document).order_by("copy_number")
    assert list(numbers.values_list("copy_number", flat=True)) == [f"{n:06d}" for n in range(1, 6)]
    outside, inside = Recipient.all_of(letter)
    assert (outside.copy_numbers, inside.copy_numbers) == ("000001-000002", "000003")
    assert {item.holder.outside for item in outside.items()} == {office.other}

    receipts.hand(actor=office.registrar, subject=inside, at=NOW, signer=office.peer)
    assert fresh(letter).state == Letter.State.SENT
    receipts.sign_for(actor=person(office.peer), subject=fresh(inside), at=NOW)
    scene.received(office, fresh(outside))
    letter = fresh(letter)
    assert (letter.state, letter.stage) == (Letter.State.CLOSED, "公文管理")
    account = statement(reader=office.registrar, at=NOW, scope=Scope(labels=[letter.label_id]))
    assert account.balances
    assert (account["made"], account["transferred"], account["closing"]) == (5, 2, 3)
    # The last day of its period is years away, and nobody is asked about it before then.
    open_ones = Duty.objects.filter(state=Duty.State.OPEN, raised_at__lte=NOW)
    assert set(open_ones.values_list("kind", flat=True)) == {"dispatch.recall"}

    later = NOW + timedelta(days=100)
    outside = line_to(letter, "乙局")
    receipts.recall(actor=person(office.registrar), subject=outside, at=later, place=office.safe)
    account = statement(
        reader=person(office.registrar), at=later, scope=Scope(labels=[letter.label_id])
    )
    assert account.balances and (account["back"], account["closing"]) == (2, 5)
    assert {item.state for item in fresh(outside).items()} == {Item.State.HELD}
    assert verify().findings == []
