"""Papers of an old register (期初入账): documents that are settled, with the numbers they already bear."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shoumi.domains.documents import rules
from shoumi.domains.documents.models import Copy, Document
from shoumi.kernel.marks import Mark
from shoumi.platform.access.models import Label
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.custody.services import Opening, enter_opening
from shoumi.platform.directory.models import Person

FILE = rules.Kind.FILE.value
SERIES = f"documents.incoming.{FILE}"
TITLE, ISSUER, NUMBER, REMARK = 200, 80, 60, 200


@dataclass(frozen=True, slots=True)
class OldPaper:
    """What an old register has of a paper; `urgency` and `channel` may be empty words there."""

    year: int
    number: int
    title: str
    issuer: str
    issue_number: str
    mark: Mark
    notes: str
    urgency: str
    received_at: datetime
    remark: str
    is_gone: bool

    @property
    def expires_on(self) -> date | None:
        return self.mark.period.day


def enter_old_paper(
    paper: OldPaper,
    *,
    label: Label,
    copies: Sequence[tuple[str, Holder, Holder]],
    by: Person,
    at: datetime,
    reason: str,
) -> tuple[Document, list[Item], list[Copy]]:
    """Enter a settled paper inside the act of the batch; no duty arises and nobody has to propose.

    Each of `copies` is its number, the holder it came to and the one it is with now.
    """
    title = paper.title[:TITLE]
    document = Document(
        label=label,
        body=by.body,
        kind=FILE,
        year=paper.year,
        register_number=paper.number,
        number=rules.register_number(FILE, paper.year, paper.number),
        title=title,
        initials=rules.title_initials(title),
        issuer=paper.issuer[:ISSUER],
        issue_number=paper.issue_number[:NUMBER],
        mark_text=str(paper.mark),
        mark_notes=paper.notes,
        period_kind=paper.mark.period.kind.value,
        expires_on=paper.expires_on,
        urgency=paper.urgency or rules.Urgency.PLAIN.value,
        channel="",
        received_at=paper.received_at,
        signed_by=by,
        copies=len(copies),
        remark=paper.remark[:REMARK],
        state=Document.State.ARCHIVED if paper.is_gone else Document.State.HANDLED,
        state_at=at,
    )
    document.save(force_insert=True)
    items = enter_opening(
        [
            Opening(
                label=label,
                kind=Item.Kind.PAPER,
                name=rules.copy_name(document.number, number),
                entered=entered,
                now=now,
                case_ref=document.number,
            )
            for number, entered, now in copies
        ],
        at=at,
        reason=reason,
    )
    rows = Copy.objects.bulk_create(
        Copy(label=label, document=document, item=item, copy_number=number)
        for item, (number, _, _) in zip(items, copies, strict=True)
    )
    return document, items, rows
