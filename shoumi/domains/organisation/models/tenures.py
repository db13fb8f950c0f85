"""任责: who bears which responsibility, where, from when to when, on what basis; and how far it was looked at."""

from datetime import date

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from shoumi.domains.organisation.models.organs import Organ
from shoumi.domains.organisation.models.reading import OfBody
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.trail.models import Recorded


class Tenure(OfBody):
    """One person bears one responsibility; `role` is a row of the rulebook's structure."""

    class State(models.TextChoices):
        BORNE = "borne", "在任"
        ENDED = "ended", "已免去"

    TONES = {State.BORNE: "done", State.ENDED: "closed"}

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    role = models.CharField("责任", max_length=30)
    organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name="机构"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部门"
    )
    scope = models.CharField("事项", max_length=20, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="responsibilities", verbose_name="责任人"
    )
    position = models.CharField("职务", max_length=40, blank=True)
    working = models.CharField("专兼职", max_length=4, blank=True)
    party_member = models.BooleanField("党员", default=False)
    qualification = models.CharField("任职资格", max_length=120, blank=True)
    since = models.DateField("任职日期")
    term_ends = models.DateField("任期届满", null=True, blank=True)
    until = models.DateField("免去日期", null=True, blank=True)
    basis = models.CharField("任职依据", max_length=120)
    reason = models.CharField("免去原因", max_length=120, blank=True)
    renewals = models.PositiveSmallIntegerField("续任次数", default=0)
    state = models.CharField("状态", max_length=8, choices=State, default=State.BORNE)

    class Meta:
        verbose_name = "责任"
        constraints = [
            models.UniqueConstraint(
                "body",
                "role",
                Coalesce("organ", Value(0)),
                Coalesce("department", Value(0)),
                "scope",
                "person",
                condition=Q(state="borne"),
                name="organisation_borne_once",
            ),
            models.CheckConstraint(
                condition=Q(state="borne", until=None) | Q(state="ended", until__isnull=False),
                name="organisation_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="organisation_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "state", "role"], name="organisation_tenure_body"),
            models.Index(fields=["person", "state"], name="organisation_tenure_person"),
        ]

    def __str__(self) -> str:
        return f"{self.role}:{self.person_id}"

    def is_borne_on(self, day: date) -> bool:
        """Whether it was borne on a day, the last one included: an old list is a list as of its day."""
        return self.since <= day and (self.until is None or self.until >= day)


class Survey(Recorded):
    """How far the organisation of a body has been looked through (核查), and what was found missing."""

    body = models.OneToOneField(Body, models.PROTECT, related_name="+", verbose_name="单位")
    through = models.DateField("已核查至", db_index=True)
    missing = models.PositiveIntegerField("缺项", default=0)

    class Meta:
        verbose_name = "组织核查"

    def __str__(self) -> str:
        return f"{self.body_id}:{self.through}"
