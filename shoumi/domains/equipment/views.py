"""Pages that a register cannot say: 设备总览, the sheet at the machine, signs, the pledge, the list for the station."""

from datetime import datetime
from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shoumi.domains.equipment.models import Device, DisposalLine
from shoumi.domains.equipment.registers import CHECKS, DEVICES, DISPOSALS
from shoumi.domains.equipment.rules.sheets import ANSWERS, Sheet, sheets
from shoumi.domains.equipment.selectors import (
    anomalies,
    cared_for,
    counts_by_kind,
    device_called,
    devices,
    missing_kinds,
    wanting_of,
)
from shoumi.domains.equipment.services.checking import fill_check, is_asked, may_check
from shoumi.kernel import labelcode
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import posts_held
from shoumi.platform.directory.models import Person
from shoumi.platform.registers.services import take_out
from shoumi.platform.ui.context import person_of

NOT_FOUND = "未登记或者无权查看"
A_PAGE = 12
MOST = 240


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """设备总览: how many of each kind, what the body must have and has not, what each device lacks."""
    at, person = timezone.now(), _content_reader(request)
    wanting = anomalies(person, at=at)
    context = {
        "title": "设备总览",
        "counts": counts_by_kind(person, at=at),
        "missing": missing_kinds(person, at=at),
        "wanting": wanting,
        "blocked": sum(found[0].blocks for _, found in wanting),
        "devices": DEVICES.url("list"),
        "keeps": "secrecy_office" in posts_held(person, at=at),
        "page_level": max((device.level for device, _ in wanting), default=Level.PUBLIC),
        "at": at,
    }
    return render(request, "equipment/overview.html", context)


@require_safe
def scan(request: HttpRequest) -> HttpResponse:
    """扫码检查: the label of a device leads to its sheet; hidden and unknown get the very same answer."""
    at, person = timezone.now(), _content_reader(request)
    typed = request.GET.get("code", "")[:120]
    found = device_called(typed, reader=person, at=at) if typed.strip() else None
    if found is not None:
        return redirect("equipment-check", found.pk)
    said = NOT_FOUND if typed.strip() else ""
    context = {"title": "扫码检查设备", "code": labelcode.normalise(typed), "said": said}
    return render(request, "equipment/scan.html", context)


def check(request: HttpRequest, pk: int) -> HttpResponse:
    """检查单: filled in where the machine stands, with big buttons, on any screen."""
    at, person = timezone.now(), person_of(request)
    device = DEVICES.get(request, pk, at=at)
    fitting = [sheet for sheet in sheets().values() if is_asked(sheet, device)]
    asked = request.POST if request.method == "POST" else request.GET
    sheet = next((s for s in fitting if s.key == asked.get("sheet")), next(iter(fitting), None))
    context: dict[str, Any] = {"status": 200, "refusal": None}
    if request.method == "POST" and sheet is not None:
        answers = {q.key: request.POST.get(f"item-{q.key}", "") for q in sheet.items}
        remark = request.POST.get("remark", "")[:200]
        try:
            made = fill_check(
                actor=person, subject=device, sheet=sheet.key, answers=answers, at=at, remark=remark
            )
        except Refusal as refusal:
            if refusal.status in (403, 404):
                raise
            context = {"status": refusal.status, "refusal": refusal}
        else:
            messages.success(
                request,
                f"已登记：{made.title} {made.number}，{made.get_state_display()}。",
            )
            return redirect(CHECKS.url("detail", made.pk))
    context |= {
        "title": f"检查 {device.number}",
        "device": device,
        "sheets": fitting,
        "sheet": sheet,
        "questions": _questions(sheet, device, asked) if sheet else [],
        "remark": asked.get("remark", ""),
        "answers": ANSWERS,
        "wanting": wanting_of(device, at=at),
        "cared": cared_for(device, reader=person, at=at),
        "may": may_check(person, device, at=at),
        "page_level": device.level,
        "back": DEVICES.url("detail", device.pk),
    }
    return render(request, "equipment/check.html", context, status=context["status"])


@require_safe
def signs(request: HttpRequest) -> HttpResponse:
    """设备标识: 涉密 or 非涉密, number, who answers for it, what may not be done with it; a QR code to scan."""
    at, person = timezone.now(), person_of(request)
    if "secrecy_office" not in posts_held(person, at=at):
        raise Http404
    rows = devices(person, at=at).order_by("number")
    if request.GET.get("all") != "1":
        rows = rows.filter(labelled_on=None)
    found = list(rows[:MOST])
    signed = [
        (device, segno.make(device.item.code, error="m").svg_data_uri(border=0)) for device in found
    ]
    context = {
        "title": "设备标识",
        "pages": [signed[n : n + A_PAGE] for n in range(0, len(signed), A_PAGE)],
        "serial": _taken(person, "equipment-signs", found, at=at) if found else "",
        "back": DEVICES.url("list"),
    }
    return render(request, "equipment/signs.html", context)


@require_safe
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """《涉密设备安全使用管理责任书》 to print and sign."""
    at = timezone.now()
    device = DEVICES.get(request, pk, at=at)
    if not device.is_classified:
        raise Http404
    context = {
        "title": f"责任书 {device.number}",
        "device": device,
        "serial": _taken(person_of(request), "equipment-pledge", [device], at=at),
        "back": DEVICES.url("detail", device.pk),
        "page_level": device.level,
    }
    return render(request, "equipment/pledge.html", context)


@require_safe
def disposal(request: HttpRequest, pk: int) -> HttpResponse:
    """报废清册, which goes to the station and comes back with its seal."""
    at, person = timezone.now(), person_of(request)
    row = DISPOSALS.get(request, pk, at=at)
    known = DisposalLine.objects.visible_to(person, at=at).filter(disposal=row)
    lines = list(known.select_related("device", "label").order_by("id"))
    context = {
        "title": f"报废清册 {row.number}",
        "row": row,
        "lines": lines,
        "serial": _taken(person, DISPOSALS.slug, [row], at=at),
        "back": DISPOSALS.url("detail", row.pk),
        "page_level": row.level,
    }
    return render(request, "equipment/disposal.html", context)


def _questions(sheet: Sheet, device: Device, asked: Any) -> list[tuple[Any, str]]:
    """Each item that this device is asked about, with what was ticked before."""
    fitting = sheet.asks(classified=device.is_classified, network=device.network)
    return [(question, asked.get(f"item-{question.key}", "")) for question in fitting]


def _content_reader(request: HttpRequest) -> Person:
    """The three officers see no business content: for them these pages do not exist."""
    person = person_of(request)
    if "handler" not in posts_held(person, at=timezone.now()):
        raise Http404
    return person


def _taken(person: Person, register: str, rows: list[Any], *, at: datetime) -> str:
    return take_out(
        actor=person,
        register=register,
        how="打印",
        level=max(row.level for row in rows),
        count=len(rows),
        purpose="office",
        at=at,
    )
