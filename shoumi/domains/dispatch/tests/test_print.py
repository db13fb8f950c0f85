"""dispatch.number, .print: no number before the signature, none left out, no copy too many."""

import pytest

from conftest import NOW, prepared
from shoumi.domains.dispatch.models import Letter, Recipient
from shoumi.domains.dispatch.services import printing
from shoumi.domains.dispatch.tests.scene import classified, fresh, numbered, printed, signed
from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.handling.services.borrowing import request_borrow
from shoumi.domains.handling.tests.scene import BORROW
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Person
from shoumi.platform.trail.verify import verify

ROOM = {"press": "机要室", "printer": "区敏"}


def enter(office, letter, **changed):
    given = ROOM | {"made": letter.print_run, "place": office.safe} | changed
    return printing.print_run(actor=office.registrar, subject=fresh(letter), at=NOW, **given)


@pytest.mark.clause("dispatch.number", "dispatch.sign", "documents.number.form")
def test_numbers_follow_one_another_in_each_series_and_only_after_the_signature(office):
    unsigned = classified(office)
    with pytest.raises(Stale):
        printing.number(actor=office.registrar, subject=unsigned, at=NOW)
    first, second = numbered(office), numbered(office)
    assert (first.number, second.number) == ("甲局发〔2026〕1号", "甲局发〔2026〕2号")
    with pytest.raises(Stale):
        printing.number(actor=office.registrar, subject=first, at=NOW)
    third = signed(office)
    printing.number(actor=office.registrar, subject=third, at=NOW, suffix="函")
    assert fresh(third).number == "甲局函〔2026〕1号"
    # The book counts on whichever word the paper bears, and apart from the book of what came in.
    assert fresh(third).register_number == 3
    assert [line.copy_numbers for line in Recipient.all_of(third)] == [
        "000001-000002",
        "000003",
    ]
    fourth = signed(office)
    with prepared(office.body):
        type(office.body).objects.filter(pk=office.body.pk).update(issuer_word="")
    registrar = Person.objects.get(pk=office.registrar.pk)
    with pytest.raises(Refusal) as caught:
        printing.number(actor=registrar, subject=fresh(fourth), at=NOW)
    assert caught.value.clause == "dispatch.number"
    assert verify().findings == []


@pytest.mark.clause("dispatch.print", "dispatch.print.waste", "dispatch.print.count")
def test_the_printing_register_says_how_many_which_and_by_whom(office):
    letter = numbered(office)
    for clause, wrong in (
        ("dispatch.print", {"made": 6}),
        ("dispatch.distribution.sum", {"made": 2}),
        ("dispatch.print", {"press": "街头打印店"}),
        ("dispatch.print.waste", {"waste": 3}),
    ):
        with pytest.raises(Refusal) as caught:
            enter(office, letter, **wrong)
        assert caught.value.clause == clause
    assert not Document.unscoped.exists() and not Item.unscoped.exists()
    enter(office, letter, made=4, waste=3, waste_witness="曾静")
    letter = fresh(letter)
    assert (letter.made, letter.waste, letter.waste_witness) == (4, 3, "曾静")
    assert letter.printed_on == office.today and letter.state == Letter.State.PRINTED
    copies = Copy.unscoped.filter(document=letter.document).select_related("item__holder")
    assert {c.item.source for c in copies} == {Item.Source.MADE}
    assert {c.item.holder.place for c in copies} == {office.safe}
    with pytest.raises(Stale):
        enter(office, letter)
    assert verify().findings == []


@pytest.mark.clause("dispatch.stages")
def test_the_file_copy_is_a_paper_of_the_registry_like_any_other(office):
    letter = printed(office)
    kept = Copy.unscoped.get(document=letter.document, copy_number="000005")
    loan = request_borrow(actor=office.handler, subject=kept.item, at=NOW, **BORROW)
    assert loan.item == kept.item
    found = Document.objects.visible_to(office.handler, at=NOW).get(issue_number=letter.number)
    assert (found.state, found.issuer, found.copies) == ("handled", "甲局", 5)
