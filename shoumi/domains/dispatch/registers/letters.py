"""发文 on the screen and its book on paper."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from shoumi.domains.dispatch import verbs
from shoumi.domains.dispatch.models import Letter, Recipient
from shoumi.domains.dispatch.registers.books import Books, linked
from shoumi.domains.dispatch.registers.lines import AskedAbout, DeliveriesOfOne, LinesOfOne
from shoumi.platform.access.subjects import day_of
from shoumi.platform.registers.conditions import Filter
from shoumi.platform.ui.templatetags.ui import level_badge


def years(person: Any, *, at: datetime) -> list[tuple[int, str]]:
    """The last ten years, this one first."""
    this = day_of(at).year
    return [(year, f"{year} 年") for year in range(this, this - 10, -1)]


class Letters(Books):
    """发文 on the screen: every letter from its draft on."""

    model = Letter
    slug = "dispatch-letters"
    title = "发文"
    columns = (
        "reference",
        "called",
        "level",
        "form",
        "urgency",
        "department",
        "drafted_by",
        "state",
        "state_at",
    )
    headings: ClassVar[dict[str, str]] = {
        "reference": "文号或者稿号",
        "called": "标题",
        "level": "密级",
        "stage": "阶段",
        "papers": "单据",
        "period": "保密期限",
        "mark": "密级标志",
        "versions": "文稿",
    }
    filters = (
        "state",
        Filter("label__level", "密级"),
        "form",
        "urgency",
        Filter("year", "年度", years),
        "department",
        Filter("drafted_at", "拟稿时间"),
    )
    search = ("draft_number", "number", "title", "subject_words", "drafted_by__name")
    related = ("body", "document", "reply_to")
    sections = (
        (
            "文稿",
            (
                "called",
                "mark",
                "urgency",
                "draft_number",
                "number",
                "form",
                "genre",
                "situation",
                "meeting",
                "purpose",
                "subject_words",
                "print_run",
                "reply_to",
                "department",
                "drafted_by",
                "drafted_at",
                "stage",
                "state",
                "dropped_reason",
                "versions",
                "void_reason",
                "voided_by",
                "voided_at",
            ),
        ),
        (
            "必要性与定密",
            (
                "necessity",
                "paper_reason",
                "earlier",
                "exception",
                "is_published",
                "is_returnable",
                "basis",
                "expires_on",
                "classified_by",
                "classified_at",
                "signed_by",
                "signed_at",
            ),
        ),
        (
            "印制与单据",
            (
                "issued_on",
                "printed_on",
                "made",
                "press",
                "printer",
                "printed_by",
                "waste",
                "waste_witness",
                "document",
                "papers",
            ),
        ),
    )
    children = (
        (AskedAbout(), "letter"),
        (LinesOfOne(), "letter"),
        (DeliveriesOfOne(), "letter"),
    )
    create = verbs.DRAFT
    verbs = verbs.ON_A_LETTER

    def is_told(self, row: Any, column: str) -> bool:
        if column in ("made", "waste") and row.made == 0:
            return False
        if column == "versions":
            return bool(row.texts)
        return column == "papers" or super().is_told(row, column)

    def value(self, row: Any, column: str) -> Any:
        if column in ("papers", "versions"):
            return ""
        if column == "reference":
            return str(row)
        if column == "mark":
            return row.mark_now or ("解密" if row.struck_marks else "公开")
        return super().value(row, column)

    def cell(self, row: Any, column: str) -> Any:
        if column == "mark":
            return level_badge(row.level, row.mark_now, row.struck_marks)
        if column == "reply_to" and row.reply_to is not None:
            return linked(row.reply_to, row.reply_to)
        if column == "versions":
            return format_html_join(
                "　",
                '<a href="{}">第{}稿</a>',
                (
                    (reverse("attachments:download", args=[one.name]), number)
                    for number, one in enumerate(row.versions(), start=1)
                ),
            )
        if column == "papers":
            sheet = reverse("dispatch-letters-form", args=[row.pk])
            listed = reverse("dispatch-letters-distribution", args=[row.pk])
            return format_html(
                '<a href="{}">发文稿纸</a>　<a href="{}">分发清单</a>', sheet, listed
            )
        return super().cell(row, column)


class Book(Letters):
    """发文登记簿 on the screen: the letters that have their number, in its order."""

    slug = "dispatch-book"
    title = "发文登记簿"
    columns = (
        "register_number",
        "number",
        "called",
        "mark",
        "signed_by",
        "issued_on",
        "made",
        "receipts",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {
        "called": "标题",
        "mark": "密级",
        "register_number": "登记序号",
        "distribution": "发往单位、份数及份号",
        "receipts": "回执",
        "made": "印数",
    }
    filters = (
        Filter("year", "年度", years),
        "form",
        Filter("label__level", "密级"),
        Filter("issued_on", "成文日期"),
    )
    search = ("number", "title", "subject_words")
    order = ("-year", "-register_number")
    sections = ()
    children = ()
    verbs = ()
    create = None
    signatures = ("登记人", "审核人", "办公室主任")

    def url(self, page: str, *args: Any) -> str:
        """A line of the book opens the letter itself."""
        return LETTERS.url(page, *args) if page == "detail" else super().url(page, *args)

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        lines = Recipient.objects.visible_to(person, at=at).exclude(state=Recipient.State.VOID)
        found = super().visible(person, at=at).exclude(number="")
        return found.prefetch_related(
            Prefetch("recipients", lines.order_by("id"), "its_lines"),
        )

    def value(self, row: Any, column: str) -> Any:
        if column == "distribution":
            return "；".join(f"{x.name} {x.copies} 份 {x.copy_numbers}" for x in row.its_lines)
        if column == "receipts":
            done = (Recipient.State.RECEIVED, Recipient.State.RECALLED)
            back = sum(x.state in done for x in row.its_lines)
            return f"{back}/{len(row.its_lines)}"
        return super().value(row, column)


class PaperBook(Book):
    """发文登记簿 as the office keeps it on paper: the columns of the ledger in their order."""

    columns = (
        "register_number",
        "issued_on",
        "number",
        "called",
        "mark",
        "urgency",
        "signed_by",
        "department",
        "printed_on",
        "made",
        "distribution",
        "receipts",
    )
    order = ("year", "register_number", "form")


LETTERS = Letters()
BOOK = Book()
PAPER_BOOK = PaperBook()
