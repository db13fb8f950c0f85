"""What the books of this room share, and the papers of a dossier, which have no page of their own."""

from typing import Any, ClassVar

from django.utils.html import format_html

from shoumi.domains.personnel.models import (
    Consultation,
    Employment,
    Observation,
    Pledge,
    Training,
)
from shoumi.domains.personnel.rules.words import Outcome
from shoumi.platform.registers.addresses import address_of
from shoumi.platform.registers.register import Register
from shoumi.platform.ui import menu
from shoumi.platform.ui.templatetags.ui import state_badge

# Names and numbers that are read as one word are not broken over two lines.
WHOLE = ("number", "person", "dossier", "dossier__person")


def linked(row: Any, words: Any) -> Any:
    """A link to the page of another row, where one shows it."""
    address = address_of(row)
    return format_html('<a href="{}">{}</a>', address, words) if address else words


class Books(Register):
    """What has been said so far: a page fills step by step."""

    signatures = ("填表人", "组织人事", "保密办")
    readers = menu.STAFF

    def facts(self, row: Any, fields: tuple[str, ...]) -> list[tuple[str, Any]]:
        return super().facts(row, tuple(f for f in fields if self.is_told(row, f)))

    def is_told(self, row: Any, column: str) -> bool:
        return self.value(row, column) not in (None, "")

    def cell(self, row: Any, column: str) -> Any:
        if column == "dossier" and column != self.columns[0]:
            return linked(row.dossier, row.dossier.person)
        said = super().cell(row, column)
        if column in WHOLE and said:
            return format_html('<span class="text-nowrap">{}</span>', said)
        return said


class Papers(Books):
    """Papers of one dossier, on its page; a line leads nowhere, for all of it stands there."""

    slug = ""
    parent = "dossier"

    def table(self, rows: list[Any]) -> dict[str, Any]:
        found = super().table(rows)
        found["lines"] = [(row, "", cells) for row, _, cells in found["lines"]]
        return found

    def url(self, page: str, *args: Any) -> str:
        return ""


class Trainings(Papers):
    model = Training
    title = "培训考试"
    columns = ("held_on", "course", "hours", "score", "passed", "valid_until", "entered_by")


class Pledges(Papers):
    model = Pledge
    title = "承诺书和责任书"
    columns = ("signed_on", "kind", "version", "on_paper", "valid_until", "entered_by")


class Observations(Papers):
    model = Observation
    title = "履职记录"
    columns = ("held_on", "kind", "findings", "outcome", "signers", "entered_by")

    def cell(self, row: Any, column: str) -> Any:
        if column == "outcome":
            tone = "bad" if Outcome(row.outcome).ends_the_post else "done"
            return state_badge(row.get_outcome_display(), tone)
        return super().cell(row, column)


class Consultations(Papers):
    model = Consultation
    title = "征求意见"
    columns = ("authority", "letter", "answer", "reply", "answered_on", "entered_by")


class Jobs(Papers):
    model = Employment
    title = "脱密期就业和服务去向"
    columns = ("since", "employer", "kind", "work", "entered_by")
    headings: ClassVar[dict[str, str]] = {"kind": "单位性质"}
