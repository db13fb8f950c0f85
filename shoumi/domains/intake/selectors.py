"""What the checks need from the rulebook and from what the body already holds."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from shoumi.domains.intake.models import Batch, Taken, tables_of
from shoumi.domains.intake.rules.around import (
    Around,
    Figures,
    KnownLoan,
    KnownMachine,
    KnownPerson,
    Roster,
)
from shoumi.domains.intake.rules.people import NOT_CLEARED
from shoumi.domains.intake.rules.values import number_key
from shoumi.kernel.levels import Level, PersonnelClass
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.directory.models import SYSTEM_ACCOUNT, Body, Person
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.trail.models import Entry, name_of


def figures_on(day: date, *, body: Body | None = None) -> Figures:
    """The figures of the day. Clauses: marks.period.limit, intake.check, intake.exit."""
    least = figure("intake.exit", "least", on=day, body=body)
    most = figure("intake.exit", "most", on=day, body=body)
    return Figures(
        longest=figure("marks.period.limit", "years", on=day, body=body),
        overdue_days=int(figure("intake.check", "overdue_days", on=day, body=body)),
        exit_years={c: (least[c.value], most[c.value]) for c in PersonnelClass},
    )


def around(person: Person, *, wanted: Collection[str], at: datetime) -> Around:
    """What the body holds that a ledger is held against, as far as this person may know it."""
    rows = Taken.objects.visible_to(person, at=at).filter(
        batch__body=person.body_id, batch__state=Batch.State.TAKEN
    )
    said = {
        kind: list(rows.filter(batch__kind=kind).values_list("values", flat=True))
        for kind in wanted
    }
    return Around(
        roster=_roster(person.body) if "people" in wanted else None,
        machines=_machines(said["computers"]) if said.get("computers") else None,
        papers=_papers(said["documents"]) if said.get("documents") else None,
    )


def changed_since(batch: Batch, *, event: str) -> bool:
    """Whether any row that the batch made was written again by a later act."""
    mine = tables_of(batch.touched())
    chain = batch.body.code
    taken = Entry.objects.filter(chain=chain, event=event, subject=name_of(batch))
    first = taken.order_by("-number").values_list("number", flat=True).first()
    if first is None:
        return True
    later = Entry.objects.filter(chain=chain, number__gt=first).exclude(seals="")
    return any(
        line.partition("=")[0] in mine
        for seals in later.values_list("seals", flat=True).iterator()
        for line in seals.split("\n")
    )


def _roster(body: Body) -> Roster | None:
    """The people of the body: what was decided of them here, else what their old ledger says.

    None before anybody has a class, for then nobody could be told from a stranger.
    """
    records = ClearanceRecord.objects.filter(person__body=body).order_by("since", "id")
    latest = {record.person_id: record for record in records}
    written = {(row["name"], row["department"]): row for row in Taken.people_of(body)}
    if not latest and not written:
        return None
    people = Person.objects.filter(body=body).exclude(account=SYSTEM_ACCOUNT)
    known = []
    for person in people.select_related("department"):
        department = person.department.name if person.department else ""
        record, row = latest.get(person.pk), written.get((person.name, department))
        if row is not None and record is None:
            known.append(_as_written(row))
        else:
            known.append(_as_decided(person, department, record))
    return Roster(known)


def _as_decided(person: Person, department: str, record: ClearanceRecord | None) -> KnownPerson:
    found = PersonnelClass(record.personnel_class) if record else None
    return KnownPerson(
        name=person.name,
        department=department,
        clearance=found.clearance if found else Level.PUBLIC,
        class_label=found.label if found else NOT_CLEARED,
        left=record.until if record else None,
    )


def _as_written(row: dict[str, Any]) -> KnownPerson:
    found = PersonnelClass(row["personnel_class"]) if row["personnel_class"] else None
    return KnownPerson(
        name=row["name"],
        department=row["department"],
        clearance=found.clearance if found else Level.PUBLIC,
        class_label=row["class_label"],
        left=_day(row["left_on"]),
    )


def _machines(rows: Iterable[dict[str, Any]]) -> dict[str, KnownMachine]:
    return {
        number_key(row["code"]): KnownMachine(
            row["code"],
            row["is_classified"],
            Level(row["level_value"]) if row["level_value"] is not None else None,
        )
        for row in rows
    }


def _papers(rows: Iterable[dict[str, Any]]) -> dict[str, list[KnownLoan]]:
    found: dict[str, list[KnownLoan]] = {}
    for row in rows:
        level = row.get("level_value")
        for line in row["lines"]:
            found.setdefault(row["docno"], []).append(
                KnownLoan(
                    copies=frozenset(line["copies"]),
                    level=Level(level) if level is not None else None,
                    borrower=line["borrower"],
                    borrowed=_day(line["borrowed_on"]),
                    returned=_day(line["returned_on"]),
                    is_return_known=line["return_known"],
                )
            )
    return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
