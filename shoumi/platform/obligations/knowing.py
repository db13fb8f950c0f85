"""Whether a person may know a label: the question that approvers and superiors are asked about."""

from datetime import datetime

from shoumi.platform.access.models import Label, knowable
from shoumi.platform.access.subjects import day_of, subject_of
from shoumi.platform.directory.models import Person


def knows(person: Person, label: Label | None, *, at: datetime) -> bool:
    """By the person's own clearance and need-to-know; what bears no label is open to all."""
    if label is None:
        return True
    return knowable(subject_of(person, at), on=day_of(at)).filter(label=label).exists()
