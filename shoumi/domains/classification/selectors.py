"""Questions about the list, about what is alive, what ends soon, and what a text may contain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from shoumi.domains.classification.models import (
    Change,
    Determination,
    Fault,
    Matter,
    Remarking,
)
from shoumi.domains.classification.rules import Likeness, Sort
from shoumi.domains.classification.rules.suggesting import Hint, hints
from shoumi.kernel.levels import Level
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

# The four cases of a derived determination, for the forms of the rooms above.
LIKENESSES = [(case.value, case.label) for case in Likeness]
AHEAD = timedelta(days=30)
Control("classification.suggest", kind="display", label="定密提示")


def matters_of(reader: Person, *, at: datetime, sorts: tuple[Sort, ...] = ()) -> QuerySet[Matter]:
    """The matters in force that a determination may rest on."""
    found: QuerySet[Matter] = Matter.objects.visible_to(reader, at=at)
    found = found.filter(state__in=(Matter.State.IN_FORCE, Matter.State.LEAVING))
    return (found.filter(sort__in=sorts) if sorts else found).order_by("number")


def to_review(reader: Person, *, at: datetime) -> QuerySet[Determination]:
    """Everything alive that was not looked at this year, as far as the reader may know it."""
    found: QuerySet[Determination] = Determination.objects.visible_to(reader, at=at)
    alive = Determination.alive(reader.body).values("pk")
    return found.filter(pk__in=alive).exclude(reviewed_year=day_of(at).year).order_by("number")


def expiring(reader: Person, *, at: datetime) -> QuerySet[Determination]:
    """What ends within the months of the clause, for each level its own."""
    today = day_of(at)
    months = figure("classification.expiry", "months", on=today, body=reader.body)
    found: QuerySet[Determination] = Determination.objects.visible_to(reader, at=at)
    alive = found.filter(pk__in=Determination.alive(reader.body).values("pk"))
    ends = [
        alive.filter(label__level=level, expires_on__lte=today + months[level] * AHEAD)
        for level in (Level.CONFIDENTIAL, Level.SECRET, Level.TOP_SECRET)
    ]
    return ends[0] | ends[1] | ends[2]


def remarkings_of(change: Change, *, reader: Person, at: datetime) -> QuerySet[Remarking]:
    """The copies that still bear the old mark."""
    found: QuerySet[Remarking] = Remarking.objects.visible_to(reader, at=at)
    waiting = found.filter(change=change, state=Remarking.State.WAITING)
    return waiting.select_related("item__holder__person", "item__holder__place").order_by(
        "item__name", "id"
    )


def media(reader: Person, *, kinds: tuple[str, ...], at: datetime) -> QuerySet[Item]:
    """Media and machines in the account on which something may be stored."""
    found: QuerySet[Item] = Item.objects.visible_to(reader, at=at)
    return found.filter(kind__in=kinds).exclude(state=Item.State.GONE).order_by("name", "id")


@dataclass(frozen=True)
class Figures:
    """定密统计 of a stretch of days: what was decided, what changed, what was marked wrongly."""

    since: date
    until: date
    decided: Mapping[tuple[str, int], int]
    changed: Mapping[str, int]
    faults: Mapping[str, int]

    @property
    def lines(self) -> list[tuple[str, list[int]]]:
        """A line for each manner, its levels from 绝密 down and their sum."""
        manners = Determination.Manner
        found = []
        for manner in (manners.ORIGINAL, manners.DERIVED, manners.WORK):
            counts = [self.decided.get((manner.value, level), 0) for level in (4, 3, 2, 1)]
            found.append((str(manner.label), [*counts, sum(counts)]))
        return found

    @property
    def changes(self) -> list[tuple[str, int]]:
        return [(str(kind.label), self.changed.get(kind.value, 0)) for kind in Change.Kind]

    @property
    def wrongs(self) -> list[tuple[str, int]]:
        return [(str(kind.label), self.faults.get(kind.value, 0)) for kind in Fault.Kind]


def figures(body: Body, *, since: date, until: date) -> Figures:
    """The counts that the self-assessment asks for; no contents. Clause: classification.faults."""
    return Figures(
        since,
        until,
        Determination.counted(body, since=since, until=until),
        Change.counted(body, since=since, until=until),
        Fault.counted(body, since=since, until=until),
    )


def suggestions(text: str, *, reader: Person, at: datetime) -> list[tuple[Matter, Hint]]:
    """Which matters of the list a text may touch, the gravest first; nothing is decided or kept."""
    listed = {matter.pk: matter for matter in matters_of(reader, at=at)}
    found = hints(text, {pk: matter.terms for pk, matter in listed.items()})
    pairs = [(listed[hint.matter], hint) for hint in found]
    return sorted(pairs, key=lambda pair: (-pair[0].grade, -pair[1].count))
