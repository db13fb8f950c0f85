"""使用登记: who worked at which machine, with which medium, on what level, and what became of it."""

from django.db import models
from django.db.models import Q

from shoumi.domains.equipment.models.devices import Device
from shoumi.domains.equipment.models.papers import Paper
from shoumi.platform.access.models import LEVELS, Labelled
from shoumi.platform.directory.models import Person


class Use(Paper):
    """One sitting at a machine or with a medium; it ends with what was done to leave nothing behind (善后)."""

    class State(models.TextChoices):
        OPEN = "open", "使用中"
        CLOSED = "closed", "已结束"

    TONES = {State.OPEN: "soon", State.CLOSED: "done"}

    device = models.ForeignKey(Device, models.PROTECT, related_name="uses", verbose_name="设备")
    medium = models.ForeignKey(
        Device,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="uses_as_medium",
        verbose_name="所用介质",
    )
    user = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="使用人")
    operation = models.CharField("操作", max_length=10)
    content_level = models.PositiveSmallIntegerField("内容密级", choices=LEVELS)
    matter = models.CharField("事项编号", max_length=60, help_text="只写编号、文号，不写标题")
    since = models.DateTimeField("开始时间")
    state = models.CharField("状态", max_length=6, choices=State, default=State.OPEN)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    saved_to = models.ForeignKey(
        Device, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="存入介质"
    )
    encrypted = models.BooleanField("已加密", default=False)
    measures = models.CharField("善后措施", max_length=200, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "设备使用登记"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None)
                | Q(state="closed", ended_at__isnull=False),
                name="equipment_use_ends",
            ),
            models.UniqueConstraint(
                fields=["device"], condition=Q(state="open"), name="equipment_one_use_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="equipment_use_label"),
            models.Index(fields=["user", "state"], name="equipment_use_user"),
        ]

    @classmethod
    def is_open(cls, device: Device) -> bool:
        """Whether somebody sits at it now, known to the asker or not."""
        return cls.unscoped.filter(device=device, state=cls.State.OPEN).exists()
