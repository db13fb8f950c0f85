"""Labels and need-to-know (知悉范围): made and changed only inside somebody's act."""

from collections.abc import Iterable
from datetime import date

from shoumi.kernel.levels import Level
from shoumi.platform.access.models import Label, NeedToKnow
from shoumi.platform.directory.models import Body


def label_for(
    *, level: Level, body: Body, principals: Iterable[str], basis: str, on: date
) -> Label:
    """A new label with its first need-to-know list; nobody listed means nobody may know."""
    label = Label.objects.create(body=body, level=level)
    widen(label, principals=principals, basis=basis, on=on)
    return label


def widen(label: Label, *, principals: Iterable[str], basis: str, on: date) -> list[str]:
    """Let further principals know; those already listed stay as they are. Returns the new ones."""
    listed = set(label.need_to_know.filter(until=None).values_list("principal", flat=True))
    fresh = sorted(set(principals) - listed)
    NeedToKnow.objects.bulk_create(
        NeedToKnow(label=label, principal=p, level=label.level, since=on, basis=basis)
        for p in fresh
    )
    return fresh


def narrow(label: Label, *, principals: Iterable[str], last_day: date) -> int:
    """End the knowing of some principals after `last_day`."""
    rows = label.need_to_know.filter(until=None, principal__in=list(principals))
    return rows.update(until=last_day)


def relevel(label: Label, *, level: Level) -> None:
    """Change the level of a label and of its need-to-know rows together."""
    Label.objects.filter(pk=label.pk).update(level=level)
    label.need_to_know.update(level=level)
    label.level = level
