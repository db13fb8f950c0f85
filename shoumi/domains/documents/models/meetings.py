"""参会: who goes to a meeting, and whether the papers handed out there came back to the registry."""

from typing import Any

from django.db import models
from django.db.models import Q

from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Body, Person


class Attendance(Labelled):
    """One person at one meeting: announced before, accounted for after (会后交件)."""

    class State(models.TextChoices):
        DUE = "due", "待交件"
        HANDED_IN = "handed_in", "已交机要室"
        NOTHING = "nothing", "无密件带回"

    TONES = {State.DUE: "soon", State.HANDED_IN: "done", State.NOTHING: "closed"}

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="参会人")
    meeting = models.CharField("会议", max_length=80)
    host = models.CharField("主办单位", max_length=80)
    ends_on = models.DateField("结束日期")
    announced_at = models.DateTimeField("报备时间")
    due_at = models.DateTimeField("交件期限")
    state = models.CharField("状态", max_length=10, choices=State, default=State.DUE)
    papers = models.CharField("交件编号", max_length=300, blank=True)
    pieces = models.PositiveSmallIntegerField("交件份数", default=0)
    taken_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="收件人"
    )
    settled_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "参会登记"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="handed_in") | Q(pieces__gte=1, taken_by__isnull=False),
                name="documents_handed_in_is_counted",
            )
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="documents_attendance_label"),
            models.Index(fields=["state", "due_at"], name="documents_attendance_due"),
        ]

    def __str__(self) -> str:
        return f"参会 {self.pk}"

    def move(self, *, after: str, **changes: Any) -> bool:
        """Compare-and-swap: an attendance is accounted for once."""
        found = Attendance.unscoped.filter(pk=self.pk, state=self.State.DUE)
        return bool(found.update(state=after, **changes))
