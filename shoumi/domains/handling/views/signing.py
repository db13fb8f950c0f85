"""Signing for things: what I hold, what waits for me, one signature for a batch."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from shoumi.domains.handling.registers import SUCCESSIONS
from shoumi.domains.handling.selectors import (
    batches_back,
    batches_by,
    batches_for,
    holdings,
)
from shoumi.domains.handling.services.succession import accept_handover
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import posts_held
from shoumi.platform.access.reading import record_reading
from shoumi.platform.custody.models import Handover
from shoumi.platform.custody.selectors import lines_of
from shoumi.platform.custody.services import accept, take_back
from shoumi.platform.ui.context import person_of

LONGEST_REASON = 200


def mine(request: HttpRequest) -> HttpResponse:
    """我保管的载体: on my account now, before me for signature, given back and not yet counted."""
    at, person = timezone.now(), person_of(request)
    held = holdings(person, at=at)
    level = max((one.item.level for one in held), default=Level.PUBLIC)
    record_reading(actor=person, how="查看", subject=person, level=level, at=at, count=len(held))
    context = {
        "title": "我保管的载体",
        "held": held,
        "batches": batches_for(person, at=at),
        "offered": batches_by(person, at=at),
        "at": at,
        "page_level": level,
    }
    return render(request, "handling/mine.html", context)


def back(request: HttpRequest) -> HttpResponse:
    """待收回核点: what people have given back, for the registrar to count."""
    at, person = timezone.now(), person_of(request)
    if "registrar" not in posts_held(person, at=at):
        raise Http404
    context = {"title": "待收回核点", "batches": batches_back(person, at=at), "at": at}
    return render(request, "handling/back.html", context)


def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch put before me, or given back to the registry: tick each piece, sign once."""
    at, person = timezone.now(), person_of(request)
    waiting = [*batches_for(person, at=at)]
    service: Callable[..., Any] = accept
    if "registrar" in posts_held(person, at=at):
        back_ones = batches_back(person, at=at)
        if any(b.handover.pk == pk for b in back_ones):
            waiting, service = back_ones, take_back
    found = next((b for b in waiting if b.handover.pk == pk), None)
    if found is None or found.page != ("handling-batch", pk):
        raise Http404
    return _sign(request, found.handover, subject=found.handover, service=service, at=at)


def succession(request: HttpRequest, pk: int) -> HttpResponse:
    """点收移交: the successor ticks what is there and signs for all of it at once."""
    at = timezone.now()
    row = SUCCESSIONS.get(request, pk, at=at)
    is_open = row.handover is not None and row.handover.is_open
    if row.receiver_id != person_of(request).pk or not is_open:
        raise Http404
    home = SUCCESSIONS.url("detail", pk)
    return _sign(request, row.handover, subject=row, service=accept_handover, at=at, leads_to=home)


def _sign(
    request: HttpRequest,
    handover: Handover,
    *,
    subject: Any,
    service: Callable[..., Any],
    at: datetime,
    leads_to: str = "",
) -> HttpResponse:
    """A piece not ticked is declined, and says why; everything else is signed for."""
    person = person_of(request)
    lines = list(lines_of(handover, reader=person, at=at))
    sent = request.POST if request.method == "POST" else None
    everything = sent is None and bool(request.GET.get("all"))
    taken = {line.pk for line in lines} if everything else set()
    reasons: dict[int, str] = {}
    faults: list[str] = []
    refusal: Refusal | None = None
    if sent is not None:
        known = {str(line.pk): line.pk for line in lines}
        taken = {known[key] for key in sent.getlist("taken") if key in known}
        reasons = {
            line.pk: sent.get(f"why-{line.pk}", "").strip()[:LONGEST_REASON] for line in lines
        }
        faults = [
            f"第 {place} 件未点收，须写明拒收理由"
            for place, line in enumerate(lines, 1)
            if line.pk not in taken and not reasons[line.pk]
        ]
        if not faults:
            declined = {pk: why for pk, why in reasons.items() if pk not in taken}
            try:
                service(actor=person, subject=subject, at=at, declined=declined)
            except Refusal as said:
                if said.status in (403, 404):
                    raise
                refusal = said
            else:
                words = f"已签收 {len(taken)} 件" + (
                    f"，拒收 {len(declined)} 件" if declined else ""
                )
                messages.success(request, f"{words}。")
                return redirect(
                    leads_to or ("handling-back" if service is take_back else "handling-mine")
                )
    context = {
        "title": "收回核点" if service is take_back else "签收",
        "handover": handover,
        "lines": [(line, line.pk in taken, reasons.get(line.pk, "")) for line in lines],
        "count": len(lines),
        "faults": faults,
        "refusal": refusal,
        "is_back": service is take_back,
        "page_level": max((line.level for line in lines), default=Level.PUBLIC),
    }
    status = refusal.status if refusal else 422 if faults else 200
    return render(request, "handling/batch.html", context, status=status)
