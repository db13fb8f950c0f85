"""The smaller ledgers of the registry: openings, returns, telegrams, lapses, meetings, files."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import DateTimeField, QuerySet, Value
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime

from shoumi.domains.documents.models import (
    Attendance,
    FilingCheck,
    FilingLine,
    Lapse,
    Opening,
    SentBack,
    Telegram,
)
from shoumi.domains.documents.verbs import (
    ANNOUNCE,
    CHECK_FILES,
    GO_BACK,
    HAND_IN,
    NOTHING_BROUGHT,
    REGISTER_RETURN,
    REMEDIED,
)
from shoumi.platform.registers.conditions import Filter
from shoumi.platform.registers.register import Register
from shoumi.platform.ui.due import due_words

NUMBER = {"document__number": "收文编号", "paper": "原件"}


class OfAPaper(Register):
    """A ledger whose every row is about one paper, and leads to it."""

    headings: ClassVar[dict[str, str]] = NUMBER

    def value(self, row: Any, column: str) -> Any:
        return "" if column == "paper" else super().value(row, column)

    def cell(self, row: Any, column: str) -> Any:
        if column == "document__number":
            return format_html('<span class="text-nowrap">{}</span>', row.document)
        if column == "paper":
            address = reverse("documents-detail", args=[row.document_id])
            return format_html('<a href="{}">到收文登记簿办理</a>', address)
        return super().cell(row, column)


class Openings(OfAPaper):
    """拆封核对 of the envelopes, with what is still awaited."""

    model = Opening
    slug = "documents-openings"
    title = "拆封核对"
    columns = (
        "document__number",
        "seal",
        "phone_check",
        "seal_added_at",
        "cover",
        "dating",
        "days_apart",
        "listed",
        "found",
        "slip",
        "slip_sent_at",
    )
    filters = ("seal", "slip", "cover", "dating", "tidied")
    search = ("document__number",)
    sections = (
        ("", (*columns, "undamaged", "emptied", "tidied", "slip_by", "slip_sent_by", "paper")),
    )


class Returns(Register):
    """退件登记簿."""

    model = SentBack
    slug = "documents-returns"
    title = "退件登记簿"
    columns = (
        "number",
        "received_at",
        "sender",
        "level",
        "reason",
        "envelope_number",
        "issue_number",
        "pieces",
        "state",
        "gone_at",
        "taken_by",
    )
    filters = ("state", "reason", "received_at")
    search = ("number", "sender", "envelope_number", "issue_number")
    signatures = ("登记人", "退件人", "接件人")
    verbs = (GO_BACK,)
    create = REGISTER_RETURN


class Telegrams(OfAPaper):
    """收发电报登记本, with both clocks in words."""

    model = Telegram
    slug = "documents-telegrams"
    title = "电报登记本"
    columns = (
        "document__number",
        "received_at",
        "document__issuer",
        "document__called",
        "level",
        "document__urgency",
        "on_watch",
        "slip",
        "closing",
        "document__state",
    )
    headings: ClassVar[dict[str, str]] = {
        "paper": "原件",
        "document__number": "编号",
        "document__issuer": "来电单位",
        "document__called": "标题",
        "level": "密级",
        "slip": "回单",
        "closing": "办结",
        "document__state": "状态",
    }
    filters = (
        "slip_late",
        "close_late",
        Filter("document__urgency", "紧急程度"),
        "important",
        "received_at",
    )
    search = ("document__number", "document__title", "document__issuer", "document__initials")
    sections = (
        (
            "",
            (
                "document__number",
                "document__called",
                "document__issuer",
                "document__urgency",
                "received_at",
                "on_watch",
                "slip_due_at",
                "slip",
                "slip_by",
                "important",
                "told_at",
                "told_to",
                "close_due_at",
                "closing",
                "reply_channel",
                "paper",
            ),
        ),
    )
    signatures = ("值班人", "机要员", "机要室负责人")

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        asked = Value(at, output_field=DateTimeField())
        return super().visible(person, at=at).annotate(asked_at=asked)

    def value(self, row: Any, column: str) -> Any:
        if column == "slip":
            return clock_words(row.slip_due_at, row.slip_at, late=row.slip_late, at=row.asked_at)
        if column == "closing":
            due, done = row.close_due_at, row.closed_at
            return clock_words(due, done, late=row.close_late, at=row.asked_at)
        return super().value(row, column)

    def cell(self, row: Any, column: str) -> Any:
        if column not in ("slip", "closing"):
            return super().cell(row, column)
        late, done, due = {
            "slip": (row.slip_late, row.slip_at, row.slip_due_at),
            "closing": (row.close_late, row.closed_at, row.close_due_at),
        }[column]
        tone = "done" if done else due_words(due, at=row.asked_at).state
        said = self.value(row, column)
        return format_html('<span class="due due-{}">{}</span>', "late" if late else tone, said)


def clock_words(due: datetime, done: datetime | None, *, late: bool, at: datetime) -> str:
    """「剩 9 分钟」, 「09-01 09:05，超时」: when it was done, or how long there is."""
    if done is None:
        return due_words(due, at=at).words
    return f"{localtime(done):%m-%d %H:%M}{'，超时' if late else ''}"


class Lapses(OfAPaper):
    """收文差错登记."""

    model = Lapse
    slug = "documents-lapses"
    title = "收文差错登记"
    columns = ("document__number", "kind", "at", "person", "what", "absent", "noted_by")
    filters = ("kind", "absent", "person", "at")
    search = ("document__number", "what", "person__name")
    sections = (("", (*columns, "paper")),)
    readers = frozenset({"registrar", "office_director", "secrecy_office"})
    signatures = ("登记人", "机要员", "办公室主任")


class Attendances(Register):
    """参会登记, with who still owes the papers."""

    model = Attendance
    slug = "documents-attendances"
    title = "参会交件登记"
    columns = (
        "person",
        "meeting",
        "host",
        "ends_on",
        "due_at",
        "state",
        "papers",
        "pieces",
        "taken_by",
    )
    filters = ("state", "person", "ends_on")
    search = ("person__name", "meeting", "papers")
    signatures = ("登记人", "参会人", "机要员")
    verbs = (HAND_IN, NOTHING_BROUGHT)
    create = ANNOUNCE


class FilingLines(Register):
    """Every filed paper as a check found it."""

    model = FilingLine
    slug = "documents-filing-lines"
    title = "核查明细"
    columns = ("document__file_number", "document__number", "check_of__number", "level", "found")
    headings: ClassVar[dict[str, str]] = {
        "document__file_number": "归档编号",
        "document__number": "收文编号",
        "check_of__number": "核查编号",
        "level": "密级",
    }
    filters = ("found",)
    search = ("document__file_number", "document__number", "check_of__number")


FILING_LINES = FilingLines()


class FilingChecks(Register):
    """档案核查 with what had to be put right."""

    model = FilingCheck
    slug = "documents-filing-checks"
    title = "档案核查"
    columns = (
        "number",
        "year",
        "checked_at",
        "checked_by",
        "pieces",
        "faults",
        "remedy",
        "remedied_at",
    )
    filters = ("year", "checked_at")
    search = ("number", "remedy")
    signatures = ("核查人", "档案员", "办公室主任")
    verbs = (REMEDIED,)
    create = CHECK_FILES
    children = ((FILING_LINES, "check_of"),)


OPENINGS = Openings()
RETURNS = Returns()
TELEGRAMS = Telegrams()
LAPSES = Lapses()
ATTENDANCES = Attendances()
FILING_CHECKS = FilingChecks()
