"""A registrar's year (机要员的一年): what is done each working day, and a book of it kept by hand.

The hand-kept book knows nothing of holders, labels or states: it is a dictionary of where each copy should be.
What must hold is asked at the end of every month.
"""

import math
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from shoumi.domains.documents.services.deciding import close, instruct, propose
from shoumi.domains.handling.models import ReproducedItem, Reproduction
from shoumi.domains.handling.services import (
    archiving,
    borrowing,
    carrying,
    copying,
    destroying,
    recalling,
    succession,
)
from shoumi.domains.handling.tests.scene import approve, asked, copies, fresh, given_to, paper
from shoumi.domains.handling.tests.test_carry import TRIP
from shoumi.domains.handling.tests.test_destroy import LIST
from shoumi.domains.handling.tests.test_recall import NOTICE
from shoumi.platform.custody import selectors, services
from shoumi.platform.custody.models import Item, MissingItem, Stocktake
from shoumi.platform.custody.services import (
    declare_found,
    declare_missing,
    give_back,
    move_place,
    take_back,
)
from shoumi.platform.obligations.calendar import calendar_for
from tests.proof.year_invariants import faults

SHARE_OF_A_YEAR = {
    "paper": 3_000,
    "loan": 1_500,
    "reproduction": 100,
    "trip": 60,
    "succession": 12,
    "recall": 12,
    "archiving": 24,
    "destruction": 24,
    "shelving": 52,
    "loss": 3,
}
COPIES = 3
MOVEMENTS = 40_000
BATCH = 25
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Figures:
    """What a year came to, and what did not hold."""

    papers: int
    copies: int
    movements: int
    faults: list[str]


