"""Allotting numbers inside an act: a number whose act is refused was never given."""

from shoumi.platform.directory.models import Body
from shoumi.platform.numbering.models import Counter


def allot(series: str, *, body: Body, year: int = 0) -> int:
    """The next number of a series; it rolls back with the act, so that no gap is left.

    The old value stands in the WHERE of the update: whoever comes second reads again. No number is ever
    computed from the rows that bear one, because two readers would find the same highest number.
    """
    while True:
        counter, _ = Counter.objects.get_or_create(body=body, series=series, year=year)
        following = counter.last + 1
        if Counter.objects.filter(pk=counter.pk, last=counter.last).update(last=following):
            return following


def take_over(series: str, *, body: Body, year: int, number: int) -> tuple[int, int]:
    """Let a series go on after numbers that an old ledger already gave; inside the act of a higher room.

    Returns how far the series stood before and how far it stands now; it never goes back by this.
    """
    counter, _ = Counter.objects.get_or_create(body=body, series=series, year=year)
    before = counter.last
    Counter.objects.filter(pk=counter.pk, last__lt=number).update(last=number)
    return before, max(before, number)


def give_back(series: str, *, body: Body, year: int, before: int, after: int) -> bool:
    """Undo a taking-over, unless the series has gone on since; inside the act that undoes."""
    counters = Counter.objects.filter(body=body, series=series, year=year, last=after)
    return before == after or bool(counters.update(last=before))
