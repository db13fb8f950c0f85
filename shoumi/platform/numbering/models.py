"""编号: the last number given in each series of a body, so that numbers have no gaps and no twins."""

from django.db import models

from shoumi.platform.directory.models import Body
from shoumi.platform.trail.models import Recorded


class Counter(Recorded):
    """One series of one body in one year; a series that runs on for ever stands under the year 0."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    series = models.CharField("编号系列", max_length=80)
    year = models.PositiveSmallIntegerField("年度", default=0)
    last = models.PositiveBigIntegerField("已用至", default=0)

    class Meta:
        verbose_name = "编号"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "series", "year"], name="numbering_one_counter_a_series"
            )
        ]

    def __str__(self) -> str:
        return f"{self.series}/{self.year}:{self.last}"
