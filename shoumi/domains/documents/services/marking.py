"""换标: a paper whose level was changed bears another mark; in the act of the room above."""

from collections.abc import Sequence
from datetime import date

from shoumi.domains.documents.models import Document
from shoumi.platform.access.models import Label


def mark_anew(
    label: Label,
    *,
    mark_text: str,
    period_kind: str,
    expires_on: date | None,
    struck: Sequence[str],
) -> None:
    """Put the new mark on the papers under a label and keep the old ones, struck; inside somebody's act."""
    Document.mark_under(
        label,
        mark_text=mark_text,
        period_kind=period_kind,
        expires_on=expires_on,
        struck_marks=list(struck),
    )
