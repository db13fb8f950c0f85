"""档案核查: the filed papers of a year gone through piece by piece, and what was put right."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from shoumi.domains.documents.models.papers import Document
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Body, Person


class FilingCheck(Labelled):
    """One check of the files (存档完整性核查): as many lines as there are filed papers."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    number = models.CharField("核查编号", max_length=40)
    year = models.PositiveSmallIntegerField("归档年度")
    checked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="核查人")
    checked_at = models.DateTimeField("核查时间")
    pieces = models.PositiveIntegerField("核查件数")
    faults = models.PositiveIntegerField("问题件数")
    remedy = models.CharField("补救措施", max_length=200, blank=True)
    remedied_at = models.DateTimeField("补救完成时间", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "档案核查"
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="documents_one_check_number"),
            models.CheckConstraint(
                condition=Q(faults=0) | ~Q(remedy=""), name="documents_a_fault_has_its_remedy"
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="documents_filing_label")]

    def __str__(self) -> str:
        return self.number

    def remedied(self, *, at: datetime) -> bool:
        """Compare-and-swap: put right once."""
        found = FilingCheck.unscoped.filter(pk=self.pk, remedied_at=None, faults__gt=0)
        return bool(found.update(remedied_at=at))


class FilingLine(Labelled):
    """One filed paper as the check found it."""

    class Found(models.TextChoices):
        WHOLE = "whole", "完好"
        AT_FAULT = "at_fault", "有问题"

    TONES = {Found.WHOLE: "done", Found.AT_FAULT: "bad"}

    check_of = models.ForeignKey(
        FilingCheck, models.PROTECT, related_name="lines", verbose_name="档案核查"
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="文件")
    found = models.CharField("核查结果", max_length=8, choices=Found)

    class Meta(Labelled.Meta):
        verbose_name = "核查明细"
        constraints = [
            models.UniqueConstraint(fields=["check_of", "document"], name="documents_checked_once")
        ]
        indexes = [models.Index(fields=["label", "-id"], name="documents_filing_line_label")]

    def __str__(self) -> str:
        return f"{self.check_of_id}:{self.document_id}"
