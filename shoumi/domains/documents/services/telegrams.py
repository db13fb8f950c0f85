"""电报: the slip within fifteen minutes, the report above 特急, the closing within its days."""

from datetime import datetime

from shoumi.domains.documents.models import Document, Lapse, Telegram
from shoumi.domains.documents.rules import check_reply
from shoumi.domains.documents.services.lapses import note
from shoumi.domains.documents.services.receiving import REGISTRAR
from shoumi.domains.documents.services.unpacking import (
    TELEGRAM_CLOSE_DUTY,
    TELEGRAM_SLIP_DUTY,
    TELEGRAM_TELL_DUTY,
    note_late_slip,
)
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of, holds
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import ON_DUE, settle
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

SLIP = Action("documents.telegram.slip", "回单", clause="documents.telegram.slip", posts=REGISTRAR)
TELL = Action(
    "documents.telegram.tell", "报告负责人", clause="documents.telegram.tell", posts=REGISTRAR
)
Control("documents.telegram.close", kind="deadline", label="电报办结")
Control("documents.telegram.close", kind="count", label="电报办结")

HEADS = ("office_director", "deputy_leader", "head")
LATE_CLOSE = "电报逾期未办结"


def give_slip(*, actor: Person, subject: Document, at: datetime) -> None:
    """回单: given now; after its minutes the watch counts as unmanned."""
    with act(actor, SLIP, subject, at=at, number=subject.number) as deed:
        telegram = _telegram(subject)
        if not telegram.answer(by=actor, given=at):
            raise Stale("已经回单", clause=SLIP.clause, way_on="请刷新页面")
        if at > telegram.slip_due_at and not telegram.slip_late:
            note_late_slip(telegram, at=at)
        settle(kind=TELEGRAM_SLIP_DUTY, subject=subject, evidence=telegram, at=at)
        deed.note(late=at > telegram.slip_due_at)


def tell(*, actor: Person, subject: Document, at: datetime, whom: Person) -> None:
    """重要内容和特急以上电报: reported before anything else is done with it."""
    with act(actor, TELL, subject, at=at, number=subject.number, whom=whom.pk):
        if not any(holds(whom, post, at, body_id=subject.body_id) for post in HEADS):
            raise Refusal(
                f"{whom.name}不是机要室负责人或者单位领导",
                clause=TELL.clause,
                way_on="请选办公室主任、分管领导或者主要领导",
            )
        telegram = _telegram(subject)
        if not telegram.tell(whom=whom, at=at):
            raise Stale("已经报告", clause=TELL.clause, way_on="请刷新页面")
        settle(kind=TELEGRAM_TELL_DUTY, subject=subject, evidence=telegram, at=at)


def check_told(document: Document) -> None:
    """未报不得进入办理. Clause: documents.telegram.tell."""
    telegram = Telegram.of(document)
    if telegram is not None and telegram.important and telegram.told_at is None:
        raise Refusal(
            f"{document.number} 尚未报告机要室负责人，不得进入办理",
            clause=TELL.clause,
            way_on="请机要员办理「报告负责人」",
        )


def stop_clock(document: Document, *, reply_channel: str = "", at: datetime) -> None:
    """The telegram is closed, in time or late, and answered as secretly as it came; inside that act."""
    telegram = Telegram.of(document)
    if telegram is None:
        return
    if reply_channel:
        secure = figure("documents.channel", "channels", on=day_of(at), body=document.body)
        check_reply(document.level, reply_channel, secure=secure)
    if at > telegram.lapses_at and not telegram.close_late:
        _note_late_close(telegram, at=at)
    telegram.mark(closed_at=at, reply_channel=reply_channel)
    settle(kind=TELEGRAM_CLOSE_DUTY, subject=document, evidence=telegram, at=at)


def _note_late_close(telegram: Telegram, *, at: datetime) -> None:
    telegram.mark(close_late=True)
    document = telegram.document
    note(document, Lapse.Kind.LATE, LATE_CLOSE, person=document.charged(), at=at)


def _telegram(document: Document) -> Telegram:
    telegram = Telegram.of(document)
    if telegram is None:
        raise Refusal("本件不是电报", clause=SLIP.clause, way_on="按文件办理")
    return telegram


def _slip_ran_out(duty: Duty, *, at: datetime) -> None:
    telegram = Telegram.named(duty.subject)
    if telegram.slip_at is None and not telegram.slip_late:
        note_late_slip(telegram, at=at)


def _days_ran_out(duty: Duty, *, at: datetime) -> None:
    telegram = Telegram.named(duty.subject)
    if at > telegram.lapses_at and not telegram.close_late:
        _note_late_close(telegram, at=at)


ON_DUE[TELEGRAM_SLIP_DUTY] = _slip_ran_out
ON_DUE[TELEGRAM_CLOSE_DUTY] = _days_ran_out
