"""What follows a determination: changes, new marks, notices, referrals, reviews, and faults."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import format_html

from shoumi.domains.classification import verbs
from shoumi.domains.classification.models import (
    Change,
    Fault,
    Notice,
    Referral,
    Remarking,
    Review,
)
from shoumi.domains.classification.registers.books import Books
from shoumi.platform.registers.conditions import Filter
from shoumi.platform.ui.templatetags.ui import mark_line


class Remarkings(Books):
    """换标: each copy with its old mark and its new one."""

    model = Remarking
    slug = "classification-remarkings"
    title = "换标明细"
    columns = (
        "item__name",
        "item__code",
        "change",
        "marks",
        "where",
        "note",
        "done_by",
        "done_at",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {"item__name": "载体", "marks": "标志"}
    filters = ("state", Filter("done_at", "换标时间"))
    search = ("item__name", "item__code", "change__number")
    related = ("change",)

    def value(self, row: Any, column: str) -> Any:
        if column == "marks":
            return f"{row.mark_before} → {row.shown_after}"
        return super().value(row, column)

    def cell(self, row: Any, column: str) -> Any:
        if column == "marks":
            return mark_line(row.mark_after, row.struck)
        return super().cell(row, column)


class Notices(Books):
    """变动通知 and who has signed for them."""

    model = Notice
    slug = "classification-notices"
    title = "变动通知"
    columns = ("whom", "change", "copies", "given_at", "signed_at", "receipt", "state")
    headings: ClassVar[dict[str, str]] = {"whom": "被通知人、单位"}
    filters = ("state", Filter("given_at", "通知时间"))
    search = ("change__number", "person__name", "outside__name")
    related = ("change", "person", "outside")
    verbs = (verbs.SIGN, verbs.SEND)

    def value(self, row: Any, column: str) -> Any:
        return str(row) if column == "whom" else super().value(row, column)


REMARKINGS = Remarkings()
NOTICES = Notices()


class Changes(Books):
    """密级变更、解密登记簿."""

    model = Change
    slug = "classification-changes"
    title = "密级变动登记簿"
    columns = (
        "number",
        "determination",
        "kind",
        "marks",
        "ground",
        "decided_by",
        "decided_at",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {
        "marks": "标志",
        "determination": "定密事项",
        "papers": "单据",
    }
    filters = ("kind", "state", Filter("decided_at", "决定时间"))
    search = ("number", "determination__number", "notice_number")
    related = ("determination", "cause")
    sections = (
        (
            "变动",
            (
                "marks",
                "number",
                "determination",
                "kind",
                "ground",
                "reason",
                "notice_number",
                "level_before",
                "level_after",
                "expires_before",
                "expires_after",
                "cause",
            ),
        ),
        ("决定", ("decided_by", "decided_at", "state", "papers")),
    )
    children = ((REMARKINGS, "change"), (NOTICES, "change"))
    create = verbs.NOTE
    verbs = verbs.ON_A_CHANGE

    def value(self, row: Any, column: str) -> Any:
        if column == "marks":
            return f"{row.mark_before} → {row.shown_after}"
        if column == "papers":
            return "单据"
        return super().value(row, column)

    def cell(self, row: Any, column: str) -> Any:
        if column == "marks":
            return mark_line(row.mark_after, row.struck)
        if column == "papers":
            notice = reverse("classification-changes-notice", args=[row.pk])
            labels = reverse("classification-changes-labels", args=[row.pk])
            return format_html(
                '<a href="{}">变动通知书</a>　<a href="{}">密级标识</a>', notice, labels
            )
        return super().cell(row, column)


class Referrals(Books):
    """报请确定: unclear, disputed, or beyond the body's power."""

    model = Referral
    slug = "classification-referrals"
    title = "报请确定登记簿"
    columns = (
        "number",
        "determination",
        "cause",
        "to",
        "claimed",
        "asked_at",
        "due_at",
        "answer_mark",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {"determination": "定密事项"}
    filters = ("cause", "state", Filter("asked_at", "报送时间"))
    search = ("number", "determination__number", "letter", "answer")
    related = ("determination",)
    sections = (
        (
            "报请",
            (
                "number",
                "determination",
                "cause",
                "to",
                "letter",
                "claimed",
                "reason",
                "asked_by",
                "asked_at",
                "due_at",
            ),
        ),
        ("审定", ("answer", "answer_mark", "answered_at", "state")),
    )
    verbs = (verbs.ANSWER,)

    def cell(self, row: Any, column: str) -> Any:
        # The cause of a referral is a choice, not another row.
        return row.get_cause_display() if column == "cause" else super().cell(row, column)


class Reviews(Books):
    """年度审核记录."""

    model = Review
    slug = "classification-reviews"
    title = "年度审核记录"
    columns = ("year", "determination", "conclusion", "reviewed_by", "reviewed_at")
    headings: ClassVar[dict[str, str]] = {"determination": "定密事项"}
    filters = (Filter("reviewed_at", "审核时间"),)
    search = ("determination__number",)
    related = ("determination",)
    create = verbs.REVIEW


class Faults(Books):
    """定密纠正: wrong marks, and how they were set right."""

    model = Fault
    slug = "classification-faults"
    title = "定密纠正登记簿"
    columns = (
        "number",
        "kind",
        "stage",
        "carrier",
        "department",
        "found_at",
        "due_at",
        "result",
        "state",
    )
    filters = ("kind", "stage", "state", "department", Filter("found_at", "发现时间"))
    search = ("number", "carrier")
    sections = (
        (
            "纠正",
            (
                "number",
                "kind",
                "stage",
                "carrier",
                "facts",
                "department",
                "checked_by",
                "found_at",
                "due_at",
                "result",
                "corrected_at",
                "state",
                "papers",
            ),
        ),
    )
    headings: ClassVar[dict[str, str]] = {"papers": "单据"}
    create = verbs.RECORD
    verbs = (verbs.CLOSE,)

    def value(self, row: Any, column: str) -> Any:
        return "单据" if column == "papers" else super().value(row, column)

    def cell(self, row: Any, column: str) -> Any:
        if column == "papers":
            address = reverse("classification-faults-notice", args=[row.pk])
            return format_html('<a href="{}">纠正通知书</a>', address)
        return super().cell(row, column)


CHANGES = Changes()
REFERRALS = Referrals()
REVIEWS = Reviews()
FAULTS = Faults()
