"""销毁: a list piece by piece, an approval, two persons, a certificate."""

from django.db import models
from django.db.models import F, Q

from shoumi.domains.handling.models.requests import Line, Request
from shoumi.platform.access.models import Labelled
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Person


class Destruction(Request):
    """A destruction (销毁): proposed by a registrar, carried out by one and witnessed by another."""

    class State(models.TextChoices):
        REQUESTED = "requested", "审批中"
        APPROVED = "approved", "待销毁"
        EXECUTED = "executed", "待监销人签认"
        CLOSED = "closed", "已销毁"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤销"

    TONES = {
        State.REQUESTED: "open",
        State.APPROVED: "soon",
        State.EXECUTED: "soon",
        State.CLOSED: "done",
        State.REFUSED: "closed",
        State.WITHDRAWN: "closed",
    }

    appraisal = models.CharField("鉴别意见", max_length=200)
    method = models.CharField("销毁方式", max_length=20)
    standard = models.CharField("所依标准和程序", max_length=120, blank=True)
    station = models.CharField("销毁机构或者设备", max_length=80)
    pieces = models.PositiveIntegerField("清单件数")
    state = models.CharField("状态", max_length=10, choices=State, default=State.REQUESTED)
    counted = models.PositiveIntegerField("现场清点件数", default=0)
    executed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )
    executed_at = models.DateTimeField("销毁时间", null=True, blank=True)
    witness = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="监销人"
    )
    witnessed_at = models.DateTimeField("监销签认时间", null=True, blank=True)
    certificate = models.CharField("销毁证明编号", max_length=40, blank=True)
    destroyed = models.PositiveIntegerField("实际销毁件数", default=0)
    missing = models.PositiveIntegerField("下落不明件数", default=0)

    class Meta(Labelled.Meta):
        verbose_name = "销毁"
        constraints = [
            models.CheckConstraint(
                condition=Q(witness=None) | ~Q(witness=F("executed_by")),
                name="handling_destroyed_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | Q(witnessed_at__isnull=False, pieces=F("destroyed") + F("missing"))
                & ~Q(certificate=""),
                name="handling_destroyed_balances",
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="handling_destruction_label"),
            models.Index(fields=["state", "-id"], name="handling_destruction_state"),
        ]


class DestructionLine(Line):
    """One piece on the list."""

    destruction = models.ForeignKey(
        Destruction, models.PROTECT, related_name="lines", verbose_name="销毁"
    )
    item = models.ForeignKey(Item, models.PROTECT, related_name="destructions", verbose_name="载体")

    class Meta(Labelled.Meta):
        verbose_name = "销毁明细"
        constraints = [
            models.UniqueConstraint(fields=["destruction", "item"], name="handling_listed_once")
        ]
        indexes = [models.Index(fields=["label", "-id"], name="handling_listed_label")]
