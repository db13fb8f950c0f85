"""Organs, who bears what, undertakings, meetings with what they resolved, and the staff by category."""

from shoumi.domains.organisation.models.meetings import AgendaItem, Attendance, Meeting, Resolution
from shoumi.domains.organisation.models.organs import Organ, Unit
from shoumi.domains.organisation.models.staff import Employment
from shoumi.domains.organisation.models.tasks import Task
from shoumi.domains.organisation.models.tenures import Survey, Tenure
from shoumi.domains.organisation.models.undertakings import Undertaking

__all__ = [
    "AgendaItem",
    "Attendance",
    "Employment",
    "Meeting",
    "Organ",
    "Resolution",
    "Survey",
    "Task",
    "Tenure",
    "Undertaking",
    "Unit",
]
