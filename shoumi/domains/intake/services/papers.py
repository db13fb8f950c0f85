"""Old registers of papers become documents and copies in their places; open loans become loans."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.documents.services.old_papers import (
    FILE,
    SERIES,
    Entered,
    OldCopies,
    OldPaper,
    enter_old_papers,
)
from shoumi.domains.documents.services.receiving import READING_POSTS
from shoumi.domains.handling.services.opening import enter_open_loan
from shoumi.domains.intake.rules.documents import Entry, Line, Register
from shoumi.domains.intake.rules.loans import WrittenLoan
from shoumi.domains.intake.rules.values import BLANK_LEVEL
from shoumi.domains.intake.rules.words import squeezed, words_of
from shoumi.domains.intake.selectors import figures_on
from shoumi.domains.intake.services.rows import REASON, UNCLEAR, Taker, values_of
from shoumi.kernel.levels import Level
from shoumi.kernel.marks import Mark, Period
from shoumi.kernel.numbering import print_copy_number
from shoumi.platform.access.grades import is_above_grade
from shoumi.platform.access.services import labels_for, widen
from shoumi.platform.access.subjects import day_of, person_principal, post_principal, subject_of
from shoumi.platform.custody.models import Holder, Item, MissingItem
from shoumi.platform.custody.services import enter_missing, shift
from shoumi.platform.directory.models import Person
from shoumi.platform.numbering.services import take_over
from shoumi.platform.obligations.due import closing
from shoumi.platform.trail.models import Recorded

# So many entries come in with one round of statements.
AT_ONCE = 500
MISSED = "旧台账清点缺份"
BLANK_NOTE = "旧台账密级为空，暂按内部掌握，请核定"
_LEFT = ("destroyed", "archived", "returned")
_SINKS = {
    "destroyed": Holder.Sink.DESTROYED,
    "archived": Holder.Sink.ARCHIVED,
    "returned": Holder.Sink.RETURNED,
    "missing": Holder.Sink.MISSING,
}


class Lender(Taker):
    """What both ledgers of papers need: open loans."""

    def lend(self, item: Item, *, to: Person, since: date | None) -> list[Recorded]:
        """The loan that the old ledger has open, and the duty to bring the copy back."""
        days = figures_on(day_of(self.at), body=self.body).overdue_days
        lent_on = since or day_of(self.at)
        due = closing(lent_on + timedelta(days=days), body=self.body)
        loan, duty = enter_open_loan(
            item,
            to=to,
            since=_moment(lent_on),
            due=due,
            days=days,
            by=self.actor,
            at=self.at,
        )
        return [loan, duty]


@dataclass(frozen=True, slots=True)
class Plan:
    """One entry as it will come in: each of `copies` is its line, its number and who has it now."""

    entry: Entry
    year: int
    number: int
    level: Level
    copies: list[tuple[Line, str, Holder]]


class Papers(Lender):
    """收文登记簿: documents keep their old numbers, every copy stands where the ledger has it."""

    def take(self, records: Register) -> None:
        self.shelf = self.at_place(self.registry())
        self.numbers: dict[int, set[int]] = defaultdict(set)
        rows = Document.objects.visible_to(self.actor, at=self.at).filter(
            body=self.body, kind=FILE, direction=Document.Direction.INCOMING
        )
        for year, number in rows.values_list("year", "register_number"):
            self.numbers[year].add(number)
        self.latest = {year: max(used) for year, used in self.numbers.items()}
        plans = []
        for entry in records.entries:
            if entry.is_void:
                continue
            if why := self._why_not(entry):
                self.leave(entry.row, why)
                continue
            plans.append(self._plan(entry))
        for start in range(0, len(plans), AT_ONCE):
            self.progress("入账", start, len(plans))
            self._take_plans(plans[start : start + AT_ONCE])
        self.progress("入账", len(plans), len(plans))
        self.write_rows()
        highest: dict[int, int] = defaultdict(int)
        for plan in plans:
            highest[plan.year] = max(highest[plan.year], plan.number)
        for year, number in sorted(highest.items()):
            before, after = take_over(SERIES, body=self.body, year=year, number=number)
            self.raised.append([SERIES, year, before, after])

    def _why_not(self, entry: Entry) -> str:
        """Why an entry stays out; empty where it comes in."""
        if entry.faults:
            kinds = words_of("documents").kinds
            return "；".join(kinds[key].name for key in dict.fromkeys(entry.faults))
        if entry.received.day is None:
            return "没有收文日期"
        if not entry.title and not is_above_grade(_level_of(entry)):
            return "没有标题"
        if len(set(entry.copies)) < len(entry.copies):
            return "同一条目内份号重复"
        if entry.mark.is_secret and any(line.copies is None for line in entry.lines):
            return "涉密文件没有逐份登记份号"
        return ""

    def _plan(self, entry: Entry) -> Plan:
        assert entry.received.day is not None
        year = entry.row.year or entry.received.day.year
        written = set(entry.copies)
        free = (n for n in range(1, 10_000) if n not in written)
        copies = [
            (line, print_copy_number(copy), self._now(line))
            for line in entry.lines
            for copy in (line.copies or [next(free) for _ in range(line.pieces)])
        ]
        return Plan(entry, year, self._number(entry, year=year), _level_of(entry), copies)

    def _number(self, entry: Entry, *, year: int) -> int:
        """The number the old ledger gave, or the next free one where two sheets count alike."""
        used, latest = self.numbers[year], self.latest.get(year, 0)
        number = entry.seq if entry.seq and entry.seq not in used else latest + 1
        used.add(number)
        self.latest[year] = max(latest, number)
        return number

    def _take_plans(self, plans: Sequence[Plan]) -> None:
        """Some hundred entries at once, in few statements."""
        labels = labels_for(
            [(plan.level, self._readers(plan)) for plan in plans],
            body=self.body,
            basis="旧台账入账",
            on=day_of(self.at),
        )
        old = [
            OldCopies(
                _paper(plan),
                label,
                [
                    (number, now if now.place is not None else self.shelf, now)
                    for _, number, now in plan.copies
                ],
            )
            for plan, label in zip(plans, labels, strict=True)
        ]
        entered = enter_old_papers(old, by=self.actor, at=self.at, reason=REASON)
        lost = iter(self._search(entered))
        for plan, label, one in zip(plans, labels, entered, strict=True):
            made: list[Recorded] = [label, one.document, *one.items, *one.copies]
            for item, (line, _, now) in zip(one.items, plan.copies, strict=True):
                if line.state == "out" and now.person is not None:
                    made += self.lend(item, to=now.person, since=line.borrowed.day)
                if now.sink == Holder.Sink.MISSING:
                    made.append(next(lost))
            entry = plan.entry
            values = values_of(entry.row) | {"lines": [_line_values(line) for line in entry.lines]}
            self.keep(entry.row, label=label, values=values | _known_values(entry), made=made)

    def _search(self, entered: Sequence[Entered]) -> list[MissingItem]:
        """What the ledger itself could not find is searched for from today."""
        lost = [
            (item, self.shelf)
            for one in entered
            for item in one.items
            if item.holder.sink == Holder.Sink.MISSING
        ]
        return enter_missing(lost, circumstances=MISSED, by=self.actor, at=self.at)

    def _readers(self, plan: Plan) -> set[str]:
        """The posts that see every paper, and who has it out now and is cleared for it."""
        borrowers = {
            person.pk
            for line in plan.entry.lines
            if line.state == "out"
            and (person := self.person(line.borrower)) is not None
            and subject_of(person, self.at).clearance >= plan.level
        }
        posts = {post_principal(post, self.body.pk) for post in READING_POSTS}
        return posts | {person_principal(key) for key in borrowers}

    def _now(self, line: Line) -> Holder:
        """Who answers for these copies now, as the ledger has it."""
        if line.state in _SINKS:
            return self.gone(_SINKS[line.state])
        if line.state == "out":
            person = self.person(line.borrower)
            if person is not None:
                return self.with_person(person)
            return self.at_place(self.place_called(UNCLEAR))
        if line.state == "with_department":
            name = f"{line.department}（旧账交办）"[:60]
            return self.at_place(self.place_called(name))
        place = self.place_in(line.row.text("dest"))
        return self.at_place(place) if place else self.shelf


class Loans(Lender):
    """借阅登记簿: what is still out goes to its borrower; what came back is kept as it was written."""

    def take(self, records: list[WrittenLoan]) -> None:
        for loan in records:
            if loan.is_rejected:
                self.leave(loan.row, "有须定夺的问题")
                continue
            copies = list(self._copies(loan))
            if not copies:
                self.leave(loan.row, "文号加份号不在收文登记簿")
                continue
            made: list[Recorded] = []
            if not loan.returned:
                person = self.person(loan.borrower)
                if person is None:
                    self.leave(loan.row, "借阅人不在人员台账，或者有同名")
                    continue
                for copy in copies:
                    made += self._hand_over(copy, to=person, since=loan.borrowed.day)
            self.keep(loan.row, label=copies[0].label, values=values_of(loan.row), made=made)
        self.write_rows()

    def _copies(self, loan: WrittenLoan) -> Any:
        numbers = [print_copy_number(copy) for copy in loan.copies or ()]
        return (
            Copy.objects.visible_to(self.actor, at=self.at)
            .filter(
                document__body=self.body,
                document__issue_number=loan.docno,
                copy_number__in=numbers,
            )
            .exclude(document__issue_number="")
            .select_related("item__holder", "label")
        )

    def _hand_over(self, copy: Copy, *, to: Person, since: date | None) -> list[Recorded]:
        item = copy.item
        if item.holder.place is None or item.state != Item.State.HELD:
            return []
        principal = person_principal(to.pk)
        widen(copy.label, principals=[principal], basis="旧台账借阅", on=day_of(self.at))
        holder = self.with_person(to)
        movement = shift(item=item, to=holder, reason=REASON, at=self.at)
        return [movement, *self.lend(item, to=to, since=since)]


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(0, 0)))


def _level_of(entry: Entry) -> Level:
    return entry.mark.level if entry.mark.level is not None else Level.INTERNAL


def _paper(plan: Plan) -> OldPaper:
    """Above the deployment grade only the shell comes in. Clause: grades.shell."""
    entry = plan.entry
    assert entry.received.day is not None
    return OldPaper(
        year=plan.year,
        number=plan.number,
        title="" if is_above_grade(plan.level) else entry.title,
        issuer=entry.organ or "旧台账未记",
        issue_number=entry.docno,
        mark=_mark_of(entry, plan.level),
        notes=BLANK_NOTE if entry.mark.called == BLANK_LEVEL else "",
        urgency=_urgency(entry.row.text("urgency")),
        received_at=_moment(entry.received.day),
        remark=f"旧台账接收：{entry.row.sheet} 第 {entry.row.number} 行",
        is_gone=all(line.state in _LEFT for line in entry.lines),
    )


def _mark_of(entry: Entry, level: Level) -> Mark:
    period = entry.mark.period if level.is_state_secret else None
    return Mark(level, period or Period.none())


def _urgency(written: str) -> str:
    """The system's word for what the ledger says; empty where it says nothing special."""
    for urgency, words in words_of("documents").lists["urgency"].items():
        if squeezed(written) in map(squeezed, words):
            return str(urgency)
    return ""


def _known_values(entry: Entry) -> dict[str, Any]:
    """What other ledgers are held against later."""
    level = entry.mark.level
    return {"docno": entry.docno, "level_value": int(level) if level is not None else None}


def _line_values(line: Line) -> dict[str, Any]:
    return values_of(line.row) | {
        "row": line.row.number,
        "state": line.state,
        "copies": list(line.copies or ()),
        "borrower": line.borrower,
        "borrowed_on": str(line.borrowed.day or ""),
        "returned_on": str(line.returned.day or ""),
        "return_known": line.returned.day is not None or not line.returned,
    }
