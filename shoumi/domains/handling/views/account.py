"""The account of the registry (机要室账目), and finding a carrier by its label."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from shoumi.domains.handling.registers import DESTRUCTIONS, ITEMS
from shoumi.domains.handling.selectors import account, keeps, on_shelf
from shoumi.domains.handling.selectors.stages import (
    broken_stages,
    catalogue,
    ready_to_destroy,
    without_keeper,
)
from shoumi.domains.handling.verbs import PROPOSE
from shoumi.kernel import labelcode
from shoumi.kernel.levels import Level
from shoumi.platform.access.acting import check
from shoumi.platform.ui.context import person_of

MOST = 500
NOT_FOUND = "未登记或者无权查看"


def registry(request: HttpRequest) -> HttpResponse:
    """Who and which place holds how many at each level; every number opens its rows."""
    at, person = timezone.now(), person_of(request)
    if not keeps(person, at=at):
        raise Http404
    places, people = account(person, at=at)
    levels = [level for level in reversed(Level) if any(level in r.counts for r in places + people)]
    kinds = catalogue(person, at=at)
    context = {
        "title": "机要室账目",
        "places": [
            (row, [(level, row.counts.get(level, 0)) for level in levels]) for row in places
        ],
        "people": [
            (row, [(level, row.counts.get(level, 0)) for level in levels]) for row in people
        ],
        "levels": levels,
        "kinds": [
            (kind, label, [(level, counts.get(level, 0)) for level in levels], sum(counts.values()))
            for kind, label, counts in kinds
        ],
        "keeperless": without_keeper(places),
        "broken": sum(len(items) for _, items in broken_stages(person, at=at)),
        "ready": ready_to_destroy(person, at=at).count(),
        "total": sum(row.total for row in places + people),
        "in_places": sum(row.total for row in places),
        "with_people": sum(row.total for row in people),
        "free": on_shelf(person, at=at).count(),
        "items": ITEMS.url("list"),
        "at": at,
    }
    return render(request, "handling/registry.html", context)


def stages(request: HttpRequest) -> HttpResponse:
    """三环节报缺: what was passed on, called in or kept without the next stage."""
    at, person = timezone.now(), person_of(request)
    if not keeps(person, at=at):
        raise Http404
    groups = [(gap, items) for gap, items in broken_stages(person, at=at) if items]
    top = max((item.level for _, items in groups for item in items), default=Level.PUBLIC)
    context = {"title": "传递、回收、销毁三环节报缺", "groups": groups, "page_level": top, "at": at}
    return render(request, "handling/stages.html", context)


def ready(request: HttpRequest) -> HttpResponse:
    """待销毁清单: what has run out or was called in, and the way to propose it."""
    at, person = timezone.now(), person_of(request)
    if not keeps(person, at=at):
        raise Http404
    rows = list(ready_to_destroy(person, at=at).order_by("name", "id")[: MOST + 1])
    context = {
        "title": "待销毁清单",
        "rows": rows[:MOST],
        "is_more": len(rows) > MOST,
        "propose": f"{DESTRUCTIONS.url('list')}new/{PROPOSE.slug}/?ready=1",
        "may_propose": check(person, PROPOSE.action, at=at) is None,
        "page_level": max((item.level for item in rows), default=Level.PUBLIC),
        "at": at,
    }
    return render(request, "handling/ready.html", context)


def lookup(request: HttpRequest) -> HttpResponse:
    """扫码查询: a label leads to its carrier; hidden and unknown get the very same answer."""
    at, typed = timezone.now(), request.GET.get("code", "")[:120]
    code = labelcode.normalise(typed)
    item = None
    if code:
        item = ITEMS.visible(request.user, at=at).filter(code=_whole(code)).first()
    if item is not None:
        return redirect(ITEMS.url("detail", item.pk))
    context = {"title": "扫码查询", "code": code, "said": NOT_FOUND if code else ""}
    return render(request, "handling/lookup.html", context)


def _whole(code: str) -> str:
    """The code with its dashes, which some scanners drop."""
    plain = code.replace("-", "")
    head, body, sign = plain[:3], plain[3:-1], plain[-1:]
    return f"{head}-{body}-{sign}"
