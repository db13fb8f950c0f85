"""Old registers of papers become documents and copies in their places; open loans become loans."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.documents.services.old_papers import FILE, SERIES, OldPaper, enter_old_paper
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
from shoumi.platform.access.models import Label
from shoumi.platform.access.services import label_for, widen
from shoumi.platform.access.subjects import day_of, person_principal, post_principal, subject_of
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.custody.services import shift
from shoumi.platform.directory.models import Person
from shoumi.platform.numbering.services import take_over
from shoumi.platform.obligations.due import closing
from shoumi.platform.trail.models import Recorded

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
        highest: dict[int, int] = defaultdict(int)
        for entry in records.entries:
            if entry.is_void:
                continue
            if why := self._why_not(entry):
                self.leave(entry.row, why)
                continue
            year, number = self._number(entry)
            highest[year] = max(highest[year], number)
            self._take_entry(entry, year=year, number=number)
        self.write_rows()
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
        if not entry.title:
            return "没有标题"
        if len(set(entry.copies)) < len(entry.copies):
            return "同一条目内份号重复"
        if entry.mark.is_secret and any(line.copies is None for line in entry.lines):
            return "涉密文件没有逐份登记份号"
        return ""

    def _number(self, entry: Entry) -> tuple[int, int]:
        """The number the old ledger gave, or the next free one where two sheets count alike."""
        assert entry.received.day is not None
        year = entry.row.year or entry.received.day.year
        used = self.numbers[year]
        number = entry.seq if entry.seq and entry.seq not in used else max(used, default=0) + 1
        used.add(number)
        return year, number

    def _take_entry(self, entry: Entry, *, year: int, number: int) -> None:
        level = entry.mark.level if entry.mark.level is not None else Level.INTERNAL
        borrowers = {
            person.pk
            for line in entry.lines
            if line.state == "out"
            and (person := self.person(line.borrower)) is not None
            and subject_of(person, self.at).clearance >= level
        }
        label = label_for(
            level=level,
            body=self.body,
            principals={post_principal(post, self.body.pk) for post in READING_POSTS}
            | {person_principal(key) for key in borrowers},
            basis="旧台账入账",
            on=day_of(self.at),
        )
        document, made = self._enter(entry, label=label, year=year, number=number, level=level)
        values = values_of(entry.row) | {"lines": [_line_values(line) for line in entry.lines]}
        self.keep(
            entry.row,
            label=label,
            values=values | _known_values(entry),
            made=[label, document, *made],
        )

    def _enter(
        self, entry: Entry, *, label: Label, year: int, number: int, level: Level
    ) -> tuple[Document, list[Recorded]]:
        assert entry.received.day is not None
        free = (n for n in range(1, 10_000) if n not in set(entry.copies))
        plan = [
            (line, print_copy_number(copy), self._now(line))
            for line in entry.lines
            for copy in (line.copies or [next(free) for _ in range(line.pieces)])
        ]
        paper = OldPaper(
            year=year,
            number=number,
            title=entry.title,
            issuer=entry.organ or "旧台账未记",
            issue_number=entry.docno,
            mark=_mark_of(entry, level),
            notes=BLANK_NOTE if entry.mark.called == BLANK_LEVEL else "",
            urgency=_urgency(entry.row.text("urgency")),
            received_at=_moment(entry.received.day),
            remark=f"旧台账接收：{entry.row.sheet} 第 {entry.row.number} 行",
            is_gone=all(line.state in _LEFT for line in entry.lines),
        )
        document, items, copies = enter_old_paper(
            paper,
            label=label,
            copies=[
                (copy, now if now.place is not None else self.shelf, now) for _, copy, now in plan
            ],
            by=self.actor,
            at=self.at,
            reason=REASON,
        )
        made: list[Recorded] = [*items, *copies]
        for item, (line, _, now) in zip(items, plan, strict=True):
            if line.state == "out" and now.person is not None:
                made += self.lend(item, to=now.person, since=line.borrowed.day)
        return document, made

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
