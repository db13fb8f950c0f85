"""Ledgers of thousands of rows: the same acts, done beside the requests and with a bar."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from shoumi.domains.intake.models import Batch
from shoumi.domains.intake.services.checking import CHECK, Sent, check_ledger
from shoumi.domains.intake.services.taking import TAKE, take_in
from shoumi.domains.intake.services.undoing import UNDO, undo
from shoumi.platform.access.acting import Hidden
from shoumi.platform.directory.models import Person
from shoumi.platform.works.progress import Progress
from shoumi.platform.works.running import DEEDS

# A spreadsheet of a thousand rows has about so many bytes; less is done while the page waits.
LONG_FROM = 60_000


def is_long(size: int) -> bool:
    """Whether a ledger of so many bytes is not dealt with inside one request."""
    return size > LONG_FROM


def _check(
    *, actor: Person, at: datetime, given: Mapping[str, Any], content: bytes, progress: Progress
) -> str:
    sent = Sent(given["name"], content)
    batch = check_ledger(actor=actor, kind=given["kind"], upload=sent, at=at, progress=progress)
    return _page(batch)


def _take(
    *, actor: Person, at: datetime, given: Mapping[str, Any], content: bytes, progress: Progress
) -> str:
    batch = _batch(actor, given, at=at)
    take_in(actor=actor, subject=batch, at=at, good_only=given["good_only"], progress=progress)
    return _page(batch)


def _undo(
    *, actor: Person, at: datetime, given: Mapping[str, Any], content: bytes, progress: Progress
) -> str:
    batch = _batch(actor, given, at=at)
    progress("撤销", 0, 0)
    undo(actor=actor, subject=batch, at=at, reason=given["reason"])
    return _page(batch)


def _batch(actor: Person, given: Mapping[str, Any], *, at: datetime) -> Batch:
    """The batch as the next request would load it."""
    rows = Batch.objects.visible_to(actor, at=at).select_related("label", "body")
    found: Batch | None = rows.filter(pk=given["batch"]).first()
    if found is None:
        raise Hidden("没有这一项", clause="access.may_know")
    return found


def _page(batch: Batch) -> str:
    return reverse("intake-detail", args=[batch.pk])


DEEDS.update({CHECK.key: _check, TAKE.key: _take, UNDO.key: _undo})
