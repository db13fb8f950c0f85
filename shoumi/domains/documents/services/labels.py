"""标签: a code and a check sign for every copy, printed once, and again only with a reason."""

from datetime import datetime

from shoumi.domains.documents.models import Document, LabelSheet
from shoumi.domains.documents.services.receiving import REGISTRAR
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.directory.models import Person

PRINT = Action("documents.label.print", "打印标签", clause="documents.label", posts=REGISTRAR)


def print_labels(*, actor: Person, subject: Document, at: datetime, reason: str = "") -> LabelSheet:
    """Issue a sheet of labels for all copies; they bear neither title nor level."""
    with act(actor, PRINT, subject, at=at) as deed:
        sheets = LabelSheet.objects.visible_to(actor, at=at).filter(document=subject)
        number = sheets.count() + 1
        if number > 1 and not reason.strip():
            raise Refusal(
                "标签已经打印过，补印须写明原因",
                clause="documents.label",
                way_on="填写补印原因，如「标签破损」，旧标签随即销毁",
            )
        sheet: LabelSheet = LabelSheet.objects.create(
            label=subject.label,
            document=subject,
            number=number,
            reason=reason.strip(),
            printed_by=actor,
            printed_at=at,
        )
        deed.note(number=subject.number, sheet=number, copies=subject.copies)
    return sheet
