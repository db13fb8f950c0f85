"""What dispatch decides about a letter: by the same list, the same register, the same lineage."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY, prepared
from shoumi.domains.classification.models import Authority, Determination
from shoumi.domains.classification.services import changing
from shoumi.domains.classification.tests.scene import fresh, listed, person
from shoumi.domains.dispatch.services import printing, reviewing
from shoumi.domains.dispatch.tests.scene import agreed, reviewed
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal


@pytest.mark.clause("classification.derive", "classification.derive.follow", "dispatch.classify")
def test_a_derived_letter_takes_its_mark_over_and_follows_its_source(office):
    people = [office.handler, office.authority]
    source = receive(actor=office.registrar, at=NOW, **written(office, people=people))
    letter = reviewed(office)
    given = {"subject": letter, "at": NOW, "mark": "秘密★5年", "sources": source.number}
    with pytest.raises(Refusal) as caught:
        reviewing.classify(actor=person(office.authority), **given)
    assert caught.value.clause == "classification.derive"
    reviewing.classify(actor=person(office.authority), likeness="same", **given)
    letter = fresh(letter)
    assert (letter.mark_text, letter.level) == ("机密★2036年8月28日", Level.SECRET)
    agreed(letter.signing)
    printing.number(actor=office.registrar, subject=fresh(letter), at=NOW, suffix="发")
    printing.print_run(
        actor=office.registrar,
        subject=fresh(letter),
        at=NOW,
        made=3,
        press="机要室",
        printer="区敏",
        place=office.safe,
    )
    letter = fresh(letter)
    row = Determination.over(letter.label)
    assert (row.document, row.copies, row.manner) == (letter.document, 3, "derived")
    changing.enter_notice(
        actor=office.registrar,
        paper=source.number,
        at=NOW,
        notice_number="岚保解〔2026〕3号",
        mark="解密",
    )
    letter = fresh(letter)
    assert (letter.mark_now, letter.struck_marks, letter.level) == (
        "",
        ["机密★2036年8月28日"],
        Level.INTERNAL,
    )


@pytest.mark.clause("classification.authority", "classification.default", "dispatch.classify")
def test_a_letter_is_decided_by_the_register_and_by_the_list(office):
    letter = reviewed(office)
    matter = listed(office)
    given = {"subject": letter, "at": NOW, "mark": "机密★10年"}
    with pytest.raises(Refusal) as caught:
        reviewing.classify(actor=office.authority, matter=matter, **given)
    assert caught.value.clause == "classification.elements"
    with prepared(office.body):
        Authority.of(office.authority, on=TODAY).end(on=TODAY - timedelta(days=1))
    with pytest.raises(Denied) as caught:
        reviewing.classify(actor=office.authority, basis="保密事项范围第三条", **given)
    assert caught.value.clause == "classification.authority"
    assert fresh(letter).state == "classify" and Determination.over(letter.label) is None
