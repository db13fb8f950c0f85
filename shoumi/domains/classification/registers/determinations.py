"""定密登记簿, and what stands in it apart: derived matters, work secrets, and what ends soon."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html

from shoumi.domains.classification import verbs
from shoumi.domains.classification.models import Determination, Source
from shoumi.domains.classification.registers.books import Books, linked
from shoumi.domains.classification.registers.following import CHANGES, REFERRALS
from shoumi.domains.classification.selectors import expiring
from shoumi.platform.access.subjects import day_of
from shoumi.platform.registers.conditions import Filter
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.ui.templatetags.ui import level_badge, state_badge


class Sources(Books):
    """派生来源 of one matter; a source that the reader may not know is only named by its number."""

    model = Source
    slug = "classification-sources"
    title = "派生来源"
    columns = ("parent__number", "then", "parent__document", "parent__state")
    headings: ClassVar[dict[str, str]] = {
        "parent__number": "来源",
        "then": "派生时的标志",
        "parent__document": "来源文件",
        "parent__state": "来源现状",
    }
    related = ("parent__document",)

    def url(self, page: str, *args: Any) -> str:
        """Sources have no page of their own."""
        return DETERMINATIONS.url("list")

    def table(self, rows: list[Any]) -> dict[str, Any]:
        """A line opens the source itself, for whoever may know it."""
        drawn = super().table(rows)
        drawn["lines"] = [
            (row, DETERMINATIONS.url("detail", row.parent_id), cells)
            for row, _, cells in drawn["lines"]
        ]
        return drawn

    def value(self, row: Any, column: str) -> Any:
        return row.mark_text if column == "then" else super().value(row, column)

    def cell(self, row: Any, column: str) -> Any:
        if column == "parent__state":
            parent = row.parent
            return state_badge(parent.get_state_display(), parent.TONES.get(parent.state, ""))
        if column == "parent__document":
            return linked(row.parent.document, row.parent.document) if row.parent.document else ""
        return super().cell(row, column)


class Determinations(Books):
    """定密登记簿: everything that was proposed or decided."""

    model = Determination
    slug = "classification-determinations"
    title = "定密登记簿"
    columns = (
        "number",
        "called",
        "mark",
        "manner",
        "proposed_by",
        "decided_by",
        "decided_at",
        "expires_on",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {
        "called": "事项名称",
        "mark": "密级标志",
        "storage": "存放要求",
        "papers": "单据",
    }
    filters = (
        Filter("label__level", "密级"),
        "state",
        "manner",
        "department",
        Filter("decided_at", "定密时间"),
        Filter("expires_on", "期限届满"),
    )
    search = ("number", "name", "document__number", "proposed_by__name")
    related = ("body", "document", "matter")
    signatures = ("承办人", "保密办", "定密责任人")
    sections = (
        (
            "事项",
            (
                "called",
                "mark",
                "number",
                "manner",
                "carrier",
                "matter",
                "document",
                "likeness",
                "points",
                "copies",
                "state",
            ),
        ),
        (
            "依据和范围",
            (
                "basis",
                "harm",
                "risk",
                "scope",
                "wide_reason",
                "counted_from",
                "expires_on",
                "storage",
                "reviewed_year",
            ),
        ),
        (
            "程序",
            (
                "proposed_by",
                "department",
                "proposed_at",
                "proposed_mark",
                "decided_by",
                "decided_at",
                "opinion",
                "papers",
            ),
        ),
    )
    children = (
        (Sources(), "derived"),
        (CHANGES, "determination"),
        (REFERRALS, "determination"),
    )
    create = verbs.PROPOSE
    verbs = verbs.ON_A_DETERMINATION

    def value(self, row: Any, column: str) -> Any:
        if column == "mark":
            return row.mark_text or ("解密" if row.struck else "不标密")
        if column == "storage":
            on = day_of(row.proposed_at)
            return figure("classification.handling", "storage", on=on, body=row.body)[row.level]
        if column == "papers":
            return "单据"
        return super().value(row, column)

    def cell(self, row: Any, column: str) -> Any:
        if column == "mark":
            return level_badge(row.level, row.mark_text, row.struck)
        if column == "matter" and row.matter is not None:
            return linked(row.matter, row.matter)
        if column == "papers":
            sheet = reverse("classification-determinations-form", args=[row.pk])
            cover = reverse("classification-determinations-cover", args=[row.pk])
            return format_html(
                '<a href="{}">定密审批表</a>　<a href="{}">封面（docx）</a>', sheet, cover
            )
        return super().cell(row, column)


class OfOneManner(Determinations):
    """The same rows, of one manner only; a line opens the one page of the row."""

    manner = ""
    children = ()
    sections = ()
    verbs = ()

    def url(self, page: str, *args: Any) -> str:
        own = page in ("list", "create", "export", "sheet")
        return super().url(page, *args) if own else DETERMINATIONS.url(page, *args)

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        return super().visible(person, at=at).filter(manner=self.manner)


class Derived(OfOneManner):
    """派生定密."""

    slug = "classification-derived"
    title = "派生定密登记簿"
    manner = Determination.Manner.DERIVED
    create = verbs.DERIVE


class Work(OfOneManner):
    """工作秘密."""

    slug = "classification-work"
    title = "工作秘密登记簿"
    manner = Determination.Manner.WORK
    create = verbs.PROPOSE_WORK


class Expiring(OfOneManner):
    """期满待审: what ends within the months of the clause, the nearest first."""

    slug = "classification-expiring"
    title = "期满待审事项"
    columns = ("number", "called", "mark", "decided_by", "counted_from", "expires_on")
    filters = (Filter("label__level", "密级"), Filter("expires_on", "期限届满"))
    order = ("expires_on",)
    create = None

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        ends = expiring(person, at=at).values("pk")
        return Determinations.visible(self, person, at=at).filter(pk__in=ends)


DETERMINATIONS = Determinations()
DERIVED = Derived()
WORK = Work()
EXPIRING = Expiring()
