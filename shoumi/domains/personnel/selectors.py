"""Questions of the room: the checklist of leaving, what lapses soon, who has not signed, what binds a class."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Least

from shoumi.domains.accounts.selectors import people_of
from shoumi.domains.handling.models import Absence
from shoumi.domains.ledgers.models import Entry
from shoumi.domains.personnel.models import Departure, Dossier, Pledge
from shoumi.domains.personnel.models.things import exposure_of, sorted_for, things_with
from shoumi.domains.personnel.rules.leaving import Bounds, Step, bounds_of, told
from shoumi.domains.personnel.rules.words import Pledged
from shoumi.kernel.levels import PersonnelClass
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Department, Person, Place
from shoumi.platform.rulebook.check_ledgers import ledgers
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

SIGNED = Control("personnel.signed", kind="count", label="签订率和未签名单")
LAPSING = Control("personnel.lapsing", kind="display", label="到期提醒")
SYSTEM = Control("personnel.system.covered", kind="count", label="管理制度齐备度")
MEASURES = Control("personnel.measures", kind="display", label="分类管理措施")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure and its figure for each class (分类管理)."""

    name: str
    clause: str
    core: str
    important: str
    general: str


def bounds_on(personnel_class: PersonnelClass, *, on: date, body: Body) -> Bounds:
    """The exit period of a class as the rules of a day have it. Clause: personnel.exit.term."""
    least = figure("personnel.exit.term", "least", on=on, body=body)
    most = figure("personnel.exit.term", "most", on=on, body=body)
    return bounds_of(personnel_class, least=least, most=most)


def places_kept(person: Person) -> list[str]:
    """Places whose keeper somebody still is: they are handed over too."""
    kept = Place.objects.filter(keeper=person, active=True).order_by("id")
    return [f"{place.name}（管理人）" for place in kept]


def checklist(departure: Departure, *, reader: Person, at: datetime) -> list[Step]:
    """The five acts and what a class demands besides; the ledger itself ticks the clearing of things."""
    person = departure.dossier.person
    done = departure.state == Departure.State.DONE
    names, others = ([], 0) if done else sorted_for(reader, things_with(person), at=at)
    kept = [] if done else places_kept(person)
    held = told([*names, *kept], others)
    steps = [
        Step("提醒谈话", departure.talked_at is not None, _who(departure.talked_by)),
        Step("离岗保密承诺书", departure.pledged_at is not None),
        Step("清退载体和涉密设备", not held, f"未清退：{held}" if held else "名下已清零"),
        Step("工作交接", departure.handed_at is not None, departure.handed_list),
    ]
    if must_be_audited(departure):
        steps.append(Step("离岗审计", departure.audited_at is not None, departure.audit))
    until = departure.exit_until
    return [*steps, Step("确定脱密期", until is not None, f"至 {until}" if until else "")]


def must_be_audited(departure: Departure) -> bool:
    """Whether the class is one that the body audits on leaving. Clause: personnel.leave.audit."""
    on = departure.approved_on or departure.asked_at.date()
    classes = figure("personnel.leave.audit", "classes", on=on, body=departure.body)
    return departure.dossier.class_held.label in classes


def exposure_words(dossier: Dossier, *, on: date) -> str:
    """「机密 12 件、秘密 30 件，在岗 14 个月」. Clause: personnel.exit.exposure."""
    counts = exposure_of(dossier.person)
    said = "、".join(f"{level.label} {counts[level]} 件" for level in sorted(counts, reverse=True))
    months = (on - dossier.since).days // 30 if dossier.since else 0
    return f"{said or '未经手国家秘密载体'}，在岗 {months} 个月"


def lapsing(reader: Person, *, at: datetime) -> QuerySet[Dossier]:
    """Whoever holds a post on something that lapses within the days of the rulebook, soonest first."""
    today = day_of(at)
    days = figure("personnel.review.again", "remind_days", on=today, body=reader.body)
    until = today + timedelta(days=days)
    soon = (
        Q(reviewed_until__lte=until)
        | Q(trained_until__lte=until)
        | Q(pledged_until__lte=until)
        | Q(reviewed_until=None)
    )
    rows: Any = Dossier.objects.visible_to(reader, at=at)
    rows = rows.filter(soon, state=Dossier.State.ON_POST).select_related(
        "person__department", "post"
    )
    return rows.annotate(first=Least("reviewed_until", "trained_until", "pledged_until")).order_by(
        F("first").asc(nulls_first=True), "id"
    )


