"""Who reads the rows of this room: everybody of the body, but neither the three officers nor an exit period."""

from datetime import datetime
from typing import Any, Self

from django.db import models

from shoumi.kernel.levels import Level
from shoumi.platform.access.models import Labelled
from shoumi.platform.access.subjects import body_principal, subject_of
from shoumi.platform.directory.models import Person
from shoumi.platform.trail.models import Recorded


class OfBodyQuerySet(models.QuerySet[Any]):
    """Who bears what is internal to a body (内部)."""

    def visible_to(self, person: Person, *, at: datetime) -> Self:
        subject = subject_of(person, at)
        knows = (
            not subject.in_exit_period
            and subject.clearance >= Level.INTERNAL
            and body_principal(person.body_id) in subject.principals
        )
        return self.filter(body=person.body_id) if knows else self.none()


class OfBody(Recorded):
    """A row that all staff of its body may read; it has a state that moves by compare-and-swap."""

    objects = models.Manager.from_queryset(OfBodyQuerySet)()

    class Meta:
        abstract = True

    def move(self, *, before: str, after: str, **changes: Any) -> bool:
        """Whoever comes second changes nothing."""
        rows: models.QuerySet[Any] = type(self)._default_manager.all()
        return _moved(self, rows.filter(pk=self.pk, state=before), state=after, **changes)


class Kept(Labelled):
    """A labelled row with a state: its matter may be known to a few only."""

    class Meta(Labelled.Meta):
        abstract = True

    def move(self, *, before: str, after: str, **changes: Any) -> bool:
        """Whoever comes second changes nothing."""
        rows: models.QuerySet[Any] = type(self).unscoped.all()
        return _moved(self, rows.filter(pk=self.pk, state=before), state=after, **changes)


def _moved(row: models.Model, rows: models.QuerySet[Any], **changes: Any) -> bool:
    if not rows.update(**changes):
        return False
    for name, value in changes.items():
        setattr(row, name, value)
    return True
