"""documents.label.print: one sheet, and a second one only with its reason."""

import pytest

from conftest import NOW
from shoumi.domains.documents.services.labels import print_labels
from shoumi.kernel.refusal import Denied, Refusal


@pytest.mark.clause("documents.label")
def test_a_reprint_asks_for_its_reason(office, receipt):
    paper = receipt(people=[office.handler])
    assert print_labels(actor=office.registrar, subject=paper, at=NOW).number == 1
    with pytest.raises(Refusal) as caught:
        print_labels(actor=office.registrar, subject=paper, at=NOW)
    assert caught.value.clause == "documents.label"
    again = print_labels(actor=office.registrar, subject=paper, at=NOW, reason="标签破损")
    assert again.number == 2
    with pytest.raises(Denied):
        print_labels(actor=office.handler, subject=paper, at=NOW)
