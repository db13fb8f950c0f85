"""清退: the issuer wants its copies back; each is called in, all are sent, the receipt is kept."""

from collections.abc import Sequence
from datetime import date

from django.db import models
from django.db.models import Q

from shoumi.domains.handling.models.requests import Line, Request
from shoumi.platform.access.models import Labelled
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Person


class Recall(Request):
    """A recall (清退) by the issuing body, from its notice to its receipt."""

    class State(models.TextChoices):
        COLLECTING = "collecting", "收回中"
        SENT = "sent", "已退出"
        CLOSED = "closed", "已取回执"
        WITHDRAWN = "withdrawn", "已撤销"

    TONES = {
        State.COLLECTING: "soon",
        State.SENT: "open",
        State.CLOSED: "done",
        State.WITHDRAWN: "closed",
    }

    issuer = models.CharField("要求清退单位", max_length=80)
    notice = models.CharField("清退通知文号", max_length=60)
    due_on = models.DateField("退还期限")
    pieces = models.PositiveIntegerField("应退件数")
    state = models.CharField("状态", max_length=10, choices=State, default=State.COLLECTING)
    channel = models.CharField("递送渠道", max_length=20, blank=True)
    sealed = models.BooleanField("单独密封", default=False)
    escorts = models.CharField("护送人员", max_length=100, blank=True)
    sent_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="退还经手人"
    )
    sent_at = models.DateTimeField("退出时间", null=True, blank=True)
    sent = models.PositiveIntegerField("实退件数", default=0)
    receipt = models.CharField("回执编号", max_length=60, blank=True)
    receipt_at = models.DateTimeField("取得回执时间", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "清退"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(receipt=""),
                name="handling_recall_closed_with_receipt",
            )
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="handling_recall_label"),
            models.Index(fields=["state", "due_on"], name="handling_recall_due"),
        ]

    @property
    def open_due(self) -> date | None:
        """The due day as long as pieces are out."""
        return self.due_on if self.state == self.State.COLLECTING else None


class RecallLine(Line):
    """One piece to be sent back."""

    recall = models.ForeignKey(Recall, models.PROTECT, related_name="lines", verbose_name="清退")
    item = models.ForeignKey(Item, models.PROTECT, related_name="recalls", verbose_name="载体")

    class Meta(Labelled.Meta):
        verbose_name = "清退明细"
        constraints = [
            models.UniqueConstraint(fields=["recall", "item"], name="handling_recalled_once")
        ]
        indexes = [models.Index(fields=["label", "-id"], name="handling_recalled_label")]

    @classmethod
    def wanted(cls, items: Sequence[Item], *, state: str) -> list[Item]:
        """Those of some things that a recall in this state speaks of."""
        lines = cls.unscoped.filter(item__in=[i.pk for i in items], recall__state=state)
        keys = set(lines.values_list("item", flat=True))
        return [item for item in items if item.pk in keys]
