"""Consent (同意): the second person, who is neither the proposer nor the one who gains."""

from collections.abc import Callable
from datetime import datetime

from shoumi.domains.accounts.models import Proposal
from shoumi.domains.accounts.rules import officers
from shoumi.domains.accounts.services.clearance import carry_out_clearance
from shoumi.domains.accounts.services.posts import carry_out_appointment, carry_out_dismissal
from shoumi.domains.accounts.services.waiting import answered
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import appointments_of, day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.posts import label_of

CLAUSE = "accounts.second_person"
MAY_CONSENT = frozenset({"secrecy_office", "deputy_leader", "head"})
CONSENT = Action("accounts.appoint.consent", "同意授权", clause=CLAUSE, posts=MAY_CONSENT)
REFUSE = Action("accounts.appoint.refuse", "不同意授权", clause=CLAUSE, posts=MAY_CONSENT)
WITHDRAW = Action(
    "accounts.appoint.withdraw",
    "撤回提议",
    clause=CLAUSE,
    posts=frozenset({officers.SECADMIN}),
)

CARRY_OUT: dict[str, Callable[..., None]] = {
    Proposal.Kind.APPOINT: carry_out_appointment,
    Proposal.Kind.STAND_IN: carry_out_appointment,
    Proposal.Kind.DISMISS: carry_out_dismissal,
    Proposal.Kind.CLEAR: carry_out_clearance,
}


def consent(*, actor: Person, subject: Proposal, opinion: str = "", at: datetime) -> None:
    """Carry out what another proposed. Clause: accounts.second_person."""
    with act(actor, CONSENT, subject, at=at, person=subject.person_id, post=subject.post):
        _second_person(actor, subject, at=at)
        _decide(subject, Proposal.State.CONSENTED, actor=actor, opinion=opinion, at=at)
        CARRY_OUT[subject.kind](subject, at=at)


def refuse(*, actor: Person, subject: Proposal, opinion: str, at: datetime) -> None:
    """Say no; the proposal is closed and stays readable."""
    with act(actor, REFUSE, subject, at=at, person=subject.person_id):
        _second_person(actor, subject, at=at)
        _decide(subject, Proposal.State.REFUSED, actor=actor, opinion=opinion, at=at)


def withdraw(*, actor: Person, subject: Proposal, at: datetime) -> None:
    """Take a proposal back before anybody decided."""
    with act(actor, WITHDRAW, subject, at=at, person=subject.person_id):
        _decide(subject, Proposal.State.WITHDRAWN, actor=actor, opinion="", at=at)


def _second_person(actor: Person, proposal: Proposal, *, at: datetime) -> None:
    if actor.pk in {proposal.proposed_by_id, proposal.person_id, proposal.standing_in_for_id}:
        raise Refusal(
            "提出人、当事人不得自行同意", clause=CLAUSE, way_on="请由另一名有同意岗位的人员办理"
        )
    allowed = figure(CLAUSE, "posts", on=day_of(at), body=proposal.body)
    if not {a.post for a in appointments_of(actor, at)} & set(allowed):
        names = "、".join(label_of(post) for post in allowed)
        raise Denied(f"授权由{names}同意", clause=CLAUSE, way_on=f"请交{names}办理")


def _decide(
    proposal: Proposal, state: Proposal.State, *, actor: Person, opinion: str, at: datetime
) -> None:
    moved = proposal.move(
        before=Proposal.State.PROPOSED,
        after=state,
        decided_by=actor,
        decided_at=at,
        opinion=opinion,
    )
    if not moved:
        raise Stale("该提议已有决定", clause=CLAUSE, way_on="请返回刷新")
    answered(proposal, at=at)
