"""携带外出: who takes what where, in which case, with whom, and until when."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from shoumi.domains.handling.models.requests import Line, Request
from shoumi.platform.access.models import Labelled
from shoumi.platform.custody.models import Handover, Item
from shoumi.platform.directory.models import Person


class Carrying(Request):
    """A trip with carriers (携带外出); `asked_by` carries them and answers for them."""

    class State(models.TextChoices):
        REQUESTED = "requested", "审批中"
        APPROVED = "approved", "待带出"
        OFFERED = "offered", "待签收"
        OUT = "out", "在外"
        RETURNED = "returned", "已返回"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤销"

    TONES = {
        State.REQUESTED: "open",
        State.APPROVED: "soon",
        State.OFFERED: "soon",
        State.OUT: "soon",
        State.RETURNED: "done",
        State.REFUSED: "closed",
        State.WITHDRAWN: "closed",
    }

    destination = models.CharField("目的地", max_length=100)
    purpose = models.CharField("事由", max_length=20)
    reason = models.CharField("具体事项", max_length=200)
    container = models.CharField("专用箱包编号", max_length=40)
    measures = models.CharField("安全措施", max_length=200)
    companions = models.JSONField("同行人员编号", default=list, blank=True)
    companion_names = models.CharField("同行人员", max_length=200, blank=True)
    leaves_on = models.DateField("带出日期")
    returns_on = models.DateField("归还日期")
    state = models.CharField("状态", max_length=10, choices=State, default=State.REQUESTED)
    released_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核发人"
    )
    left_at = models.DateTimeField("带出时间", null=True, blank=True)
    due_at = models.DateTimeField("应还时间", null=True, blank=True)
    returned_at = models.DateTimeField("返回时间", null=True, blank=True)
    checked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核对人"
    )
    condition = models.CharField("核对情况", max_length=200, blank=True)
    outward = models.ForeignKey(
        Handover, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="带出交接单"
    )

    class Meta(Labelled.Meta):
        verbose_name = "携带外出"
        constraints = [
            models.CheckConstraint(
                condition=Q(returns_on__gte=F("leaves_on")), name="handling_back_after_leaving"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["out", "returned"])
                | Q(left_at__isnull=False, due_at__isnull=False),
                name="handling_out_has_a_due_time",
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="handling_carrying_label"),
            models.Index(fields=["asked_by", "state"], name="handling_carrying_person"),
            models.Index(fields=["state", "due_at"], name="handling_carrying_due"),
        ]

    def lines_for(self, reader: Person, *, at: datetime) -> "models.QuerySet[CarryingLine]":
        """The pieces of the trip as a reader may know them."""
        found: models.QuerySet[CarryingLine] = CarryingLine.objects.visible_to(reader, at=at)
        return found.filter(carrying=self).order_by("id")

    @property
    def open_due(self) -> datetime | None:
        """The due time as long as it runs."""
        return self.due_at if self.state == self.State.OUT else None


class CarryingLine(Line):
    """One piece that goes along."""

    carrying = models.ForeignKey(
        Carrying, models.PROTECT, related_name="lines", verbose_name="携带外出"
    )
    item = models.ForeignKey(Item, models.PROTECT, related_name="carried", verbose_name="载体")

    class Meta(Labelled.Meta):
        verbose_name = "携带外出明细"
        constraints = [
            models.UniqueConstraint(fields=["carrying", "item"], name="handling_carried_once")
        ]
        indexes = [models.Index(fields=["label", "-id"], name="handling_carried_label")]
