"""What all takers share: the batch, who acts, the rows that came in and what was made of each."""

from datetime import datetime
from typing import Any

from shoumi.domains.intake.models import Batch, Taken
from shoumi.domains.intake.rules.columns import Row
from shoumi.platform.access.models import Label
from shoumi.platform.custody.models import Holder
from shoumi.platform.custody.services import holder_of, registry_of
from shoumi.platform.directory.models import Department, Person, Place
from shoumi.platform.trail.models import Recorded, name_of
from shoumi.platform.works.progress import Progress, silent

REASON = "intake.take"
UNCLEAR = "旧账记载不明"


class Taker:
    """Makes rows of the system out of the records of one ledger, inside the act of the batch."""

    def __init__(
        self, batch: Batch, *, actor: Person, at: datetime, progress: Progress = silent
    ) -> None:
        self.batch, self.actor, self.at, self.progress = batch, actor, at, progress
        self.body = actor.body
        self.taken = 0
        self.left_out: list[dict[str, Any]] = []
        self.raised: list[list[Any]] = []
        self._rows: list[Taken] = []
        self._people: dict[str, list[Person]] = {}
        self._places: dict[str, Place] = {}
        self._holders: dict[Any, Holder] = {}
        for person in Person.objects.filter(body=self.body).exclude(account="system"):
            self._people.setdefault("".join(person.name.split()), []).append(person)
        for place in Place.objects.filter(body=self.body, active=True).order_by("id"):
            self._places.setdefault(place.name, place)

    def take(self, records: Any) -> None:
        raise NotImplementedError

    def leave(self, row: Row, why: str) -> None:
        """Say which row did not come in, and why."""
        self.left_out.append({"sheet": row.sheet, "row": row.number, "why": why})

    def keep(self, row: Row, *, label: Label, values: dict[str, Any], made: list[Recorded]) -> None:
        """Every value of the row as it stood, and what was made of it."""
        self._rows.append(
            Taken(
                batch=self.batch,
                label=label,
                sheet=row.sheet[:60],
                number=row.number,
                values=values,
                made=[name_of(one) for one in made],
            )
        )
        self.taken += 1

    def write_rows(self) -> None:
        Taken.objects.bulk_create(self._rows, batch_size=500)

    def person(self, name: str) -> Person | None:
        """The one person of this name; nobody where there is none or there are several."""
        found = self._people.get(name, [])
        return found[0] if len(found) == 1 else None

    def add_person(self, person: Person) -> None:
        self._people.setdefault(person.name, []).append(person)

    def with_person(self, person: Person) -> Holder:
        return self._holder(person=person)

    def at_place(self, place: Place) -> Holder:
        return self._holder(place=place)

    def gone(self, sink: str) -> Holder:
        return self._holder(sink=sink)

    def _holder(self, **whom: Any) -> Holder:
        """Each holder is looked up once."""
        key = tuple(whom.items())
        if key not in self._holders:
            self._holders[key] = holder_of(body=self.body, **whom)
        return self._holders[key]

    def registry(self) -> Place:
        return registry_of(self.body.pk)

    def place_in(self, text: str) -> Place | None:
        """The place that a text names, the longest name first."""
        found = [name for name in self._places if name in text]
        return self._places[max(found, key=len)] if found else None

    def place_called(self, name: str) -> Place:
        """A place for opening stock; nothing new may be put there until somebody has looked at it."""
        if name not in self._places:
            self._places[name] = Place.objects.create(
                body=self.body, name=name, kind=Place.Kind.ROOM, level_limit=0
            )
        return self._places[name]

    def department(self, name: str) -> Department | None:
        if not name:
            return None
        found, _ = Department.objects.get_or_create(body=self.body, name=name)
        return found


def values_of(row: Row) -> dict[str, Any]:
    """What stands in the row, field by field, as text."""
    return {
        name: value if isinstance(value, int | float) else str(value).strip()
        for name, value in row.fields.items()
        if value is not None and str(value).strip()
    }
