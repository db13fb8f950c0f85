"""The queue of deeds (办理次序): whatever happens is done in the order of its time."""

import heapq
import itertools
import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from shoumi.config.demonstration.cast import Cast
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.calendar import calendar_for

Deed = Callable[[datetime], None]
LATELY = timedelta(days=8)


class Story:
    """The queue of deeds still to come."""

    def __init__(self, cast: Cast, *, until: datetime) -> None:
        self.cast = cast
        self.until = until
        self.chance = random.Random(20260901)
        self.order = itertools.count()
        self.queue: list[tuple[datetime, int, Deed]] = []

    def plan(self, at: datetime, deed: Deed) -> None:
        """Do it then; what lies in the future stays undone, and so waits on somebody's list."""
        if at < self.until:
            heapq.heappush(self.queue, (at, next(self.order), deed))

    def stalls(self, at: datetime, *, share: float) -> bool:
        """Whether somebody lets it lie: only lately, for what is older was dealt with long ago."""
        return at > self.until - LATELY and self.chance.random() < share

    def later(self, at: datetime, *, hours: float) -> datetime:
        """So many hours on, within office hours of a working day."""
        return self.in_office(at + timedelta(hours=hours))

    def in_office(self, at: datetime) -> datetime:
        local = timezone.localtime(at)
        calendar = calendar_for(self.cast.body)
        day = local.date()
        if local.time() > time(17, 20) or not calendar.is_workday(day):
            day += timedelta(days=1)
            while not calendar.is_workday(day):
                day += timedelta(days=1)
            return at_hour(day, 8, 30 + self.chance.randrange(30))
        if local.time() < time(8, 30):
            return at_hour(day, 8, 30 + self.chance.randrange(30))
        return at

    def run(self, progress: Callable[[str, int, int], None]) -> None:
        total = len(self.queue)
        done = 0
        while self.queue:
            at, _, deed = heapq.heappop(self.queue)
            deed(at)
            done += 1
            progress("演示数据", done, total + done if self.queue else done)


def at_hour(day: date, hour: int, minute: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def a_person(pk: int) -> Person:
    """The person as the next request would load them."""
    return Person.objects.select_related("body", "department").get(pk=pk)
