"""对账单: of a person, a place, a level or a period; on the page, on paper, as a spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date

from shoumi.domains.handling.selectors import colleagues, keeps, places_of
from shoumi.kernel.levels import Level
from shoumi.platform.access.reading import record_reading
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.selectors import (
    Figure,
    Scope,
    Statement,
    holders_of_person,
    holders_of_place,
    statement,
)
from shoumi.platform.directory.models import Person
from shoumi.platform.registers.ledger import Ledger, workbook
from shoumi.platform.registers.outgoing import XLSX, Purpose
from shoumi.platform.registers.services import take_out
from shoumi.platform.ui.context import Frame, person_of

MOST_ITEMS = 200
MONTHS = 24


@dataclass(frozen=True)
class Asked:
    """What the address asks about, in words and as the scope of a statement."""

    about: str
    scope: Scope
    level: Level
    person: str = ""
    place: str = ""
    month: str = ""
    of_level: str = ""


def page(request: HttpRequest) -> HttpResponse:
    """The statement with its filters; a figure that is clicked shows the carriers behind it."""
    at, person = timezone.now(), person_of(request)
    asked = _asked(request.GET, person, at=at)
    found = statement(reader=person, at=at, scope=asked.scope)
    figure = _clicked(found, request.GET.get("figure", ""))
    rows = _rows(figure) if figure is not None else []
    record_reading(actor=person, how="查看", subject=None, level=asked.level, at=at)
    context = _context(found, asked, person, at=at) | {
        "figure": figure,
        "rows": rows[:MOST_ITEMS],
        "is_more": len(rows) > MOST_ITEMS,
        "people": _people(person, at=at),
        "places": places_of(person) if keeps(person, at=at) else [],
        "levels": list(reversed(Level)),
        "months": list(months(at)),
        "keeps": keeps(person, at=at),
    }
    return render(request, "handling/statement.html", context)


def sheet(request: HttpRequest) -> HttpResponse:
    """The statement in the official layout, to be signed by both sides."""
    at, person = timezone.now(), person_of(request)
    asked = _asked(request.GET, person, at=at)
    found = statement(reader=person, at=at, scope=asked.scope)
    items = _rows(found.closing)
    serial = _taken(request, asked, len(items), how="打印", purpose="reconciliation", at=at)
    context = _context(found, asked, person, at=at) | {"rows": items, "serial": serial}
    return render(request, "handling/statement_sheet.html", context)


def export(request: HttpRequest) -> HttpResponse:
    """The closing balance item by item as .xlsx; at 秘密 and above the purpose is asked first."""
    at, person = timezone.now(), person_of(request)
    asked = _asked(request.GET, person, at=at)
    found = statement(reader=person, at=at, scope=asked.scope)
    items = _rows(found.closing)
    form = Purpose(request.POST if request.method == "POST" else None)
    if asked.level >= Level.CONFIDENTIAL and not form.is_valid():
        context = {"form": form, "count": len(items), "level": asked.level, "title": "对账单"}
        status = 422 if form.is_bound else 200
        return render(request, "handling/statement_export.html", context, status=status)
    purpose = form.cleaned_data["purpose"] if form.is_valid() else "office"
    serial = _taken(request, asked, len(items), how="导出", purpose=purpose, at=at)
    book = Ledger(
        title=f"载体对账单（{asked.about}）",
        body=str(person.body),
        period=_summary(found),
        filler=person.name,
        headings=["载体", "载体编码", "密级", "保管者", "入账日期", "状态"],
        sides=["", "", "centre", "", "centre", "centre"],
        rows=[_line(item) for item in items],
        level=asked.level,
        serial=serial,
        trace=Frame(request).trace,
        signatures=("出具人", "核对人", "负责人"),
    )
    headers = {"Content-Disposition": f'attachment; filename="statement-{serial}.xlsx"'}
    return HttpResponse(workbook(book), content_type=XLSX, headers=headers)


def months(at: datetime) -> Sequence[str]:
    """The last two years of months, this one first."""
    first = timezone.localtime(at).date().replace(day=1)
    found = []
    for _ in range(MONTHS):
        found.append(f"{first:%Y-%m}")
        first = (first - timedelta(days=1)).replace(day=1)
    return found


def _asked(asked: QueryDict, person: Person, *, at: datetime) -> Asked:
    """Whoever keeps no books gets the statement of what they themselves hold."""
    wanted = {key: asked.get(key, "") for key in ("person", "place", "month", "level")}
    if not keeps(person, at=at):
        wanted |= {"person": str(person.pk), "place": ""}
    words: list[str] = []
    given: dict[str, Any] = {}
    whose = next((p for p in _people(person, at=at) if str(p.pk) == wanted["person"]), None)
    where = next((p for p in places_of(person) if str(p.pk) == wanted["place"]), None)
    if whose is not None:
        words.append(whose.name)
        given["holders"] = holders_of_person(whose)
    elif where is not None:
        words.append(where.name)
        given["holders"] = holders_of_place(where)
    if wanted["level"].isdigit() and int(wanted["level"]) in list(Level):
        given["level"] = Level(int(wanted["level"]))
        words.append(given["level"].label)
    if since := parse_date(f"{wanted['month']}-01") if len(wanted["month"]) == 7 else None:
        given |= {"since": _midnight(since), "until": _midnight(_next_month(since))}
        words.append(f"{since.year} 年 {since.month} 月")
    scope = Scope(**given)
    return Asked(
        about="，".join(words) or "本单位全部载体",
        scope=scope,
        level=_level_of(scope, person, at=at),
        person=wanted["person"] if whose else "",
        place=wanted["place"] if where and not whose else "",
        month=wanted["month"] if "since" in given else "",
        of_level=wanted["level"] if "level" in given else "",
    )


def _level_of(scope: Scope, person: Person, *, at: datetime) -> Level:
    """The highest level that the page speaks of."""
    rows = Item.objects.visible_to(person, at=at).filter(label__body=person.body_id)
    if scope.level is not None:
        rows = rows.filter(label__level=scope.level)
    if scope.holders is not None:
        rows = rows.filter(holder__in=scope.holders)
    top = rows.order_by("-label__level").values_list("label__level", flat=True).first()
    return Level(top or 0)


def _people(person: Person, *, at: datetime) -> list[Person]:
    return list(colleagues(person)) if keeps(person, at=at) else [person]


def _clicked(found: Statement, key: str) -> Figure | None:
    figures = (found.opening, *found.incomings, *found.outgoings, found.closing)
    return next((figure for figure in figures if figure.key == key), None)


def _rows(figure: Figure) -> list[Item]:
    near = ("label", "holder__person", "holder__place", "holder__outside")
    return list(figure.items.select_related(*near).order_by("name", "id"))


def _context(found: Statement, asked: Asked, person: Person, *, at: datetime) -> dict[str, Any]:
    return {
        "title": "对账单",
        "asked": asked,
        "opening": found.opening,
        "closing": found.closing,
        "left_side": found.left_side,
        "right_side": found.right_side,
        "balances": found.balances,
        "pairs": list(zip_longest(found.incomings, found.outgoings)),
        "page_level": asked.level,
        "at": at,
        "body": person.body,
    }


def _taken(
    request: HttpRequest, asked: Asked, count: int, *, how: str, purpose: str, at: datetime
) -> str:
    return take_out(
        actor=person_of(request),
        register="statements",
        how=how,
        level=asked.level,
        count=count,
        purpose=purpose,
        at=at,
    )


def _summary(found: Statement) -> str:
    said = [found.opening, *found.incomings, *found.outgoings, found.closing]
    counts = "，".join(f"{one.label} {one.count}" for one in said if one.count)
    return f"{counts or '无收付'}；{'平衡' if found.balances else '不平'}"


def _line(item: Item) -> list[Any]:
    entered = timezone.localtime(item.entered_at).date().isoformat()
    level = Level(item.label.level).label
    return [item.name, item.code, level, str(item.holder), entered, item.get_state_display()]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min)) - timedelta(microseconds=1)


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
