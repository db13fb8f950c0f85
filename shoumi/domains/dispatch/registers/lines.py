"""What hangs on a letter: its countersigns, its distribution list, its delivery slips."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet

from shoumi.domains.dispatch import verbs
from shoumi.domains.dispatch.models import Countersign, Delivery, Recipient
from shoumi.domains.dispatch.registers.books import Books
from shoumi.platform.registers.conditions import Filter


class Countersigns(Books):
    """会签: which departments were asked, and what each said."""

    model = Countersign
    slug = "dispatch-countersigns"
    title = "会签"
    columns = ("department", "letter", "state", "person", "opinion", "at")
    headings: ClassVar[dict[str, str]] = {"letter": "发文"}
    filters = ("state", "department")
    search = ("letter__draft_number", "letter__number", "opinion")
    related = ("letter__body",)
    verbs = verbs.ON_A_COUNTERSIGN


class Lines(Books):
    """分发登记: every line of every list, its copies, its envelope and its receipt."""

    model = Recipient
    slug = "dispatch-recipients"
    title = "分发登记簿"
    columns = (
        "name",
        "letter",
        "level",
        "copies",
        "copy_numbers",
        "envelope",
        "sent_at",
        "received_by",
        "received_at",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {
        "letter": "文号",
        "level": "密级",
        "copy_numbers": "份号",
        "delivery__channel": "递送渠道",
    }
    filters = (
        "state",
        Filter("label__level", "密级"),
        "role",
        Filter("delivery__channel", "递送渠道"),
        "sent_at",
    )
    search = ("letter__number", "name", "envelope", "receipt")
    related = ("letter__body", "delivery")
    sections = (
        ("分发", ("letter", "level", "role", "name", "reason", "copies", "copy_numbers", "state")),
        (
            "封装与递送",
            (
                "envelope",
                "check_value",
                "sealed_by",
                "sealed_at",
                "delivery",
                "delivery__channel",
                "delivery__couriers",
                "signer",
                "sent_at",
            ),
        ),
        ("签收与收回", ("receipt", "received_by", "received_at", "receipt_at", "recalled_at")),
    )
    verbs = verbs.ON_A_LINE
    signatures = ("分发人", "核对人", "机要室负责人")

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        return super().visible(person, at=at).exclude(state=Recipient.State.VOID)


class PaperLines(Lines):
    """分发登记簿 as the office keeps it on paper."""

    columns = (
        "name",
        "letter",
        "level",
        "role",
        "copies",
        "copy_numbers",
        "envelope",
        "delivery__channel",
        "sent_at",
        "received_by",
        "received_at",
        "receipt",
    )
    order = ("letter_id", "id")


class Deliveries(Books):
    """送件登记: each hand-over to a channel, and the times of the trip."""

    model = Delivery
    slug = "dispatch-deliveries"
    title = "送件登记簿"
    columns = (
        "number",
        "letter",
        "level",
        "channel",
        "pieces",
        "couriers",
        "left_at",
        "back_at",
        "is_long",
    )
    headings: ClassVar[dict[str, str]] = {"letter": "文号", "level": "密级"}
    filters = ("channel", Filter("label__level", "密级"), "is_long", "left_at")
    search = ("number", "letter__number", "couriers", "tracking")
    related = ("letter__body",)
    sections = (
        (
            "交寄",
            (
                "number",
                "letter",
                "level",
                "channel",
                "protection",
                "approval_number",
                "tracking",
                "pieces",
                "sent_by",
                "couriers",
            ),
        ),
        ("往返", ("left_at", "arrived_at", "back_at", "is_long", "remark")),
    )
    children = ()
    verbs = verbs.ON_A_DELIVERY
    signatures = ("交寄人", "递送人", "机要室负责人")


class PaperDeliveries(Deliveries):
    """送件登记簿 as the office keeps it on paper."""

    columns = (
        "number",
        "letter",
        "level",
        "channel",
        "protection",
        "approval_number",
        "pieces",
        "sent_by",
        "couriers",
        "tracking",
        "left_at",
        "arrived_at",
        "back_at",
    )
    order = ("id",)


class AskedAbout(Countersigns):
    """The departments asked about one letter, on its page."""

    columns = ("department", "state", "person", "opinion", "at")


class LinesOfOne(Lines):
    """The list of one letter, on its page."""

    columns = (
        "name",
        "role",
        "copies",
        "copy_numbers",
        "envelope",
        "check_value",
        "sent_at",
        "received_by",
        "received_at",
        "receipt",
        "state",
    )


class DeliveriesOfOne(Deliveries):
    """The slips of one letter, on its page."""

    columns = ("number", "channel", "protection", "pieces", "couriers", "left_at", "back_at")


COUNTERSIGNS = Countersigns()
LINES = Lines()
DELIVERIES = Deliveries()
Deliveries.children = ((LinesOfOne(), "delivery"),)
PAPER_LINES = PaperLines()
PAPER_DELIVERIES = PaperDeliveries()
