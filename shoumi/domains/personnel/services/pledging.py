"""承诺书、责任书: signed by the person on the screen, or on paper before the personnel office."""

from datetime import date, datetime

from shoumi.domains.accounts.services.clearance import renew
from shoumi.domains.personnel.models import Dossier, Pledge
from shoumi.domains.personnel.rules.words import Pledged
from shoumi.domains.personnel.services.filing import (
    PERSONNEL,
    expect,
    must_be,
    written,
)
from shoumi.kernel.marks import months_later
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.obligations.services import settle
from shoumi.platform.rulebook.figures import figure

CLAUSE = "personnel.pledge"
PLEDGE = Action("personnel.pledge", "签订保密承诺", clause=CLAUSE)
PAPER = Action("personnel.pledge.paper", "登记纸质承诺", clause=CLAUSE, posts=PERSONNEL)


def pledge(*, actor: Person, subject: Dossier, at: datetime, kind: str, read: bool) -> Pledge:
    """The person signs what stands on the screen. Clause: personnel.pledge."""
    with act(actor, PLEDGE, subject, at=at, kind=kind):
        must_be(actor, subject.person)
        expect(subject, *Dossier.ALIVE)
        if not read:
            raise Refusal("请逐条阅读并确认后再签订", clause="personnel.pledge.terms")
        return _signed(subject, kind, actor=actor, signed_on=day_of(at), on_paper=False, at=at)


def register_pledge(
    *, actor: Person, subject: Dossier, at: datetime, kind: str, signed_on: date
) -> Pledge:
    """One signed on paper, for somebody who has no account."""
    with act(actor, PAPER, subject, at=at, kind=kind):
        expect(subject, *Dossier.ALIVE)
        if actor.pk == subject.person_id:
            raise Refusal("本人的承诺由本人签订", clause=CLAUSE, way_on="请在「我的保密档案」签订")
        if signed_on > day_of(at):
            raise Refusal("签订日期不得晚于今天", clause=CLAUSE)
        return _signed(subject, kind, actor=actor, signed_on=signed_on, on_paper=True, at=at)


def terms(kind: str, *, on: date, body: Body) -> tuple[str, ...]:
    """The text of a pledge as it is in force. Clause: personnel.pledge.terms."""
    return tuple(figure("personnel.pledge.terms", kind, on=on, body=body))


def _signed(
    dossier: Dossier, kind: str, *, actor: Person, signed_on: date, on_paper: bool, at: datetime
) -> Pledge:
    word, body, today = Pledged(kind), dossier.body, day_of(at)
    months = figure(CLAUSE, "months", on=today, body=body)
    until = months_later(signed_on, months)
    row: Pledge = Pledge.objects.create(
        label=dossier.label,
        dossier=dossier,
        kind=word.value,
        text="\n".join(terms(word.value, on=today, body=body)),
        version=figure("personnel.pledge.terms", "version", on=today, body=body),
        signed_on=signed_on,
        valid_until=until,
        on_paper=on_paper,
        entered_by=actor,
        entered_at=at,
    )
    settle(kind=PLEDGE.key, subject=dossier, evidence=row, at=at)
    if word is Pledged.ENTRY and until > (dossier.pledged_until or date.min):
        written(dossier, pledged_until=until)
        if dossier.state == Dossier.State.ON_POST:
            renew(dossier.person, pledged_until=until)
    return row
