"""清点: open, scan, close with two signatures, and the report."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from shoumi.domains.handling.forms import CloseCountForm, OpenCountForm
from shoumi.domains.handling.selectors import keeps, places_of, scans_of, stocktakes
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import check, posts_held
from shoumi.platform.access.reading import record_reading
from shoumi.platform.custody.models import Stocktake, StocktakeLine
from shoumi.platform.custody.selectors import difference, places_within, tally
from shoumi.platform.custody.services import (
    close_stocktake,
    open_stocktake,
    reopen_stocktake,
    scan,
    witness_stocktake,
)
from shoumi.platform.custody.services.counting import OPEN
from shoumi.platform.directory.models import Person, Place
from shoumi.platform.ui.context import person_of
from shoumi.platform.ui.forms import refuse

FINDINGS = (
    ("missing", "缺失"),
    ("misplaced", "错位"),
    ("moved", "清点期间已办理"),
    ("found", "相符"),
)
MOST = 500
# Some eight thousand codes pasted or read into one box.
LONGEST_BATCH = 120_000


def index(request: HttpRequest) -> HttpResponse:
    """Every count of the body, and the form that opens the next."""
    at, person = timezone.now(), person_of(request)
    rows = stocktakes(person, at=at)
    if not keeps(person, at=at) and not rows.exists():
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = OpenCountForm(sent, actor=person, at=at)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                opened = open_stocktake(actor=person, at=at, **form.cleaned_data)
            except Refusal as refusal:
                if refusal.status in (403, 404):
                    raise
                status = refusal.status
                refuse(form, refusal)
            else:
                messages.success(request, "清点已开始，应点清单已固定。")
                return redirect("stocktakes-detail", opened.pk)
    context = {
        "title": "清点",
        "rows": rows[:100],
        "form": form,
        "may_open": check(person, OPEN, at=at) is None,
    }
    return render(request, "handling/stocktakes.html", context, status=status)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One count: the scan box while it is open, then the findings and the two signatures."""
    at, person = timezone.now(), person_of(request)
    return _page(request, _found(person, pk, at=at), at=at)


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """One code, or a batch of codes, one a line; what was read before a restart is kept."""
    at, person = timezone.now(), person_of(request)
    stocktake = _found(person, pk, at=at)
    where = _place(request.POST.get("place", ""), person)
    try:
        scan(
            actor=person,
            subject=stocktake,
            codes=request.POST.get("code", "")[:LONGEST_BATCH],
            place=where,
            at=at,
        )
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _page(request, stocktake, at=at, refusal=refusal)
    if where is not None:
        request.session[f"counting:{pk}"] = where.pk
    return redirect("stocktakes-detail", pk)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """清点完毕: the findings are drawn and the witness is named."""
    at, person = timezone.now(), person_of(request)
    stocktake = _found(person, pk, at=at)
    form = CloseCountForm(request.POST, actor=person, subject=stocktake, at=at)
    if not form.is_valid():
        return _page(request, stocktake, at=at, form=form)
    try:
        close_stocktake(actor=person, subject=stocktake, at=at, **form.cleaned_data)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        refuse(form, refusal)
        return _page(request, stocktake, at=at, form=form, refusal=refusal)
    messages.success(request, "清点结论已形成，请监点人本人登录签认。")
    return redirect("stocktakes-detail", pk)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """监点签认, or back to counting."""
    at, person = timezone.now(), person_of(request)
    stocktake = _found(person, pk, at=at)
    again = "_reopen" in request.POST
    service = reopen_stocktake if again else witness_stocktake
    service(actor=person, subject=stocktake, at=at)
    messages.success(
        request, "已恢复清点，原扫描记录保留。" if again else "监点人已签认，清点办结。"
    )
    return redirect("stocktakes-detail", pk)


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """清点报告 to print and sign."""
    at, person = timezone.now(), person_of(request)
    stocktake = _found(person, pk, at=at)
    if stocktake.state == Stocktake.State.OPEN:
        raise Http404
    context = _findings(stocktake, person, at=at)
    record_reading(actor=person, how="打印", subject=stocktake, level=context["page_level"], at=at)
    context |= {"title": "清点报告", "body": person.body, "at": at}
    return render(request, "handling/stocktake_report.html", context)


