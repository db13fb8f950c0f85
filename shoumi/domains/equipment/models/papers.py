"""What the numbered papers of this room share: a number, a device, a state that moves once."""

from typing import Any, Self

from django.db import models

from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Body


class Paper(Labelled):
    """A numbered form (单) under the label of what it speaks of."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    number = models.CharField("编号", max_length=40)

    class Meta(Labelled.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.number

    @classmethod
    def named(cls, name: str) -> Self:
        """The paper that a case was opened for, by the name the case keeps."""
        rows: models.QuerySet[Self] = cls.unscoped.select_related("label", "body")
        return rows.get(pk=int(name.rpartition(":")[2]))

    def move(self, *, before: str, after: str, **changes: Any) -> bool:
        """Compare-and-swap on the state: the second of two clicks changes nothing."""
        rows: models.QuerySet[Any] = type(self).unscoped.all()
        if not rows.filter(pk=self.pk, state=before).update(state=after, **changes):
            return False
        for name, value in {"state": after, **changes}.items():
            setattr(self, name, value)
        return True
