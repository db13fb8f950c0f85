"""A paper that the leader has instructed 单平 and 解峰 to read, and its list."""

from types import SimpleNamespace
from typing import Any

import pytest

from conftest import NOW
from shoumi.domains.circulation.models import Circulation, Reader
from shoumi.domains.circulation.services.listing import open_list
from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.documents.services.deciding import instruct, propose
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import grade, written

__all__ = ["grade"]


@pytest.fixture
def paper(office: SimpleNamespace) -> Document:
    """机密★10年 of three copies; 单平 and 解峰 are to read it."""
    return instructed(office)


def instructed(office: SimpleNamespace, **changed: Any) -> Document:
    document = receive(actor=office.registrar, at=NOW, **written(office, **changed))
    propose(
        actor=office.director, subject=document, at=NOW, addressee=office.leader, text="请阅示。"
    )
    instruct(
        actor=office.leader,
        subject=document,
        at=NOW,
        text="请单平、解峰同志阅。",
        readers=[office.handler, office.peer],
    )
    return document


@pytest.fixture
def circulation(office: SimpleNamespace, paper: Document) -> Circulation:
    return open_list(
        actor=office.registrar, subject=paper, at=NOW, readers=[office.handler, office.peer]
    )


def line(circulation: Circulation, person: Any) -> Reader:
    """The line of one reader, read afresh."""
    return next(x for x in circulation.all_readers() if x.person_id == person.pk)


def copy_of(document: Document, number: int = 1) -> Copy:
    copies = Copy.unscoped.filter(document=document).select_related("item__holder", "item__label")
    return copies.get(copy_number=f"{number:06d}")
