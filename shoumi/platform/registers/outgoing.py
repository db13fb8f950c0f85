"""Taking rows out (导出、打印): the official layout, the highest level on it, a serial number, a trace."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import resolve
from django.utils import timezone

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.directory.models import Person
from shoumi.platform.registers import columns
from shoumi.platform.registers.conditions import Control
from shoumi.platform.registers.ledger import MOST_PRINTED, MOST_ROWS, Ledger, workbook
from shoumi.platform.registers.paging import as_asked
from shoumi.platform.registers.services import EXPORT, PURPOSES, take_out
from shoumi.platform.ui.context import Frame, person_of
from shoumi.platform.works.progress import Progress, silent
from shoumi.platform.works.results import Result
from shoumi.platform.works.running import DEEDS, start

if TYPE_CHECKING:
    from shoumi.platform.registers.register import Register

# More rows than these are written beside the requests.
LONG_FROM = 3_000
SHOWN = 500
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
    if len(rows) > LONG_FROM:
        work = start(
            EXPORT.key,
            actor=person_of(request),
            at=at,
            title=f"导出{register.title}",
            back=register.url("list"),
            given={
                "path": request.path,
                "query": request.GET.urlencode(),
                "purpose": purpose,
                "address": request.META.get("REMOTE_ADDR", ""),
            },
        )
        return redirect("works-work", work.key)
    made = _ledger(register, request, rows, chosen, how="导出", purpose=purpose, at=at)
    headers = {"Content-Disposition": f'attachment; filename="{register.slug}-{made.serial}.xlsx"'}
    return HttpResponse(workbook(made), content_type=XLSX, headers=headers)


def _at_length(
    *, actor: Person, at: datetime, given: Mapping[str, Any], content: bytes, progress: Progress
) -> Result:
    """The same for thousands of rows, beside the requests: asked again as the one who asked."""
    register = resolve(given["path"]).func.__self__  # type: ignore[attr-defined]
    request = HttpRequest()
    request.method, request.path = "GET", given["path"]
    request.GET, request.user = QueryDict(given["query"]), actor
    request.META["REMOTE_ADDR"] = given["address"]
    progress("取数", 0, 0)
    rows, chosen = _rows(register, request, MOST_ROWS, at=at)
    purpose = given["purpose"]
    made = _ledger(
        register, request, rows, chosen, how="导出", purpose=purpose, at=at, progress=progress
    )
    progress("写成表格", 0, 0)
    return Result(f"{register.slug}-{made.serial}.xlsx", XLSX, workbook(made))


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
    progress: Progress = silent,
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
        rows=_cells(register, rows, progress),
        level=level,
        serial=serial,
        trace=Frame(request).trace,
        signatures=register.signatures,
    )


def _cells(register: "Register", rows: list[Any], progress: Progress) -> list[list[Any]]:
    cells = []
    for number, row in enumerate(rows):
        if number % SHOWN == 0:
            progress("填表", number, len(rows))
        cells.append([columns.words(register.value(row, c)) for c in register.columns])
    return cells


DEEDS[EXPORT.key] = _at_length
