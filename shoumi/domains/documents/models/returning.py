"""退件: what was put into the wrong bag, or came without a seal, and goes back to its sender."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Body, Person


class SentBack(Labelled):
    """One envelope that is not ours to keep (退件登记): without title or content, never in our account."""

    class Reason(models.TextChoices):
        MISSENT = "missent", "误送"
        UNSEALED = "unsealed", "漏盖公章"

    class State(models.TextChoices):
        HERE = "here", "待退回"
        GONE = "gone", "已退回"

    TONES = {State.HERE: "soon", State.GONE: "done"}

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    number = models.CharField("退件编号", max_length=40)
    reason = models.CharField("退回原因", max_length=8, choices=Reason)
    sender = models.CharField("来件单位", max_length=80)
    envelope_number = models.CharField("封皮编号", max_length=40, blank=True)
    issue_number = models.CharField("文号", max_length=60, blank=True)
    pieces = models.PositiveSmallIntegerField("件数")
    received_at = models.DateTimeField("收到时间")
    registered_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="登记人"
    )
    state = models.CharField("状态", max_length=4, choices=State, default=State.HERE)
    channel = models.CharField("退回渠道", max_length=10, blank=True)
    taken_by = models.CharField("接件人", max_length=40, blank=True)
    gone_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="退件人"
    )
    gone_at = models.DateTimeField("退回时间", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "退件"
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="documents_one_return_number"),
            models.CheckConstraint(
                condition=Q(state="here") | Q(gone_at__isnull=False) & ~Q(taken_by=""),
                name="documents_a_return_was_signed_for",
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="documents_return_label")]

    def __str__(self) -> str:
        return self.number

    def go(self, *, by: Person, channel: str, taken_by: str, at: datetime) -> bool:
        """Compare-and-swap: it goes back once."""
        found = SentBack.unscoped.filter(pk=self.pk, state=self.State.HERE)
        gone = {"state": self.State.GONE, "gone_by": by, "gone_at": at}
        return bool(found.update(channel=channel, taken_by=taken_by, **gone))
