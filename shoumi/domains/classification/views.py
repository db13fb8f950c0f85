"""Pages that a register cannot say: 定密提示, 定密统计, the sheets of paper, and the cover as a file."""

from datetime import date, datetime
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from shoumi.domains.classification.models import Change, Remarking
from shoumi.domains.classification.registers import (
    CHANGES,
    DETERMINATIONS,
    FAULTS,
    MATTERS,
)
from shoumi.domains.classification.rules.covers import cover_docx
from shoumi.domains.classification.selectors import figures, suggestions
from shoumi.kernel.levels import Level
from shoumi.platform.access.acting import posts_held
from shoumi.platform.access.subjects import day_of
from shoumi.platform.approvals.selectors import case_page
from shoumi.platform.directory.models import Person
from shoumi.platform.registers.services import take_out
from shoumi.platform.ui.context import person_of

OVERSEERS = frozenset(
    {"secrecy_office", "classification_authority", "office_director", "deputy_leader", "head"}
)
LONGEST = 20_000
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """定密提示: which matters a text may touch; the text is read here and kept nowhere."""
    at, person = timezone.now(), person_of(request)
    if "handler" not in posts_held(person, at=at):
        raise Http404
    text = request.POST.get("text", "")[:LONGEST]
    found = suggestions(text, reader=person, at=at) if text.strip() else []
    context = {
        "title": "定密提示",
        "text": text,
        "asked": bool(text.strip()),
        "found": found,
        "longest": LONGEST,
        "page_level": max((m.level_of_it for m, _ in found), default=Level.PUBLIC),
        "propose": DETERMINATIONS.url("create", "classification-propose"),
        "home": MATTERS.url("list"),
    }
    return render(request, "classification/suggest.html", context)


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """定密统计 of a year: decided, changed, and marked wrongly, as the self-assessment asks for it."""
    at, person = timezone.now(), person_of(request)
    if not OVERSEERS & posts_held(person, at=at):
        raise Http404
    this = day_of(at).year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and this - 9 <= int(asked) <= this else this
    counted = figures(person.body, since=date(year, 1, 1), until=date(year, 12, 31))
    context = {
        "title": f"{year} 年定密统计",
        "figures": counted,
        "year": year,
        "years": range(this, this - 10, -1),
    }
    return render(request, "classification/statistics.html", context)


@require_GET
def determination_form(request: HttpRequest, pk: int) -> HttpResponse:
    """定密审批表: who proposed, reviewed and decided, to be kept with the thing."""
    at = timezone.now()
    row = DETERMINATIONS.get(request, pk, at=at)
    case = row.case
    reviews = case_page(case, reader=person_of(request), at=at) if case is not None else None
    context = {"row": row, "facts": _facts(row), "reviews": reviews}
    return _sheet(
        request, "classification/determination_form.html", "国家秘密定密审批表", row, context, at=at
    )


@require_GET
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """封面 as a .docx: number, mark as it is drawn everywhere, name and period."""
    at, person = timezone.now(), person_of(request)
    row = DETERMINATIONS.get(request, pk, at=at)
    _taken(person, "cover", row, how="导出", at=at)
    data = cover_docx(
        body=str(row.body),
        number=row.number,
        name=row.called,
        mark_text=row.mark_text,
        struck=row.struck,
    )
    answer = HttpResponse(data, content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="cover-{row.pk}.docx"'
    return answer


@require_GET
def change_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """密级变更、解除通知书: for everybody named, with the copies and both marks."""
    at, person = timezone.now(), person_of(request)
    row = CHANGES.get(request, pk, at=at)
    context = {"row": row, "copies": _copies(row, person, at=at)}
    word = "解密" if not row.mark_after else "密级变更"
    return _sheet(
        request, "classification/change_notice.html", f"国家秘密{word}通知书", row, context, at=at
    )


@require_GET
def change_labels(request: HttpRequest, pk: int) -> HttpResponse:
    """密级标识: one piece for each copy, the old mark struck beside the new one; stuck on by hand."""
    at, person = timezone.now(), person_of(request)
    row = CHANGES.get(request, pk, at=at)
    if "registrar" not in posts_held(person, at=at):
        raise Http404
    labels = [
        (one, segno.make(one.item.code, error="m", micro=False).svg_data_uri(border=0))
        for one in _copies(row, person, at=at)
    ]
    context = {"row": row, "labels": labels}
    return _sheet(request, "classification/mark_labels.html", "密级标识", row, context, at=at)


@require_GET
def fault_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """定密纠正通知书."""
    at = timezone.now()
    row = FAULTS.get(request, pk, at=at)
    return _sheet(
        request, "classification/fault_notice.html", "定密纠正通知书", row, {"row": row}, at=at
    )


def _sheet(
    request: HttpRequest,
    page: str,
    title: str,
    row: Any,
    context: dict[str, Any],
    *,
    at: datetime,
) -> HttpResponse:
    """A sheet of A4; its print is numbered and chained."""
    level = Level(row.label.level)
    register = next(r for r in (DETERMINATIONS, CHANGES, FAULTS) if isinstance(row, r.model))
    shared = {
        "title": title,
        "serial": _taken(person_of(request), _slug(page), row, how="打印", at=at),
        "page_level": level,
        "back": register.url("detail", row.pk),
    }
    return render(request, page, context | shared)


def _slug(page: str) -> str:
    """What the trail calls a sheet: the name of its page."""
    return page.rpartition("/")[2].removesuffix(".html").replace("_", "-")


def _facts(row: Any) -> list[tuple[str, Any]]:
    names = ("carrier", "basis", "likeness", "harm", "risk", "points", "scope", "counted_from")
    return DETERMINATIONS.facts(row, (*names, "expires_on"))


def _copies(row: Change, person: Person, *, at: datetime) -> list[Remarking]:
    found = Remarking.objects.visible_to(person, at=at).filter(change=row)
    return list(found.select_related("item").order_by("item__name", "id"))


def _taken(person: Person, what: str, row: Any, *, how: str, at: datetime) -> str:
    """The serial of what leaves the screen."""
    level = Level(row.label.level)
    return take_out(
        actor=person, register=what, how=how, level=level, count=1, purpose="office", at=at
    )
