"""What all requests share: a number, who asked, the approval, and one way to move on."""

from typing import Any, Self

from django.db import models

from shoumi.platform.access.models import Labelled
from shoumi.platform.approvals.models import Case
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Body, Person


class Request(Labelled):
    """A request (申请) for something to be done with carriers; it bears the label of what it speaks of."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    number = models.CharField("编号", max_length=40)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批"
    )

    class Meta(Labelled.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.number

    @classmethod
    def named(cls, name: str) -> Self:
        """The request that a case was opened for, by the name the case keeps."""
        rows: models.QuerySet[Self] = cls.unscoped.select_related("label", "body", "asked_by")
        return rows.get(pk=int(name.rpartition(":")[2]))

    def move(self, *, before: str, after: str, **changes: Any) -> bool:
        """Compare-and-swap on the state: the second of two clicks changes nothing."""
        rows: models.QuerySet[Any] = type(self).unscoped.all()
        found = rows.filter(pk=self.pk, state=before)
        if not found.update(state=after, **changes):
            return False
        for name, value in {"state": after, **changes}.items():
            setattr(self, name, value)
        return True


class Line(Labelled):
    """One piece of a request that speaks of several; it bears the label of the piece."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="载体")

    class Meta(Labelled.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk}"

    @classmethod
    def items_in(cls, **where: Any) -> list[Item]:
        """The pieces as they stand now, in the order of the list: for the acts of this room."""
        keys = cls.unscoped.filter(**where).order_by("id").values_list("item", flat=True)
        near = ("label__body", "holder__person", "holder__place", "home")
        found = Item.unscoped.select_related(*near).in_bulk(list(keys))
        return [found[key] for key in keys]
