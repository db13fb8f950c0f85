"""在岗管理: what has changed in somebody's life, and what was found when they were looked at."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from shoumi.domains.personnel.models.dossiers import Filed
from shoumi.domains.personnel.rules.words import Outcome, Verdict, Watched
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Person


class Change(Filed):
    """重大事项报告: told by the person within the days the rulebook gives for its kind."""

    class State(models.TextChoices):
        TOLD = "told", "待核处"
        HANDLED = "handled", "已核处"

    TONES = {State.TOLD: "open", State.HANDLED: "done"}

    kind = models.CharField("事项", max_length=30)
    happened_on = models.DateField("发生日期")
    details = models.CharField("情况", max_length=300)
    due_on = models.DateField("报告期限")
    late = models.BooleanField("逾期报告")
    state = models.CharField("状态", max_length=8, choices=State, default=State.TOLD)
    verdict = models.CharField("核处结论", max_length=8, choices=Verdict.choices(), blank=True)
    opinion = models.CharField("核处意见", max_length=200, blank=True)
    handled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核处人"
    )
    handled_at = models.DateTimeField("核处时间", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "重大事项报告"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="told", handled_by=None)
                | Q(state="handled", handled_by__isnull=False) & ~Q(verdict=""),
                name="personnel_handled_with_verdict",
            )
        ]
        indexes = [models.Index(fields=["dossier", "-id"], name="personnel_change_dossier")]

    def handle(self, **changes: object) -> bool:
        """Compare-and-swap: handled once."""
        found = Change.unscoped.filter(pk=self.pk, state=self.State.TOLD)
        return bool(found.update(state=self.State.HANDLED, **changes))


class Observation(Filed):
    """履职记录: a check, an appraisal, a talk, or the yearly check of three departments together."""

    kind = models.CharField("种类", max_length=10, choices=Watched.choices())
    held_on = models.DateField("日期")
    findings = models.CharField("情况", max_length=300)
    outcome = models.CharField("结论", max_length=8, choices=Outcome.choices())
    signers = models.CharField("签署", max_length=120, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "履职记录"
        indexes = [models.Index(fields=["dossier", "-id"], name="personnel_watch_dossier")]

    @classmethod
    def seen(cls, kind: str, *, since: date) -> "models.QuerySet[Any]":
        """Keys of the dossiers whose people were looked at in this way since a day."""
        rows: models.QuerySet[Any] = cls.unscoped.filter(kind=kind, held_on__gte=since)
        return rows.values("dossier")
