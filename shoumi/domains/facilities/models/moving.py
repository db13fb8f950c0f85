"""What the rows of this room share: a state that moves by compare-and-swap, and a name to find them by."""

from typing import Any, Self

from django.db import models

from shoumi.platform.access.models import Labelled


class Moving(Labelled):
    """A row with a state; of two clicks the second changes nothing."""

    class Meta(Labelled.Meta):
        abstract = True

    @classmethod
    def named(cls, name: str) -> Self:
        """The row a case or a duty speaks of, by the name kept there."""
        found: Self = cls.unscoped.select_related("label__body").get(pk=int(name.split(":")[-1]))
        return found

    def move(self, before: str, after: str, **changes: Any) -> bool:
        """Compare-and-swap on the state; whether this was the first."""
        changes["state"] = after
        rows: models.QuerySet[Any] = type(self).unscoped.filter(pk=self.pk)
        first = rows.filter(**{"state": before}).update(**changes)
        for name, value in changes.items() if first else ():
            setattr(self, name, value)
        return bool(first)
