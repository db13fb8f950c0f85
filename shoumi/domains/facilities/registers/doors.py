"""The books of the door: who may enter, who did, who came from outside."""

from typing import Any, ClassVar

from shoumi.domains.facilities import verbs
from shoumi.domains.facilities.models import Admission, Passage, Visit
from shoumi.domains.facilities.registers.books import Books
from shoumi.kernel.levels import Level
from shoumi.platform.registers.conditions import Filter
from shoumi.platform.rulebook.posts import label_of


class Admissions(Books):
    """准入名单."""

    model = Admission
    slug = "facilities-admissions"
    title = "准入名单"
    columns = ("whom", "site", "since", "until", "state", "asked_by", "asked_at")
    headings: ClassVar[dict[str, str]] = {"whom": "准入对象", "asked_by": "提出人"}
    filters = ("state", Filter("site", "场所"), "since")
    search = ("person__name", "site__place__name", "reason")
    related = ("person", "site__place", "case")
    sections = (
        (
            "",
            (
                "whom",
                "site",
                "reason",
                "since",
                "until",
                "asked_by",
                "asked_at",
                "case",
                "state",
                "revoked_on",
                "revoked_why",
            ),
        ),
    )
    verbs = (verbs.REVOKE,)
    signatures = ("填表人", "保密办", "分管领导")

    def value(self, row: Any, column: str) -> Any:
        if column == "whom":
            return row.person.name if row.person_id else label_of(row.post)
        return super().value(row, column)


class Passages(Books):
    """出入登记簿."""

    model = Passage
    slug = "facilities-passages"
    title = "出入登记簿"
    columns = (
        "person",
        "site",
        "verified",
        "purpose",
        "basis",
        "entered_at",
        "left_at",
        "carried",
        "let_in_by",
    )
    filters = (Filter("site", "场所"), Filter("person", "进入人"), "entered_at", "verified")
    search = ("person__name", "site__place__name", "purpose", "carried")
    related = ("site__place",)
    sections = (
        (
            "",
            (
                "person",
                "site",
                "verified",
                "purpose",
                "approval",
                "basis",
                "companion",
                "entered_at",
                "let_in_by",
                "left_at",
                "carried",
            ),
        ),
    )
    verbs = (verbs.LEAVE,)
    signatures = ("登记人", "专责人", "保密办")


class Visits(Books):
    """来访登记簿."""

    model = Visit
    slug = "facilities-visits"
    title = "来访登记簿"
    columns = (
        "number",
        "visitor",
        "unit",
        "party",
        "matter",
        "site",
        "host",
        "escort",
        "devices",
        "state",
        "entered_at",
        "left_at",
    )
    filters = ("state", "matter", Filter("site", "到访场所"), "asked_at")
    search = ("number", "visitor", "unit", "host__name", "purpose")
    related = ("site__place", "site__label")
    sections = (
        (
            "来访人",
            (
                "number",
                "visitor",
                "unit",
                "party",
                "document",
                "document_number",
                "clearance",
            ),
        ),
        (
            "事由",
            (
                "site",
                "matter",
                "purpose",
                "host",
                "asked_by",
                "asked_at",
                "state",
                "decided_at",
                "declined_why",
            ),
        ),
        (
            "放行和离开",
            (
                "verified",
                "escort",
                "devices",
                "locker",
                "let_in_by",
                "entered_at",
                "left_at",
                "returned",
            ),
        ),
    )
    create = verbs.VISIT
    verbs = verbs.ON_A_VISIT
    signatures = ("来访人", "被访人", "门卫")

    def cell(self, row: Any, column: str) -> Any:
        if column == "clearance":
            return Level(row.clearance).label
        return super().cell(row, column)


ADMISSIONS, PASSAGES, VISITS = Admissions(), Passages(), Visits()
