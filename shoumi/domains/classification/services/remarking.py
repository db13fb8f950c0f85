"""换标、签收: each copy's new mark is confirmed by hand, and each notice signed for."""

from collections.abc import Sequence
from datetime import datetime

from shoumi.domains.classification import rules
from shoumi.domains.classification.models import Change, Notice, Remarking
from shoumi.domains.classification.services.applying import REMARK_DUTY, SEND_DUTY, SIGN_DUTY
from shoumi.domains.classification.services.steps import (
    REGISTRAR,
    ChangedByOther,
    expect,
    step,
)
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.services import settle

CONFIRM = Action(
    "classification.remark.confirm", "登记换标", clause="classification.remark", posts=REGISTRAR
)
SIGN = Action("classification.notice.sign", "签收通知", clause="classification.notice")
SEND = Action(
    "classification.notice.send",
    "登记外单位回执",
    clause="classification.notice",
    posts=REGISTRAR,
)


def confirm(
    *, actor: Person, subject: Change, at: datetime, remarkings: Sequence[Remarking]
) -> Change:
    """The old mark on these copies is struck and the new one stands beside it; the last one closes it."""
    with act(actor, CONFIRM, subject, at=at, change=subject.number) as deed:
        expect(subject, Change.State.OPEN)
        chosen = list(remarkings)
        if not chosen:
            raise Refusal("未选定换标的载体", clause=CONFIRM.clause, way_on="逐份换标后勾选确认")
        for one in chosen:
            if one.change_id != subject.pk or not one.confirm(by=actor, at=at):
                raise ChangedByOther()
        left = Remarking.waiting(subject).count()
        if not left:
            step(subject, Change.State.OPEN, Change.State.CLOSED)
            settle(kind=REMARK_DUTY, subject=subject, evidence=subject, at=at)
        deed.note(done=len(chosen), left=left)
    return subject


def sign(*, actor: Person, subject: Notice, at: datetime) -> Notice:
    """Whoever was told signs in person that they were."""
    with act(actor, SIGN, subject, at=at):
        if subject.person_id != actor.pk:
            raise Denied("通知由被通知人本人签收", clause=SIGN.clause, way_on="请本人登录签收")
        if not subject.sign(at=at):
            raise ChangedByOther()
        settle(kind=SIGN_DUTY, subject=subject, evidence=subject, at=at)
    return subject


def send(*, actor: Person, subject: Notice, at: datetime, receipt: str) -> Notice:
    """Another body has the written notice and its receipt is here."""
    with act(actor, SEND, subject, at=at):
        paper = rules.check_written(receipt, "回执编号", clause=SEND.clause)
        if subject.outside_id is None or not subject.sign(at=at, receipt=paper):
            raise ChangedByOther()
        settle(kind=SEND_DUTY, subject=subject, evidence=subject, at=at)
    return subject
