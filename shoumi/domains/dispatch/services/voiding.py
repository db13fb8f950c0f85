"""作废文号: a number that was given and will not be used stays in the book, with its reason and a second person."""

from datetime import datetime

from shoumi.domains.dispatch.models import Letter, Recipient
from shoumi.domains.dispatch.rules import drafting
from shoumi.domains.dispatch.services.moving import REGISTRAR, expect, step
from shoumi.domains.dispatch.services.printing import PRINT
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED, open_case
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.services import cancel_all

VOID = Action("dispatch.void", "申请作废文号", clause="dispatch.number.void", posts=REGISTRAR)

State = Letter.State


def void(*, actor: Person, subject: Letter, at: datetime, reason: str) -> Letter:
    """Ask that the number be void: nothing was printed under it yet."""
    with act(actor, VOID, subject, at=at, number=subject.number):
        expect(subject, State.NUMBERED)
        why = drafting.check_written(reason, "作废原因", clause=VOID.clause)
        asked = subject.voiding
        if asked is not None and asked.state == Case.State.OPEN:
            raise Refusal("已有申请在审批中", clause=VOID.clause, way_on="请等待办公室主任审批")
        case = open_case(
            actor=actor,
            matter=VOID.key,
            subject=subject,
            label=subject.label,
            reason=why,
            at=at,
            summary=f"{subject.number} 作废",
        )
        step(subject, State.NUMBERED, State.NUMBERED, void_reason=why, voiding=case)
    return subject


def _voided(case: Case, *, actor: Person, at: datetime) -> None:
    """Inside the act of the vote: the number stays used, and nothing goes out under it."""
    letter = Letter.named(case.subject)
    step(letter, State.NUMBERED, State.VOID, voided_by=actor, voided_at=at, state_at=at)
    for line in Recipient.all_of(letter):
        step(line, Recipient.State.LISTED, Recipient.State.VOID)
    cancel_all(kind=PRINT.key, subject=letter, reason=case, at=at)


def _kept(case: Case, *, actor: Person, at: datetime) -> None:
    step(Letter.named(case.subject), State.NUMBERED, State.NUMBERED, void_reason="")


ON_APPROVED[VOID.key] = _voided
ON_REFUSED[VOID.key] = _kept
