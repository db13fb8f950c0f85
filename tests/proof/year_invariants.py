"""What must hold of the books whenever one looks, said by a reader who is not the program's own account."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, Subquery

from conftest import build_office, prepared
from shoumi.config.founding import chain_schema
from shoumi.domains.documents.models import Document
from shoumi.domains.handling.models import Carrying, Loan
from shoumi.kernel.levels import Level
from shoumi.platform.custody.models import Holder, Item, Movement
from shoumi.platform.custody.selectors import Scope, statement
from shoumi.platform.directory.models import Appointment
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import seed_calendar
from shoumi.platform.trail.verify import verify


def founded(year: int) -> SimpleNamespace:
    """The cast on New Year's Day, with the calendar and an archivist."""
    at = datetime(year, 1, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    office = build_office(at=at)
    chain_schema(office.body, at=at)
    return settled(office)


def settled(office: SimpleNamespace) -> SimpleNamespace:
    """What the cast needs for a whole year."""
    seed_calendar(office.system, office.now)
    with prepared(office.body, at=office.now):
        Appointment.objects.create(
            person=office.authority, post="archivist", body=office.body, since=office.now.date()
        )
    return office


def faults(
    office: SimpleNamespace, *, where: Mapping[int, str], moves: Mapping[str, int], at: datetime
) -> Iterator[str]:
    """Everything in which the books differ from the hand-kept ones, or from themselves."""
    yield from _one_holder(where)
    yield from _journal(moves)
    yield from _statements(office, where, at=at)
    yield from _numbers()
    yield from _duties(at)


def chain_faults() -> tuple[int, list[str]]:
    """How many entries the trail has, and what does not agree with its seals."""
    report = verify()
    return report.entries, [str(finding) for finding in report.findings]


def _one_holder(where: Mapping[int, str]) -> Iterator[str]:
    """Each copy is where the hand-kept book has it. Clause: carriers.one_holder."""
    near = ("holder__person", "holder__place")
    held = {item.pk: str(item.holder) for item in Item.unscoped.select_related(*near)}
    if len(held) != len(where):
        yield f"载体 {len(held)} 件，手工账 {len(where)} 件"
    for key, place in where.items():
        if held.get(key) != place:
            yield f"载体 {key} 在「{held.get(key)}」，手工账在「{place}」"


def _journal(moves: Mapping[str, int]) -> Iterator[str]:
    """As many movements as were made by hand, and each copy where its last movement put it."""
    made, kept = sum(moves.values()), Movement.unscoped.count()
    if made != kept:
        yield f"流转记录 {kept} 条，手工账 {made} 条"
    last = Movement.unscoped.filter(item=OuterRef("pk")).order_by("-at", "-id")
    rows = Item.unscoped.annotate(last=Subquery(last.values("receiver")[:1]))
    for key, holder, receiver in rows.values_list("pk", "holder", "last"):
        if holder != receiver:
            yield f"载体 {key} 的保管者与最后一次流转不一致"


def _statements(
    office: SimpleNamespace, where: Mapping[int, str], *, at: datetime
) -> Iterator[str]:
    """In = held + out, for all, for each level and for each holder. Clause: carriers.statement."""
    reader = office.registrar
    held = Counter(where.values())
    gone = {str(label): held[str(label)] for label in Holder.Sink.labels}
    whole = statement(reader=reader, at=at, scope=Scope())
    if not whole.balances or whole["closing"] != len(where) - sum(gone.values()):
        yield f"总账不平：{whole.left_side} 与 {whole.right_side}，结存 {whole['closing']}"
    for level in Level:
        found = statement(reader=reader, at=at, scope=Scope(level=level))
        if not found.balances:
            yield f"{level.label}账不平：{found.left_side} 与 {found.right_side}"
    inside = (Holder.Kind.PERSON, Holder.Kind.PLACE)
    for holder in Holder.objects.filter(body=office.body, kind__in=inside):
        found = statement(reader=reader, at=at, scope=Scope(holders=[holder.pk]))
        if not found.balances or found["closing"] != held[str(holder)]:
            yield f"{holder}账不平：{found.left_side} 与 {found.right_side}，应存 {held[str(holder)]}"


def _numbers() -> Iterator[str]:
    """The registers are numbered without a gap and without a repetition."""
    rows = Document.unscoped.values("kind", "year").annotate(count=Count("pk")).order_by("kind")
    for row in rows:
        book = Document.unscoped.filter(kind=row["kind"], year=row["year"])
        if set(book.values_list("register_number", flat=True)) != set(range(1, row["count"] + 1)):
            yield f"{row['kind']} {row['year']} 收文编号有缺号或者重号"


def _duties(at: datetime) -> Iterator[str]:
    """Whoever has something out owes it, and nobody owes what is back."""
    open_ones = Duty.objects.filter(state=Duty.State.OPEN)
    for model, kind, out in (
        (Loan, "handling.borrow.return", Loan.OUT),
        (Carrying, "handling.carry.return", (Carrying.State.OUT,)),
    ):
        owed, lent = (
            open_ones.filter(kind=kind).count(),
            model.unscoped.filter(state__in=out).count(),
        )
        if owed != lent:
            yield f"{kind} 待办 {owed} 项，在外 {lent} 项"
    if nobodys := open_ones.filter(person=None, post="").count():
        yield f"有 {nobodys} 项职责没有责任人"
