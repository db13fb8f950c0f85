"""涉密岗位、涉密人员台账、审查表."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from shoumi.domains.personnel import verbs
from shoumi.domains.personnel.models import Dossier, Review, SecretPost
from shoumi.domains.personnel.registers.events import (
    ChangesOfOne,
    DeparturesOfOne,
    PassportsOfOne,
    TripsOfOne,
)
from shoumi.domains.personnel.registers.papers import (
    Books,
    Observations,
    Pledges,
    Trainings,
    linked,
)


class Posts(Books):
    """涉密岗位: determined before anybody is chosen for it."""

    model = SecretPost
    slug = "personnel-posts"
    title = "涉密岗位"
    columns = (
        "title",
        "department",
        "personnel_class",
        "handles",
        "matters",
        "state",
        "decided_at",
    )
    filters = ("state", "personnel_class", "department")
    search = ("title", "number", "matters")
    order = ("department__name", "title")
    sections = (
        (
            "岗位",
            (
                "number",
                "title",
                "department",
                "personnel_class",
                "handles",
                "matters",
                "duties",
                "asked_by",
                "asked_at",
                "state",
                "decided_at",
                "ended_reason",
            ),
        ),
    )
    create = verbs.PROPOSE_POST
    verbs = verbs.ON_A_POST


class Reviews(Books):
    """审查表: never shown to the person it is about."""

    model = Review
    slug = "personnel-reviews"
    title = "涉密人员审查"
    columns = (
        "number",
        "dossier__person",
        "dossier__post",
        "again",
        "state",
        "valid_until",
        "asked_by",
        "asked_at",
    )
    headings: ClassVar[dict[str, str]] = {
        "dossier__person": "被审查人",
        "dossier__post": "涉密岗位",
        "asked_by": "填报人",
        "asked_at": "填报时间",
    }
    filters = ("state", "again", "asked_at")
    search = ("number", "dossier__person__name", "dossier__person__initials")
    related = ("dossier__person", "dossier__post")
    sections = (
        (
            "《涉密人员审查表》",
            ("number", "dossier__person", "dossier__post", "again", "asked_by", "asked_at"),
        ),
        ("审查内容", ("background", "conduct", "relations", "foreign_ties")),
        ("基本条件和结论", ("political", "character", "ability", "state", "valid_until")),
    )
    signatures = ("组织人事部门", "保密工作机构", "批准人")


class ReviewsOfOne(Reviews):
    columns = ("number", "again", "state", "valid_until", "asked_by", "asked_at")


class Dossiers(Books):
    """涉密人员台账: one line a person, and everything of them behind it."""

    model = Dossier
    slug = "personnel-dossiers"
    title = "涉密人员台账"
    columns = (
        "person",
        "person__department",
        "post",
        "personnel_class",
        "reviewed_until",
        "trained_until",
        "pledged_until",
        "state",
        "since",
    )
    headings: ClassVar[dict[str, str]] = {"person__department": "部门"}
    filters = ("state", "personnel_class", "employment", "reviewed_until")
    search = ("person__name", "person__initials", "person__staff_number", "post__title")
    order = ("person__name",)
    related = ("person__department", "post__department", "body")
    sections = (
        (
            "人员",
            (
                "person",
                "person__department",
                "post",
                "personnel_class",
                "employment",
                "employer",
                "agreement",
                "basis",
                "opened_by",
                "opened_at",
            ),
        ),
        (
            "上岗",
            (
                "state",
                "since",
                "reviewed_until",
                "trained_until",
                "pledged_until",
                "filed_on",
                "filing_receipt",
            ),
        ),
    )
    children = (
        (ReviewsOfOne(), "dossier"),
        (Trainings(), "dossier"),
        (Pledges(), "dossier"),
        (ChangesOfOne(), "dossier"),
        (Observations(), "dossier"),
        (TripsOfOne(), "dossier"),
        (PassportsOfOne(), "dossier"),
        (DeparturesOfOne(), "dossier"),
    )
    create = verbs.OPEN
    verbs = verbs.ON_A_DOSSIER

    def page(
        self, request: HttpRequest, part: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        """Of the papers only those that are there; their names otherwise fill a page with nothing."""
        papers = context.get("children", ())
        shown = {"children": [(other, table) for other, table in papers if table["lines"]]}
        return super().page(request, part, context | shown, status)

    def cell(self, row: Any, column: str) -> Any:
        if column == "post":
            return linked(row.post, row.post.title)
        return super().cell(row, column)


POSTS, REVIEWS, DOSSIERS = Posts(), Reviews(), Dossiers()
