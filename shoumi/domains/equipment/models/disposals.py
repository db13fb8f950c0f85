"""报废: a list, an approval, the data dealt with first, an official station, its certificate."""

from django.db import models
from django.db.models import F, Q

from shoumi.domains.equipment.models.devices import Device
from shoumi.domains.equipment.models.papers import Paper
from shoumi.domains.equipment.models.providers import Provider
from shoumi.platform.access.models import Labelled
from shoumi.platform.approvals.models import Case
from shoumi.platform.directory.models import Person


class Disposal(Paper):
    """A list of devices on their way out (报废清册)."""

    class State(models.TextChoices):
        REQUESTED = "requested", "审批中"
        APPROVED = "approved", "待送交"
        SENT = "sent", "待取回证明"
        CLOSED = "closed", "已报废"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"

    TONES = {
        State.REQUESTED: "open",
        State.APPROVED: "soon",
        State.SENT: "soon",
        State.CLOSED: "done",
        State.REFUSED: "closed",
        State.WITHDRAWN: "closed",
    }

    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="造册人")
    asked_at = models.DateTimeField("造册时间")
    reason = models.CharField("报废原因", max_length=200)
    station = models.ForeignKey(Provider, models.PROTECT, related_name="+", verbose_name="销毁站")
    pieces = models.PositiveIntegerField("台（件）数")
    state = models.CharField("状态", max_length=9, choices=State, default=State.REQUESTED)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批"
    )
    sent_at = models.DateTimeField("送交时间", null=True, blank=True)
    sent_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="押送人"
    )
    witness = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同行人"
    )
    certificate = models.CharField("销毁证明编号", max_length=60, blank=True)
    destroyed_on = models.DateField("销毁日期", null=True, blank=True)
    closed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )

    class Meta(Labelled.Meta):
        verbose_name = "报废"
        constraints = [
            models.CheckConstraint(
                condition=Q(witness=None) | ~Q(witness=F("sent_by")), name="equipment_sent_by_two"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(certificate=""),
                name="equipment_disposed_with_certificate",
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="equipment_disposal_label"),
            models.Index(fields=["state", "-id"], name="equipment_disposal_state"),
        ]


class DisposalLine(Labelled):
    """One device on the list, under the device's own label; `was` is the state it goes back to."""

    disposal = models.ForeignKey(
        Disposal, models.PROTECT, related_name="lines", verbose_name="报废"
    )
    device = models.ForeignKey(
        Device, models.PROTECT, related_name="disposals", verbose_name="设备"
    )
    was = models.CharField("原状态", max_length=8)

    class Meta(Labelled.Meta):
        verbose_name = "报废明细"
        constraints = [
            models.UniqueConstraint(
                fields=["disposal", "device"], name="equipment_disposed_once_a_list"
            )
        ]
        indexes = [models.Index(fields=["label", "-id"], name="equipment_disposed_label")]

    def __str__(self) -> str:
        return f"{self.disposal_id}:{self.device_id}"

    @classmethod
    def of(cls, disposal: Disposal) -> "list[DisposalLine]":
        """Every line with its device and thing as they stand: for the acts of this room."""
        near = ("device__label__body", "device__item__label__body", "device__item__holder__place")
        return list(cls.unscoped.filter(disposal=disposal).select_related(*near).order_by("id"))
