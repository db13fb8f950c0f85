"""递送: one hand-over of sealed envelopes to a channel, with the times of the trip."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from shoumi.domains.dispatch.models.exchange import ExchangeRun
from shoumi.domains.dispatch.models.letters import Letter
from shoumi.domains.dispatch.rules.channels import Channel
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Person


class Delivery(Labelled):
    """A delivery slip (送件单): channel, seal, couriers, and when they left, arrived and came back."""

    letter = models.ForeignKey(
        Letter, models.PROTECT, related_name="deliveries", verbose_name="发文"
    )
    number = models.CharField("送件单号", max_length=40)
    channel = models.CharField(
        "递送渠道", max_length=10, choices=[(c.value, c.label) for c in Channel]
    )
    protection = models.CharField("加密或者密封方式", max_length=100, blank=True)
    tracking = models.CharField("寄递单号", max_length=40, blank=True)
    approval_number = models.CharField("批准号", max_length=60, blank=True)
    couriers = models.CharField("递送人员", max_length=100, blank=True)
    pieces = models.PositiveSmallIntegerField("件数")
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="交寄人")
    left_at = models.DateTimeField("出发时间")
    arrived_at = models.DateTimeField("到达时间", null=True, blank=True)
    back_at = models.DateTimeField("返回时间", null=True, blank=True)
    run = models.ForeignKey(
        ExchangeRun,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries",
        verbose_name="机要交换",
    )
    is_long = models.BooleanField("用时异常", default=False)
    remark = models.CharField("途中情况", max_length=200, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "送件单"
        constraints = [
            models.CheckConstraint(
                condition=Q(back_at=None)
                | Q(arrived_at__gte=F("left_at"), back_at__gte=F("arrived_at")),
                name="dispatch_a_trip_goes_forward",
            )
        ]
        indexes = [models.Index(fields=["label", "-id"], name="dispatch_delivery_label")]

    def __str__(self) -> str:
        return self.number

    def come_back(
        self, *, arrived_at: datetime, back_at: datetime, is_long: bool, remark: str
    ) -> bool:
        """Compare-and-swap: the times of a trip are written once."""
        changes = {
            "arrived_at": arrived_at,
            "back_at": back_at,
            "is_long": is_long,
            "remark": remark,
        }
        return bool(Delivery.unscoped.filter(pk=self.pk, back_at=None).update(**changes))

    @classmethod
    def carry(cls, run: ExchangeRun) -> int:
        """Let a run have carried what was given to the exchange and no run before took; how many pieces."""
        rows = cls.unscoped.filter(
            letter__body=run.body, channel=Channel.EXCHANGE, run=None, left_at__lte=run.run_at
        )
        pieces = dict(rows.values_list("pk", "pieces"))
        cls.unscoped.filter(pk__in=pieces).update(run=run)
        return sum(pieces.values())

    @classmethod
    def channels_of(cls, letter: Letter) -> set[str]:
        """Which ways this letter, and every other about the paper it answers, has gone."""
        about = Q(letter=letter)
        if letter.reply_to_id is not None:
            about |= Q(letter__reply_to=letter.reply_to_id)
        return set(cls.unscoped.filter(about).values_list("channel", flat=True))
