"""Questions about the organisation as of a day: who bears what, what is missing, who reports to whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Count, Q, QuerySet

from shoumi.domains.organisation.models import (
    Employment,
    Organ,
    Task,
    Tenure,
    Undertaking,
    Unit,
)
from shoumi.domains.organisation.rules.gaps import Borne, Gap, Holder, World, gaps_of
from shoumi.domains.organisation.rules.structure import (
    Role,
    Structure,
    UndertakingKind,
    load_structure,
    problems,
    require,
)
from shoumi.domains.organisation.rules.terms import Member, Pair, pairs_of
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import (
    OFFICERS,
    SYSTEM_ACCOUNT,
    Body,
    Department,
    Person,
    Place,
)
from shoumi.platform.directory.selectors import appointments_on
from shoumi.platform.obligations.recurring import definitions
from shoumi.platform.rulebook.controls import POINTS, Control
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.loader import DATA
from shoumi.platform.rulebook.model import KINDS
from shoumi.platform.rulebook.source import rulebook

for _kind in ("count", "display"):
    Control("organisation.gaps", kind=_kind, label="缺岗清单")
    Control("organisation.use", kind=_kind, label="主管人与使用人")
Control("organisation.roster", kind="display", label="名单")
Control("organisation.undertakings", kind="count", label="责任书签订情况")
Control("organisation.plan", kind="count", label="年度计划完成率")
Control("organisation.employments", kind="count", label="用工身份统计")

YEAR = timedelta(days=365)
TWO_YEARS = timedelta(days=730)
PLAN = "年度计划"
PLANNED = ("宣传教育", "保密检查", "技术防护")


@cache
def structure() -> Structure:
    """The structure of this installation, read and checked once per process."""
    found = load_structure(DATA / "organisation")
    book = rulebook()
    return require(found, problems(found, clauses=book.clauses, posts=book.posts))


def role_of(key: str) -> Role:
    return structure().roles[key]


def title_of(kinds: Mapping[str, Any], key: str) -> str:
    """What a row's role or kind is called; an old row outlives a line that the rulebook dropped."""
    return str(kinds[key].title) if key in kinds else key


def owned_by(reference: str) -> tuple[str, str]:
    """A control that a responsibility answers for, in words: its kind, and its name."""
    kind, _, point = reference.partition(":")
    recurring = definitions().get(point)
    return KINDS[kind], recurring.text if recurring else POINTS[point].label


def departments_open(body: Body) -> QuerySet[Department]:
    """Departments that have not been closed."""
    found = Department.objects.filter(body=body).exclude(unit__state=Unit.State.CLOSED)
    return found.order_by("id")


def organs_standing(body: Body) -> QuerySet[Organ]:
    found: QuerySet[Organ] = Organ.objects.filter(
        body=body, state__in=[Organ.State.STANDING, Organ.State.LEAVING]
    )
    return found.order_by("id")


def borne_in(body: Body) -> QuerySet[Tenure]:
    """Every responsibility borne now, with its person."""
    found: QuerySet[Tenure] = Tenure.objects.filter(body=body, state=Tenure.State.BORNE)
    return found.select_related("person", "department", "organ").order_by("since", "id")


def staff_of(body: Body) -> QuerySet[Person]:
    """People of the body who work here, with an account or without."""
    found = Person.objects.filter(body=body, active=True).exclude(account=SYSTEM_ACCOUNT)
    return found.select_related("department").order_by("name", "id")


def world_of(body: Body, *, on: date) -> World:
    """The body as it stands on a day, for the pure rules. Stand-ins bear nothing of their own."""
    appointed = appointments_on(on).filter(body=body, standing_in_for=None, person__active=True)
    posts: dict[int, set[tuple[str, int | None]]] = {}
    holders: dict[str, list[Holder]] = {}
    for one in appointed.select_related("person").order_by("since", "id"):
        posts.setdefault(one.person_id, set()).add((one.post, one.department_id))
        named = Holder(one.person_id, one.person.name, one.department_id)
        holders.setdefault(one.post, []).append(named)
    return World(
        departments={d.pk: d.name for d in departments_open(body)},
        organs={o.pk: (o.kind, o.name) for o in organs_standing(body)},
        borne=tuple(_borne(t, posts) for t in borne_in(body)),
        holders={post: tuple(found) for post, found in holders.items()},
        positions={
            role.key: str(figure(role.position, "position", on=on, body=body))
            for role in structure().roles.values()
            if role.position
        },
    )


