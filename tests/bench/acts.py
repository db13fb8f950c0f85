"""Acts as people do them, through the write door with all that it judges, seals and commits."""

import os
import secrets
from itertools import count
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.utils import timezone

from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.documents.services.receiving import receive
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.services import accept, offer

NUMBERS = count(1)
BLOCK = 4_096


def receive_one(office: SimpleNamespace) -> Document:
    """签收登记 of a paper of three copies."""
    now, first = timezone.localtime(), 3 * next(NUMBERS)
    return receive(
        actor=office.registrar,
        at=now,
        kind="file",
        mark="机密★10年",
        urgency="plain",
        issuer="岚江省保密局",
        title="关于做好重要会议保障工作的通知",
        issue_number=f"岚保〔{now.year}〕{first}号",
        issued_on=now.date(),
        copies=3,
        copy_numbers=f"{first:06d}-{first + 2:06d}",
        place=office.safe,
        received_at=now,
        channel="courier",
        deliverer="交通员甲",
        envelope_number=secrets.token_hex(4),
        people=[office.handler],
    )


def hand_over(office: SimpleNamespace, document: Document) -> None:
    """One copy is given to its reader and signed for: two acts."""
    copy: Any = Copy.unscoped.filter(document=document)[0]
    item = Item.unscoped.get(pk=copy.item_id)
    handover = offer(
        actor=office.registrar, subject=item, receiver=office.handler, at=timezone.now()
    )
    accept(actor=office.handler, subject=handover, at=timezone.now())


def sync() -> None:
    """One block written and forced to the disk that holds the installation."""
    path = settings.INSTALLATION.folder / "block"
    with path.open("ab") as file:
        file.write(secrets.token_bytes(BLOCK))
        file.flush()
        os.fdatasync(file.fileno())
