"""Rows with a number and a state, which moves by compare-and-swap."""

from typing import Any, Self

from django.db import models

from shoumi.platform.access.models import LEVELS, Labelled
from shoumi.platform.directory.models import Body


class Numbered(Labelled):
    """A row of this room: its body, its number, and one way to move on."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    number = models.CharField("编号", max_length=40)

    class Meta(Labelled.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.number

    @classmethod
    def named(cls, name: str) -> Self:
        """The row by the name that a case or a duty keeps of it."""
        rows: models.QuerySet[Self] = cls.unscoped.select_related("label__body", "body")
        return rows.get(pk=int(name.rpartition(":")[2]))

    def move(self, *, before: str, after: str, **changes: Any) -> bool:
        """Compare-and-swap on the state: the second of two clicks changes nothing."""
        rows: models.QuerySet[Any] = type(self).unscoped.all()
        if not rows.filter(pk=self.pk, state=before).update(state=after, **changes):
            return False
        for name, value in {"state": after, **changes}.items():
            setattr(self, name, value)
        return True


def level_field(name: str, **options: Any) -> Any:
    """A level that a row speaks of, apart from the level of the row itself."""
    return models.PositiveSmallIntegerField(name, choices=LEVELS, **options)
