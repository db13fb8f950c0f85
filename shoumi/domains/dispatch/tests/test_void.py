"""dispatch.void: a number that will not be used stays in the book, with its reason and a second person."""

from typing import ClassVar

import pytest

from conftest import NOW
from shoumi.domains.dispatch import registers, verbs
from shoumi.domains.dispatch.models import Letter, Recipient
from shoumi.domains.dispatch.services import printing, voiding
from shoumi.domains.dispatch.tests.scene import agreed, fresh, numbered, person, signed
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.obligations.models import Duty
from shoumi.platform.registers.testing import VerbCase
from shoumi.platform.trail.verify import verify

pytestmark = pytest.mark.urls("shoumi.domains.dispatch.tests.pages")


@pytest.mark.clause("dispatch.number.void")
def test_a_void_number_stays_used_and_its_reason_and_second_person_stand_in_the_book(office):
    letter = numbered(office)
    registrar = person(office.registrar)
    with pytest.raises(Refusal) as caught:
        voiding.void(actor=registrar, subject=letter, at=NOW, reason=" ")
    assert caught.value.clause == "dispatch.number.void"
    voiding.void(actor=registrar, subject=fresh(letter), at=NOW, reason="会议取消，不再印发")
    with pytest.raises(Refusal):
        voiding.void(actor=registrar, subject=fresh(letter), at=NOW, reason="再提")
    assert fresh(letter).state == Letter.State.NUMBERED
    agreed(fresh(letter).voiding)
    letter = fresh(letter)
    assert (letter.state, letter.voided_by, letter.void_reason) == (
        Letter.State.VOID,
        office.director,
        "会议取消，不再印发",
    )
    assert not Recipient.all_of(letter), "nothing of its list is left to send"
    assert not Duty.objects.filter(kind=printing.PRINT.key, state=Duty.State.OPEN).exists()
    with pytest.raises(Stale):
        printing.print_run(
            actor=registrar,
            subject=letter,
            at=NOW,
            made=5,
            press="机要室",
            printer="区敏",
            place=office.safe,
        )
    following = signed(office, title="关于另一事项的通知")
    printing.number(actor=registrar, subject=following, at=NOW, suffix="发")
    assert fresh(following).register_number == letter.register_number + 1
    listed = registers.BOOK.visible(registrar, at=NOW)
    assert letter.pk in {row.pk for row in listed}
    assert verify().findings == []


class TestVoid(VerbCase):
    register, verb, who = registers.LETTERS, verbs.VOID, "registrar"
    data: ClassVar = {"reason": "不再印发"}
    refused: ClassVar = {"reason": " "}

    def prepare(self, office):
        return numbered(office)
