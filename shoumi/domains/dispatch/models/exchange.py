"""机要交换: a run to the exchange station, counted both ways, and what it brought."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from shoumi.domains.dispatch.models.moving import Moving
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Body, Department, Person


class ExchangeRun(Labelled):
    """One run (交换) to the station: how many went out, how many came back, who went along."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    number = models.CharField("交换编号", max_length=40)
    station = models.CharField("交换站", max_length=60)
    run_at = models.DateTimeField("交换时间")
    outgoing = models.PositiveSmallIntegerField("送出件数")
    incoming = models.PositiveSmallIntegerField("取回件数")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="交换人")
    companion = models.CharField("同行人", max_length=40, blank=True)
    station_clerk = models.CharField("交换站签收人", max_length=40)
    remark = models.CharField("途中交接情况", max_length=200, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "机要交换"
        indexes = [
            models.Index(fields=["label", "-id"], name="dispatch_run_label"),
            models.Index(fields=["body", "run_at"], name="dispatch_run_time"),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def count_between(cls, *, body: Body, since: datetime, until: datetime) -> int:
        """How many runs a body made in a stretch of time: a count, and nothing of what they carried."""
        rows = cls.unscoped.filter(body=body, run_at__gte=since, run_at__lt=until)
        return int(rows.count())


class ExchangeItem(Moving):
    """One envelope that a run brought, unopened: from whom, for which department, signed by whom."""

    class State(models.TextChoices):
        BROUGHT = "brought", "待分送"
        HANDED = "handed", "待签收"
        SIGNED = "signed", "已签收"

    TONES = {State.BROUGHT: "open", State.HANDED: "soon", State.SIGNED: "done"}

    run = models.ForeignKey(
        ExchangeRun, models.PROTECT, related_name="items", verbose_name="机要交换"
    )
    sender = models.CharField("来件单位", max_length=80)
    envelope = models.CharField("封皮编号", max_length=40)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name="分送部门"
    )
    state = models.CharField("状态", max_length=8, choices=State, default=State.BROUGHT)
    handed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="分送人"
    )
    handed_to = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签收人"
    )
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)

    class Meta(Moving.Meta):
        verbose_name = "交换来件"
        constraints = [
            models.UniqueConstraint(fields=["run", "envelope"], name="dispatch_one_envelope_a_run"),
            models.CheckConstraint(
                name="dispatch_two_sign_for_an_envelope",
                condition=~Q(state="signed")
                | Q(handed_by__isnull=False, handed_to__isnull=False, signed_at__isnull=False)
                & ~Q(handed_by=F("handed_to")),
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="dispatch_brought_label")]

    def __str__(self) -> str:
        return f"{self.run} {self.envelope}"
