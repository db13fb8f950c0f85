"""电报: the two clocks of a telegram, its slip within minutes and its closing within days."""

from datetime import datetime, timedelta

from django.db import models

from shoumi.domains.documents.models.papers import Document
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Person


class Telegram(Labelled):
    """What a telegram has beside every other paper (收发电报登记本)."""

    document = models.OneToOneField(
        Document, models.PROTECT, related_name="telegram", verbose_name="电报"
    )
    received_at = models.DateTimeField("收到时间")
    on_watch = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="值班人")
    slip_due_at = models.DateTimeField("回单期限")
    slip_at = models.DateTimeField("回单时间", null=True, blank=True)
    slip_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="回单人"
    )
    slip_late = models.BooleanField("回单超时", default=False)
    close_due_at = models.DateTimeField("办结期限")
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    close_late = models.BooleanField("办结超时", default=False)
    reply_channel = models.CharField(
        "复电渠道", max_length=8, choices=Document.CHANNELS, blank=True
    )
    important = models.BooleanField("须报负责人", default=False)
    told_at = models.DateTimeField("报告时间", null=True, blank=True)
    told_to = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报告对象"
    )

    class Meta(Labelled.Meta):
        verbose_name = "电报登记"
        indexes = [
            models.Index(fields=["label", "-id"], name="documents_telegram_label"),
            models.Index(fields=["-received_at", "-id"], name="documents_telegram_received"),
        ]

    def __str__(self) -> str:
        return f"{self.document}"

    @classmethod
    def of(cls, document: Document) -> "Telegram | None":
        """The clocks of a paper that is a telegram."""
        near = ("document__label", "document__body", "on_watch")
        found: Telegram | None = (
            cls.unscoped.filter(document=document).select_related(*near).first()
        )
        return found

    @classmethod
    def named(cls, subject: str) -> "Telegram":
        """The clocks of the paper that a duty speaks of, by the name the duty keeps."""
        near = ("document__label", "document__body", "on_watch")
        found: Telegram = cls.unscoped.select_related(*near).get(
            document=int(subject.rpartition(":")[2])
        )
        return found

    @property
    def lapses_at(self) -> datetime:
        """From when on it counts as late: 特提 is due at once, and a lapse a day later."""
        at_once = self.close_due_at <= self.received_at
        return self.close_due_at + timedelta(days=1) if at_once else self.close_due_at

    def answer(self, *, by: Person, given: datetime) -> bool:
        """Compare-and-swap: the slip is given once."""
        found = Telegram.unscoped.filter(pk=self.pk, slip_at=None)
        return bool(found.update(slip_at=given, slip_by=by))

    def tell(self, *, whom: Person, at: datetime) -> bool:
        """Compare-and-swap: reported once."""
        found = Telegram.unscoped.filter(pk=self.pk, told_at=None)
        return bool(found.update(told_at=at, told_to=whom))

    def mark(self, **late: bool | datetime | str) -> None:
        """Note what ran out, or when it was closed."""
        Telegram.unscoped.filter(pk=self.pk).update(**late)
