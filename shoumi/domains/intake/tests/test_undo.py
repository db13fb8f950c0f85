"""intake.undo: a batch goes as it came, as long as nothing of it has changed."""

import pytest

from conftest import NOW
from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.domains.handling.models import Loan
from shoumi.domains.handling.services.borrowing import return_copy
from shoumi.domains.intake.models import Batch, Taken
from shoumi.domains.intake.services import take_in, undo
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.custody.models import Item, MissingItem, Movement
from shoumi.platform.directory.models import Person
from shoumi.platform.trail.verify import verify


@pytest.mark.clause("intake.batch")
def test_a_batch_goes_whole_and_may_come_again_with_the_same_numbers(office, checked):
    for _ in range(2):
        batch = checked("documents")
        take_in(actor=office.registrar, subject=batch, at=NOW, good_only=True)
        assert Document.unscoped.count() == 5
        undo(actor=office.registrar, subject=batch, at=NOW, reason="选错了文件")
        for model in (Document, Copy, Item, Movement, MissingItem, Loan, Taken):
            assert model.unscoped.count() == 0, model
        assert (batch.state, batch.undone_by) == (Batch.State.UNDONE, office.registrar)
    assert verify().findings == []
    assert receive(actor=office.registrar, at=NOW, **written(office)).register_number == 1
    with pytest.raises(Stale):
        undo(actor=office.registrar, subject=batch, at=NOW, reason="再来")


def test_what_was_handled_since_keeps_the_whole_batch(office, checked):
    batch = checked("documents")
    take_in(actor=office.registrar, subject=batch, at=NOW, good_only=True)
    return_copy(actor=office.registrar, subject=Loan.unscoped.get(), at=NOW, intact=True)
    with pytest.raises(Refusal, match="已有变动"):
        undo(actor=office.registrar, subject=batch, at=NOW, reason="晚了")
    batch.refresh_from_db()
    assert (batch.state, Document.unscoped.count()) == (Batch.State.TAKEN, 5)


def test_a_loan_book_undone_puts_the_copy_back_where_it_was(office, checked):
    papers = checked("documents")
    take_in(actor=office.registrar, subject=papers, at=NOW, good_only=True)
    loans = checked("loans")
    take_in(actor=office.registrar, subject=loans, at=NOW, good_only=True)
    # The papers have moved since: first the loans go, then they.
    with pytest.raises(Refusal, match="已有变动"):
        undo(actor=office.registrar, subject=papers, at=NOW, reason="先后颠倒")
    undo(actor=office.registrar, subject=loans, at=NOW, reason="重录")
    copy = Copy.unscoped.get(copy_number="000002", document__title="甲件")
    assert copy.item.holder.place == office.registry
    assert not Loan.unscoped.filter(asked_by=office.handler).exists()
    assert verify().findings == []


def test_people_and_things_go_as_well(office, checked):
    for kind, who in (("people", office.sysadmin), ("computers", office.office)):
        batch = checked(kind)
        take_in(actor=who, subject=batch, at=NOW, good_only=True)
        undo(actor=who, subject=batch, at=NOW, reason="重录")
    assert not Person.objects.filter(name="钟大").exists()
    assert Item.unscoped.count() == 0
