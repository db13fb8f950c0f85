"""双向核对: the issuer's list beside our account, and what came of it."""

from django.db import models
from django.db.models import Q

from shoumi.domains.handling.models.requests import Request
from shoumi.domains.handling.rules.reconciling import FINDINGS, Finding
from shoumi.platform.access.models import Labelled
from shoumi.platform.custody.models import Item


class Reconciliation(Request):
    """One comparison with one issuer (清退核对); a later list is a comparison of its own."""

    issuer = models.CharField("发文单位", max_length=80)
    since = models.DateField("收文起始日期")
    until = models.DateField("收文截止日期")
    listed = models.PositiveIntegerField("清单份数")
    held = models.PositiveIntegerField("本单位账面份数")
    matched = models.PositiveIntegerField("相符", default=0)
    unentered = models.PositiveIntegerField("漏登", default=0)
    misentered = models.PositiveIntegerField("错登", default=0)
    substituted = models.PositiveIntegerField("换份", default=0)
    misdelivered = models.PositiveIntegerField("错投", default=0)
    repeated = models.PositiveIntegerField("重登", default=0)

    class Meta(Labelled.Meta):
        verbose_name = "清退核对"
        indexes = [models.Index(fields=["label", "-id"], name="handling_reconciled_label")]

    @property
    def copies(self) -> int:
        """Every copy that either side knows of, once."""
        return self.matched + self.differing

    @property
    def differing(self) -> int:
        ours = self.unentered + self.misentered
        return ours + self.substituted + self.misdelivered + self.repeated


class ReconciledCopy(Labelled):
    """One copy of the comparison: as the list has it, as we have it, or both."""

    reconciliation = models.ForeignKey(
        Reconciliation, models.PROTECT, related_name="lines", verbose_name="清退核对"
    )
    finding = models.CharField(
        "结论", max_length=12, choices=[(f.value, words[0]) for f, words in FINDINGS.items()]
    )
    row = models.PositiveIntegerField("清单行号", null=True, blank=True)
    number = models.CharField("文号", max_length=60)
    copy_number = models.CharField("份号", max_length=6)
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="本单位载体"
    )
    note = models.CharField("说明", max_length=120, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "核对明细"
        constraints = [
            models.CheckConstraint(
                condition=Q(row__isnull=False) | Q(item__isnull=False),
                name="handling_reconciled_somebodys",
            )
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="handling_reconcopy_label"),
            models.Index(fields=["reconciliation", "finding"], name="handling_reconcopy_finding"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.copy_number}"

    @property
    def side(self) -> str:
        """Who has to put it right."""
        return Finding(self.finding).side
