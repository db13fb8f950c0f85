"""Pages of what one may know, at a cost that does not grow with what one may not.

A person's newest labels come straight from the need-to-know index, one short range for each of the few
principals the person has; the rows of a page are then fetched by these labels. Only where a rare filter
leaves a page unfilled is the table itself walked, with the gate asked row by row.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.functional import cached_property

from shoumi.kernel.levels import Level, Subject
from shoumi.platform.access.models import LabelledQuerySet, NeedToKnow
from shoumi.platform.access.subjects import day_of, subject_of
from shoumi.platform.directory.models import Person

COUNTED = 2_000
FIRST, DEEPER, DEEPEST = 4, 8, 4_000


class VisiblePaginator(Paginator):  # type: ignore[type-arg]
    """Django's paginator over `visible_to` rows in the order newest label first.

    `count` stops at COUNTED: beyond that the page says 「2000 条以上」, since an exact number would cost
    more than the page and nobody turns to page forty.
    """

    def __init__(
        self, rows: LabelledQuerySet, per_page: int, *, reader: Person, at: datetime
    ) -> None:
        super().__init__(rows, per_page)
        self.rows = rows.order_by("-label_id", "-id")
        self.subject = subject_of(reader, at)
        self.today = day_of(at)

    @cached_property
    def count(self) -> int:
        return self.rows.order_by()[: COUNTED + 1].count()

    @property
    def is_more(self) -> bool:
        return self.count > COUNTED

    def page(self, number: int | str) -> Any:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        found = window(
            self.rows, subject=self.subject, on=self.today, start=start, size=self.per_page
        )
        return Page(found, number, self)


def window(
    rows: LabelledQuerySet, *, subject: Subject, on: date, start: int, size: int
) -> Sequence[Any]:
    """Rows `start` to `start + size` of visible rows ordered by newest label, then newest row."""
    wanted = start + size
    depth = FIRST * max(wanted, 25)
    while depth <= DEEPEST:
        labels, cutoff = newest_labels(subject, on=on, depth=depth)
        narrowed = rows.filter(label_id__in=labels, label_id__gte=cutoff)
        found = list(narrowed[start:wanted])
        if len(found) == size or cutoff == 0:
            return found
        depth *= DEEPER
    return list(rows[start:wanted])


def newest_labels(subject: Subject, *, on: date, depth: int) -> tuple[list[int], int]:
    """The newest labels a subject may know, and the label down to which the list is complete.

    The cutoff is 0 when there are no more than these.
    """
    top = Level.PUBLIC if subject.in_exit_period else subject.clearance
    labels: set[int] = set()
    cutoff = 0
    for principal in sorted(subject.principals):
        known = NeedToKnow.objects.filter(
            Q(until=None) | Q(until__gte=on), principal=principal, level__lte=top, since__lte=on
        )
        found = list(known.order_by("-label_id").values_list("label_id", flat=True)[:depth])
        if len(found) == depth:
            cutoff = max(cutoff, found[-1])
        labels.update(found)
    return sorted(labels), cutoff
