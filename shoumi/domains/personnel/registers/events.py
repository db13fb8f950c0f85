"""What happens to people on a post: reports, journeys, passports, leaving."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import DateTimeField, QuerySet, Value
from django.http import HttpRequest, HttpResponse

from shoumi.domains.personnel import verbs
from shoumi.domains.personnel.models import Change, Departure, Passport, Trip
from shoumi.domains.personnel.registers.papers import Books, Consultations, Jobs
from shoumi.domains.personnel.rules.leaving import FOR_LIFE
from shoumi.domains.personnel.selectors import checklist
from shoumi.platform.ui.context import person_of
from shoumi.platform.ui.templatetags.ui import holder as holder_badge
from shoumi.platform.ui.templatetags.ui import state_badge

WHOSE = ("dossier__person__department", "dossier__post", "dossier__body")


class Changes(Books):
    """重大事项报告."""

    model = Change
    slug = "personnel-changes"
    title = "重大事项报告"
    columns = ("kind", "dossier", "happened_on", "due_on", "late", "state", "verdict", "handled_by")
    filters = ("state", "kind", "late", "happened_on")
    search = ("dossier__person__name", "details")
    related = (*WHOSE,)
    sections = (
        (
            "报告",
            ("kind", "dossier", "happened_on", "details", "entered_at", "due_on", "late", "state"),
        ),
        ("核处", ("verdict", "opinion", "handled_by", "handled_at")),
    )
    headings: ClassVar[dict[str, str]] = {"dossier": "报告人", "entered_at": "报告时间"}
    verbs = verbs.ON_A_CHANGE

    def cell(self, row: Any, column: str) -> Any:
        if column == "late" and row.late:
            return state_badge("逾期报告", "bad")
        return super().cell(row, column)


class ChangesOfOne(Changes):
    columns = ("kind", "happened_on", "details", "late", "state", "verdict")


class Trips(Books):
    """出境: asked for, approved, briefed, reported."""

    model = Trip
    slug = "personnel-trips"
    title = "出境登记"
    columns = (
        "number",
        "dossier",
        "kind",
        "countries",
        "leaves_on",
        "returns_on",
        "in_exit_period",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {"dossier": "出境人员"}
    filters = ("state", "kind", "in_exit_period", "leaves_on")
    search = ("number", "dossier__person__name", "countries")
    related = (*WHOSE,)
    sections = (
        (
            "申请",
            (
                "number",
                "dossier",
                "kind",
                "countries",
                "purpose",
                "companions",
                "leaves_on",
                "returns_on",
                "in_exit_period",
                "asked_by",
                "asked_at",
                "state",
            ),
        ),
        ("行前", ("briefed_by", "briefed_at", "reminder")),
        ("返回", ("came_back_on", "report")),
    )
    children = ((Consultations(), "trip"),)
    verbs = verbs.ON_A_TRIP


class TripsOfOne(Trips):
    columns = ("number", "kind", "countries", "leaves_on", "returns_on", "state")


class Passports(Books):
    """出入境证件: where each of them is just now."""

    model = Passport
    slug = "personnel-passports"
    title = "出入境证件"
    columns = ("item__name", "dossier", "kind", "valid_until", "holder", "entered_at")
    headings: ClassVar[dict[str, str]] = {
        "item__name": "证件",
        "dossier": "持证人",
        "holder": "现在何处",
        "entered_at": "入库时间",
    }
    filters = ("kind", "valid_until")
    search = ("dossier__person__name", "item__name")
    related = (
        *WHOSE,
        "item__holder__person",
        "item__holder__place",
        "item__holder__outside",
    )
    verbs = verbs.ON_A_PASSPORT

    def value(self, row: Any, column: str) -> Any:
        return str(row.item.holder) if column == "holder" else super().value(row, column)

    def cell(self, row: Any, column: str) -> Any:
        if column == "holder":
            return holder_badge(row.item.holder, row.item.holder_kind)
        return super().cell(row, column)


class PassportsOfOne(Passports):
    columns = ("item__name", "valid_until", "holder")


class Departures(Books):
    """离岗离职: the five acts, and the exit period that follows."""

    model = Departure
    slug = "personnel-departures"
    title = "离岗离职"
    columns = (
        "number",
        "dossier",
        "kind",
        "destination",
        "approved_on",
        "exit_until",
        "supervisor",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {"dossier": "离岗人员"}
    filters = ("state", "kind", "destination", "exit_until")
    search = ("number", "dossier__person__name", "employer")
    related = (*WHOSE,)
    sections = (
        (
            "申请",
            (
                "number",
                "dossier",
                "kind",
                "reason",
                "destination",
                "employer",
                "successor",
                "superior_opinion",
                "asked_by",
                "asked_at",
                "state",
            ),
        ),
        (
            "脱密期",
            (
                "approved_on",
                "months",
                "for_life",
                "longer_reason",
                "exit_until",
                "supervisor",
                "list_receipt",
            ),
        ),
        ("离岗手续", ("talk", "handed_list", "handed_by", "audit", "done_by", "done_at")),
    )
    children = ((Jobs(), "departure"),)
    verbs = verbs.ON_A_DEPARTURE
    signatures = ("离岗人员", "监交人", "组织人事", "保密办")

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        moment = Value(at, output_field=DateTimeField())
        return super().visible(person, at=at).annotate(asked_now=moment)

    def page(
        self, request: HttpRequest, part: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        """With the checklist, as the ledgers tick it for this reader."""
        row = context.get("row")
        if part == "detail" and row is not None and row.state in row.UNDER_WAY:
            context["steps"] = checklist(row, reader=person_of(request), at=row.asked_now)
        return super().page(request, part, context, status)

    def cell(self, row: Any, column: str) -> Any:
        if column == "exit_until" and row.exit_until == FOR_LIFE:
            return "终身"
        return super().cell(row, column)


class DeparturesOfOne(Departures):
    columns = ("number", "kind", "approved_on", "exit_until", "supervisor", "state")


CHANGES, TRIPS = Changes(), Trips()
PASSPORTS, DEPARTURES = Passports(), Departures()
