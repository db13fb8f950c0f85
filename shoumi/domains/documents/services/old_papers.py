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
    """What an old register has of a paper; above the deployment grade it has no title and is a shell."""

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


@dataclass(frozen=True, slots=True)
class OldCopies:
    """A paper with its label and its copies: number, the holder it came to, the one it is with now."""

    paper: OldPaper
    label: Label
    copies: Sequence[tuple[str, Holder, Holder]]


@dataclass(frozen=True, slots=True)
class Entered:
    document: Document
    items: list[Item]
    copies: list[Copy]


def enter_old_papers(
    old: Sequence[OldCopies], *, by: Person, at: datetime, reason: str
) -> list[Entered]:
    """Enter settled papers inside the act of the batch; no duty arises and nobody has to propose.

    Few statements for many papers, so that a ledger of thousands is in within a minute.
    """
    documents = Document.objects.bulk_create([_document(one, by=by, at=at) for one in old])
    items = iter(
        enter_opening(
            [
                Opening(
                    label=one.label,
                    kind=Item.Kind.PAPER,
                    name=rules.copy_name(document.number, number),
                    entered=entered,
                    now=now,
                    case_ref=document.number,
                )
                for one, document in zip(old, documents, strict=True)
                for number, entered, now in one.copies
            ],
            at=at,
            reason=reason,
        )
    )
    entered = []
    for one, document in zip(old, documents, strict=True):
        mine = [next(items) for _ in one.copies]
        rows = [
            Copy(label=one.label, document=document, item=item, copy_number=number)
            for item, (number, _, _) in zip(mine, one.copies, strict=True)
        ]
        entered.append(Entered(document, mine, rows))
    Copy.objects.bulk_create([copy for one in entered for copy in one.copies])
    return entered


def _document(old: OldCopies, *, by: Person, at: datetime) -> Document:
    paper = old.paper
    title = paper.title[:TITLE]
    return Document(
        label=old.label,
        body=by.body,
        kind=FILE,
        year=paper.year,
        register_number=paper.number,
        number=rules.register_number(FILE, paper.year, paper.number),
        is_shell=not title,
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
        copies=len(old.copies),
        remark=paper.remark[:REMARK],
        state=Document.State.ARCHIVED if paper.is_gone else Document.State.HANDLED,
        state_at=at,
    )
