"""Questions about the simple ledgers: what was entered, what is missing, what is due, what was verified."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Max

from shoumi.domains.ledgers import rules
from shoumi.domains.ledgers.models import Entry, Verification
from shoumi.kernel.levels import Level
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.obligations.models import Duty
from shoumi.platform.rulebook.check_ledgers import ledgers
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.ledgers import Ledger
from shoumi.platform.trail.models import Entry as TrailEntry

COUNTED = Control("systems.measure.coverage", kind="count", label="措施达标")
SHOWN = Control("systems.measure.coverage", kind="display", label="措施达标")
BACKED_UP = "systems.backup"


@dataclass(frozen=True)
class LedgerLine:
    """One ledger as the list of ledgers shows it."""

    ledger: Ledger
    count: int
    last: datetime | None
    due: Duty | None
    may_enter: bool


@dataclass(frozen=True)
class MeasureLine:
    """One wanted measure (应有措施), and how many rows bear it out."""

    area: str
    name: str
    since: Level
    count: int

    @property
    def is_missing(self) -> bool:
        return self.count == 0


@dataclass(frozen=True)
class Age:
    """How long ago something was last done, and how often it is to be done."""

    days: int | None
    limit: int

    @property
    def is_late(self) -> bool:
        return self.days is None or self.days > self.limit


def lines(reader: Person, *, posts: set[str], at: datetime) -> list[LedgerLine]:
    """The ledgers that exist for these posts, with what the reader may know of each; two queries."""
    shown = [x for x in ledgers().values() if x.everyone or x.admitted & posts]
    rows = Entry.objects.visible_to(reader, at=at).order_by()
    told = rows.values("ledger").annotate(count=Count("pk"), last=Max("entered_at"))
    counted = {row["ledger"]: (row["count"], row["last"]) for row in told}
    due = _open_duties(shown, body=reader.body)
    return [
        LedgerLine(
            ledger,
            *counted.get(ledger.key, (0, None)),
            due=next((due[e.duty] for e in ledger.evidence if e.duty in due), None),
            may_enter=bool(ledger.posts & posts),
        )
        for ledger in shown
    ]


def measures(reader: Person, *, at: datetime) -> list[MeasureLine]:
    """The measures wanted at this deployment grade (措施达标). Clause: systems.measure.coverage."""
    grade = Level(settings.DEPLOYMENT_GRADE)
    found: list[MeasureLine] = []
    for ledger in ledgers().values():
        if ledger.coverage is None:
            continue
        rows = Entry.objects.visible_to(reader, at=at).filter(ledger=ledger.key)
        data = rows.order_by("id").values_list("data", flat=True)
        found += [MeasureLine(*line) for line in rules.covered(ledger.coverage, data, grade=grade)]
    return found


def last_backup(body: Body, *, at: datetime) -> Age:
    """Since the last backup that the trail knows of. Clause: systems.backup."""
    days = figure("systems.backup", "days", on=day_of(at), body=body)
    made = TrailEntry.objects.filter(event=BACKED_UP).order_by("-id").first()
    moment = datetime.fromisoformat(made.at) if made else None
    return Age(_days(day_of(moment) if moment else None, at=at), days)


def last_offsite(reader: Person, *, at: datetime) -> Age:
    """Since the last backup of which a copy lies elsewhere. Clause: systems.backup."""
    days = figure("systems.backup", "offsite_days", on=day_of(at), body=reader.body)
    rows = Entry.objects.visible_to(reader, at=at).filter(ledger="backup", data__offsite=True)
    told = [str(x) for x in rows.order_by("-id").values_list("data__made_on", flat=True)[:200]]
    return Age(_days(date.fromisoformat(max(told)) if told else None, at=at), days)


def last_verification(body: Body, *, at: datetime) -> Age:
    """Since the whole trail was last verified. Clause: trail.verify."""
    days = figure("trail.verify", "days", on=day_of(at), body=body)
    last = Verification.of(body).order_by("-id").first()
    return Age(_days(day_of(last.run_at) if last else None, at=at), days)


def size_of_trail() -> int:
    """How many entries a verification will read."""
    return TrailEntry.objects.count()


def _open_duties(shown: list[Ledger], *, body: Body) -> dict[str, Duty]:
    kinds = [e.duty for ledger in shown for e in ledger.evidence]
    rows = Duty.objects.filter(body=body, kind__in=kinds, state=Duty.State.OPEN)
    return {duty.kind: duty for duty in rows.order_by("-due_at", "-id")}


def _days(day: date | None, *, at: datetime) -> int | None:
    return rules.days_since(day, today=day_of(at))