def _page(
    request: HttpRequest,
    stocktake: Stocktake,
    *,
    at: datetime,
    form: CloseCountForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    person = person_of(request)
    registrar = "registrar" in posts_held(person, at=at)
    context = _findings(stocktake, person, at=at) | {
        "title": f"清点 {described(stocktake)}",
        "refusal": refusal,
        "form": form or CloseCountForm(actor=person, subject=stocktake, at=at),
        "scans": scans_of(stocktake),
        "places": _places_in(stocktake, person),
        "place": request.session.get(f"counting:{stocktake.pk}"),
        "may_scan": registrar and stocktake.state == Stocktake.State.OPEN,
        "may_reopen": registrar and stocktake.state == Stocktake.State.COUNTED,
        "may_sign": stocktake.state == Stocktake.State.COUNTED
        and stocktake.witness_id == person.pk,
        "at": at,
    }
    wrong = refusal is not None or (form is not None and form.errors)
    status = refusal.status if refusal is not None else 422 if wrong else 200
    return render(request, "handling/stocktake.html", context, status=status)


def _findings(stocktake: Stocktake, person: Person, *, at: datetime) -> dict[str, Any]:
    """What the count says, as far as this reader may know."""
    found = tally(stocktake, reader=person, at=at)
    counts = found.counts
    is_open = stocktake.state == Stocktake.State.OPEN
    lines = found.lines.select_related(
        "expected__person", "expected__place", "item__holder__person", "item__holder__place"
    ).order_by("item__name", "id")
    groups: list[tuple[str, str, list[StocktakeLine]]] = []
    if is_open:
        pending = lines.filter(expected__isnull=False, scans=0)
        groups.append(("pending", "尚未点到", list(pending[:MOST])))
    else:
        for key, label in FINDINGS[:3]:
            groups.append((key, label, list(lines.filter(finding=key)[:MOST])))
    groups.append(("twice", "重复扫描", list(lines.filter(scans__gt=1)[:MOST])))
    groups.append(("over_limit", "超密级存放", list(lines.filter(over_limit=1)[:MOST])))
    top = lines.order_by("-label__level").values_list("label__level", flat=True).first()
    compared = not is_open and stocktake.previous_id is not None
    changed = difference(stocktake, reader=person, at=at) if compared else None
    return {
        "stocktake": stocktake,
        "described": described(stocktake),
        "counts": counts,
        "left": counts["expected"] - counts["counted"],
        "most": MOST,
        "groups": [(key, label, rows) for key, label, rows in groups if rows],
        "unknown": list(found.unknown.select_related("place", "by")[:MOST]),
        "changed": _changes(changed) if changed is not None else [],
        "page_level": Level(top or 0),
    }


def _changes(changed: Any) -> list[tuple[str, int]]:
    return [
        ("新增缺失", changed.newly_missing.count()),
        ("本次找回", changed.found_again.count()),
        ("新增载体", changed.joined.count()),
        ("减少载体", changed.left.count()),
    ]


def described(stocktake: Stocktake) -> str:
    """What is counted: a place, a person's things, or every place."""
    return str(stocktake.holder) if stocktake.holder is not None else "全部场所"


def _found(person: Person, pk: int, *, at: datetime) -> Stocktake:
    found = stocktakes(person, at=at).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _place(key: str, person: Person) -> Place | None:
    return places_of(person).filter(pk=int(key)).first() if key.isdigit() else None


def _places_in(stocktake: Stocktake, person: Person) -> list[Place]:
    """Where codes may be read: in the counted place and all that stands in it."""
    if stocktake.holder is None:
        return list(places_of(person))
    counted = stocktake.holder.place
    return places_within(counted) if counted is not None else []
