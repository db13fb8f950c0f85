"""Rows with a state, which moves by compare-and-swap."""

from typing import Any, Self

from django.db import models

from shoumi.platform.access.models import Labelled


class Moving(Labelled):
    """A row of this room that has a state; whoever comes second changes nothing."""

    class Meta(Labelled.Meta):
        abstract = True

    @classmethod
    def named(cls, name: str) -> Self:
        """The row by the name that a case or a duty keeps of it."""
        rows: models.QuerySet[Self] = cls.unscoped.select_related("label__body")
        return rows.get(pk=int(name.rpartition(":")[2]))

    def move(self, *, before: str, after: str, **changes: Any) -> bool:
        """Compare-and-swap on the state: the second of two clicks changes nothing."""
        rows: models.QuerySet[Any] = type(self).unscoped.all()
        if not rows.filter(pk=self.pk, state=before).update(state=after, **changes):
            return False
        for name, value in {"state": after, **changes}.items():
            setattr(self, name, value)
        return True
