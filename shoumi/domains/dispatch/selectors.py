"""Questions about letters: what one may answer, what waits to go out, how many there were."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from shoumi.domains.dispatch.models import ExchangeRun, Letter, Recipient
from shoumi.domains.dispatch.rules.drafting import Form
from shoumi.domains.documents.models import Document
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

for _kind in ("count", "display"):
    Control("dispatch.statistics", kind=_kind, label="发文数量同比")

YEAR = timedelta(days=366)


def to_answer(person: Person, *, at: datetime) -> QuerySet[Document]:
    """Incoming papers of the last year that a letter may answer, the newest first."""
    found: QuerySet[Document] = Document.objects.visible_to(person, at=at)
    incoming = found.filter(direction=Document.Direction.INCOMING, received_at__gte=at - YEAR)
    return incoming.order_by("-id")


def lines_out(letter: Letter, *, reader: Person, at: datetime) -> QuerySet[Recipient]:
    """Lines of the list for other bodies that are sealed and have not left."""
    found: QuerySet[Recipient] = Recipient.objects.visible_to(reader, at=at)
    return found.filter(letter=letter, unit__isnull=False, state=Recipient.State.SEALED).order_by(
        "id"
    )


def lines_of(letter: Letter, *, reader: Person, at: datetime) -> QuerySet[Recipient]:
    """The distribution list as it now stands."""
    found: QuerySet[Recipient] = Recipient.objects.visible_to(reader, at=at)
    return found.filter(letter=letter).exclude(state=Recipient.State.VOID).order_by("id")


def list_as_written(letter: Letter, *, reader: Person, at: datetime) -> str:
    """The distribution list in the words in which it is filled in, for the form that changes it."""
    return "\n".join(_as_written(line) for line in lines_of(letter, reader=reader, at=at))


def _as_written(line: Recipient) -> str:
    if line.person_id is not None:
        return f"个人 {line.name} {line.copies} {line.reason}"
    word = "抄送 " if line.role == Recipient.Role.COPIED else ""
    return f"{word}{line.name} {line.copies}"


def staff_of(line: Recipient) -> QuerySet[Person]:
    """Who may sign for a line of our own: the person it names, or anybody of its department."""
    people = Person.objects.filter(active=True, account__isnull=False)
    if line.person_id is not None:
        return people.filter(pk=line.person_id)
    found = people.filter(department=line.department_id) if line.department_id else people.none()
    return found.select_related("department").order_by("name", "id")


def staff_in(department: Department) -> QuerySet[Person]:
    people = Person.objects.filter(department=department, active=True, account__isnull=False)
    return people.select_related("department").order_by("name", "id")


def others(department: Department | None, *, body: Body) -> QuerySet[Department]:
    """Departments of the body that may be asked to countersign."""
    found = Department.objects.filter(body=body).order_by("name")
    return found.exclude(pk=department.pk) if department is not None else found


def correspondents(body: Body) -> QuerySet[Body]:
    """The bodies outside that letters may be listed for."""
    return Body.objects.exclude(pk=body.pk).order_by("name", "id")


@dataclass(frozen=True)
class Line:
    """One kind of paper this year beside last year, up to the same day."""

    form: str
    now: int
    before: int

    @property
    def change(self) -> str:
        """同比: by how many per cent, or that there was nothing to compare with."""
        if self.before == 0:
            return "上年同期为零" if self.now else "持平"
        share = round((self.now - self.before) * 100 / self.before)
        return "持平" if share == 0 else f"{'增' if share > 0 else '减'} {abs(share)}%"


def compared(body: Body, *, at: datetime) -> list[Line]:
    """Letters numbered since New Year beside those of the same days of last year, by form."""
    today = day_of(at)
    this = _count(body, today.year, until=at)
    last = _count(body, today.year - 1, until=_a_year_before(at))
    rows = [Line(form.label, this.get(form.value, 0), last.get(form.value, 0)) for form in Form]
    total = Line("合计", sum(row.now for row in rows), sum(row.before for row in rows))
    return [*rows, total]


def _count(body: Body, year: int, *, until: datetime) -> dict[str, int]:
    first = timezone.make_aware(datetime.combine(date(year, 1, 1), datetime.min.time()))
    return Letter.counted(body=body, since=first, until=until)


def _a_year_before(at: datetime) -> datetime:
    moment = timezone.localtime(at)
    last_day = 28 if (moment.month, moment.day) == (2, 29) else moment.day
    return moment.replace(year=moment.year - 1, day=last_day)


def this_week(body: Body, *, at: datetime) -> tuple[int, int]:
    """Runs to the exchange station made this week, and how many the clause wants."""
    moment = timezone.localtime(at)
    monday = (moment - timedelta(days=moment.weekday())).replace(hour=0, minute=0, second=0)
    made = ExchangeRun.count_between(body=body, since=monday, until=monday + timedelta(days=7))
    return made, figure("dispatch.exchange", "runs", on=day_of(at), body=body)
