"""Counting (清点): the list is frozen at the opening, every code read is kept, two persons sign."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from shoumi.kernel import labelcode
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.custody import rules
from shoumi.platform.custody.models import Holder, Item, Scan, Stocktake, StocktakeLine
from shoumi.platform.custody.selectors import holders_of_place, places_within
from shoumi.platform.custody.services.handing import REGISTRAR, hidden
from shoumi.platform.custody.services.ledger import holder_of
from shoumi.platform.directory.models import Person, Place

OPEN = Action("custody.stocktake.open", "开始清点", clause="carriers.stocktake", posts=REGISTRAR)
SCAN = Action("custody.stocktake.scan", "扫描清点", clause="carriers.stocktake", posts=REGISTRAR)
CLOSE = Action("custody.stocktake.close", "清点完毕", clause="carriers.stocktake", posts=REGISTRAR)
REOPEN = Action(
    "custody.stocktake.reopen", "继续清点", clause="carriers.stocktake", posts=REGISTRAR
)
WITNESS = Action("custody.stocktake.witness", "监点签认", clause="carriers.stocktake")

State, Scope, Finding = Stocktake.State, Stocktake.Scope, StocktakeLine.Finding
LONGEST_CODE = 120


class NotCounting(Stale):
    """The count was closed, reopened or signed a moment ago."""

    def __init__(self) -> None:
        super().__init__(
            "他人已修改：清点的状态已经变动",
            clause="carriers.stocktake",
            way_on="请刷新页面后继续",
        )


def open_stocktake(
    *, actor: Person, at: datetime, place: Place | None = None, person: Person | None = None
) -> Stocktake:
    """Open the count of a place with what is inside it, of a person's things, or of all places."""
    with act(actor, OPEN, at=at) as deed:
        scope, holder = _scope_of(actor, place=place, person=person)
        last = Stocktake.objects.filter(body=actor.body, holder=holder, state=State.CLOSED)
        try:
            with transaction.atomic():
                stocktake = Stocktake.objects.create(
                    body=actor.body,
                    scope=scope,
                    holder=holder,
                    opened_by=actor,
                    opened_at=at,
                    previous=last.order_by("-id").first(),
                )
        except IntegrityError:
            raise Refusal(
                "同一范围已有一次清点没有办结",
                clause="carriers.stocktake.open",
                way_on="请继续办理那一次清点",
            ) from None
        expected = expected_items(stocktake, actor=actor, at=at)
        lines = [
            StocktakeLine(stocktake=stocktake, item_id=key, label_id=label, expected_id=holder_id)
            for key, label, holder_id in expected.values_list("pk", "label", "holder")
        ]
        StocktakeLine.unscoped.bulk_create(lines, batch_size=500)
        deed.subject = stocktake
        deed.note(expected=len(lines))
    return stocktake


def scan(
    *, actor: Person, subject: Stocktake, codes: str, at: datetime, place: Place | None = None
) -> list[Scan]:
    """Note codes read from labels, one a line; unknown codes are kept, misread ones are refused."""
    with act(actor, SCAN, subject, at=at) as deed:
        _still(subject, State.OPEN)
        where = _where(subject, place)
        kept = _note_all(subject, _read_all(codes), where=where, actor=actor, at=at)
        deed.note(codes=len(kept), unknown=sum(not s.known for s in kept))
    return kept


def close_stocktake(*, actor: Person, subject: Stocktake, witness: Person, at: datetime) -> None:
    """Draw the findings and name the witness, without whose signature the count is not closed."""
    with act(actor, CLOSE, subject, at=at) as deed:
        if witness.pk == actor.pk or witness.body_id != actor.body_id or not witness.is_active:
            raise Refusal(
                "监点人须是本单位另一名在用账号人员",
                clause="carriers.stocktake",
                way_on="请另选监点人",
            )
        changes = {"closed_by": actor, "closed_at": at, "witness": witness}
        if not subject.move(State.OPEN, State.COUNTED, **changes):
            raise NotCounting()
        deed.note(**_draw_findings(subject))


def reopen_stocktake(*, actor: Person, subject: Stocktake, at: datetime) -> None:
    """Go on counting when the witness does not agree; nothing scanned is lost."""
    with act(actor, REOPEN, subject, at=at):
        changes = {"closed_by": None, "closed_at": None, "witness": None}
        if not subject.move(State.COUNTED, State.OPEN, **changes):
            raise NotCounting()
        StocktakeLine.unscoped.filter(stocktake=subject).update(finding=Finding.PENDING)


def witness_stocktake(*, actor: Person, subject: Stocktake, at: datetime) -> None:
    """Sign a count as its witness (监点人), which closes it."""
    with act(actor, WITNESS, subject, at=at):
        if subject.witness_id != actor.pk:
            raise hidden()
        if not subject.move(State.COUNTED, State.CLOSED, witnessed_at=at):
            raise NotCounting()


def expected_items(stocktake: Stocktake, *, actor: Person, at: datetime) -> QuerySet[Item]:
    """What the account says is there, as far as the one who counts may know."""
    items = Item.objects.visible_to(actor, at=at).filter(label__body=stocktake.body)
    if stocktake.holder is None:
        return items.filter(holder_kind=Holder.Kind.PLACE)
    if stocktake.holder.place is None:
        return items.filter(holder=stocktake.holder)
    return items.filter(holder__in=holders_of_place(stocktake.holder.place))


def _scope_of(
    actor: Person, *, place: Place | None, person: Person | None
) -> tuple[str, Holder | None]:
    for one in (place, person):
        if one is not None and one.body_id != actor.body_id:
            raise hidden()
    if place is not None:
        return Scope.PLACE, holder_of(body=actor.body, place=place)
    if person is not None:
        return Scope.PERSON, holder_of(body=actor.body, person=person)
    return Scope.REGISTRY, None


