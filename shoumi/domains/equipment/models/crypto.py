"""密码六环节: generated, distributed, used, kept, changed, destroyed; one line each time."""

from django.db import models

from shoumi.domains.equipment.models.devices import Device
from shoumi.domains.equipment.models.papers import Paper
from shoumi.domains.equipment.models.permits import Permit
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Person


class CryptoStep(Paper):
    """One line of the journal of a cryptographic device; never changed afterwards."""

    class Stage(models.TextChoices):
        MADE = "made", "生成"
        GIVEN = "given", "分发"
        USED = "used", "使用"
        KEPT = "kept", "保管"
        CHANGED = "changed", "变更"
        DESTROYED = "destroyed", "销毁"

    device = models.ForeignKey(
        Device, models.PROTECT, related_name="steps", verbose_name="密码设备"
    )
    stage = models.CharField("环节", max_length=9, choices=Stage)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="经办人")
    other = models.CharField("对方、监督人", max_length=60)
    remark = models.CharField("情况", max_length=200)
    permit = models.ForeignKey(
        Permit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准"
    )

    class Meta(Labelled.Meta):
        verbose_name = "密码环节记录"
        indexes = [
            models.Index(fields=["label", "-id"], name="equipment_crypto_label"),
            models.Index(fields=["device", "-id"], name="equipment_crypto_device"),
        ]
