"""借阅: one copy, one borrower, one date of return."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models
from django.db.models import Q

from shoumi.domains.handling.models.requests import Request
from shoumi.platform.access.models import Labelled
from shoumi.platform.custody.models import Handover, Item
from shoumi.platform.directory.models import Person


class Loan(Request):
    """A loan (借阅) from the request to the copy's check on return; `asked_by` is the borrower."""

    class State(models.TextChoices):
        REQUESTED = "requested", "审批中"
        APPROVED = "approved", "待借出"
        OFFERED = "offered", "待签收"
        LENT = "lent", "借出"
        GIVEN_BACK = "given_back", "待查验"
        RETURNED = "returned", "已归还"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤销"

    OPEN = (State.REQUESTED, State.APPROVED, State.OFFERED, State.LENT, State.GIVEN_BACK)
    OUT = (State.LENT, State.GIVEN_BACK)
    TONES = {
        State.REQUESTED: "open",
        State.APPROVED: "soon",
        State.OFFERED: "soon",
        State.LENT: "soon",
        State.GIVEN_BACK: "open",
        State.RETURNED: "done",
        State.REFUSED: "closed",
        State.WITHDRAWN: "closed",
    }

    item = models.ForeignKey(Item, models.PROTECT, related_name="loans", verbose_name="载体")
    purpose = models.CharField("事由", max_length=120)
    necessity = models.CharField("确需理由", max_length=200, blank=True)
    outside = models.CharField("对外借阅单位", max_length=80, blank=True)
    days = models.PositiveSmallIntegerField("借阅天数")
    reading_place = models.CharField("阅用场所", max_length=20)
    state = models.CharField("状态", max_length=10, choices=State, default=State.REQUESTED)
    lent_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="借出经手人"
    )
    lent_at = models.DateTimeField("借出时间", null=True, blank=True)
    due_at = models.DateTimeField("应还时间", null=True, blank=True)
    given_back_at = models.DateTimeField("交还时间", null=True, blank=True)
    returned_at = models.DateTimeField("归还时间", null=True, blank=True)
    checked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="查验人"
    )
    intact = models.BooleanField("完好", null=True, blank=True)
    condition = models.CharField("查验情况", max_length=200, blank=True)
    outward = models.ForeignKey(
        Handover, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="借出交接单"
    )
    homeward = models.ForeignKey(
        Handover, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="归还交接单"
    )

    class Meta(Labelled.Meta):
        verbose_name = "借阅"
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state__in=["requested", "approved", "offered", "lent", "given_back"]),
                name="handling_one_loan_a_copy",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["lent", "given_back", "returned"])
                | Q(lent_at__isnull=False, due_at__isnull=False),
                name="handling_lent_has_a_due_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(returned_at__isnull=False, intact__isnull=False),
                name="handling_returned_was_checked",
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="handling_loan_label"),
            models.Index(fields=["asked_by", "state"], name="handling_loan_borrower"),
            models.Index(fields=["state", "due_at"], name="handling_loan_due"),
            # One for each condition the book offers: the list then comes in order from any of them.
            models.Index(fields=["state", "-id"], name="handling_loan_state"),
            models.Index(fields=["asked_by", "-id"], name="handling_loan_asked_by"),
            models.Index(fields=["-lent_at", "-id"], name="handling_loan_lent_at"),
            models.Index(fields=["-due_at", "-id"], name="handling_loan_due_at"),
        ]

    @classmethod
    def on_loan(cls, items: Sequence[Item]) -> list[Item]:
        """Those of some things that a borrower has now."""
        out = cls.unscoped.filter(item__in=[i.pk for i in items], state__in=cls.OUT)
        keys = set(out.values_list("item", flat=True))
        return [item for item in items if item.pk in keys]

    @classmethod
    def borrowed_by(cls, person: int) -> list[str]:
        """The names of what somebody has borrowed and not given back."""
        rows = cls.unscoped.filter(asked_by=person, state__in=cls.OUT).order_by("id")
        return list(rows.values_list("item__name", flat=True))

    @property
    def is_out(self) -> bool:
        return self.state in self.OUT

    @property
    def open_due(self) -> datetime | None:
        """The due time as long as it runs."""
        return self.due_at if self.is_out else None

    def is_late(self, at: datetime) -> bool:
        return self.is_out and self.due_at is not None and self.due_at < at
