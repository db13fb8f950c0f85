"""检查养护: a look into a guarded room, item by item."""

from datetime import date
from typing import Any

from django.db import models

from shoumi.domains.facilities.models.sites import Site
from shoumi.domains.facilities.rules.checks import ROUNDS
from shoumi.platform.access.models import Labelled
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.obligations.models import Duty


class SiteCheck(Labelled):
    """One look (下班检查、巡查、养护…): what was found in order and what was not."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name="场所")
    day = models.DateField("日期")
    kind = models.CharField(
        "检查种类", max_length=10, choices=[(one.key, one.label) for one in ROUNDS.values()]
    )
    done = models.JSONField("已落实", default=list)
    missing = models.JSONField("未落实", default=list, blank=True)
    remark = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="检查人")
    at = models.DateTimeField("检查时间")

    class Meta(Labelled.Meta):
        verbose_name = "场所检查"
        constraints = [
            models.UniqueConstraint(
                fields=["site", "day", "kind"], name="facilities_one_check_a_day"
            )
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="facilities_check_label"),
            models.Index(fields=["body", "day"], name="facilities_check_day"),
        ]

    def __str__(self) -> str:
        return f"{self.site_id}:{self.day}"

    @property
    def in_order(self) -> str:
        return "、".join(self.done)

    @property
    def not_in_order(self) -> str:
        return "、".join(self.missing)

    @classmethod
    def sites_looked_at(cls, *, body: Body, kind: str, since: date) -> "models.QuerySet[Any, Any]":
        """Sites of a body with a look of a kind since a day, for the act that closes the period's duty."""
        rows = cls.unscoped.filter(body=body, kind=kind, day__gte=since)
        return rows.values("site")

    @staticmethod
    def period_began(*, body: Body, duty: str, otherwise: date) -> date:
        """The day on which the oldest open duty of a kind was raised."""
        open_ones = Duty.objects.filter(body=body, kind=duty, state=Duty.State.OPEN)
        first = open_ones.order_by("raised_at").values_list("raised_at", flat=True).first()
        return day_of(first) if first is not None else otherwise