def _still(stocktake: Stocktake, state: str) -> None:
    """On PostgreSQL the row is locked, so that nobody closes the count while we write into it."""
    rows = Stocktake.objects.select_for_update().filter(pk=stocktake.pk, state=state)
    if not rows.values_list("pk", flat=True):
        raise NotCounting()


def _where(stocktake: Stocktake, place: Place | None) -> Place | None:
    """In which place the codes are being read; a person's things are counted wherever they lie."""
    holder = stocktake.holder
    if holder is not None and holder.place is None:
        return None
    counted = holder.place if holder is not None else None
    where = place or counted
    if where is None:
        raise Refusal(
            "请先选定正在清点的存放处", clause="carriers.stocktake", way_on="选定后再扫描"
        )
    inside = counted is None or where in places_within(counted)
    if not inside or where.body_id != stocktake.body_id:
        raise Refusal(
            f"「{where.name}」不在本次清点范围内",
            clause="carriers.stocktake",
            way_on="请另选存放处",
        )
    return where


def _read(line: str) -> tuple[str, str]:
    """What was typed or scanned, and its code; a label of ours that was misread must be read again."""
    kept = "".join(c for c in line.strip() if c.isprintable())[:LONGEST_CODE]
    code = labelcode.normalise(kept)[:LONGEST_CODE]
    if code.startswith(labelcode.PREFIX):
        # Or it would pass for an unknown thing.
        code = labelcode.check(code)
    return kept, code


def _read_all(codes: str) -> list[tuple[str, str]]:
    """Every line; where one of several was misread, the refusal says which."""
    lines = [line for line in codes.splitlines() if line.strip()]
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found.append(_read(line))
        except labelcode.BadCode as bad:
            if len(lines) == 1:
                raise
            raise labelcode.BadCode(
                f"第 {number} 行{bad.message}，整批未登记", clause=bad.clause, way_on=bad.way_on
            ) from None
    return found


def _note_all(
    stocktake: Stocktake,
    read: list[tuple[str, str]],
    *,
    where: Place | None,
    actor: Person,
    at: datetime,
) -> list[Scan]:
    """Keep every code as it was read, and count it on the line of its item: few statements for many codes."""
    codes = {code for _, code in read}
    mine = Item.objects.visible_to(actor, at=at).filter(code__in=codes, label__body=actor.body_id)
    items = {item.code: item for item in mine}
    before = Scan.objects.filter(stocktake=stocktake, code__in=codes)
    seen = set(before.values_list("code", flat=True))
    scans, counted = [], Counter[int]()
    for typed, code in read:
        item = items.get(code)
        scans.append(
            Scan(
                stocktake=stocktake,
                typed=typed,
                code=code,
                known=int(item is not None),
                repeated=int(code in seen),
                place=where,
                by=actor,
                at=at,
            )
        )
        seen.add(code)
        if item is not None:
            counted[item.pk] += 1
    _count_lines(stocktake, items.values(), counted, where=where)
    return Scan.objects.bulk_create(scans, batch_size=500)


def _count_lines(
    stocktake: Stocktake, items: Iterable[Item], counted: Counter[int], *, where: Place | None
) -> None:
    """One line an item, also for those that were not expected here."""
    lines = StocktakeLine.unscoped.filter(stocktake=stocktake, item__in=list(counted))
    known = set(lines.values_list("item", flat=True))
    fresh = [
        StocktakeLine(stocktake=stocktake, item=item, label_id=item.label_id)
        for item in items
        if item.pk not in known
    ]
    StocktakeLine.unscoped.bulk_create(fresh, batch_size=500)
    by_times: dict[int, list[int]] = defaultdict(list)
    for key, times in counted.items():
        by_times[times].append(key)
    for times, keys in by_times.items():
        rows = StocktakeLine.unscoped.filter(stocktake=stocktake, item__in=keys)
        rows.update(scans=F("scans") + times, seen_in=where)


def _draw_findings(stocktake: Stocktake) -> dict[str, int]:
    """Write the finding of every line, few statements for many lines."""
    lines = StocktakeLine.unscoped.filter(stocktake=stocktake).values_list(
        "pk", "expected", "scans", "seen_in", "item__holder", "item__holder__sink", "label__level"
    )
    holders = Holder.objects.filter(body=stocktake.body, place__isnull=False)
    holder_at = dict(holders.values_list("place", "pk"))
    places = {p.pk: p for p in Place.objects.filter(body=stocktake.body)}
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for key, expected, scans, seen_in, now, sink, level in lines:
        seen = stocktake.holder_id if seen_in is None else holder_at.get(seen_in)
        verdict = rules.finding(
            expected=expected,
            now=now,
            seen=seen,
            scans=scans,
            lost=sink == Holder.Sink.MISSING,
        )
        over = int(seen_in is not None and _over_limit(places[seen_in], Level(level)))
        groups[verdict, over].append(key)
    counts: Counter[str] = Counter()
    for (verdict, over), keys in groups.items():
        counts[verdict] += len(keys)
        counts["over_limit"] += len(keys) if over else 0
        rows = StocktakeLine.unscoped.filter(pk__in=keys)
        rows.update(finding=verdict, over_limit=over)
    return dict(counts)


def _over_limit(place: Place, level: Level) -> bool:
    """超密级存放: a thing lies where the rules would not let it be put."""
    sealed = place.kind == Place.Kind.SEALED_SAFE
    limit = Level(place.level_limit)
    fault = rules.placing_fault(level=level, limit=limit, sealed_safe=sealed, name=place.name)
    return fault is not None