class Year:
    """The work of a year, or a share of it between two days, and the book that is kept by hand."""

    def __init__(
        self, office: SimpleNamespace, *, since: date, until: date, share: float, seed: int = 2026
    ) -> None:
        self.office, self.since, self.until, self.share = office, since, until, share
        self.random = random.Random(seed)
        self.at: datetime = office.now
        self.where: dict[int, str] = {}
        self.shelf: list[int] = []
        self.moves: Counter[str] = Counter()
        self.later: dict[date, list[Callable[[], None]]] = {}
        self.reproductions: list[int] = []
        self.papers = 0
        self.faults: list[str] = []

    # ---- the book kept by hand

    def put(self, keys: Sequence[int], where: str) -> None:
        """Each copy is now there; one movement a copy."""
        for key in keys:
            self.where[key] = where
            if where == "1号柜":
                self.shelf.append(key)
        self.moves[where] += len(keys)

    def taken(self, number: int) -> list[Any]:
        """Some copies from the shelf, whichever."""
        keys = []
        for _ in range(min(number, (len(self.shelf) + 1) // 2)):
            n = self.random.randrange(len(self.shelf))
            self.shelf[n], self.shelf[-1] = self.shelf[-1], self.shelf[n]
            keys.append(self.shelf.pop())
        return self.items(keys)

    def items(self, keys: Sequence[int]) -> list[Any]:
        found = Item.unscoped.in_bulk(list(keys))
        return [found[key] for key in keys]

    def back(self, days: int, deed: Callable[[], None]) -> None:
        """Something is due on the first working day after so many days."""
        self.later.setdefault(self.at.date() + days * DAY, []).append(deed)

    # ---- the work

    def paper(self) -> None:
        o = self.office
        level = self.random.choices(["内部", "秘密", "机密", "绝密"], [2, 12, 10, 1])[0]
        people = [] if level == "绝密" else [o.handler, o.chief, o.peer]
        document = paper(o, level, at=self.at, people=people, copies=COPIES)
        propose(actor=o.director, subject=document, at=self.at, addressee=o.leader, text="请阅示。")
        instruct(actor=o.leader, subject=fresh(document), at=self.at, text="存。", readers=[])
        close(actor=o.registrar, subject=fresh(document), at=self.at)
        self.put([item.pk for item in copies(document)], "绝密柜" if level == "绝密" else "1号柜")
        self.papers += 1

    def loan(self) -> None:
        for item in self.taken(1):
            borrower = self.office.handler
            days = self.random.randint(1, 7)
            request = asked(self.office, item, at=self.at, actor=borrower, days=days)
            loan = approve(request, at=self.at)
            borrowing.lend(actor=self.office.registrar, subject=loan, at=self.at)
            borrowing.accept(actor=borrower, subject=fresh(loan), at=self.at)
            self.put([item.pk], borrower.name)

            def ends(loan: Any = loan, borrower: Any = borrower, key: int = item.pk) -> None:
                borrowing.give_back(actor=borrower, subject=fresh(loan), at=self.at)
                borrowing.return_copy(
                    actor=self.office.registrar, subject=fresh(loan), at=self.at, intact=True
                )
                self.put([key], "1号柜")

            self.back(days - 1, ends)

    def batch(self, number: int = BATCH) -> None:
        """A file of copies given out to work with, and taken back some days later."""
        keeper = self.random.choice([self.office.handler, self.office.chief, self.office.peer])
        items = self.taken(number)
        if not items:
            return
        given_to(self.office, keeper, items, at=self.at)
        keys = [item.pk for item in items]
        self.put(keys, keeper.name)
        self.back(self.random.randint(1, 5), lambda: self.return_batch(keeper, keys))

    def return_batch(self, keeper: Any, keys: list[int]) -> None:
        handover = give_back(actor=keeper, subject=self.items(keys), at=self.at)
        take_back(actor=self.office.registrar, subject=handover, at=self.at)
        self.put(keys, "1号柜")

    def reproduction(self) -> None:
        for item in self.taken(1):
            request = copying.request_copy(
                actor=self.office.handler,
                subject=item,
                at=self.at,
                kind="copy",
                copies=2,
                purpose="会议使用",
            )
            copying.make(
                actor=self.office.registrar,
                subject=approve(request, at=self.at),
                at=self.at,
                destinations="业务科\n审批科",
                place=self.office.safe,
                made_in="机要室",
                supervisor=self.office.director,
            )
            self.shelf.append(item.pk)
            made = ReproducedItem.items_in(reproduction=fresh(request))
            self.put([one.pk for one in made], "1号柜")
            self.reproductions.append(request.pk)

    def trip(self) -> None:
        if not (items := self.taken(3)):
            return
        today, days = self.at.date(), self.random.randint(0, 3)
        terms = TRIP | {"leaves_on": today, "returns_on": today + days * DAY}
        handler, registrar = self.office.handler, self.office.registrar
        trip = carrying.request_carry(actor=handler, at=self.at, items=items, **terms)
        carrying.leave(actor=registrar, subject=approve(trip, at=self.at), at=self.at)
        carrying.accept(actor=handler, subject=fresh(trip), at=self.at)
        keys = [item.pk for item in items]
        self.put(keys, handler.name)

        def ends() -> None:
            carrying.return_carried(
                actor=registrar, subject=fresh(trip), at=self.at, counted=len(keys)
            )
            self.put(keys, "1号柜")

        self.back(days, ends)

    def succession(self) -> None:
        """Fifty copies change hands with one signature; one of them is declined."""
        handler, chief = self.office.handler, self.office.chief
        items = self.taken(50)
        if len(items) < 2:
            return
        given_to(self.office, handler, items, at=self.at)
        self.put([item.pk for item in items], handler.name)
        keys = [item.pk for item in items]
        request = succession.hand_over(
            actor=handler,
            at=self.at,
            items=self.items(keys),
            receiver=chief,
            reason="调岗。",
            where="机要室",
        )
        request = approve(request, at=self.at)
        line = selectors.lines_of(request.handover, reader=chief, at=self.at)[0]
        succession.accept_handover(
            actor=chief, subject=request, at=self.at, declined={line.pk: "封面破损"}
        )
        taken = [key for key in keys if key != line.item_id]
        self.put(taken, chief.name)
        self.back(2, lambda: self.return_batch(chief, taken))
        self.back(2, lambda: self.return_batch(handler, [line.item_id]))

    def recall(self) -> None:
        if not (items := self.taken(50)):
            return
        registrar, due = self.office.registrar, self.at.date() + 30 * DAY
        notice = recalling.recall(
            actor=registrar, at=self.at, items=items, **NOTICE | {"due_on": due}
        )
        recalling.send(actor=registrar, subject=notice, at=self.at, channel="机要交通")
        recalling.enter_receipt(
            actor=registrar, subject=fresh(notice), at=self.at, receipt="回执 1"
        )
        self.put([item.pk for item in items], "已清退退回")

    def archiving(self) -> None:
        if not (items := self.taken(25)):
            return
        request = archiving.archive(
            actor=self.office.registrar,
            at=self.at,
            items=items,
            year=self.at.year,
            volume=f"{self.at:%Y-%m%d}",
        )
        archiving.take(
            actor=self.office.authority,
            subject=approve(request, at=self.at),
            at=self.at,
            counted=len(items),
            shelf="档案室三排",
        )
        self.put([item.pk for item in items], "已归档移交")

    def destruction(self) -> None:
        self.destroy(self.taken(40))

    def destroy(self, items: list[Any]) -> None:
        if not items:
            return
        o = self.office
        terms = LIST | {"method": "送销毁机构", "station": "市保密载体销毁中心"}
        request = destroying.propose(actor=o.registrar, at=self.at, items=items, **terms)
        request = approve(request, at=self.at)
        destroying.execute(
            actor=o.registrar, subject=request, at=self.at, counted=len(items), witness=o.chief
        )
        destroying.witness_destruction(actor=o.chief, subject=fresh(request), at=self.at)
        self.put([item.pk for item in items], "已销毁")

    def shelving(self) -> None:
        """Copies are put into the registry itself for sorting, and back."""
        if not (items := self.taken(25)):
            return
        keys = [item.pk for item in items]
        for place in (self.office.registry, self.office.safe):
            move_place(
                actor=self.office.registrar, subject=self.items(keys), place=place, at=self.at
            )
            self.put(keys, place.name)

    def loss(self) -> None:
        for item in self.taken(1):
            registrar = self.office.registrar
            declare_missing(actor=registrar, subject=item, at=self.at, circumstances="清点时未见")
            self.put([item.pk], "下落不明")

            def ends(key: int = item.pk) -> None:
                row = MissingItem.unscoped.get(item=key, found_at=None)
                declare_found(
                    actor=self.office.registrar,
                    subject=row,
                    place=self.office.safe,
                    how="夹在卷内",
                    at=self.at,
                )
                self.put([key], "1号柜")

            self.back(3, ends)

    def year_end(self) -> None:
        """Copies that were made are called in and destroyed (年底统一收回销毁)."""
        for key in self.reproductions:
            request = Reproduction.unscoped.get(pk=key)
            copying.collect(actor=self.office.registrar, subject=request, at=self.at)
        made = ReproducedItem.items_in(reproduction__in=self.reproductions)
        left = [item for item in made if self.where[item.pk] == "1号柜"]
        for n in range(0, len(left), 150):
            self.destroy(left[n : n + 150])

    def stocktake(self) -> None:
        """The safe is counted code by code; nothing is missing, misplaced or unknown."""
        registrar, witness = self.office.registrar, self.office.director
        count = services.open_stocktake(actor=registrar, place=self.office.safe, at=self.at)
        codes = [
            item.code for item in self.items([k for k, w in self.where.items() if w == "1号柜"])
        ]
        for n in range(0, len(codes), 500):
            lines = "\n".join(codes[n : n + 500])
            services.scan(actor=registrar, subject=count, codes=lines, at=self.at)
        services.close_stocktake(actor=registrar, subject=count, witness=witness, at=self.at)
        count = Stocktake.objects.get(pk=count.pk)
        services.witness_stocktake(actor=witness, subject=count, at=self.at)
        found = selectors.tally(count, reader=registrar, at=self.at).counts
        if found["found"] != len(codes) or found["expected"] != len(codes):
            self.faults.append(f"{self.at:%Y-%m} 清点 {found}，手工账 {len(codes)}")

    # ---- the days

    def live(self, *, say: Callable[[str], None] = lambda _: None) -> Figures:
        """Every working day in turn; `say` is told of each month."""
        days = list(self._workdays())
        begun = time.perf_counter()
        for n, day in enumerate(days, 1):
            self._clock(day)
            self._what_is_due(until=day)
            for task in self._tasks(n - 1, len(days)):
                self._do(getattr(self, task))
            self._fill(goal=MOVEMENTS * self.share * n / len(days))
            if n == len(days):
                self._what_is_due(until=date.max)
                self._do(self.year_end)
            if n == len(days) or days[n].month != day.month:
                if day.month % 6 == 0:
                    self._do(self.stocktake)
                worked = time.perf_counter() - begun
                self.check()
                begun = time.perf_counter()
                say(
                    f"{day:%Y-%m} 文件 {self.papers}，载体 {len(self.where)}，"
                    f"移动 {self.moved}，办理 {worked:.1f} 秒，不符 {len(self.faults)} 处"
                )
        return Figures(self.papers, len(self.where), self.moved, self.faults)

    def check(self) -> None:
        """What must hold whenever one looks. Clauses: carriers.one_holder, carriers.statement."""
        found = faults(self.office, where=self.where, moves=self.moves, at=self.at)
        self.faults += [f"{self.at:%Y-%m} {fault}" for fault in found]

    def _workdays(self) -> Iterator[date]:
        calendar = calendar_for(self.office.body)
        day = self.since
        while day <= self.until:
            if calendar.is_workday(day):
                yield day
            day += DAY

    def _tasks(self, n: int, days: int) -> list[str]:
        """What falls on the n-th of the working days, in an order of chance; papers come first."""
        found = []
        for kind, whole in SHARE_OF_A_YEAR.items():
            total = math.ceil(whole * self.share)
            done, due = ((2 * total * m + days) // (2 * days) for m in (n, n + 1))
            found += [kind] * (due - done)
        papers = [task for task in found if task == "paper"]
        others = [task for task in found if task != "paper"]
        self.random.shuffle(others)
        return papers + others

    def _clock(self, day: date) -> None:
        self.at = self.at.replace(year=day.year, month=day.month, day=day.day, hour=9, minute=0)

    def _do(self, deed: Callable[[], None]) -> None:
        self.at += timedelta(seconds=20)
        deed()

    def _what_is_due(self, *, until: date) -> None:
        for due in sorted(day for day in self.later if day <= until):
            for deed in self.later.pop(due):
                self._do(deed)

    def _fill(self, *, goal: float) -> None:
        """Copies go out in batches until as much was moved as a year needs by today."""
        number = max(2, round(BATCH * min(1, self.share * 10)))
        while self.moved < goal and len(self.shelf) > 1:
            self._do(lambda: self.batch(number))

    @property
    def moved(self) -> int:
        return sum(self.moves.values())
