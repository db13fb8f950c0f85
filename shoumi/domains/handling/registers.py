"""The books of the room: every carrier, every loan, copy, trip, handover, recall, archiving, destruction."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from shoumi.domains.handling import verbs
from shoumi.domains.handling.models import (
    Absence,
    Archiving,
    Carrying,
    Destruction,
    Loan,
    Recall,
    ReconciledCopy,
    Reconciliation,
    Reproduction,
    Succession,
)
from shoumi.domains.handling.selectors import concerning, keeps
from shoumi.platform.access.acting import ACTIONS
from shoumi.platform.access.paging import begun
from shoumi.platform.custody.models import Holder, Item, MissingItem, Movement
from shoumi.platform.registers.addresses import address_of
from shoumi.platform.registers.conditions import Filter
from shoumi.platform.registers.register import Register
from shoumi.platform.ui.templatetags.ui import holder as holder_badge
from shoumi.platform.ui.templatetags.ui import state_badge

HOLDERS = ("holder__person", "holder__place", "holder__outside")
SIDES = tuple(
    f"{side}__{kind}" for side in ("giver", "receiver") for kind in ("person", "place", "outside")
)


# Numbers that are read as one word are not broken over two lines.
WHOLE = ("number", "item__name", "asked_by__department", "certificate")
FOUND_TONES = {
    "matched": "done",
    "unentered": "bad",
    "misentered": "bad",
    "substituted": "soon",
    "misdelivered": "open",
    "repeated": "open",
}
TONES = {
    Item.State.HELD: "done",
    Item.State.RESERVED: "soon",
    Item.State.OFFERED: "open",
    Item.State.GONE: "closed",
}


def holders_named(person: Any, *, at: datetime) -> list[tuple[int, str]]:
    """Who holds something that the reader may know; named without asking once more for each."""
    mine = begun(Item.objects.visible_to(person, at=at), reader=person, at=at)
    # The first thing of each is enough; for EXISTS PostgreSQL would go through everything.
    first = Subquery(mine.filter(holder=OuterRef("pk")).values("pk")[:1])
    found = Holder.objects.alias(first=first).filter(first__isnull=False)
    found = found.select_related("person", "place", "outside")
    return [(one.pk, str(one)) for one in found.order_by("kind", "id")]


class Movements(Register):
    """流转记录: every time a carrier changed hands."""

    model = Movement
    slug = "movements"
    title = "流转记录"
    columns = ("at", "item__name", "giver", "receiver", "reason", "case_ref")
    headings: ClassVar[dict[str, str]] = {"item__name": "载体", "case_ref": "依据"}
    filters = ("at", "kind")
    search = ("item__name", "case_ref")
    related = SIDES
    order = ("-at",)

    def value(self, row: Any, column: str) -> Any:
        if column == "reason":
            action = ACTIONS.get(row.reason)
            return action.label if action else row.reason
        if column == "giver" and row.giver is None:
            return "账外"
        return super().value(row, column)


class Items(Register):
    """载体登记簿: every carrier of the account, on the shelf, with somebody, or gone."""

    model = Item
    slug = "items"
    title = "载体登记簿"
    columns = ("name", "code", "level", "kind", "holder", "home", "state", "entered_at")
    headings: ClassVar[dict[str, str]] = {"level": "密级", "label__level": "密级"}
    filters = (
        Filter("label__level", "密级"),
        "state",
        Filter("holder", "保管者", holders_named),
        Filter("holder_kind", "保管者类别"),
        "kind",
        "source",
        "entered_at",
    )
    search = ("name", "code")
    related = HOLDERS
    sections = (
        ("载体", ("name", "code", "level", "kind", "source", "parent", "entered_at")),
        ("保管", ("holder", "home", "state")),
    )
    verbs = verbs.ON_AN_ITEM

    def cell(self, row: Any, column: str) -> Any:
        if column == "holder":
            return holder_badge(row.holder, row.holder_kind)
        if column == "state":
            return state_badge(row.get_state_display(), TONES.get(row.state, ""))
        if column == "parent" and row.parent is not None:
            return linked(row.parent, row.parent.name)
        return super().cell(row, column)


class Missing(Register):
    """下落不明: what is being looked for, and until when."""

    model = MissingItem
    slug = "missing"
    title = "下落不明登记"
    columns = (
        "item__name",
        "level",
        "last_holder",
        "declared_at",
        "declared_by",
        "deadline",
        "circumstances",
        "found_at",
        "found_how",
    )
    headings: ClassVar[dict[str, str]] = {"item__name": "载体", "level": "密级"}
    filters = (Filter("label__level", "密级"), "declared_at", "deadline")
    search = ("item__name",)
    related = ("last_holder__person", "last_holder__place", "last_holder__outside")
    verbs = (verbs.FOUND,)


ITEMS = Items()
MOVEMENTS = Movements()
MISSING = Missing()
ITEMS.children = ((MOVEMENTS, "item"),)


class Requests(Register):
    """Books of requests: their keepers see every one they may know, everybody else their own."""

    parts: tuple[str, ...] = ()
    paper = ""

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        found = super().visible(person, at=at)
        return found if keeps(person, at=at) else found.filter(concerning(person, *self.parts))

    def cell(self, row: Any, column: str) -> Any:
        if column == "case" and row.case is not None:
            return linked(row.case, f"{row.case.title}（{row.case.get_state_display()}）")
        if column == "item":
            return linked(row.item, row.item.name)
        said = super().cell(row, column)
        if column in WHOLE:
            return format_html('<span class="text-nowrap">{}</span>', said)
        # None of them is a finding too, and not an empty field.
        return "0" if isinstance(said, int) and said == 0 else said

    def page(
        self, request: HttpRequest, part: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        return super().page(request, part, context | {"paper": self.paper}, status)


class Loans(Requests):
    """借阅登记簿."""

    model = Loan
    slug = "handling-loans"
    title = "借阅登记簿"
    columns = (
        "number",
        "item__name",
        "level",
        "asked_by",
        "asked_by__department",
        "purpose",
        "state",
        "lent_at",
        "due_at",
        "returned_at",
    )
    headings: ClassVar[dict[str, str]] = {
        "item__name": "载体",
        "item": "载体",
        "level": "密级",
        "asked_by": "借阅人",
        "asked_by__department": "部门",
        "asked_at": "申请时间",
    }
    filters = (
        "state",
        Filter("label__level", "密级"),
        Filter("asked_by", "借阅人"),
        "lent_at",
        "due_at",
    )
    search = ("number", "item__name", "asked_by__name", "purpose")
    related = ("item", "case")
    sections = (
        (
            "申请",
            (
                "number",
                "item",
                "asked_by",
                "asked_at",
                "purpose",
                "necessity",
                "outside",
                "days",
                "reading_place",
                "case",
                "state",
            ),
        ),
        (
            "借出与归还",
            (
                "lent_by",
                "lent_at",
                "due_at",
                "given_back_at",
                "returned_at",
                "checked_by",
                "intact",
                "condition",
            ),
        ),
    )
    verbs = verbs.ON_A_LOAN
    signatures = ("登记人", "审核人", "办公室主任")


class Reproductions(Requests):
    """复制登记簿."""

    model = Reproduction
    slug = "handling-copies"
    title = "复制登记簿"
    columns = (
        "number",
        "item__name",
        "level",
        "kind",
        "copies",
        "made",
        "asked_by",
        "purpose",
        "made_at",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {
        "item__name": "原件",
        "item": "原件",
        "level": "密级",
        "destinations": "逐份去向",
    }
    filters = ("state", Filter("label__level", "密级"), "kind", "made_at")
    search = ("number", "item__name", "asked_by__name", "purpose")
    related = ("item", "case")
    sections = (
        (
            "申请",
            (
                "number",
                "item",
                "asked_by",
                "asked_at",
                "kind",
                "copies",
                "purpose",
                "recipients",
                "consent_number",
                "case",
                "state",
            ),
        ),
        (
            "制作",
            (
                "made",
                "made_by",
                "made_at",
                "made_in",
                "supervisor",
                "waste",
                "destinations",
                "collected_at",
            ),
        ),
    )
    children = ((ITEMS, "reproduced__reproduction"),)
    verbs = verbs.ON_A_REPRODUCTION


class Carryings(Requests):
    """携带外出登记簿."""

    model = Carrying
    slug = "handling-carryings"
    title = "携带外出登记簿"
    columns = (
        "number",
        "level",
        "asked_by",
        "destination",
        "purpose",
        "container",
        "companion_names",
        "leaves_on",
        "returns_on",
        "state",
        "left_at",
        "returned_at",
    )
    headings: ClassVar[dict[str, str]] = {"level": "密级", "asked_by": "携带人"}
    filters = (
        "state",
        Filter("label__level", "密级"),
        Filter("asked_by", "携带人"),
        "leaves_on",
        "returns_on",
    )
    search = ("number", "destination", "asked_by__name", "container")
    related = ("case",)
    sections = (
        (
            "申请",
            (
                "number",
                "asked_by",
                "asked_at",
                "destination",
                "purpose",
                "reason",
                "leaves_on",
                "returns_on",
                "container",
                "companion_names",
                "measures",
                "case",
                "state",
            ),
        ),
        (
            "带出与返回",
            ("released_by", "left_at", "due_at", "returned_at", "checked_by", "condition"),
        ),
    )
    children = ((ITEMS, "carried__carrying"),)
    create = verbs.CARRY
    verbs = verbs.ON_A_TRIP


class Absences(Requests):
    """外出登记簿: who is away, so that nothing is lent to them."""

    model = Absence
    slug = "handling-absences"
    title = "外出登记簿"
    columns = (
        "number",
        "asked_by",
        "asked_by__department",
        "kind",
        "destination",
        "leaves_on",
        "returns_on",
        "state",
        "back_at",
    )
    headings: ClassVar[dict[str, str]] = {
        "asked_by": "外出人",
        "asked_by__department": "部门",
        "asked_at": "登记时间",
    }
    filters = ("state", "kind", Filter("asked_by", "外出人"), "leaves_on")
    search = ("number", "asked_by__name", "destination")
    sections = (
        (
            "",
            (
                "number",
                "asked_by",
                "asked_at",
                "kind",
                "destination",
                "leaves_on",
                "returns_on",
                "state",
                "back_at",
            ),
        ),
    )
    create = verbs.GO_AWAY
    verbs = verbs.ON_AN_ABSENCE
    signatures = ("外出人", "机要员", "部门负责人")


class Successions(Requests):
    """移交登记簿."""

    model = Succession
    slug = "handling-successions"
    title = "移交登记簿"
    columns = (
        "number",
        "level",
        "giver",
        "receiver",
        "pieces",
        "reason",
        "state",
        "asked_at",
        "settled_at",
        "accepted",
        "declined",
    )
    headings: ClassVar[dict[str, str]] = {"level": "密级", "asked_by": "经办人"}
    filters = ("state", Filter("label__level", "密级"), "giver", "receiver", "settled_at")
    search = ("number", "giver__name", "receiver__name")
    related = ("case",)
    sections = (
        (
            "",
            (
                "number",
                "giver",
                "receiver",
                "pieces",
                "reason",
                "where",
                "asked_by",
                "asked_at",
                "case",
                "state",
                "settled_at",
                "accepted",
                "declined",
            ),
        ),
    )
    children = ((ITEMS, "successions__succession"),)
    create = verbs.HAND_OVER
    verbs = verbs.ON_A_SUCCESSION
    parts = ("giver", "receiver")
    paper = "handling-successions-paper"


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


LOANS = Loans()
REPRODUCTIONS = Reproductions()
CARRYINGS = Carryings()
ABSENCES = Absences()
SUCCESSIONS = Successions()
RECALLS = Recalls()
RECONCILED = ReconciledCopies()
RECONCILIATIONS = Reconciliations()
ARCHIVINGS = Archivings()
DESTRUCTIONS = Destructions()


def linked(row: Any, words: str) -> Any:
    """A link to the page of another row, where one shows it."""
    address = address_of(row)
    return format_html('<a href="{}">{}</a>', address, words) if address else words
