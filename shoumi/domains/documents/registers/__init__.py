"""收文登记簿 and what belongs to a paper: its copies, opinions, checks and label sheets."""

from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime

from shoumi.domains.documents.models import (
    Copy,
    Document,
    EnvelopeCheck,
    LabelSheet,
    Opinion,
    said,
)
from shoumi.domains.documents.registers.matters import OPENINGS, TELEGRAMS
from shoumi.domains.documents.verbs import ON_A_PAPER, RECEIVE
from shoumi.kernel.numbering import print_copy_numbers
from shoumi.platform.access.subjects import day_of
from shoumi.platform.registers.conditions import Control, Filter
from shoumi.platform.registers.register import Register
from shoumi.platform.ui.templatetags.ui import level_badge, url_or_none


def years(person: Any, *, at: datetime) -> list[tuple[int, str]]:
    """The last ten years, this one first."""
    this = day_of(at).year
    return [(year, f"{year} 年") for year in range(this, this - 10, -1)]


class Copies(Register):
    """Every copy and where it is now."""

    model = Copy
    slug = "documents-copies"
    title = "份号与去向"
    columns = ("copy_number", "document__number", "item__code", "item__holder", "item__state")
    headings: ClassVar[dict[str, str]] = {
        "document__number": "收文编号",
        "item__holder": "现在何处",
        "item__state": "状态",
    }
    filters = (Filter("item__state", "状态"), Filter("item__holder_kind", "保管者类别"))
    search = ("document__number", "copy_number", "item__code")
    related = ("item__holder__person", "item__holder__place", "item__holder__outside")


class Opinions(Register):
    """拟办 and 批示 as they were signed."""

    model = Opinion
    slug = "documents-opinions"
    title = "拟办与批示"
    columns = (
        "at",
        "document__number",
        "kind",
        "person",
        "text",
        "addressee",
        "names",
        "handler",
        "due_on",
    )
    headings: ClassVar[dict[str, str]] = {"document__number": "收文编号", "text": "意见"}
    filters = ("kind", "person", "at")
    search = ("document__number", "text")

    def cell(self, row: Any, column: str) -> Any:
        if column == "text" and not row.text:
            return "见原件"
        return super().cell(row, column)


class Checks(Register):
    """清点记录 of the envelopes."""

    model = EnvelopeCheck
    slug = "documents-checks"
    title = "清点记录"
    columns = (
        "document__number",
        "envelope_number",
        "number_agrees",
        "count_agrees",
        "intact",
        "complete",
        "anomaly",
        "completed_at",
    )
    headings: ClassVar[dict[str, str]] = {"document__number": "收文编号"}
    filters = ("complete", "intact")
    search = ("document__number", "envelope_number", "anomaly")


class Sheets(Register):
    """Every printing of labels; the first column leads to the sheet itself."""

    model = LabelSheet
    slug = "documents-labels"
    title = "标签打印记录"
    columns = ("document__number", "number", "printed_at", "printed_by", "reason")
    headings: ClassVar[dict[str, str]] = {"document__number": "收文编号"}
    filters = ("printed_at",)
    search = ("document__number",)


COPIES = Copies()
OPINIONS = Opinions()
CHECKS = Checks()
SHEETS = Sheets()


