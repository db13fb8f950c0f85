"""Undoing a batch (撤销): all of it and at once, as long as nothing it made has changed since."""

from datetime import datetime

from django.db.models import ProtectedError

from shoumi.domains.intake import selectors
from shoumi.domains.intake.models import Batch
from shoumi.domains.intake.services.checking import TAKERS, check_post
from shoumi.domains.intake.services.taking import TAKE, Decided
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.directory.models import Person
from shoumi.platform.numbering.services import give_back

UNDO = Action("intake.undo", "撤销导入", clause="intake.batch", posts=TAKERS)


class Changed(Refusal):
    """Something that came in with the batch has been handled since."""

    def __init__(self) -> None:
        super().__init__(
            "这一批的记录入账后已有变动，不能整批撤销",
            clause=UNDO.clause,
            way_on="请逐件更正；变动情况见痕迹账",
        )


def undo(*, actor: Person, subject: Batch, at: datetime, reason: str) -> Batch:
    """Take every row of the batch back, as if it had never come in; the trail keeps that it did."""
    with act(actor, UNDO, subject, at=at, kind=subject.kind, reason=reason):
        check_post(subject.kind, actor, at=at)
        if not subject.move(
            before=Batch.State.TAKEN, after=Batch.State.UNDONE, undone_by=actor, undone_at=at
        ):
            raise Decided()
        if selectors.changed_since(subject, event=TAKE.key):
            raise Changed()
        for series, year, before, after in subject.raised:
            if not give_back(series, body=subject.body, year=year, before=before, after=after):
                raise Changed()
        try:
            subject.unmake()
        except ProtectedError:
            raise Changed() from None
    return subject
