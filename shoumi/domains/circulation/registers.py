"""传阅单, its readers, those who are late, and requests for wider knowledge."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Count, Q, QuerySet

from shoumi.domains.circulation.models import Circulation, Escort, Reader, Widening
from shoumi.domains.circulation.selectors import late_readers
from shoumi.domains.circulation.verbs import ON_A_LIST, ON_A_READER
from shoumi.platform.registers.conditions import Filter
from shoumi.platform.registers.register import Register

DONE = (Reader.State.RETURNED, Reader.State.EXCUSED)


class Readers(Register):
    """传阅登记: each line with its times of sending, signing, giving back and counting in."""

    model = Reader
    slug = "circulation-readers"
    title = "传阅登记"
    columns = (
        "person",
        "circulation__document__number",
        "copy",
        "state",
        "sent_at",
        "accepted_at",
        "due_at",
        "given_back_at",
        "returned_at",
        "opinion",
    )
    headings: ClassVar[dict[str, str]] = {
        "circulation__document__number": "收文编号",
        "level": "密级",
    }
    filters = ("state", "person", "sent_at", "due_at")
    search = ("person__name", "circulation__document__number")
    sections = (
        (
            "",
            (
                "circulation__document__number",
                "circulation__document__called",
                "person",
                "place_in_list",
                "state",
                "copy",
                "sent_by",
                "sent_at",
                "accepted_at",
                "due_at",
                "given_back_at",
                "returned_at",
                "opinion",
                "excuse",
            ),
        ),
    )
    order = ("-circulation_id", "place_in_list")
    verbs = ON_A_READER

    def heading(self, column: str) -> str:
        if column.endswith("__called"):
            return "标题"
        return super().heading(column)


class Late(Readers):
    """逾期未阅未退, for those who must press for it."""

    slug = "circulation-late"
    title = "逾期未阅未退"
    columns = (
        "person",
        "person__department",
        "circulation__document__number",
        "level",
        "copy",
        "state",
        "sent_at",
        "due_at",
        "circulation__due_at",
    )
    headings: ClassVar[dict[str, str]] = {
        "circulation__document__number": "收文编号",
        "level": "密级",
        "person__department": "部门",
        "due_at": "退回期限",
        "circulation__due_at": "传阅期限",
    }
    filters = ("state", "person")
    order = ("due_at", "circulation_id")
    readers = frozenset({"registrar", "office_director", "secrecy_office"})

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        late = late_readers(person, at=at).values("pk")
        return super().visible(person, at=at).filter(pk__in=late)


class Circulations(Register):
    """传阅单, each with how many are done."""

    model = Circulation
    slug = "circulation"
    title = "传阅单"
    columns = (
        "document__number",
        "document__called",
        "level",
        "document__urgency",
        "progress",
        "opened_by",
        "opened_at",
        "due_at",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {
        "document__number": "收文编号",
        "document__called": "标题",
        "level": "密级",
        "progress": "已阅退/应阅",
    }
    filters = ("state", Filter("label__level", "密级"), "due_at", "opened_at")
    search = ("document__number", "document__title", "document__initials")
    verbs = ON_A_LIST

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        done = Count("readers", filter=Q(readers__state__in=DONE))
        rows = super().visible(person, at=at)
        return rows.annotate(in_all=Count("readers"), done_by=done)

    def value(self, row: Any, column: str) -> Any:
        if column == "progress":
            return f"{row.done_by}/{row.in_all}"
        return super().value(row, column)


class Widenings(Register):
    """扩大知悉范围申请."""

    model = Widening
    slug = "circulation-widenings"
    title = "扩大知悉范围申请"
    columns = (
        "document__number",
        "level",
        "asked_by",
        "asked_at",
        "names",
        "reason",
        "consent_number",
        "state",
        "settled_at",
    )
    headings: ClassVar[dict[str, str]] = {"document__number": "收文编号", "level": "密级"}
    filters = ("state", "asked_at")
    search = ("document__number", "names")


class Escorts(Register):
    """专管专送授权."""

    model = Escort
    slug = "circulation-escorts"
    title = "专管专送"
    columns = (
        "document__number",
        "level",
        "person",
        "reason",
        "until",
        "asked_by",
        "asked_at",
        "state",
        "settled_at",
    )
    headings: ClassVar[dict[str, str]] = {"document__number": "收文编号", "level": "密级"}
    filters = ("state", "person", "until")
    search = ("document__number", "person__name")


READERS = Readers()
LATE = Late()
CIRCULATIONS = Circulations()
CIRCULATIONS.children = ((READERS, "circulation"),)
WIDENINGS = Widenings()
ESCORTS = Escorts()
