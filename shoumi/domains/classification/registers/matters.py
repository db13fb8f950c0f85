"""一览表, its versions, 定密权限 and 定密责任人."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet

from shoumi.domains.classification import verbs
from shoumi.domains.classification.models import Authority, Catalogue, Matter, Power
from shoumi.domains.classification.registers.books import Books
from shoumi.kernel.levels import Level
from shoumi.platform.registers.conditions import Filter
from shoumi.platform.ui.templatetags.ui import level_badge


class Matters(Books):
    """国家秘密事项一览表 on the screen, the work secrets and other matters among them."""

    model = Matter
    slug = "classification-matters"
    title = "保密事项一览表"
    columns = ("number", "name", "sort", "category", "mark", "scope", "basis", "state")
    headings: ClassVar[dict[str, str]] = {"mark": "密级和保密期限"}
    filters = ("sort", "state", Filter("grade", "密级"), "category", "area", "importance")
    search = ("number", "name", "basis", "words")
    order = ("-grade", "number")
    signatures = ("填表人", "保密办", "主要领导")
    sections = (
        (
            "事项",
            (
                "name",
                "mark",
                "number",
                "sort",
                "category",
                "note",
                "area",
                "importance",
                "harm",
                "scope",
                "basis",
                "words",
            ),
        ),
        ("登记", ("state", "since", "until", "department", "entered_by", "entered_at")),
    )
    create = verbs.ADD
    verbs = verbs.ON_A_MATTER

    def value(self, row: Any, column: str) -> Any:
        return row.mark_text if column == "mark" else super().value(row, column)

    def cell(self, row: Any, column: str) -> Any:
        if column == "mark":
            return level_badge(Level(row.grade), row.mark_text)
        return super().cell(row, column)


class Catalogues(Books):
    """一览表版本: what the head approved, and where it was filed."""

    model = Catalogue
    slug = "classification-catalogues"
    title = "一览表版本"
    columns = (
        "number",
        "version",
        "count",
        "approved_by",
        "approved_at",
        "bureau",
        "filing_number",
        "filed_on",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {"count": "事项数"}
    filters = ("state", Filter("approved_at", "批准时间"))
    search = ("number", "filing_number")
    create = verbs.APPROVE
    verbs = (verbs.FILE,)

    def value(self, row: Any, column: str) -> Any:
        return len(row.lines) if column == "count" else super().value(row, column)


class Powers(Books):
    """定密权限 of the body."""

    model = Power
    slug = "classification-powers"
    title = "定密权限"
    columns = ("number", "origin", "limit", "giver", "document", "scope", "since", "until")
    filters = ("origin",)
    search = ("number", "document", "giver")
    create = verbs.ENTER_POWER


class Authorities(Books):
    """定密责任人名册."""

    model = Authority
    slug = "classification-authorities"
    title = "定密责任人"
    columns = (
        "person",
        "origin",
        "limit",
        "scope",
        "document",
        "trained_until",
        "since",
        "until",
    )
    filters = ("origin", Filter("trained_until", "培训有效期"))
    search = ("person__name", "document")
    create = verbs.DESIGNATE
    verbs = (verbs.END,)

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        return super().visible(person, at=at).select_related("person__department")


MATTERS = Matters()
CATALOGUES = Catalogues()
POWERS = Powers()
AUTHORITIES = Authorities()
