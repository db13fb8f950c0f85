"""拆封核对: what was found in the envelope when it was opened, and what still has to be put right."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from shoumi.domains.documents.models.papers import Document
from shoumi.domains.documents.rules import opening as rules
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Person


class Opening(Labelled):
    """The checks on one paper as it came out of its envelope; each exception is a state or a note."""

    class Seal(models.TextChoices):
        PRESENT = "present", "齐全"
        AWAITED = "awaited", "待补章"
        ADDED = "added", "已补盖"

    class Slip(models.TextChoices):
        NONE = "none", "无回执单"
        AWAITED = "awaited", "待退回执"
        SENT = "sent", "已退回执"

    COVERS = rules.COVERS
    DATINGS = (("office", "落款"), ("postmark", "邮戳补注"), ("none", "未注"))

    document = models.OneToOneField(
        Document, models.PROTECT, related_name="opening", verbose_name="文件"
    )
    undamaged = models.BooleanField("拆封未损文件")
    emptied = models.BooleanField("封内文件取净")
    cover = models.CharField("封皮", max_length=10, choices=COVERS, blank=True)
    seal = models.CharField("公章", max_length=8, choices=Seal)
    phone_check = models.CharField("电话核实", max_length=60, blank=True)
    seal_added_at = models.DateTimeField("补盖时间", null=True, blank=True)
    tidied = models.BooleanField("未装订，已整理", default=False)
    dating = models.CharField("成文日期来源", max_length=8, choices=DATINGS)
    days_apart = models.PositiveIntegerField("距收到天数", null=True, blank=True)
    listed = models.PositiveSmallIntegerField("封内清单件数", null=True, blank=True)
    found = models.PositiveSmallIntegerField("实有件数", null=True, blank=True)
    slip = models.CharField("回执", max_length=8, choices=Slip)
    slip_sent_at = models.DateTimeField("退回执时间", null=True, blank=True)
    slip_sent_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="退回执人"
    )
    slip_by = models.CharField("退回方式", max_length=60, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "拆封核对"
        constraints = [
            models.CheckConstraint(
                condition=Q(seal="present") | ~Q(phone_check=""),
                name="documents_runs_unsealed_after_a_call",
            ),
            models.CheckConstraint(
                condition=~Q(slip="sent") | Q(slip_sent_at__isnull=False),
                name="documents_a_slip_sent_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="documents_opening_label")]

    def __str__(self) -> str:
        return f"{self.document_id}"

    @classmethod
    def of(cls, document: Document) -> "Opening | None":
        """What opening a paper showed; None where it came from an older ledger."""
        found: Opening | None = cls.unscoped.filter(document=document).first()
        return found

    def add_seal(self, *, at: datetime) -> bool:
        """Compare-and-swap: the seal is completed once."""
        found = Opening.unscoped.filter(pk=self.pk, seal=self.Seal.AWAITED)
        return bool(found.update(seal=self.Seal.ADDED, seal_added_at=at))

    def send_slip(self, *, by: Person, how: str, at: datetime) -> bool:
        """Compare-and-swap: the slip goes back once."""
        found = Opening.unscoped.filter(pk=self.pk, slip=self.Slip.AWAITED)
        sent = {"slip": self.Slip.SENT, "slip_sent_at": at, "slip_sent_by": by, "slip_by": how}
        return bool(found.update(**sent))
