"""What a receipt leaves behind besides the paper: the record of the opening and what is still owed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shoumi.domains.documents.models import Document, Lapse, Opening, Telegram
from shoumi.domains.documents.rules import telegrams as rules
from shoumi.domains.documents.rules.opening import Dated, Opened
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import (
    Due,
    due_fixed,
    due_in_minutes,
    due_in_workdays,
    due_tonight,
)
from shoumi.platform.obligations.services import raise_duty
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

for _kind in ("refuse", "record", "count", "deadline"):
    Control("documents.open", kind=_kind, label="拆封核对")

SEAL_DUTY = "documents.open.seal"
SLIP_DUTY = "documents.open.slip"
TELEGRAM_SLIP_DUTY = "documents.telegram.slip"
TELEGRAM_TELL_DUTY = "documents.telegram.tell"
TELEGRAM_CLOSE_DUTY = "documents.telegram.close"
LATE_SLIP = "电报超时未回单"


@dataclass(frozen=True, slots=True)
class Wired:
    """What a telegram's receipt says besides: who was on watch, and when a slip was given already."""

    on_watch: Person | None = None
    slip_at: datetime | None = None
    important: bool = False


def owe(
    paper: Any,
    kind: str,
    text: str,
    *,
    clause: str,
    due: Due | datetime,
    at: datetime,
    by: Person | None,
    page: str = "documents-detail",
    **whose: Any,
) -> None:
    """Something to do about a paper or a letter, with the weight of its urgency, named by its number.

    `whose` is a post or a person; the registrar's where nothing is said.
    """
    raise_duty(
        kind=kind,
        clause=clause,
        text=text,
        due=due,
        at=at,
        body=paper.body,
        label=paper.label,
        subject=paper,
        url_name=page,
        url_pk=paper.pk,
        raised_by=by,
        urgency=paper.weight,
        **(whose or {"post": "registrar"}),
    )


def record_opening(
    document: Document, opened: Opened, dated: Dated, *, by: Person, at: datetime
) -> Opening:
    """Keep what the opening showed; a missing seal and a slip become duties."""
    row: Opening = Opening.objects.create(
        label=document.label,
        document=document,
        undamaged=opened.undamaged,
        emptied=opened.emptied,
        cover=opened.cover,
        seal=Opening.Seal.PRESENT if opened.sealed else Opening.Seal.AWAITED,
        phone_check=opened.phone_check.strip(),
        tidied=opened.tidied,
        dating=dated.source,
        days_apart=dated.days_apart,
        listed=opened.listed,
        found=opened.found,
        slip=Opening.Slip.AWAITED if opened.slip else Opening.Slip.NONE,
    )
    if not opened.sealed:
        days = figure("documents.open.seal_urgent", "days", on=day_of(at), body=document.body)
        owe(
            document,
            SEAL_DUTY,
            f"待补章：{document.number} 催来文单位补盖公章",
            clause="documents.open.seal_urgent",
            due=due_in_workdays(days, start=at, body=document.body),
            at=at,
            by=by,
        )
    if opened.slip:
        owe(
            document,
            SLIP_DUTY,
            f"签收 {document.number} 的回执单并退回来件单位",
            clause="documents.open.slip",
            due=due_tonight(start=at, body=document.body),
            at=at,
            by=by,
        )
    return row


def start_clocks(document: Document, wired: Wired, *, by: Person, at: datetime) -> Telegram:
    """The two clocks of a telegram run from the minute of its receipt. Clause: documents.telegram."""
    came, body = document.received_at, document.body
    minutes = figure("documents.telegram.slip", "minutes", on=day_of(came), body=body)
    days = figure("documents.telegram.close", "days", on=day_of(came), body=body)
    slip_due = due_in_minutes(minutes, start=came)
    important = wired.important or document.urgency in rules.REPORTED
    row: Telegram = Telegram.objects.create(
        label=document.label,
        document=document,
        received_at=came,
        on_watch=wired.on_watch or by,
        slip_due_at=slip_due.at,
        close_due_at=rules.close_by(document.urgency, received_at=came, days=days),
        important=important,
    )
    if wired.slip_at is None:
        slip = f"{document.number} 向来电方回单"
        _clock(document, TELEGRAM_SLIP_DUTY, slip, due=slip_due, at=at, by=by)
    else:
        rules.check_slip(wired.slip_at, received_at=came, at=at)
        row.answer(by=row.on_watch, given=wired.slip_at)
        if wired.slip_at > slip_due.at:
            note_late_slip(row, at=at)
    if important:
        tell = f"{document.number} 报告机要室负责人"
        _clock(document, TELEGRAM_TELL_DUTY, tell, due=slip_due, at=at, by=by)
    text = f"办结电报 {document.number}"
    due = due_fixed(row.close_due_at)
    _clock(document, TELEGRAM_CLOSE_DUTY, text, due=due, at=at, by=by)
    return row


def _clock(document: Document, kind: str, text: str, *, due: Due, at: datetime, by: Person) -> None:
    owe(document, kind, text, clause=kind, due=due, at=at, by=by)


def note_late_slip(telegram: Telegram, *, at: datetime) -> None:
    """A slip that was late counts as an absence from the watch, once. Clause: documents.telegram.absent."""
    telegram.mark(slip_late=True)
    document = telegram.document
    Lapse.objects.create(
        label=document.label,
        body=document.body,
        document=document,
        kind=Lapse.Kind.LATE,
        person=telegram.on_watch,
        at=at,
        what=LATE_SLIP,
        absent=True,
    )
