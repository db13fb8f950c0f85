"""What every verb and every register must prove; a room's test class names its own and inherits these.

The tests speak of the cast of the `office` fixture. They go through the real addresses, as a browser does.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from django.db import connection, models
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape
from openpyxl import load_workbook

from shoumi.platform.registers.addresses import opened
from shoumi.platform.registers.columns import words
from shoumi.platform.registers.register import Register
from shoumi.platform.registers.verb import Verb
from shoumi.platform.trail import seals
from shoumi.platform.trail.models import Entry, name_of, recorded_models
from shoumi.platform.trail.verify import verify

HTMX = {"HX-Request": "true"}
OFFICERS = ("sysadmin", "secadmin", "auditor")
# Enough rows for a query a row to show itself.
MANY = 30


def browser(person: Any) -> Client:
    """A person's browser, already logged in."""
    client = Client()
    client.force_login(person)
    return client


def rows_now() -> dict[str, str]:
    """The digest of every business row: what must not change when an act is refused."""
    return {
        f"{model._meta.db_table}:{key}": seals.row_digest(model._meta.db_table, key, values)
        for model in recorded_models()
        for key, values in seals.read_rows(connection, model)
    }


def entries(event: str) -> list[Entry]:
    return list(Entry.objects.filter(event=event).order_by("id"))


