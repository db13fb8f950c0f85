"""What is entered in the simple ledgers, who looked at a personal value, and what verification found."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Body, Person


class Entry(Labelled):
    """One row of one ledger. `version` is that of the columns it was filled in by.

    A personal value stands in `personal` as cipher text and in `data` only as its mask. A correction
    (更正) overwrites; both sides stay in the trail.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    ledger = models.CharField("台账", max_length=40)
    version = models.PositiveSmallIntegerField("栏目版本")
    data = models.JSONField("内容", default=dict)
    personal = models.JSONField("加密的个人信息", default=dict, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")
    corrected = models.PositiveSmallIntegerField("更正次数", default=0)
    corrected_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="更正人"
    )
    corrected_at = models.DateTimeField("更正时间", null=True, blank=True)
    reason = models.CharField("更正原因", max_length=200, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "台账记录"
        indexes = [models.Index(fields=["ledger", "body", "-id"], name="ledgers_entry_ledger")]
        constraints = [
            models.CheckConstraint(
                condition=Q(corrected=0, corrected_at=None, reason="")
                | Q(corrected__gt=0, corrected_at__isnull=False) & ~Q(reason=""),
                name="ledgers_corrected_with_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ledger}:{self.pk}"

    def set_right(self, *, by: Person, at: datetime, reason: str, **values: Any) -> bool:
        """Correct the row if nobody has meanwhile; whether it was so."""
        values |= {
            "corrected": self.corrected + 1,
            "corrected_by": by,
            "corrected_at": at,
            "reason": reason,
        }
        moved = Entry.unscoped.filter(pk=self.pk, corrected=self.corrected).update(**values)
        if moved:
            for name, value in values.items():
                setattr(self, name, value)
        return bool(moved)


class Disclosure(Labelled):
    """Somebody had a personal value shown in full: which one, when and why."""

    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="disclosures", verbose_name="台账记录"
    )
    column = models.CharField("栏目", max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="查看人")
    at = models.DateTimeField("查看时间")
    reason = models.CharField("事由", max_length=200)

    class Meta(Labelled.Meta):
        verbose_name = "个人信息查看"
        indexes = [models.Index(fields=["entry", "-id"], name="ledgers_disclosure_entry")]

    def __str__(self) -> str:
        return f"{self.entry_id}:{self.column}"


class Verification(Labelled):
    """One verification (校验) of the whole trail and of all sealed rows, with what it found."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    run_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="校验人")
    run_at = models.DateTimeField("校验时间")
    entries = models.PositiveBigIntegerField("痕迹条数")
    rows = models.PositiveBigIntegerField("封存行数")
    anchor = models.CharField("比对的检查点", max_length=40, blank=True)
    faults = models.PositiveIntegerField("不符处数")
    findings = models.JSONField("不符之处", default=list)

    class Meta(Labelled.Meta):
        verbose_name = "校验"
        indexes = [models.Index(fields=["body", "-id"], name="ledgers_verification_body")]

    def __str__(self) -> str:
        return f"{self.body_id}:{self.run_at}"

    @classmethod
    def of(cls, body: Body) -> "models.QuerySet[Verification]":
        """Every verification of a body, for the acts that build upon one."""
        return cls.unscoped.filter(body=body)

    @property
    def is_whole(self) -> bool:
        return self.faults == 0
