"""Entering and correcting rows of the simple ledgers (登记、更正): one action each for every ledger file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shoumi.domains.ledgers import rules
from shoumi.domains.ledgers.models import Entry
from shoumi.domains.ledgers.services.personal import sealed
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act, posts_held
from shoumi.platform.access.grades import check_within_grade
from shoumi.platform.access.masking import mask
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import (
    body_principal,
    day_of,
    person_principal,
    post_principal,
)
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.recurring import definitions
from shoumi.platform.obligations.services import fulfil
from shoumi.platform.rulebook.check_ledgers import ledgers
from shoumi.platform.rulebook.controls import Control, register_point
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.ledgers import Ledger
from shoumi.platform.rulebook.model import RulebookError
from shoumi.platform.rulebook.posts import unappointed
from shoumi.platform.trail.models import name_of

NO_PASSWORDS = "accounts.password.secret"
# Raised by the verification of the trail; a row about it proves that somebody looked into it.
FINDINGS = "trail.findings"


def declared(ledger: Ledger) -> Ledger:
    """Enter the points that a ledger file names, so that the rulebook's clauses find them."""
    for proof in ledger.evidence:
        if proof.duty not in {*definitions(), FINDINGS}:
            raise RulebookError(f"{ledger.file}：没有定期职责「{proof.duty}」")
    for control in ledger.controls:
        register_point(control.point, control.kind, f"登记{ledger.item}")
    return ledger


LEDGERS = {key: declared(ledger) for key, ledger in ledgers().items()}

# What `refuse:systems.credential.record` claims: no ledger takes a password.
REFUSED = Control("systems.credential.record", kind="refuse", label="登记凭证")

ENTER = {
    key: Action(f"ledgers.{key}.enter", f"登记{ledger.item}", ledger.clause, ledger.posts)
    for key, ledger in LEDGERS.items()
}
CORRECT = {
    key: Action(f"ledgers.{key}.correct", f"更正{ledger.item}", ledger.clause, ledger.posts)
    for key, ledger in LEDGERS.items()
}


def enter(ledger: Ledger, *, actor: Person, at: datetime, **given: Any) -> Entry:
    """One more row; it proves the oldest open duty of its kind done. Clause: that of the ledger."""
    with act(actor, ENTER[ledger.key], None, at=at) as deed:
        check_within_grade(ledger.level)
        values = _values(ledger, given)
        _refuse_faults(ledger, values, body=actor.body, at=at)
        label = label_for(
            level=ledger.level,
            body=actor.body,
            principals=_listed(ledger, actor, at=at),
            basis=ledger.title,
            on=day_of(at),
            officers=True,
        )
        row = Entry(label=label, body=actor.body, ledger=ledger.key, version=ledger.version)
        row.personal = _sealed(ledger, row, values)
        row.data = _masked(ledger, values)
        row.entered_by, row.entered_at = actor, at
        row.save()
        deed.subject = row
        deed.note(fulfilled=_prove(ledger, row, at=at))
    return row


def correct(*, actor: Person, subject: Entry, at: datetime, reason: str, **given: Any) -> Entry:
    """Set a row right with its reason; a personal value left empty stays as it is."""
    ledger = LEDGERS[subject.ledger]
    with act(actor, CORRECT[ledger.key], subject, at=at) as deed:
        if not reason.strip():
            raise Refusal("更正须写明原因", clause=ledger.clause, way_on="填写更正依据或者原因")
        values = _values(ledger, given)
        kept = [c.key for c in ledger.current if c.personal and not values.get(c.key)]
        values |= {key: subject.data.get(key) for key in kept}
        _refuse_faults(ledger, values, body=subject.body, at=at)
        changed = [k for k in values if k not in kept and values[k] != _former(ledger, subject, k)]
        if not changed:
            raise Refusal("没有改动", clause=ledger.clause, way_on="改好后再提交")
        personal = {k: v for k, v in subject.personal.items() if k in kept}
        personal |= _sealed(ledger, subject, {k: v for k, v in values.items() if k not in kept})
        data = subject.data | _masked(ledger, {k: v for k, v in values.items() if k not in kept})
        if not subject.set_right(
            by=actor,
            at=at,
            reason=reason.strip(),
            version=ledger.version,
            data=data,
            personal=personal,
        ):
            raise Stale("他人已更正这条记录", clause="access.stale", way_on="请刷新后再办")
        deed.note(columns=changed, fulfilled=_prove(ledger, subject, at=at))
    return subject


