"""Figures set by the body (参数调整): proposed by 安全保密管理员, in force by another person's consent."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from shoumi.domains.accounts.rules import officers
from shoumi.domains.accounts.services.waiting import answered, ask_consent
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import appointments_of, day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.model import RulebookError
from shoumi.platform.rulebook.models import Override
from shoumi.platform.rulebook.overrides import may_override, storable, thawed
from shoumi.platform.rulebook.posts import label_of
from shoumi.platform.rulebook.source import rulebook

SECOND_PERSON = "rulebook.override.second_person"
MAY_CONSENT = frozenset({"secrecy_office", "deputy_leader", "head"})
SECADMIN = frozenset({officers.SECADMIN})
PROPOSE = Action("rulebook.override.propose", "提出参数调整", clause=SECOND_PERSON, posts=SECADMIN)
CONSENT = Action(
    "rulebook.override.consent", "同意参数调整", clause=SECOND_PERSON, posts=MAY_CONSENT
)
WITHDRAW = Action(
    "rulebook.override.withdraw",
    "撤回参数调整",
    clause="rulebook.override.closed",
    posts=SECADMIN,
)


def propose_override(
    *, actor: Person, clause: str, key: str, value: Any, since: date, reason: str, at: datetime
) -> Override:
    """Propose another figure within the clause's range. Clause: rulebook.override.range."""
    with act(actor, PROPOSE, at=at, about=clause, key=key) as deed:
        try:
            found = rulebook().clause(clause)
            parameter = found.parameter(key)
            new = thawed(parameter, value)
        except RulebookError as fault:
            raise Refusal(str(fault), clause="rulebook.override.range") from None
        may_override(found, key, value, since=since, today=day_of(at))
        try:
            proposal = Override.objects.create(
                body=actor.body,
                clause=clause,
                key=key,
                value=storable(parameter, new),
                since=since,
                reason=reason,
                proposed_by=actor,
                proposed_at=at,
            )
        except IntegrityError:
            raise Stale("这一参数已有待同意的调整", clause="rulebook.override.closed") from None
        deed.subject = proposal
        ask_consent(
            proposal,
            text=f"参数调整：{found.title}，请审定",
            page="accounts-figures-detail",
            posts=list(figure(SECOND_PERSON, "posts", on=day_of(at), body=actor.body)),
            strangers={actor.pk},
            by=actor,
            at=at,
        )
    return proposal


def consent_override(*, actor: Person, subject: Override, at: datetime) -> None:
    """Put a proposed figure in force, from today at the earliest."""
    with act(actor, CONSENT, subject, at=at, about=subject.clause, key=subject.key):
        if actor.pk == subject.proposed_by_id:
            raise Refusal("不得由同一人提出和同意", clause=SECOND_PERSON)
        allowed = figure(SECOND_PERSON, "posts", on=day_of(at), body=subject.body)
        if not {a.post for a in appointments_of(actor, at)} & set(allowed):
            names = "、".join(label_of(post) for post in allowed)
            raise Denied(f"参数调整由{names}同意", clause=SECOND_PERSON, way_on=f"请交{names}办理")
        since = max(subject.since, day_of(at))
        clause = rulebook().clause(subject.clause)
        may_override(clause, subject.key, subject.value, since=since, today=day_of(at))
        taken = Override.objects.filter(
            body=subject.body, clause=subject.clause, key=subject.key, since=since
        )
        if taken.filter(status=Override.Status.IN_FORCE).exists():
            raise Stale("同日已有施行的调整", clause="rulebook.override.closed")
        if not subject.take_effect(by=actor, at=at):
            raise Stale("该调整已经办结", clause="rulebook.override.closed")
        answered(subject, at=at)
        Override.objects.filter(pk=subject.pk).update(since=since)


def withdraw_override(*, actor: Person, subject: Override, at: datetime) -> None:
    """Take a proposal back before anybody consented."""
    with act(actor, WITHDRAW, subject, at=at, about=subject.clause, key=subject.key):
        if not subject.withdraw():
            raise Stale("该调整已经办结", clause="rulebook.override.closed")
        answered(subject, at=at)