def _borne(row: Tenure, posts: dict[int, set[tuple[str, int | None]]]) -> Borne:
    return Borne(
        key=row.pk,
        role=row.role,
        person=row.person_id,
        name=row.person.name,
        posts=frozenset(posts.get(row.person_id, ())),
        active=row.person.active,
        organ=row.organ_id,
        department=row.department_id,
        scope=row.scope,
        position=row.position,
        qualification=row.qualification,
        term_ends=row.term_ends,
    )


def gaps(body: Body, *, at: datetime) -> list[Gap]:
    """What is missing today. Clause: organisation.responsibility."""
    return gaps_of(structure(), world_of(body, on=day_of(at)), on=day_of(at))


def expiring(body: Body, *, on: date) -> QuerySet[Tenure]:
    """Terms that end within the days of the warning. Clause: organisation.term."""
    days = figure("organisation.term", "warn_days", on=on, body=body)
    return borne_in(body).filter(term_ends__lte=on + timedelta(days=days))


def places_by_kind(body: Body) -> list[tuple[str, int]]:
    """How many registries, safes and other places for papers there are. Clause: organisation.readiness."""
    rows = Place.objects.filter(body=body, active=True).order_by().values_list("kind")
    known = dict(rows.annotate(Count("id")))
    kinds = [(k, said) for k, said in Place.Kind.choices if k != Place.Kind.ROOM]
    return [(said, known.get(kind, 0)) for kind, said in kinds]


def archivists_changed(body: Body, *, on: date) -> int:
    """How often the archivists changed within two years. Clause: organisation.archives."""
    found = Tenure.objects.filter(body=body, role="archivist", until__gt=on - TWO_YEARS)
    return int(found.count())


def signers(body: Body, *, on: date) -> list[Member]:
    """Who of the staff signs an undertaking here.

    The three officers and whoever is in an exit period read nothing of the body here: theirs is on paper.
    """
    kept = {o.person_id for o in appointments_on(on).filter(body=body, post__in=OFFICERS)}
    exits = ClearanceRecord.objects.filter(
        person__body=body, until__lt=on, exit_until__gte=on
    ).values_list("person", flat=True)
    kept.update(exits)
    return [Member(p.pk, p.department_id) for p in staff_of(body) if p.account and p.pk not in kept]


def pairs(body: Body, kind: UndertakingKind, *, on: date) -> tuple[list[Pair], list[int]]:
    """Who signs a kind of undertaking with whom, and the people who have nobody to sign with."""
    made, alone = pairs_of(kind, world_of(body, on=on).borne, signers(body, on=on))
    return made, [one.person for one in alone]


@dataclass(frozen=True)
class Unsigned:
    """Somebody whose undertaking of the year is not there or not finished."""

    person: Person
    superior: Person | None
    title: str
    state: str


def unsigned(body: Body, *, year: int, on: date, world: World | None = None) -> list[Unsigned]:
    """未签订 down the whole tree. Clause: organisation.undertaking."""
    rows = Undertaking.objects.filter(body=body, year=year).exclude(state=Undertaking.State.VOID)
    known = {(row.kind, row.signer_id): row for row in rows}
    people = {person.pk: person for person in staff_of(body)}
    borne = (world or world_of(body, on=on)).borne
    staff = signers(body, on=on)
    found = []
    for kind in structure().undertakings.values():
        made, alone = pairs_of(kind, borne, staff)
        for pair in made:
            row = known.get((kind.key, pair.signer))
            if row is None or row.state != Undertaking.State.DONE:
                said = row.get_state_display() if row else "未发起"
                superior = people.get(pair.superior)
                found.append(Unsigned(people[pair.signer], superior, kind.title, said))
        found += [
            Unsigned(people[one.person], None, kind.title, "没有签订上级")
            for one in alone
            if one.person in people
        ]
    return found