class VerbCase:
    """Four tests of one verb. Name `register`, `verb`, `who`, `data`; override `prepare` for the row.

    `hidden` are people for whom the row does not exist; `wrong_post` may know it and holds another post
    (None only where every account may act); `refused` are values that the service refuses, or None where
    it takes whatever the form lets through; `repeatable` acts may be done twice with two forms.
    """

    register: ClassVar[Register]
    verb: ClassVar[Verb]
    who: ClassVar[str]
    subject: ClassVar[str] = ""
    data: ClassVar[Mapping[str, Any]] = {}
    refused: ClassVar[Mapping[str, Any] | None] = None
    hidden: ClassVar[tuple[str, ...]] = (
        "peer", "newcomer", "junior", "lapsed", "stranger", *OFFICERS,
    )  # fmt: skip
    wrong_post: ClassVar[str | None] = "handler"
    exit_period: ClassVar[str] = "leaver"
    repeatable: ClassVar[bool] = False

    def prepare(self, office: SimpleNamespace) -> Any:
        """The row to act on (None for a verb that creates); `office.<subject>` unless overridden."""
        return getattr(office, self.subject) if self.subject else None

    def values(self, office: SimpleNamespace) -> dict[str, Any]:
        """What is filled in; override where a value is a row of this world."""
        return dict(self.data)

    # ---- the four

    def test_it_works_and_leaves_one_sealed_entry(self, office: SimpleNamespace) -> None:
        row = self.prepare(office)
        before = rows_now()
        answer = self.send(office, self.who, row)
        assert answer.status_code == 302, self.said(answer)
        (entry,) = entries(self.verb.action.key)
        assert entry.clause == self.verb.action.clause
        sealed = {line.partition("=")[0] for line in entry.seals.splitlines()}
        after = rows_now()
        changed = {k for k in before.keys() | after.keys() if before.get(k) != after.get(k)}
        assert changed <= sealed
        assert verify().findings == []

    def test_twice_is_once(self, office: SimpleNamespace) -> None:
        """By a fragment request as by a page; a second click and a second form change nothing."""
        row = self.prepare(office)
        client = browser(getattr(office, self.who))
        form: dict[str, Any] = {"client": client, "headers": HTMX, "_once": "same-form"}
        first = self.send(office, self.who, row, **form)
        after = rows_now()
        again = self.send(office, self.who, row, **form)
        assert (again.status_code, again["Location"]) == (302, first["Location"])
        if row is not None and not self.repeatable:
            assert self.send(office, self.who, row, client=client).status_code >= 400
        assert rows_now() == after
        assert len(entries(self.verb.action.key)) == 1

    def test_whoever_may_not_and_whatever_must_not_changes_nothing(
        self, office: SimpleNamespace, subtests: pytest.Subtests
    ) -> None:
        row = self.prepare(office)
        before = rows_now()
        for check in (
            self.does_not_exist_for_who_may_not_know,
            self.another_post_is_refused_with_the_clause,
            self.does_not_exist_in_an_exit_period,
            self.looking_at_the_form_is_harmless,
            self.a_row_changed_meanwhile_is_not_overwritten,
            self.a_value_the_form_does_not_have_is_refused,
            self.what_the_service_refuses_comes_back_with_all_input,
        ):
            with subtests.test(check.__name__):
                check(office, row)
        assert rows_now() == before

    def test_the_button_is_shown_exactly_when_the_act_would_succeed(
        self, office: SimpleNamespace
    ) -> None:
        row = self.prepare(office)
        people = {k: p for k, p in vars(office).items() if type(p).__name__ == "Person"}
        page = self.register.url("list") if row is None else self.register.url("detail", row.pk)
        for key, person in people.items():
            if person.is_system or key == self.who:
                continue
            client = browser(person)
            answer = client.get(page)
            shown = answer.status_code == 200 and self.address(row) in answer.content.decode()
            if not shown:
                assert self.send(office, key, row, client=client).status_code != 302, key
        client = browser(getattr(office, self.who))
        assert self.address(row) in client.get(page).content.decode()
        assert self.send(office, self.who, row, client=client).status_code == 302

    # ---- what changes nothing

    def does_not_exist_for_who_may_not_know(self, office: SimpleNamespace, row: Any) -> None:
        nothing = browser(office.stranger).get("/no-such-page/").content
        # A registrar of another body creates in that body's account, as is their right.
        for key in self.hidden if row is not None else set(self.hidden) - {"stranger"}:
            answer = self.send(office, key, row)
            if row is None:
                assert answer.status_code in (403, 404), key
            else:
                assert (answer.status_code, answer.content) == (404, nothing), key

    def another_post_is_refused_with_the_clause(self, office: SimpleNamespace, row: Any) -> None:
        if self.wrong_post is None:
            assert self.verb.action.posts is None
            return
        denied = len(entries(f"{self.verb.action.key}.denied"))
        answer = self.send(office, self.wrong_post, row)
        assert answer.status_code == 403
        assert self.verb.action.clause in answer.content.decode()
        assert len(entries(f"{self.verb.action.key}.denied")) == denied + 1

    def does_not_exist_in_an_exit_period(self, office: SimpleNamespace, row: Any) -> None:
        answer = self.send(office, self.exit_period, row)
        assert answer.status_code in ((404,) if row is not None else (403, 404))

    def looking_at_the_form_is_harmless(self, office: SimpleNamespace, row: Any) -> None:
        answer = browser(getattr(office, self.who)).get(self.address(row))
        assert answer.status_code == 200

    def a_row_changed_meanwhile_is_not_overwritten(self, office: SimpleNamespace, row: Any) -> None:
        if row is None:
            return
        answer = self.send(office, self.who, row, _seen="0" * 24)
        assert answer.status_code == 409
        assert "他人已修改" in answer.content.decode()

    def a_value_the_form_does_not_have_is_refused(self, office: SimpleNamespace, row: Any) -> None:
        answer = self.send(office, self.who, row, label=1, level=0)
        assert answer.status_code == 403

    def what_the_service_refuses_comes_back_with_all_input(
        self, office: SimpleNamespace, row: Any
    ) -> None:
        if self.refused is None:
            return
        plain = self.send(office, self.who, row, **self.refused)
        swapped = self.send(office, self.who, row, headers=HTMX, **self.refused)
        assert plain.status_code == swapped.status_code == 422, self.said(plain)
        for value in (self.values(office) | dict(self.refused)).values():
            if isinstance(value, str) and value:
                assert escape(value) in plain.content.decode()

    # ---- how the tests speak

    def address(self, row: Any) -> str:
        if row is None:
            return self.register.url("create", self.verb.slug)
        return self.register.url("do", row.pk, self.verb.slug)

    def send(
        self,
        office: SimpleNamespace,
        who: str,
        row: Any,
        *,
        client: Client | None = None,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> HttpResponse:
        client = client or browser(getattr(office, who))
        data = self.values(office) | {"_confirmed": "1"} | more
        return client.post(self.address(row), data, headers=headers)  # type: ignore[return-value]

    def said(self, answer: HttpResponse) -> str:
        """The error summary of a page, for a failing test's message."""
        found = re.search(r'id="errors".*?</div>', answer.content.decode(), re.S)
        return re.sub(r"<[^>]+>|\s+", " ", found[0]) if found else f"status {answer.status_code}"


class RegisterCase:
    """A register shows, finds, exports and prints the very rows its reader may know."""

    register: ClassVar[Register]
    reader: ClassVar[str] = "registrar"
    strangers: ClassVar[tuple[str, ...]] = ("peer", "newcomer", "leaver", "stranger", *OFFICERS)

    def make(self, office: SimpleNamespace, count: int) -> list[Any]:
        """Make that many rows the reader may know, and leave others that not everybody may."""
        raise NotImplementedError

    def find(self, row: Any) -> str:
        """Words that find this row by the search box."""
        return str(words(self.register.value(row, self.register.search[0])))

    # ---- the tests

    def test_everybody_reaches_exactly_what_they_may_know(
        self, office: SimpleNamespace, subtests: pytest.Subtests
    ) -> None:
        """By the list, the search, the print, the export, and the address of a row."""
        row = self.make(office, 3)[0]
        nothing = browser(office.stranger).get(self.register.url("detail", 987_654_321)).content
        for key in (self.reader, *self.strangers):
            person = getattr(office, key)
            client = browser(person)
            answer = client.get(self.register.url("list"), {"size": 100})
            known = self.known(person, answer)
            with subtests.test("lists", who=key):
                assert self.listed(answer) == known
            if self.register.search:
                with subtests.test("finds", who=key):
                    asked = {"q": self.find(row), "size": "100"}
                    found = self.listed(client.get(self.register.url("list"), asked))
                    assert found <= known
                    assert key != self.reader or row.pk in found
            if row.pk not in known:
                with subtests.test("opens", who=key):
                    answer = client.get(self.register.url("detail", row.pk))
                    assert (answer.status_code, answer.content) == (404, nothing)
            elif answer.status_code == 200:
                with subtests.test("takes out", who=key):
                    self.takes_out(client, person, known)

    def test_many_rows_cost_the_queries_of_one(self, office: SimpleNamespace) -> None:
        reader = browser(getattr(office, self.reader))
        self.make(office, 1)
        asked = {"size": "100"}
        reader.get(self.register.url("list"), asked)
        with CaptureQueriesContext(connection) as one:
            reader.get(self.register.url("list"), asked)
        self.make(office, MANY)
        # The log-in notes now and then that somebody is there; not within the measured page.
        reader.get(self.register.url("list"), asked)
        with CaptureQueriesContext(connection) as many:
            answer = reader.get(self.register.url("list"), asked)
        assert len(self.listed(answer)) > MANY
        assert len(many) == len(one), "\n".join(q["sql"][:200] for q in many.captured_queries)
        assert len(many) <= 25

    def test_a_row_opens_chained_where_it_is_secret_and_its_cells_are_escaped(
        self, office: SimpleNamespace
    ) -> None:
        row = self.make(office, 1)[0]
        reader = getattr(office, self.reader)
        assert browser(reader).get(self.register.url("detail", row.pk)).status_code == 200
        read = Entry.objects.filter(event="access.reading", subject=name_of(row), actor=reader.pk)
        assert read.exists() == self.register.level_of(row).is_state_secret
        row = self.register.visible(reader, at=timezone.now()).get(pk=row.pk)
        for field in row._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField) and not field.choices:
                setattr(row, field.attname, "<script>x")
        html = render_to_string("registers/rows.html", self.register.table([row]))
        assert "<script>x" not in html

    # ---- how the tests speak

    def takes_out(self, client: Client, person: Any, known: set[int]) -> None:
        """The print and the export hold the rows of the list, and no others."""
        sheet = client.get(self.register.url("sheet"))
        assert sheet.content.decode().count('<td class="index">') == len(known)
        exported = self.exported(client)
        assert len(exported) == len(known)
        column = self.register.columns[0]
        rows = self.register.visible(person, at=timezone.now())
        named = sorted(str(words(self.register.value(r, column))) for r in rows)
        assert sorted(line[1].removeprefix("'") for line in exported) == named

    def known(self, person: Any, answer: Any) -> set[int]:
        """What a person may know of this list, if it was answered to them at all."""
        if answer.status_code != 200:
            return set()
        rows = self.register.visible(person, at=timezone.now())
        return set(rows.values_list("pk", flat=True))

    def listed(self, answer: Any) -> set[int]:
        """Rows whose page the list links to."""
        address = re.escape(self.register.url("list"))
        return {
            opened(k) for k in re.findall(rf'{address}([a-z2-7]{{13}})/"', answer.content.decode())
        }

    def exported(self, client: Client) -> list[tuple[str, ...]]:
        """Rows of the exported sheet, between its head and its line for signatures."""
        answer = client.get(self.register.url("export"))
        if "spreadsheet" not in answer["Content-Type"]:
            answer = client.post(self.register.url("export"), {"purpose": "office"})
        cells = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
        return [tuple("" if c is None else str(c) for c in line) for line in cells[4:-2]]


def later(days: int) -> Any:
    """A day from today on, for forms that want a date in the future."""
    return timezone.localdate() + timedelta(days=days)
