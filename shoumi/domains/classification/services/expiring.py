"""期满: months ahead the authority is asked whether to extend; after the last day it is released by itself."""

from datetime import date, datetime, timedelta

from shoumi.domains.classification.models import Determination
from shoumi.platform.access.subjects import day_of
from shoumi.platform.obligations.due import closing
from shoumi.platform.obligations.services import cancel_all, raise_duty
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

EXPIRY = "classification.expiry"
for _kind in ("deadline", "duty"):
    Control(EXPIRY, kind=_kind, label="期满提醒")
_MONTH = timedelta(days=30)


def watch(row: Determination, *, at: datetime) -> None:
    """Ask the authority in good time before the last day; inside the act that set it."""
    cancel_all(kind=EXPIRY, subject=row, reason=row.mark_text or "解密", at=at)
    if row.expires_on is None or not row.is_own or row.state != Determination.State.IN_FORCE:
        return
    opens = opening_of(row, on=day_of(at))
    raise_duty(
        kind=EXPIRY,
        clause=EXPIRY,
        text=f"{row.number} 将于 {row.expires_on} 期满，需要延长的在期满前决定",
        due=closing(row.expires_on, body=row.body),
        at=max(at, closing(opens, body=row.body).replace(hour=0, minute=0)),
        body=row.body,
        post="classification_authority",
        label=row.label,
        subject=row,
        url_name="classification-determinations-detail",
        url_pk=row.pk,
    )


def opening_of(row: Determination, *, on: date) -> date:
    """The day on which the authority is asked. Clause: classification.expiry."""
    months: int = figure(EXPIRY, "months", on=on, body=row.body)[row.level]
    last: date = row.expires_on or on
    return last - months * _MONTH
