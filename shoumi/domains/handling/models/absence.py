"""外出登记: whoever goes on leave, on a mission or to a meeting leaves every carrier behind."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from shoumi.domains.handling.models.requests import Request
from shoumi.platform.access.models import Labelled


class Absence(Request):
    """A stay away from the office (外出); `asked_by` goes, and borrows nothing until back."""

    class Kind(models.TextChoices):
        TRAVEL = "travel", "旅游"
        MISSION = "mission", "出差"
        MEETING = "meeting", "参会"
        LEAVE = "leave", "休假"

    class State(models.TextChoices):
        AWAY = "away", "外出"
        BACK = "back", "已返回"

    TONES = {State.AWAY: "soon", State.BACK: "done"}

    kind = models.CharField("外出事由", max_length=8, choices=Kind)
    destination = models.CharField("目的地", max_length=100)
    leaves_on = models.DateField("离开日期")
    returns_on = models.DateField("返回日期")
    state = models.CharField("状态", max_length=4, choices=State, default=State.AWAY)
    back_at = models.DateTimeField("销假时间", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "外出登记"
        constraints = [
            models.CheckConstraint(
                condition=Q(returns_on__gte=F("leaves_on")), name="handling_home_after_leaving"
            ),
            models.CheckConstraint(
                condition=Q(state="away", back_at=None) | Q(state="back", back_at__isnull=False),
                name="handling_back_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="handling_absence_label"),
            models.Index(fields=["asked_by", "state"], name="handling_absence_person"),
        ]

    @classmethod
    def of(cls, person: int, *, first: date, last: date) -> "Absence | None":
        """An absence of somebody that touches these days and has not ended."""
        rows: models.QuerySet[Absence] = cls.unscoped.filter(
            asked_by=person, state=cls.State.AWAY, leaves_on__lte=last, returns_on__gte=first
        )
        return rows.order_by("leaves_on", "id").first()
