"""用工: in which capacity somebody works here; those from outside until a day."""

from django.db import models
from django.db.models import Q

from shoumi.domains.organisation.models.reading import OfBody
from shoumi.platform.directory.models import Body, Person


class Employment(OfBody):
    """How a person belongs to the body (用工性质), checked on the four conditions before they begin."""

    class State(models.TextChoices):
        WORKING = "working", "在岗"
        ENDED = "ended", "已离岗"

    TONES = {State.WORKING: "done", State.ENDED: "closed"}

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="employments", verbose_name="人员"
    )
    category = models.CharField("用工性质", max_length=20)
    outside = models.BooleanField("外部人员", default=False)
    project = models.CharField("参与项目", max_length=60, blank=True)
    pledged_on = models.DateField("承诺书签署日期", null=True, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    ended_at = models.DateTimeField("离岗时间", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.WORKING)

    class Meta:
        verbose_name = "用工登记"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state="working"),
                name="organisation_one_employment_each",
            ),
            models.CheckConstraint(
                condition=Q(outside=False)
                | Q(until__isnull=False, pledged_on__isnull=False) & ~Q(project=""),
                name="organisation_outside_until_a_day",
            ),
        ]
        indexes = [models.Index(fields=["body", "state"], name="organisation_employment_body")]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.category}"
