"""What a meeting was about: its agenda, who came, what it resolved, and the papers that wait for it."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from shoumi.domains.organisation.models import AgendaItem, Attendance, Meeting, Resolution
from shoumi.domains.organisation.selectors import departments_open
from shoumi.kernel.levels import Level
from shoumi.platform.access.subjects import day_of
from shoumi.platform.approvals.models import Case
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.controls import Control

PAPERS = Control("organisation.meeting.papers", kind="display", label="会前待核准涉密文件清单")


def papers_waiting(reader: Person, *, at: datetime) -> QuerySet[Case]:
    """Approvals of classified matters that wait, for the agenda. Clause: organisation.meeting."""
    found: QuerySet[Case] = Case.objects.visible_to(reader, at=at)
    waiting = found.filter(
        body=reader.body_id, state=Case.State.OPEN, label__level__gte=Level.CONFIDENTIAL
    )
    return waiting.select_related("applicant", "label").order_by("id")


def departments_unmet(reader: Person, *, at: datetime) -> list[str]:
    """Departments without a meeting on secrecy this year, as far as the reader may know. Clause: organisation.meeting.topic."""
    held = Meeting.objects.visible_to(reader, at=at).filter(
        department__isnull=False, held_at__year=day_of(at).year
    )
    met = set(held.values_list("department", flat=True))
    return [d.name for d in departments_open(reader.body) if d.pk not in met]


def said_at(meeting: Meeting, reader: Person, *, at: datetime) -> dict[str, Any]:
    """Everything a meeting left, as far as the reader may know."""
    attendance = Attendance.objects.visible_to(reader, at=at).filter(meeting=meeting)
    resolved = Resolution.objects.visible_to(reader, at=at).filter(meeting=meeting)
    agenda = AgendaItem.objects.visible_to(reader, at=at).filter(meeting=meeting)
    return {
        "meeting": meeting,
        "agenda": list(agenda.order_by("order")),
        "attendance": list(attendance.select_related("person__department").order_by("id")),
        "resolutions": list(resolved.order_by("order")),
    }
