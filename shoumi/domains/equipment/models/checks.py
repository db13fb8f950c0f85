"""检查单: what was found at a machine, item by item, and how it was put right."""

from django.db import models
from django.db.models import Q

from shoumi.domains.equipment.models.devices import Device
from shoumi.domains.equipment.models.papers import Paper
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Person


class Check(Paper):
    """A filled-in sheet; `answers` maps each item of the sheet to 符合, 不符合 or 不适用."""

    class State(models.TextChoices):
        PASSED = "passed", "合格"
        FAULTY = "faulty", "待整改"
        REMEDIED = "remedied", "已整改"

    TONES = {State.PASSED: "done", State.FAULTY: "bad", State.REMEDIED: "done"}

    device = models.ForeignKey(Device, models.PROTECT, related_name="checks", verbose_name="设备")
    sheet = models.CharField("检查单", max_length=20)
    title = models.CharField("检查", max_length=40)
    checked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="检查人")
    checked_at = models.DateTimeField("检查时间")
    answers = models.JSONField("逐项结果", default=dict)
    faults = models.PositiveSmallIntegerField("不符合项", default=0)
    remark = models.CharField("检查情况", max_length=200, blank=True)
    state = models.CharField("结果", max_length=8, choices=State)
    remedy = models.CharField("整改情况", max_length=200, blank=True)
    remedied_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="整改人"
    )
    remedied_at = models.DateTimeField("整改时间", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "设备检查"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="passed", faults=0) | ~Q(state="passed") & Q(faults__gt=0),
                name="equipment_passed_without_faults",
            ),
            models.CheckConstraint(
                condition=~Q(state="remedied") | ~Q(remedy=""), name="equipment_remedied_somehow"
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="equipment_check_label"),
            models.Index(fields=["device", "sheet", "-id"], name="equipment_check_device"),
        ]

    @classmethod
    def has_faults(cls, device: Device) -> bool:
        """Whether something that was found is not put right yet, known to the asker or not."""
        return cls.unscoped.filter(device=device, state=cls.State.FAULTY).exists()
