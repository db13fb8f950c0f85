"""发文入簿: a letter of our own that was printed enters the register with its copies; in a higher room's act."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from shoumi.domains.documents import rules
from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.documents.services.receiving import ITEM_KINDS
from shoumi.kernel.labelcode import RANDOM_BYTES, new_code
from shoumi.platform.access.models import Label
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.services.ledger import enter_item, holder_of
from shoumi.platform.directory.models import Body, Person, Place


def outgoing_number(kind: str, year: int, number: int) -> str:
    """发文〔2026〕12号: the number in the book of what went out, beside the one that the paper bears."""
    return f"发{rules.Kind(kind).word}〔{year}〕{number}号"


def file_outgoing(
    *,
    by: Person,
    label: Label,
    body: Body,
    kind: str,
    year: int,
    register_number: int,
    title: str,
    is_shell: bool,
    issue_number: str,
    issued_on: date,
    mark_text: str,
    period_kind: str,
    expires_on: date | None,
    urgency: str,
    numbers: Sequence[str],
    place: Place,
    reason: str,
    at: datetime,
) -> Document:
    """The paper as printed, its business done, and every copy (`numbers`) made and held at `place`."""
    document = Document(
        label=label,
        body=body,
        direction=Document.Direction.OUTGOING,
        kind=kind,
        year=year,
        register_number=register_number,
        number=outgoing_number(kind, year, register_number),
        is_shell=is_shell,
        title=title,
        initials=rules.title_initials(title),
        issuer=body.name,
        issue_number=issue_number,
        issued_on=issued_on,
        mark_text=mark_text,
        period_kind=period_kind,
        expires_on=expires_on,
        urgency=urgency,
        received_at=at,
        signed_by=by,
        copies=len(numbers),
        state=Document.State.HANDLED,
        state_at=at,
    )
    document.save()
    holder = holder_of(body=body, place=place)
    for number in numbers:
        item = enter_item(
            label=label,
            kind=ITEM_KINDS.get(kind, Item.Kind.PAPER),
            name=rules.copy_name(document.number, number),
            source=Item.Source.MADE,
            holder=holder,
            at=at,
            reason=reason,
            code=new_code(secrets.token_bytes(RANDOM_BYTES)),
            case_ref=issue_number,
        )
        Copy.objects.create(label=label, document=document, item=item, copy_number=number)
    return document