class Received(Register):
    """收文登记簿 on the screen."""

    model = Document
    slug = "documents"
    title = "收文登记簿"
    columns = (
        "number",
        "received_at",
        "issuer",
        "issue_number",
        "called",
        "level",
        "urgency",
        "copies",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {
        "called": "标题",
        "level": "密级",
        "received_at": "收文时间",
        "received_on": "收文日期",
        "papers": "单据",
        "kept": "保管期限",
        "copy_numbers": "份号",
        "proposal": "拟办意见",
        "instruction": "领导批示",
        "handler": "承办",
    }
    filters = (
        Filter("label__level", "密级"),
        "state",
        Filter("year", "年度", years),
        "kind",
        "category",
        "urgency",
        "restriction",
        Filter("received_at", "收文时间"),
        Filter("expires_on", "期限届满"),
    )
    search = ("number", "title", "issuer", "issue_number", "initials", "file_number")
    sections = (
        (
            "来文",
            (
                "called",
                "mark_text",
                "urgency",
                "number",
                "issuer",
                "issue_number",
                "issued_on",
                "copies",
                "expires_on",
                "mark_notes",
                "reply_due",
                "state",
                "category",
                "restriction",
                "agreement",
                "file_number",
                "kept",
            ),
        ),
        (
            "签收与清点",
            (
                "received_at",
                "signed_by",
                "channel",
                "cosigned_by",
                "deliverer",
                "envelope__envelope_number",
                "envelope__number_agrees",
                "envelope__count_agrees",
                "envelope__intact",
                "envelope__complete",
                "envelope__anomaly",
                "kind",
                "remark",
                "reviewed_by",
                "papers",
            ),
        ),
    )
    children = (
        (COPIES, "document"),
        (OPINIONS, "document"),
        (OPENINGS, "document"),
        (TELEGRAMS, "document"),
    )
    related = ("envelope",)
    verbs = ON_A_PAPER
    create = RECEIVE

    def rows(self, request: HttpRequest, chosen: list[Control], *, at: datetime) -> QuerySet[Any]:
        """What came in: letters of our own stand in the book of dispatch and are only opened here."""
        found = super().rows(request, chosen, at=at)
        return found.filter(direction=Document.Direction.INCOMING)

    def about(self, row: Any) -> dict[str, Any]:
        """A letter of our own is opened here and belongs to the book of dispatch, where there is one."""
        said = super().about(row)
        book = url_or_none("dispatch-book")
        if row is not None and row.direction == Document.Direction.OUTGOING:
            said["title"] = "发文登记簿"
            said["home"] = book or self.url("list")
        return said

    def value(self, row: Any, column: str) -> Any:
        ours = row.direction == Document.Direction.OUTGOING
        # A letter of our own came in no envelope.
        if column == "papers" or (ours and column.startswith("envelope__")):
            return ""
        return super().value(row, column)

    def cell(self, row: Any, column: str) -> Any:
        if column == "mark_text" and (row.mark_text or row.struck_marks):
            return level_badge(row.level, row.mark_text, row.struck_marks)
        if column in ("number", "issue_number"):
            return format_html('<span class="text-nowrap">{}</span>', getattr(row, column))
        if column == "papers":
            slip = reverse("documents-slip", args=[row.pk])
            account = reverse("documents-statement", args=[row.pk])
            labels = f"{reverse('documents-labels')}?{urlencode({'q': row.number})}"
            # The steps are told by the room above, where an installation has it.
            steps = url_or_none("circulation-steps", row.pk)
            return format_html(
                '<a href="{}">收文处理签</a>　<a href="{}">对账单</a>　<a href="{}">标签</a>{}',
                slip,
                account,
                labels,
                format_html('　<a href="{}">办理环节</a>', steps) if steps else "",
            )
        return super().cell(row, column)


class Book(Received):
    """收文登记簿 as the office keeps it on paper: the columns of the ledger in their order."""

    columns = (
        "number",
        "received_on",
        "issuer",
        "issue_number",
        "called",
        "mark_text",
        "copy_numbers",
        "copies",
        "urgency",
        "proposal",
        "instruction",
        "handler",
        "remark",
    )
    order = ("kind", "year", "register_number")
    sections = ()
    related = ()
    signatures = ("登记人", "审核人", "办公室主任")

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        copies = Copy.objects.visible_to(person, at=at)
        opinions = Opinion.objects.visible_to(person, at=at)
        return (
            super()
            .visible(person, at=at)
            .prefetch_related(
                Prefetch("copy_rows", copies.order_by("copy_number"), "its_copies"),
                Prefetch(
                    "opinions",
                    opinions.select_related("person", "handler").order_by("id"),
                    "its_opinions",
                ),
            )
        )

    def value(self, row: Any, column: str) -> Any:
        if column == "received_on":
            return localtime(row.received_at).date()
        if column == "copy_numbers":
            return print_copy_numbers(int(copy.copy_number) for copy in row.its_copies)
        if column in ("proposal", "instruction"):
            chosen = said(row.its_opinions, column)
            return "；".join(f"{o.text or '见原件'} {o.person}" for o in chosen)
        if column == "handler":
            return "、".join(str(o.handler) for o in row.its_opinions if o.handler)
        return super().value(row, column)


class OnFile(Received):
    """归档目录: what is on file, by class and number, and for how long."""

    slug = "documents-filed"
    title = "归档目录"
    columns = (
        "file_number",
        "category",
        "called",
        "number",
        "issue_number",
        "level",
        "year",
        "copies",
        "kept",
        "state",
    )
    filters = (
        "category",
        Filter("year", "年度", years),
        Filter("label__level", "密级"),
        "keep_years",
        "state",
    )
    order = ("-year", "category", "register_number")
    signatures = ("立卷人", "档案员", "办公室主任")
    create = None

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        return super().visible(person, at=at).exclude(file_number="")


RECEIVED = Received()
BOOK = Book()
FILED = OnFile()
