"""载体标签: sheets of thirty or one label a page, for any carriers; code, check sign and QR, no title, no level."""

from datetime import datetime
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shoumi.domains.handling.registers import ITEMS
from shoumi.domains.handling.selectors import in_account
from shoumi.kernel.levels import Level
from shoumi.platform.access.acting import posts_held
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Person
from shoumi.platform.registers.services import take_out
from shoumi.platform.ui.context import person_of

A_SHEET = 30
MOST = 300
FORMS = {"sheet": ("A4 标签纸，每页 30 枚", A_SHEET), "roll": ("标签机，一页一枚", 1)}


def choose(request: HttpRequest) -> HttpResponse:
    """Which carriers get a label, and on what it is printed."""
    at, person = timezone.now(), _registrar(request)
    words, sort = request.GET.get("q", "").split()[:5], request.GET.get("kind", "")
    rows = in_account(person, at=at)
    if sort in Item.Kind.values:
        rows = rows.filter(kind=sort)
    for word in words:
        rows = rows.filter(name__icontains=word)
    found = list(rows.order_by("-id")[: MOST + 1])
    context = {
        "title": "打印载体标签",
        "rows": found[:MOST],
        "is_more": len(found) > MOST,
        "all": bool(request.GET.get("all")),
        "kinds": Item.Kind.choices,
        "kind": sort,
        "q": request.GET.get("q", ""),
        "forms": [(key, label) for key, (label, _) in FORMS.items()],
        "home": ITEMS.url("list"),
        "page_level": max((item.level for item in found), default=Level.PUBLIC),
    }
    return render(request, "handling/labels.html", context)


def sheet(request: HttpRequest) -> HttpResponse:
    """The labels themselves; each printing is numbered and chained."""
    at, person = timezone.now(), _registrar(request)
    form = request.GET.get("form", "")
    keys = [int(key) for key in request.GET.getlist("items") if key.isdigit()][:MOST]
    items = list(in_account(person, at=at).filter(pk__in=keys).order_by("name", "id"))
    if form not in FORMS or not items:
        raise Http404
    a_page = FORMS[form][1]
    labels = [(item, _picture(item)) for item in items]
    context = {
        "title": "载体标签",
        "form": form,
        "said": FORMS[form][0],
        "pages": [labels[n : n + a_page] for n in range(0, len(labels), a_page)],
        "serial": _taken(person, items, at=at),
    }
    return render(request, "handling/label_sheet.html", context)


def _registrar(request: HttpRequest) -> Person:
    person = person_of(request)
    if "registrar" not in posts_held(person, at=timezone.now()):
        raise Http404
    return person


def _picture(item: Item) -> Any:
    return segno.make(item.code, error="m", micro=False).svg_data_uri(border=0)


def _taken(person: Person, items: list[Item], *, at: datetime) -> str:
    return take_out(
        actor=person,
        register="labels",
        how="打印",
        level=max(item.level for item in items),
        count=len(items),
        purpose="office",
        at=at,
    )