def _values(ledger: Ledger, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in, as the row keeps it; a name that is no column is a fault of the program."""
    columns = {column.key: column for column in ledger.current}
    if unknown := given.keys() - columns.keys():
        raise TypeError(f"{ledger.key} has no column {', '.join(sorted(unknown))}")
    return {key: rules.stored(column, given.get(key)) for key, column in columns.items()}


def _refuse_faults(ledger: Ledger, values: Mapping[str, Any], *, body: Body, at: datetime) -> None:
    if absent := rules.missing(ledger, values):
        names = "、".join(column.label for column in absent)
        raise Refusal(f"未填写{names}", clause=ledger.clause, way_on="补齐后再提交")
    if late := rules.too_late(ledger, values, today=day_of(at)):
        raise Refusal(
            f"{late[0].label}不得晚于今天", clause=ledger.clause, way_on="只登记已经发生的事项"
        )
    if any(isinstance(v, str) and rules.tells_password(v) for v in values.values()):
        raise Refusal(
            "口令、密钥内容不得录入台账",
            clause=NO_PASSWORDS,
            way_on="删去口令，只登记凭证的名称、编号和保管处",
        )
    figures = {
        key: int(figure(ledger.clause, key, on=day_of(at), body=body))
        for demand in ledger.demands
        for key in demand.above.values()
    }
    if demanded := rules.unmet(ledger, values, figures=figures):
        column, say = demanded
        raise Refusal(say, clause=ledger.clause, way_on=f"请填写「{column.label}」")


def _listed(ledger: Ledger, actor: Person, *, at: datetime) -> set[str]:
    """Who may know the row: the posts of the ledger file, and whoever reported it from outside them."""
    body = actor.body_id
    posts = ledger.admitted - unappointed()
    listed = {post_principal(post, body) for post in posts}
    if not posts & posts_held(actor, at=at):
        listed.add(person_principal(actor.pk))
    return listed | {body_principal(body)} if ledger.everyone else listed


def _sealed(ledger: Ledger, row: Entry, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        column.key: sealed(str(values[column.key]), row=row, column=column.key)
        for column in ledger.current
        if column.personal and values.get(column.key)
    }


def _masked(ledger: Ledger, values: Mapping[str, Any]) -> dict[str, Any]:
    hidden = {column.key for column in ledger.columns if column.personal}
    return {k: mask(str(v)) if k in hidden and v else v for k, v in values.items()}


def _former(ledger: Ledger, row: Entry, key: str) -> Any:
    """The kept value to compare with; a personal one is new whenever it was filled in."""
    return None if ledger.column(key).personal else row.data.get(key)


def _prove(ledger: Ledger, row: Entry, *, at: datetime) -> list[str]:
    """Close the oldest open duty of each kind this row proves; what is proved once stays proved."""
    name = name_of(row)
    closed = []
    for kind in dict.fromkeys(rules.proved(ledger, row.data)):
        if Duty.objects.filter(kind=kind, evidence=name).exists():
            continue
        duty = (
            Duty.objects.filter(body=row.body, kind=kind, state=Duty.State.OPEN, raised_at__lte=at)
            .order_by("due_at", "id")
            .first()
        )
        if duty is not None:
            fulfil(duty, evidence=row, at=at)
            closed.append(f"{kind} {duty.period}".strip())
    return closed
