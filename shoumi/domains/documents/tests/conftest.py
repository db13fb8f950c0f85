"""Papers for the tests: a 机密★10年 of three copies, and what a receipt form sends for it."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from conftest import NOW
from shoumi.domains.documents.models import Document
from shoumi.domains.documents.services.receiving import receive
from shoumi.kernel.levels import Level


@pytest.fixture(autouse=True)
def grade(settings: Any) -> None:
    """The house under test may hold everything; the tests of shells lower it."""
    settings.DEPLOYMENT_GRADE = Level.TOP_SECRET


def written(office: SimpleNamespace, **changed: Any) -> dict[str, Any]:
    """What the registrar writes down for an ordinary 机密 paper of three copies, four days old."""
    received_at = changed.get("received_at", NOW - timedelta(minutes=20))
    return {
        "kind": "file",
        "mark": "机密★10年",
        "urgency": "plain",
        "issuer": "岚江省保密局",
        "title": "关于重要会议保障的通知",
        "issue_number": "岚保〔2026〕7号",
        "issued_on": received_at.date() - timedelta(days=4),
        "copies": 3,
        "copy_numbers": "000001-000003",
        "place": office.safe,
        "received_at": received_at,
        "channel": "courier",
        "deliverer": "交通员甲",
        "envelope_number": "J-0417",
    } | changed


def sent(office: SimpleNamespace) -> dict[str, Any]:
    """What a browser sends for a receipt in which nothing is odd."""
    return {
        "addressed": "on",
        "number_agrees": "on",
        "count_agrees": "on",
        "intact": "on",
        "undamaged": "on",
        "emptied": "on",
        "complete": "on",
        "envelope_number": "J-0417",
        "deliverer": "交通员甲",
        "channel": "courier",
        "received_at": "2026-09-01T08:40",
        "kind": "file",
        "urgency": "plain",
        "issuer": "岚江省保密局",
        "issue_number": "岚保〔2026〕7号",
        "issued_on": "2026-08-28",
        "title": "关于<重要>会议保障的通知",
        "mark": "机密★10年",
        "copies": "3",
        "copy_numbers": "000001-000003",
        "place": office.safe.pk,
        "people": [office.handler.pk],
    }


@pytest.fixture
def receipt(office: SimpleNamespace) -> Callable[..., Document]:
    """`receipt(mark="秘密★5年")` is such a paper, received by the registrar through the door."""

    def received(**changed: Any) -> Document:
        at = changed.pop("at", NOW)
        return receive(actor=office.registrar, at=at, **written(office, **changed))

    return received