def unsigned(reader: Person, *, at: datetime) -> tuple[int, list[tuple[Dossier, str]]]:
    """How many pledges are wanted, and which of them nobody has signed (承诺书签订率)."""
    today, kinds = day_of(at), (Pledged.ENTRY, Pledged.RESPONSIBILITY)
    rows = Dossier.objects.visible_to(reader, at=at).filter(state__in=Dossier.ALIVE)
    people = list(rows.select_related("person__department", "post").order_by("id"))
    held = set(
        Pledge.objects.visible_to(reader, at=at)
        .filter(dossier__in=[row.pk for row in people], valid_until__gte=today)
        .values_list("dossier", "kind")
    )
    missing = [(p, k.label) for p in people for k in kinds if (p.pk, k.value) not in held]
    return len(people) * len(kinds), missing


def overdue_absences(reader: Person, *, at: datetime) -> list[Absence]:
    """Cleared people who have not come back on the day they said. Clause: personnel.watch.absent."""
    keys = Dossier.objects.visible_to(reader, at=at).filter(state=Dossier.State.ON_POST)
    away = Absence.objects.visible_to(reader, at=at).filter(
        state=Absence.State.AWAY,
        returns_on__lt=day_of(at),
        asked_by__in=list(keys.values_list("person", flat=True)),
    )
    return list(away.select_related("asked_by__department").order_by("returns_on", "id"))


def bare_departments(reader: Person, *, at: datetime) -> list[Department]:
    """Departments in which nobody is cleared to handle a classified paper. Clause: personnel.handlers."""
    rows = Dossier.objects.visible_to(reader, at=at).filter(state=Dossier.State.ON_POST)
    staffed = list(rows.values_list("person__department", flat=True))
    found = Department.objects.filter(body=reader.body_id).exclude(pk__in=[d for d in staffed if d])
    return list(found.order_by("id"))


def measures(*, on: date, body: Body) -> list[Measure]:
    """分类管理措施: every figure that differs by class, with its clause. Clause: personnel.measures."""
    wanted = (
        ("复审周期（月）", "personnel.review.again", "months"),
        ("培训学时", "personnel.training", "hours"),
        ("脱密期下限（月）", "personnel.exit.term", "least"),
        ("脱密期上限（月）", "personnel.exit.term", "most"),
    )
    found = []
    for name, clause, key in wanted:
        by_class = figure(clause, key, on=on, body=body)
        found.append(Measure(name, clause, *(str(by_class[c.value]) for c in PersonnelClass)))
    listed = (
        ("上级备案", "personnel.review.filing", "classes"),
        ("离岗审计", "personnel.leave.audit", "classes"),
    )
    for name, clause, key in listed:
        classes = figure(clause, key, on=on, body=body)
        yes = ("须办" if c.label in classes else "—" for c in PersonnelClass)
        found.append(Measure(name, clause, *yes))
    return found


def aspects(reader: Person, *, at: datetime) -> list[tuple[str, int]]:
    """The seven aspects of the rules for people, and how many in force cover each. Clause: personnel.system."""
    ledger = ledgers()["personnel_system"]
    rows = Entry.objects.visible_to(reader, at=at).filter(ledger=ledger.key, body=reader.body_id)
    named = [row.get("aspect") for row in rows.values_list("data", flat=True) if _in_force(row)]
    return [(aspect, named.count(aspect)) for aspect in ledger.column("aspect").choices]


def _in_force(row: dict[str, Any]) -> bool:
    return row.get("in_force") == "有效"


def dossier_of(person: Person) -> Dossier | None:
    """The dossier behind 我的保密档案: the living one, or else the last."""
    return Dossier.alive_of(person.pk) or Dossier.latest_of(person.pk)


def clearance_of(person: Person) -> ClearanceRecord | None:
    return ClearanceRecord.objects.filter(person=person).order_by("-since", "-id").first()


def colleagues(person: Person) -> QuerySet[Person]:
    """Everybody else of the body, with an account or without: for a post, or as a successor."""
    return people_of(person.body).filter(active=True).exclude(pk=person.pk)


def _who(person: Person | None) -> str:
    return person.name if person is not None else ""
