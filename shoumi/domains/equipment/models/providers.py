"""指定单位: who may repair, who destroys officially, who may build; each with a paper that runs out."""

from datetime import date

from django.db import models

from shoumi.platform.directory.models import Body, Person
from shoumi.platform.trail.models import Recorded


class Provider(Recorded):
    """A firm or station of a body's list (名录), named by the secrecy authority or by its qualification."""

    class Kind(models.TextChoices):
        REPAIR = "repair", "指定维修点"
        STATION = "station", "指定销毁站"
        BUILDER = "builder", "系统集成资质单位"

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    kind = models.CharField("类别", max_length=8, choices=Kind)
    name = models.CharField("名称", max_length=80)
    credential = models.CharField("指定文号、资质证书号", max_length=80)
    valid_until = models.DateField("有效期至")
    contact = models.CharField("联系方式", max_length=60, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")
    ended_on = models.DateField("移出名录日期", null=True, blank=True)

    class Meta:
        verbose_name = "指定单位"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "kind", "name"],
                condition=models.Q(ended_on=None),
                name="equipment_listed_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def valid(cls, body: Body, kind: str, *, on: date) -> "models.QuerySet[Provider]":
        """Who may be chosen on a day."""
        rows = cls.objects.filter(body=body, kind=kind, ended_on=None, valid_until__gte=on)
        return rows.order_by("name", "id")

    @classmethod
    def listed(cls, body: Body, kind: str, name: str) -> bool:
        return cls.objects.filter(body=body, kind=kind, name=name, ended_on=None).exists()

    def serves_as(self, kind: str, *, on: date) -> bool:
        """Whether this is one of that kind, on the list, and its paper still runs."""
        return self.kind == kind and self.ended_on is None and self.valid_until >= on

    def end(self, *, on: date) -> bool:
        """Take off the list, once."""
        ended = Provider.objects.filter(pk=self.pk, ended_on=None).update(ended_on=on)
        self.ended_on = on
        return bool(ended)
