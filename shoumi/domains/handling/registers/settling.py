"""Books of how papers end: recalls, reconciliations, archivings, destructions."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet

from shoumi.domains.handling import verbs
from shoumi.domains.handling.models import (
    Archiving,
    Destruction,
    Recall,
    ReconciledCopy,
    Reconciliation,
)
from shoumi.domains.handling.registers.account import ITEMS
from shoumi.domains.handling.registers.requests import Requests
from shoumi.platform.registers.conditions import Filter
from shoumi.platform.registers.register import Register
from shoumi.platform.ui.templatetags.ui import state_badge

FOUND_TONES = {
    "matched": "done",
    "unentered": "bad",
    "misentered": "bad",
    "substituted": "soon",
    "misdelivered": "open",
    "repeated": "open",
}


class Recalls(Requests):
    """清退登记簿."""

    model = Recall
    slug = "handling-recalls"
    title = "清退登记簿"
    columns = (
        "number",
        "level",
        "issuer",
        "notice",
        "pieces",
        "due_on",
        "state",
        "sent",
        "channel",
        "sent_at",
        "receipt",
    )
    headings: ClassVar[dict[str, str]] = {
        "level": "密级",
        "asked_by": "登记人",
        "asked_at": "登记时间",
    }
    filters = ("state", Filter("label__level", "密级"), "due_on", "sent_at")
    search = ("number", "issuer", "notice", "receipt")
    sections = (
        (
            "通知",
            ("number", "issuer", "notice", "due_on", "pieces", "asked_by", "asked_at", "state"),
        ),
        (
            "退还",
            ("sent", "channel", "sealed", "escorts", "sent_by", "sent_at", "receipt", "receipt_at"),
        ),
    )
    children = ((ITEMS, "recalls__recall"),)
    create = verbs.RECALL
    verbs = verbs.ON_A_RECALL
    paper = "handling-recalls-paper"


class ReconciledCopies(Register):
    """核对明细: copy by copy, and who has to put it right."""

    model = ReconciledCopy
    slug = "handling-reconciled"
    title = "核对明细"
    columns = ("number", "copy_number", "finding", "side", "row", "item__name", "note")
    headings: ClassVar[dict[str, str]] = {"item__name": "本单位载体", "side": "应改正的一方"}
    filters = ("finding", Filter("reconciliation", "核对单"))
    search = ("number", "copy_number")
    order = ("finding", "row")

    def cell(self, row: Any, column: str) -> Any:
        if column == "finding":
            return state_badge(row.get_finding_display(), FOUND_TONES[row.finding])
        return super().cell(row, column)


class Reconciliations(Requests):
    """清退核对登记簿."""

    model = Reconciliation
    slug = "handling-reconciliations"
    title = "清退核对登记簿"
    columns = (
        "number",
        "level",
        "issuer",
        "since",
        "until",
        "listed",
        "held",
        "matched",
        "unentered",
        "misentered",
        "substituted",
        "misdelivered",
        "repeated",
        "asked_at",
    )
    headings: ClassVar[dict[str, str]] = {
        "level": "密级",
        "asked_by": "核对人",
        "asked_at": "核对时间",
    }
    filters = (Filter("label__level", "密级"), "asked_at")
    search = ("number", "issuer")
    sections = (
        (
            "核对范围",
            ("number", "issuer", "since", "until", "listed", "held", "asked_by", "asked_at"),
        ),
    )
    create = verbs.RECONCILE
    paper = "handling-reconciliations-paper"


class Archivings(Requests):
    """归档移交登记簿."""

    model = Archiving
    slug = "handling-archivings"
    title = "归档移交登记簿"
    columns = (
        "number",
        "level",
        "year",
        "volume",
        "pieces",
        "asked_by",
        "state",
        "taken_by",
        "taken_at",
        "shelf",
    )
    headings: ClassVar[dict[str, str]] = {"level": "密级", "asked_by": "移交人"}
    filters = ("state", Filter("label__level", "密级"), "year", "taken_at")
    search = ("number", "volume", "shelf")
    related = ("case",)
    sections = (
        (
            "",
            (
                "number",
                "year",
                "volume",
                "pieces",
                "asked_by",
                "asked_at",
                "remark",
                "case",
                "state",
                "taken_by",
                "taken_at",
                "shelf",
            ),
        ),
    )
    children = ((ITEMS, "archivings__archiving"),)
    create = verbs.ARCHIVE
    verbs = verbs.ON_AN_ARCHIVING
    paper = "handling-archivings-paper"

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        """The archivist sees what was let known to the archivist."""
        rows = Archiving.objects.visible_to(person, at=at).select_related(
            "label", "asked_by", "taken_by", "case"
        )
        return rows


class Destructions(Requests):
    """销毁登记簿."""

    model = Destruction
    slug = "handling-destructions"
    title = "销毁登记簿"
    columns = (
        "number",
        "level",
        "pieces",
        "method",
        "state",
        "executed_by",
        "witness",
        "witnessed_at",
        "destroyed",
        "certificate",
    )
    headings: ClassVar[dict[str, str]] = {
        "level": "密级",
        "asked_by": "提请人",
        "asked_at": "提请时间",
        "station": "机构、设备",
    }
    filters = ("state", Filter("label__level", "密级"), "method", "witnessed_at")
    search = ("number", "certificate", "station")
    related = ("case",)
    sections = (
        (
            "清单",
            (
                "number",
                "pieces",
                "appraisal",
                "standard",
                "method",
                "station",
                "asked_by",
                "asked_at",
                "case",
                "state",
            ),
        ),
        (
            "销毁",
            (
                "executed_by",
                "executed_at",
                "counted",
                "witness",
                "witnessed_at",
                "destroyed",
                "missing",
                "certificate",
            ),
        ),
    )
    children = ((ITEMS, "destructions__destruction"),)
    create = verbs.PROPOSE
    verbs = verbs.ON_A_DESTRUCTION
    parts = ("witness",)
    paper = "handling-destructions-paper"


RECALLS = Recalls()
RECONCILED = ReconciledCopies()
RECONCILIATIONS = Reconciliations()
ARCHIVINGS = Archivings()
DESTRUCTIONS = Destructions()
