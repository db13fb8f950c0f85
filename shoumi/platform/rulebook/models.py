"""What a body set differently (参数调整): proposed by one person, in force by a second one's consent."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q

from shoumi.platform.directory.models import Body, Person
from shoumi.platform.trail.models import Recorded


class Override(Recorded):
    """One figure of one body from a day on. Ended ones stay: a past day keeps its figure."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", "待同意"
        IN_FORCE = "in_force", "已施行"
        WITHDRAWN = "withdrawn", "已撤回"

    body = models.ForeignKey(Body, models.PROTECT, related_name="overrides", verbose_name="单位")
    clause = models.CharField("条款", max_length=80)
    key = models.CharField("参数", max_length=40)
    value = models.JSONField("取值")
    since = models.DateField("施行日")
    until = models.DateField("终止日", null=True, blank=True)
    reason = models.CharField("理由", max_length=200)
    status = models.CharField(
        "状态", max_length=10, choices=Status.choices, default=Status.PROPOSED
    )
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    proposed_at = models.DateTimeField("提出时间")
    consented_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同意人"
    )
    consented_at = models.DateTimeField("同意时间", null=True, blank=True)

    class Meta:
        verbose_name = "参数调整"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "clause", "key"],
                condition=Q(status="proposed"),
                name="rulebook_one_open_proposal",
            ),
            models.UniqueConstraint(
                fields=["body", "clause", "key", "since"],
                condition=Q(status="in_force"),
                name="rulebook_one_figure_a_day",
            ),
            models.CheckConstraint(
                condition=Q(consented_by__isnull=True) | ~Q(consented_by=F("proposed_by")),
                name="rulebook_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(status="in_force")
                | Q(consented_by__isnull=False, consented_at__isnull=False),
                name="rulebook_in_force_by_consent",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="rulebook_override_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.key} {self.since}"

    def take_effect(self, *, by: Person, at: datetime) -> bool:
        """From proposed to in force, if nobody was quicker."""
        return self._move(
            Override.Status.PROPOSED,
            status=Override.Status.IN_FORCE,
            consented_by=by,
            consented_at=at,
        )

    def withdraw(self) -> bool:
        """Take back a proposal that nobody consented to yet."""
        return self._move(Override.Status.PROPOSED, status=Override.Status.WITHDRAWN)

    def end(self, *, last_day: date) -> bool:
        """Return to the rulebook's figure after a day; what held before stays on record."""
        moved = Override.objects.filter(
            pk=self.pk, status=Override.Status.IN_FORCE, until__isnull=True
        ).update(until=last_day)
        return bool(moved)

    def _move(self, before: "Override.Status", **changes: object) -> bool:
        moved = Override.objects.filter(pk=self.pk, status=before).update(**changes)
        if moved:
            for name, value in changes.items():
                setattr(self, name, value)
        return bool(moved)

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)
