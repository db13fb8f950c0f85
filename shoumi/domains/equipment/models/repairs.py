"""维修: reported, sent to a named shop under an escort, looked at when it comes back."""

from django.db import models
from django.db.models import Q

from shoumi.domains.equipment.models.devices import Device
from shoumi.domains.equipment.models.papers import Paper
from shoumi.domains.equipment.models.providers import Provider
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Person, Place


class Repair(Paper):
    """A repair (维修); one at a time for a device."""

    class State(models.TextChoices):
        REPORTED = "reported", "已报修"
        OUT = "out", "维修中"
        CLOSED = "closed", "已办结"
        CANCELLED = "cancelled", "已撤销"

    TONES = {
        State.REPORTED: "open",
        State.OUT: "soon",
        State.CLOSED: "done",
        State.CANCELLED: "closed",
    }

    device = models.ForeignKey(Device, models.PROTECT, related_name="repairs", verbose_name="设备")
    reported_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="报修人")
    reported_at = models.DateTimeField("报修时间")
    fault = models.CharField("故障情况", max_length=200)
    state = models.CharField("状态", max_length=9, choices=State, default=State.REPORTED)
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="维修点"
    )
    technician = models.CharField("维修人员", max_length=40, blank=True)
    outside = models.BooleanField("外单位人员维修", default=False)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="维修场所"
    )
    escort = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="监督人"
    )
    disk_removed = models.BooleanField("已拆除存储部件", default=False)
    measures = models.CharField("数据保护措施", max_length=200, blank=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    accompanied = models.BooleanField("全程陪同", default=False)
    result = models.CharField("维修结果", max_length=200, blank=True)
    replaced = models.CharField("换下部件", max_length=200, blank=True)
    checked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="验收人"
    )

    class Meta(Labelled.Meta):
        verbose_name = "维修"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["out", "closed"])
                | Q(escort__isnull=False, started_at__isnull=False),
                name="equipment_repair_is_watched",
            ),
            models.UniqueConstraint(
                fields=["device"],
                condition=Q(state__in=["reported", "out"]),
                name="equipment_one_repair_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="equipment_repair_label"),
            models.Index(fields=["state", "-id"], name="equipment_repair_state"),
        ]
