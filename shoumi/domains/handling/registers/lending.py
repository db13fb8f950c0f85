"""Books of what leaves the shelf and comes back: loans, copies, trips, absences, handovers."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet

from shoumi.domains.handling import verbs
from shoumi.domains.handling.models import (
    Absence,
    Carrying,
    Loan,
    Reproduction,
    Succession,
)
from shoumi.domains.handling.registers.account import ITEMS
from shoumi.domains.handling.registers.requests import Requests
from shoumi.platform.registers.conditions import Filter
from shoumi.platform.registers.register import Register


class Loans(Requests):
    """借阅登记簿."""

    model = Loan
    slug = "handling-loans"
    title = "借阅登记簿"
    columns = (
        "number",
        "item__name",
        "level",
        "asked_by",
        "asked_by__department",
        "purpose",
        "state",
        "lent_at",
        "due_at",
        "returned_at",
    )
    headings: ClassVar[dict[str, str]] = {
        "item__name": "载体",
        "item": "载体",
        "level": "密级",
        "asked_by": "借阅人",
        "asked_by__department": "部门",
        "asked_at": "申请时间",
    }
    filters = (
        "state",
        Filter("label__level", "密级"),
        Filter("asked_by", "借阅人"),
        "lent_at",
        "due_at",
    )
    search = ("number", "item__name", "asked_by__name", "purpose")
    related = ("item", "case")
    sections = (
        (
            "申请",
            (
                "number",
                "item",
                "asked_by",
                "asked_at",
                "purpose",
                "necessity",
                "outside",
                "days",
                "reading_place",
                "case",
                "state",
            ),
        ),
        (
            "借出与归还",
            (
                "lent_by",
                "lent_at",
                "due_at",
                "given_back_at",
                "returned_at",
                "checked_by",
                "intact",
                "condition",
            ),
        ),
    )
    verbs = verbs.ON_A_LOAN
    signatures = ("登记人", "审核人", "办公室主任")


class Reproductions(Requests):
    """复制登记簿."""

    model = Reproduction
    slug = "handling-copies"
    title = "复制登记簿"
    columns = (
        "number",
        "item__name",
        "level",
        "kind",
        "copies",
        "made",
        "asked_by",
        "purpose",
        "made_at",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {
        "item__name": "原件",
        "item": "原件",
        "level": "密级",
        "destinations": "逐份去向",
    }
    filters = ("state", Filter("label__level", "密级"), "kind", "made_at")
    search = ("number", "item__name", "asked_by__name", "purpose")
    related = ("item", "case")
    sections = (
        (
            "申请",
            (
                "number",
                "item",
                "asked_by",
                "asked_at",
                "kind",
                "copies",
                "purpose",
                "recipients",
                "consent_number",
                "case",
                "state",
            ),
        ),
        (
            "制作",
            (
                "made",
                "made_by",
                "made_at",
                "made_in",
                "supervisor",
                "waste",
                "destinations",
                "collected_at",
            ),
        ),
    )
    children = ((ITEMS, "reproduced__reproduction"),)
    verbs = verbs.ON_A_REPRODUCTION


class Carryings(Requests):
    """携带外出登记簿."""

    model = Carrying
    slug = "handling-carryings"
    title = "携带外出登记簿"
    columns = (
        "number",
        "level",
        "asked_by",
        "destination",
        "purpose",
        "container",
        "companion_names",
        "leaves_on",
        "returns_on",
        "state",
        "left_at",
        "returned_at",
    )
    headings: ClassVar[dict[str, str]] = {"level": "密级", "asked_by": "携带人"}
    filters = (
        "state",
        Filter("label__level", "密级"),
        Filter("asked_by", "携带人"),
        "leaves_on",
        "returns_on",
    )
    search = ("number", "destination", "asked_by__name", "container")
    related = ("case",)
    sections = (
        (
            "申请",
            (
                "number",
                "asked_by",
                "asked_at",
                "destination",
                "purpose",
                "reason",
                "leaves_on",
                "returns_on",
                "container",
                "companion_names",
                "measures",
                "case",
                "state",
            ),
        ),
        (
            "带出与返回",
            ("released_by", "left_at", "due_at", "returned_at", "checked_by", "condition"),
        ),
    )
    children = ((ITEMS, "carried__carrying"),)
    create = verbs.CARRY
    verbs = verbs.ON_A_TRIP


class Absences(Requests):
    """外出登记簿: who is away, so that nothing is lent to them."""

    model = Absence
    slug = "handling-absences"
    title = "外出登记簿"
    columns = (
        "number",
        "asked_by",
        "asked_by__department",
        "kind",
        "destination",
        "leaves_on",
        "returns_on",
        "state",
        "back_at",
    )
    headings: ClassVar[dict[str, str]] = {
        "asked_by": "外出人",
        "asked_by__department": "部门",
        "asked_at": "登记时间",
    }
    filters = ("state", "kind", Filter("asked_by", "外出人"), "leaves_on")
    search = ("number", "asked_by__name", "destination")
    sections = (
        (
            "",
            (
                "number",
                "asked_by",
                "asked_at",
                "kind",
                "destination",
                "leaves_on",
                "returns_on",
                "state",
                "back_at",
            ),
        ),
    )
    create = verbs.GO_AWAY
    verbs = verbs.ON_AN_ABSENCE
    signatures = ("外出人", "机要员", "部门负责人")

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        """Whoever is told of it: the registry, the offices, and the heads of the very department."""
        return Register.visible(self, person, at=at)


class Successions(Requests):
    """移交登记簿."""

    model = Succession
    slug = "handling-successions"
    title = "移交登记簿"
    columns = (
        "number",
        "level",
        "giver",
        "receiver",
        "pieces",
        "reason",
        "state",
        "asked_at",
        "settled_at",
        "accepted",
        "declined",
    )
    headings: ClassVar[dict[str, str]] = {"level": "密级", "asked_by": "经办人"}
    filters = ("state", Filter("label__level", "密级"), "giver", "receiver", "settled_at")
    search = ("number", "giver__name", "receiver__name")
    related = ("case",)
    sections = (
        (
            "",
            (
                "number",
                "giver",
                "receiver",
                "pieces",
                "reason",
                "where",
                "asked_by",
                "asked_at",
                "case",
                "state",
                "settled_at",
                "accepted",
                "declined",
            ),
        ),
    )
    children = ((ITEMS, "successions__succession"),)
    create = verbs.HAND_OVER
    verbs = verbs.ON_A_SUCCESSION
    parts = ("giver", "receiver")
    paper = "handling-successions-paper"


LOANS = Loans()
REPRODUCTIONS = Reproductions()
CARRYINGS = Carryings()
ABSENCES = Absences()
SUCCESSIONS = Successions()
