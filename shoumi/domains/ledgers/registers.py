"""Every simple ledger as a register: its columns, for whoever may read them, from its file."""

from copy import copy
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from shoumi.domains.ledgers import rules, verbs
from shoumi.domains.ledgers.models import Disclosure, Entry, Verification
from shoumi.domains.ledgers.services.entering import LEDGERS
from shoumi.platform.access.acting import posts_held
from shoumi.platform.registers.conditions import Control, Filter
from shoumi.platform.registers.register import Register
from shoumi.platform.rulebook.ledgers import Column, Ledger
from shoumi.platform.ui.context import Frame, person_of

IN = "data__"
LAST = ("entered_by", "entered_at")
CORRECTION = ("corrected", "corrected_by", "corrected_at", "reason")
TICKS = (("True", "是"), ("False", "否"))


class Disclosures(Register):
    """Who had a personal value shown in full, and why."""

    model = Disclosure
    slug = "ledgers-disclosures"
    title = "个人信息查看记录"
    columns = ("at", "person", "called", "reason")
    headings = {"called": "查看内容"}  # noqa: RUF012
    filters = ("at", "person")
    search = ("reason",)
    related = ("entry",)
    readers = frozenset({"secadmin", "auditor", "secrecy_office"})

    def value(self, row: Any, column: str) -> Any:
        if column == "called":
            ledger, data = LEDGERS[row.entry.ledger], row.entry.data
            return f"{ledger.item}「{data[ledger.shown[0]]}」{ledger.column(row.column).label}"
        return super().value(row, column)


DISCLOSURES = Disclosures()


class LedgerRegister(Register):
    """One ledger file as a register. A column kept for some posts does not exist for the others."""

    model = Entry
    related = ("entered_by", "corrected_by")

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.slug = f"ledgers-{ledger.key.replace('_', '-')}"
        self.title = ledger.title
        self.columns = (*ledger.shown, *LAST)
        self.filters = (*(self.filter_of(ledger.column(k)) for k in ledger.filters), "entered_at")
        self.search = tuple(f"{IN}{key}" for key in ledger.search)
        self.signatures = ledger.signatures
        self.readers = None if ledger.everyone else ledger.admitted
        self.verbs = (verbs.CORRECT[ledger.key],)
        self.create = verbs.ENTER[ledger.key]
        if any(column.personal for column in ledger.columns):
            self.children = ((DISCLOSURES, "entry"),)

    @staticmethod
    def filter_of(column: Column) -> Filter:
        choices = TICKS if column.is_tick else [(word, word) for word in column.choices]
        return Filter(f"{IN}{column.key}", column.label, choices)

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        return super().visible(person, at=at).filter(ledger=self.ledger.key)

    def rows(self, request: HttpRequest, chosen: list[Control], *, at: datetime) -> QuerySet[Any]:
        """A tick is kept as truth and asked for in the address as a word."""
        ticks = {f"{IN}{c.key}" for c in self.ledger.columns if c.is_tick}
        asked = [c for c in chosen if c.name in ticks and c.value in dict(TICKS)]
        found = super().rows(request, [c for c in chosen if c.name not in ticks], at=at)
        return found.filter(**{c.name: c.value == "True" for c in asked})

    def heading(self, column: str) -> str:
        own = self._own(column)
        return own.heading if own else super().heading(column)

    def value(self, row: Any, column: str) -> Any:
        own = self._own(column)
        return rules.read(own, row.data.get(own.key)) if own else super().value(row, column)

    def cell(self, row: Any, column: str) -> Any:
        own, shown = self._own(column), super().cell(row, column)
        if own and own.personal and own.key in row.personal:
            address = reverse(f"{self.slug}-reveal", args=[row.pk, own.key])
            return format_html('{} <a href="{}">显示</a>', shown, address)
        return figure(shown)

    def facts(self, row: Any, fields: tuple[str, ...]) -> list[tuple[str, Any]]:
        """A row that was never corrected says nothing of corrections."""
        shown = fields if row.corrected else [f for f in fields if f not in CORRECTION]
        return super().facts(row, tuple(shown))

    def seen_by(self, request: HttpRequest, *, whole: bool = False) -> "LedgerRegister":
        """This register as its reader has it; `whole` with every column, as a spreadsheet holds it."""
        held = posts_held(person_of(request), at=Frame(request).at)
        for_reader = [c.key for c in self.ledger.columns if c.is_for(held)]
        current = [c.key for c in self.ledger.current if c.key in for_reader]
        found = copy(self)
        shown = current if whole else [k for k in self.ledger.shown if k in for_reader]
        found.columns = (*shown, *LAST)
        found.sections = (("", (*for_reader, *LAST, *CORRECTION)),)
        return found

    def index(self, request: HttpRequest) -> HttpResponse:
        return Register.index(self.seen_by(request), request)

    def detail(self, request: HttpRequest, pk: int) -> HttpResponse:
        return Register.detail(self.seen_by(request), request, pk)

    def do(self, request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
        return Register.do(self.seen_by(request), request, slug, pk)

    def export(self, request: HttpRequest) -> HttpResponse:
        return Register.export(self.seen_by(request, whole=True), request)

    def sheet(self, request: HttpRequest) -> HttpResponse:
        return Register.sheet(self.seen_by(request), request)

    def _own(self, column: str) -> Column | None:
        key = column.removeprefix(IN)
        return next((c for c in self.ledger.columns if c.key == key), None)


def figure(shown: Any) -> Any:
    """A zero is a figure and not nothing."""
    return str(shown) if isinstance(shown, int) else shown


class Verifications(Register):
    """校验记录: what each verification found."""

    model = Verification
    slug = "ledgers-verifications"
    title = "校验记录"
    columns = ("run_at", "run_by", "entries", "rows", "anchored", "faults", "verdict")
    headings = {"anchored": "比对检查点", "verdict": "结论"}  # noqa: RUF012
    filters = ("run_at", "run_by")
    sections = (
        ("", ("run_at", "run_by", "entries", "rows", "anchor", "faults", "verdict")),
        ("", ("findings",)),
    )
    readers = frozenset({"auditor", "secadmin"})
    signatures = ("校验人", "安全审计员", "负责人")

    def value(self, row: Any, column: str) -> Any:
        if column == "anchored":
            return "是" if row.anchor else "否"
        if column == "verdict":
            return "通过" if row.is_whole else "未通过"
        if column == "anchor" and row.anchor:
            return datetime.fromisoformat(row.anchor)
        return super().value(row, column)

    def cell(self, row: Any, column: str) -> Any:
        if column == "findings":
            lines = format_html_join("", "<li>{}</li>", ((x,) for x in row.findings))
            return format_html("<ol>{}</ol>", lines) if lines else ""
        return figure(super().cell(row, column))


REGISTERS = {key: LedgerRegister(ledger) for key, ledger in LEDGERS.items()}
VERIFICATIONS = Verifications()
