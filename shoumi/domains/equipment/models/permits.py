"""准用: what may be done with a device only by leave of others, for whom and until when."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from shoumi.domains.equipment.models.devices import Device
from shoumi.domains.equipment.models.papers import Paper
from shoumi.platform.access.models import Labelled
from shoumi.platform.approvals.models import Case
from shoumi.platform.directory.models import Person


class Permit(Paper):
    """A request for leave (准用申请) and, once granted, the leave itself."""

    class Kind(models.TextChoices):
        USER = "user", "他人使用涉密设备"
        WORK_SECRET = "work_secret", "非涉密机处理工作秘密"
        PUBLIC_NETWORK = "public_network", "接入公共网络"
        KEEPER = "keeper", "服务器委托管理"
        REPURPOSE = "repurpose", "接入过专网的设备改变用途"
        SOFTWARE = "software", "安装软件"
        CRYPTO_USE = "crypto_use", "密码使用"
        CRYPTO_CHANGE = "crypto_change", "密码变更"
        CRYPTO_DESTROY = "crypto_destroy", "密码销毁"

    class State(models.TextChoices):
        REQUESTED = "requested", "审批中"
        GRANTED = "granted", "已批准"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"
        ENDED = "ended", "已终止"

    TONES = {
        State.REQUESTED: "open",
        State.GRANTED: "done",
        State.REFUSED: "closed",
        State.WITHDRAWN: "closed",
        State.ENDED: "closed",
    }

    device = models.ForeignKey(Device, models.PROTECT, related_name="permits", verbose_name="设备")
    kind = models.CharField("事项", max_length=16, choices=Kind)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="准用人")
    reason = models.CharField("事由", max_length=200)
    card = models.CharField("安全隔离卡编号", max_length=40, blank=True)
    software = models.CharField("软件名称及版本", max_length=80, blank=True)
    since = models.DateField("自")
    until = models.DateField("至")
    state = models.CharField("状态", max_length=9, choices=State, default=State.REQUESTED)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批"
    )
    ended_on = models.DateField("终止日期", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "准用"
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="equipment_permit_days")
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="equipment_permit_label"),
            models.Index(fields=["device", "kind", "state"], name="equipment_permit_device"),
        ]

    @classmethod
    def in_force(
        cls, device: Device, kind: str, *, on: date, person: Person | None = None
    ) -> "Permit | None":
        """The leave that holds for a device on a day, for a person where one is named."""
        rows = cls.unscoped.filter(
            device=device, kind=kind, state=cls.State.GRANTED, since__lte=on, until__gte=on
        )
        return (rows.filter(person=person) if person else rows).order_by("-id").first()
