"""handling.archive: finished papers go to the archivist, who counts them in."""

import pytest

from conftest import NOW
from shoumi.domains.documents.models import Document
from shoumi.domains.documents.services.deciding import close, instruct, propose
from shoumi.domains.handling.models import Archiving
from shoumi.domains.handling.services import archiving
from shoumi.domains.handling.tests.scene import (
    appoint,
    approve,
    copies,
    fresh,
    paper,
    person,
    turn_down,
)
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.trail.verify import verify


@pytest.fixture
def finished(office) -> Document:
    """A paper that was handled, with 仇明 as the archivist."""
    appoint(office, office.authority, "archivist")
    document = paper(office)
    propose(
        actor=office.director, subject=document, at=NOW, addressee=office.leader, text="请阅示。"
    )
    instruct(actor=office.leader, subject=document, at=NOW, text="存。", readers=[])
    close(actor=office.registrar, subject=document, at=NOW)
    return document


def asked(office, items, **changed) -> Archiving:
    given = {"actor": office.registrar, "year": 2026, "volume": "2026-机密-01"} | changed
    return archiving.archive(at=NOW, items=items, **given)


@pytest.mark.clause("carriers.archive.handover", "documents.archive")
def test_the_archivist_counts_in_what_the_director_approved(office, finished):
    items = copies(finished)
    request = approve(asked(office, items))
    archivist = person(office.authority)
    assert mine(archivist, at=NOW).get().kind == "handling.archive.take"
    given = {"actor": archivist, "subject": request, "at": NOW, "shelf": "档案室三排"}
    with pytest.raises(Refusal) as caught:
        archiving.take(counted=2, **given)
    assert caught.value.clause == "carriers.archive.handover"
    archiving.take(counted=3, **given)
    assert {str(fresh(i).holder) for i in items} == {"已归档移交"}
    assert fresh(finished).state == Document.State.ARCHIVED
    assert verify().findings == []


@pytest.mark.clause("documents.archive")
def test_an_unfinished_paper_stays(office, finished):
    with pytest.raises(Refusal) as caught:
        asked(office, copies(paper(office)))
    assert caught.value.clause == "documents.archive"


@pytest.mark.clause("carriers.archive.handover")
def test_without_an_archivist_nothing_is_proposed(office):
    document = paper(office)
    with pytest.raises(Refusal):
        asked(office, copies(document))
    with pytest.raises(Denied):
        asked(office, copies(document), actor=office.handler)


def test_the_archivist_is_told_only_when_it_is_approved(office, finished):
    items = copies(finished)
    archivist = person(office.authority)
    turn_down(asked(office, items[:1]))
    assert not Archiving.objects.visible_to(archivist, at=NOW).exists()
    request = approve(asked(office, [fresh(items[0])]))
    archiving.withdraw_archiving(actor=office.registrar, subject=request, at=NOW)
    assert (fresh(request).state, fresh(items[0]).state) == ("withdrawn", "held")
