"""收文差错: what went wrong with a paper, of four kinds, each with who answers for it."""

from django.db import models

from shoumi.domains.documents.models.papers import Document
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Body, Person


class Lapse(Labelled):
    """One lapse (错漏、超时、丢失、泄密): noted by the program, or by whoever found it."""

    class Kind(models.TextChoices):
        MISTAKE = "mistake", "错漏"
        LATE = "late", "超时"
        LOST = "lost", "丢失"
        LEAKED = "leaked", "泄密"

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="文件")
    kind = models.CharField("差错", max_length=8, choices=Kind)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="责任人")
    at = models.DateTimeField("时间")
    what = models.CharField("情况", max_length=100)
    absent = models.BooleanField("按缺岗计", default=False)
    noted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )

    class Meta(Labelled.Meta):
        verbose_name = "收文差错"
        constraints = [
            models.UniqueConstraint(
                fields=["document", "kind", "what", "at"], name="documents_noted_once"
            )
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="documents_lapse_label"),
            models.Index(fields=["kind", "-id"], name="documents_lapse_kind"),
            models.Index(fields=["person", "at"], name="documents_lapse_person"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.kind}"
