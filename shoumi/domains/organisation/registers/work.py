"""会议 and 交办事项."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from shoumi.domains.organisation import verbs
from shoumi.domains.organisation.models import Meeting, Task
from shoumi.domains.organisation.registers.books import Books
from shoumi.domains.organisation.selectors.meetings import papers_waiting, said_at
from shoumi.platform.ui.context import Frame, person_of


class Tasks(Books):
    """交办事项."""

    model = Task
    slug = "organisation-tasks"
    title = "交办事项"
    columns = (
        "number",
        "origin",
        "line",
        "matter",
        "person",
        "due_at",
        "assigned_by",
        "finished_at",
        "state",
    )
    sections = (
        ("事项", ("number", "origin", "line", "matter", "basis", "measure")),
        ("交办", ("assigned_by", "assigned_at", "person", "due_at")),
        ("办理", ("outcome", "finished_at", "state")),
    )
    search = ("number", "matter", "basis", "person__name")
    filters = ("origin", "line", "state", "due_at")
    create = verbs.ASSIGN
    verbs = (verbs.FINISH, verbs.REASSIGN)
    signatures = ("交办人", "责任人", "分管领导")


TASKS = Tasks()


class Meetings(Books):
    """保密会议."""

    model = Meeting
    slug = "organisation-meetings"
    title = "保密会议"
    columns = ("number", "name", "kind", "planned_at", "place", "presider", "held_at", "state")
    sections = (
        ("会议", ("number", "name", "kind", "organ", "department", "presider")),
        ("时间地点", ("planned_at", "place", "held_at", "recorder")),
    )
    search = ("number", "name", "place")
    filters = ("kind", "state", "planned_at")
    create = verbs.CALL
    verbs = (verbs.HOLD, verbs.RESOLVE, verbs.MINUTE, verbs.DROP)

    def page(
        self, request: HttpRequest, part: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        """The page of a meeting shows its agenda and, until it is held, the papers that wait for it."""
        if part == "detail":
            at, person, row = Frame(request).at, person_of(request), context["row"]
            papers = papers_waiting(person, at=at) if row.state == Meeting.State.CALLED else None
            context = context | said_at(row, person, at=at) | {"papers": papers}
        return super().page(request, part, context, status)


MEETINGS = Meetings()
