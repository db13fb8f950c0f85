"""Taking rows out (导出、打印): the official layout, the highest level on it, a serial number, a trace."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.registers import columns
from shoumi.platform.registers.conditions import Control
from shoumi.platform.registers.ledger import MOST_PRINTED, MOST_ROWS, Ledger, workbook
from shoumi.platform.registers.paging import as_asked
from shoumi.platform.registers.services import PURPOSES, take_out
from shoumi.platform.ui.context import Frame, person_of

if TYPE_CHECKING:
    from shoumi.platform.registers.register import Register

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Purpose(forms.Form):
    purpose = forms.ChoiceField(label="用途", choices=[("", "请选择"), *PURPOSES.items()])


def export(register: "Register", request: HttpRequest) -> HttpResponse:
    """A spreadsheet of the rows the address asks for; at 秘密 and above the purpose is asked first."""
    at = timezone.now()
    rows, chosen = _rows(register, request, MOST_ROWS, at=at)
    level = max(map(register.level_of, rows), default=Level.PUBLIC)
    form = Purpose(request.POST if request.method == "POST" else None)
    if level >= Level.CONFIDENTIAL and not form.is_valid():
        context = {"form": form, "count": len(rows), "level": level}
        return register.page(request, "export", context, status=422 if form.is_bound else 200)
    purpose = form.cleaned_data["purpose"] if form.is_valid() else "office"
    made = _ledger(register, request, rows, chosen, how="导出", purpose=purpose, at=at)
    headers = {"Content-Disposition": f'attachment; filename="{register.slug}-{made.serial}.xlsx"'}
    return HttpResponse(workbook(made), content_type=XLSX, headers=headers)


def sheet(register: "Register", request: HttpRequest) -> HttpResponse:
    """The same ledger as pages to print."""
    at = timezone.now()
    rows, chosen = _rows(register, request, MOST_PRINTED, at=at)
    made = _ledger(register, request, rows, chosen, how="打印", purpose="office", at=at)
    return register.page(request, "sheet", {"ledger": made, "page_level": made.level})


def _rows(
    register: "Register", request: HttpRequest, most: int, *, at: datetime
) -> tuple[list[Any], list[Control]]:
    register.admit(request, at=at)
    chosen = register.controls(request, at=at)
    found = register.rows(request, chosen, at=at)
    rows = list(as_asked(found, request, register.sortable())[: most + 1])
    if len(rows) > most:
        raise Refusal(
            f"一次最多取 {most} 行", clause="access.export", way_on="请加筛选条件，分次办理"
        )
    return rows, chosen


def _ledger(
    register: "Register",
    request: HttpRequest,
    rows: list[Any],
    chosen: list[Control],
    *,
    how: str,
    purpose: str,
    at: datetime,
) -> Ledger:
    person = person_of(request)
    level = max(map(register.level_of, rows), default=Level.PUBLIC)
    serial = take_out(
        actor=person,
        register=register.slug,
        how=how,
        level=level,
        count=len(rows),
        purpose=purpose,
        at=at,
    )
    said = "，".join(f"{one.label} {one.said}" for one in chosen if one.said)
    return Ledger(
        title=register.title,
        body=str(person.body),
        period=said or f"截至 {timezone.localtime(at):%Y-%m-%d}",
        filler=person.name,
        headings=[register.heading(c) for c in register.columns],
        sides=[columns.side_of(register.model, c) for c in register.columns],
        rows=[[columns.words(register.value(r, c)) for c in register.columns] for r in rows],
        level=level,
        serial=serial,
        trace=Frame(request).trace,
        signatures=register.signatures,
    )
