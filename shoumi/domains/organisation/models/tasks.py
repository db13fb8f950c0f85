"""交办: what a resolution, a superior's paper, a plan or a leader gave somebody to do, until it is done."""

from django.db import models
from django.db.models import Q

from shoumi.domains.organisation.models.meetings import Resolution
from shoumi.domains.organisation.models.reading import Kept
from shoumi.platform.directory.models import Body, Person


class Task(Kept):
    """One thing to do: who, by when, and how it ended."""

    class State(models.TextChoices):
        OPEN = "open", "办理中"
        DONE = "done", "已办结"

    TONES = {State.OPEN: "open", State.DONE: "done"}

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    number = models.CharField("编号", max_length=20)
    origin = models.CharField("来源", max_length=20)
    line = models.CharField("工作类别", max_length=20)
    matter = models.CharField("事项", max_length=200)
    basis = models.CharField("依据", max_length=80, blank=True)
    measure = models.CharField("意见和措施", max_length=200, blank=True)
    year = models.PositiveSmallIntegerField("年度")
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="决议"
    )
    assigned_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="交办人")
    assigned_at = models.DateTimeField("交办时间")
    person = models.ForeignKey(Person, models.PROTECT, related_name="tasks", verbose_name="责任人")
    due_at = models.DateTimeField("期限")
    outcome = models.CharField("办理结果", max_length=200, blank=True)
    finished_at = models.DateTimeField("办结时间", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)

    class Meta(Kept.Meta):
        verbose_name = "交办事项"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(finished_at__isnull=False) & ~Q(outcome=""),
                name="organisation_done_with_an_outcome",
            )
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="organisation_task_label"),
            models.Index(fields=["body", "year", "origin"], name="organisation_task_year"),
        ]

    def __str__(self) -> str:
        return self.number