@dataclass(frozen=True)
class Progress:
    """How much of a line of the year's plan is done."""

    line: str
    planned: int
    done: int

    @property
    def share(self) -> str:
        return f"{round(self.done * 100 / self.planned)}%" if self.planned else "未列入"


def plan_of(body: Body, *, year: int, reader: Person, at: datetime) -> list[Progress]:
    """The year's plan line by line, as far as the reader may know. Clause: organisation.plan."""
    tasks: QuerySet[Task] = Task.objects.visible_to(reader, at=at)
    rows = tasks.filter(body=body, year=year, origin=PLAN)
    counted = rows.values("line").annotate(
        planned=Count("id"), done=Count("id", filter=Q(state=Task.State.DONE))
    )
    known = {row["line"]: Progress(row["line"], row["planned"], row["done"]) for row in counted}
    lines = [*PLANNED, *sorted(set(known) - set(PLANNED))]
    return [known.get(line, Progress(line, 0, 0)) for line in lines]


def employments_by_category(body: Body, *, on: date) -> list[tuple[str, int]]:
    """How many work here in each capacity, every category named. Clause: organisation.employment."""
    rows = Employment.objects.filter(body=body, state=Employment.State.WORKING)
    known = dict(rows.values_list("category").annotate(Count("id")))
    inside = figure("organisation.employment", "categories", on=on, body=body)
    outside = figure("organisation.employment.outside", "categories", on=on, body=body)
    registered = set(rows.values_list("person", flat=True))
    missing = sum(p.pk not in registered for p in staff_of(body))
    return [(c, known.get(c, 0)) for c in (*inside, *outside)] + [("尚未登记", missing)]


@dataclass(frozen=True)
class Used:
    """Things in use in a department: how many, by how many people, and who answers for them."""

    department: str
    pieces: int
    users: int
    answerable: str


def in_use(reader: Person, *, at: datetime) -> list[Used]:
    """谁主管谁负责、谁使用谁负责, of what the reader may know. Clause: organisation.use."""
    items: QuerySet[Item] = Item.objects.visible_to(reader, at=at)
    held = items.filter(holder__person__isnull=False, holder__person__body=reader.body_id)
    rows = (
        held.order_by()
        .values("holder__person__department", "holder__person__department__name")
        .annotate(pieces=Count("id"), users=Count("holder__person", distinct=True))
    )
    heads = _answerable(borne_in(reader.body))
    leaders = "、".join(heads.get(None, []))
    return [
        Used(
            department=row["holder__person__department__name"] or "单位领导",
            pieces=row["pieces"],
            users=row["users"],
            answerable="、".join(heads.get(row["holder__person__department"], []))
            if row["holder__person__department"]
            else leaders,
        )
        for row in sorted(rows, key=lambda r: str(r["holder__person__department__name"]))
    ]


def _answerable(borne: Iterable[Tenure]) -> dict[int | None, list[str]]:
    """Names of those who answer for each department, and for the body under None."""
    found: dict[int | None, list[str]] = {}
    for row in borne:
        if row.role in ("department", "first"):
            found.setdefault(row.department_id, []).append(row.person.name)
    return found


def members_on(organ: Organ, *, on: date) -> Sequence[Tenure]:
    """名单 as of a day: who sat in an organ then, in the order of its seats."""
    seats = {role.key: place for place, role in enumerate(structure().seats_of(organ.kind))}
    rows: Any = Tenure.objects.filter(organ=organ, since__lte=on)
    found = [row for row in rows.select_related("person__department") if row.is_borne_on(on)]
    return sorted(found, key=lambda row: (seats.get(row.role, 99), row.since, row.pk))


def lists_of(organ: Organ) -> list[date]:
    """The days from which a list of an organ was in force, the newest first. Clause: organisation.roster."""
    rows = Tenure.objects.filter(organ=organ)
    days = set(rows.values_list("since", flat=True))
    ended = rows.exclude(until=None).values_list("until", flat=True)
    days |= {day + timedelta(days=1) for day in ended if day is not None}
    return sorted(days, reverse=True)
