"""专管专送: for a while somebody other than the registrar carries one paper, as a leader approved."""

from datetime import date, datetime

from shoumi.domains.circulation import rules
from shoumi.domains.circulation.models import Escort, Reader
from shoumi.domains.circulation.services.routing import hand_to
from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.documents.services.receiving import REGISTRAR, check_cleared
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import narrow
from shoumi.platform.access.services import widen as let_know
from shoumi.platform.access.subjects import day_of, person_principal
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED, open_case
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.figures import figure

ASK = Action(
    "circulation.courier",
    "申请专管专送",
    clause="circulation.courier",
    posts=REGISTRAR | {"office_director"},
)
SEND = Action("circulation.courier.send", "专人送阅", clause="circulation.courier")

State = Escort.State


class NotTheEscort(Denied):
    """Nobody carries a paper whom no leader named for it, or whose time is over."""


def ask_escort(
    *, actor: Person, subject: Document, at: datetime, person: Person, reason: str, until: date
) -> Escort:
    """Ask that this person may carry the paper until a day."""
    with act(actor, ASK, subject, at=at, person=person.pk) as deed:
        today = day_of(at)
        most = figure("circulation.courier", "days", on=today, body=subject.body)
        rules.check_escort(until=until, today=today, most=most, reason=reason)
        check_cleared([person], level=subject.level, body=subject.body, at=at)
        waiting = Escort.objects.visible_to(actor, at=at).filter(
            document=subject, person=person, state=State.ASKED
        )
        if waiting.exists():
            raise Refusal(
                "已有申请在审批中", clause=ASK.clause, way_on="不必重复申请，请等待审批结果"
            )
        escort: Escort = Escort.objects.create(
            label=subject.label,
            document=subject,
            person=person,
            reason=reason.strip(),
            until=until,
            asked_by=actor,
            asked_at=at,
        )
        open_case(
            actor=actor,
            matter=ASK.key,
            subject=escort,
            label=subject.label,
            reason=reason,
            at=at,
            summary=f"{subject.number} 由{person.name}专送至 {until:%Y-%m-%d}",
        )
        deed.note(escort=escort.pk)
    return escort


def escort_send(
    *, actor: Person, subject: Reader, at: datetime, copy: Copy, in_person: bool = False
) -> None:
    """The named person puts a copy into the reader's own hands."""
    with act(actor, SEND, subject, at=at, copy=copy.pk, person=subject.person_id):
        escort = Escort.granted(subject.circulation.document, actor)
        if escort is None or escort.until < day_of(at):
            raise NotTheEscort(
                "您没有本件的专管专送授权，或者授权已经到期",
                clause=SEND.clause,
                way_on="由机要员呈送；确需专送的，另行申请",
            )
        if subject.person_id == actor.pk:
            raise NotTheEscort(
                "专送人不得向本人送阅", clause=SEND.clause, way_on="本人阅件由机要员呈送"
            )
        hand_to(subject, copy, by=actor, in_person=in_person, reason=SEND.key, at=at)


def _grant(case: Case, *, actor: Person, at: datetime) -> None:
    """Inside the act of the last vote: whoever carries it may know that it is there."""
    escort = Escort.named(case.subject)
    document = escort.document
    check_cleared([escort.person], level=document.level, body=document.body, at=at)
    fresh = let_know(
        document.label,
        principals=[person_principal(escort.person_id)],
        basis=f"{document.number} 专管专送 {case.pk}",
        on=day_of(at),
    )
    # Known for carrying and for as long: that makes nobody a reader of what is restricted.
    narrow(document.label, principals=fresh, last_day=escort.until)
    escort.move(before=State.ASKED, after=State.GRANTED, settled_at=at)


def _leave(case: Case, *, actor: Person, at: datetime) -> None:
    Escort.named(case.subject).move(before=State.ASKED, after=State.REFUSED, settled_at=at)


ON_APPROVED[ASK.key] = _grant
ON_REFUSED[ASK.key] = _leave
