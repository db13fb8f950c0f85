"""The home page (待办、已办、我发起、本单位逾期), 催办， and the pages of approval cases."""

from collections.abc import Callable
from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from shoumi.desk import search, statistics
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import posts_held
from shoumi.platform.obligations import selectors
from shoumi.platform.obligations.models import DutyQuerySet
from shoumi.platform.obligations.services import remind as remind_service
from shoumi.platform.ui.context import person_of
from shoumi.platform.ui.errors import refused

TABS = {"waiting": "待办", "done": "已办", "raised": "我发起", "late": "本单位逾期"}
LISTS: dict[str, Callable[..., DutyQuerySet]] = {
    "waiting": selectors.mine,
    "done": selectors.done,
    "raised": selectors.raised_by,
    "late": selectors.overdue,
}
WATCHERS = {"registrar", "office_director", "secrecy_office", "deputy_leader", "head"}
SIZES = {20, 50, 100}


def home(request: HttpRequest) -> HttpResponse:
    """One list across all rooms, the nearest due time first."""
    at = timezone.now()
    person = person_of(request)
    tabs = {k: v for k, v in TABS.items() if k != "late" or _watches(request, at=at)}
    tab = request.GET.get("tab", "waiting")
    if tab not in tabs:
        tab = "waiting"
    rows = LISTS[tab](person, at=at)
    context = {
        "title": "我的待办",
        "tab": tab,
        "tabs": tabs,
        "counts": selectors.counts(person, at=at),
        "page": Paginator(rows, _size(request)).get_page(request.GET.get("page")),
        "at": at,
    }
    return render(request, "desk/home.html", context)


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """催办 in written words, from the list of what I raised or what is late."""
    at = timezone.now()
    mine = selectors.raised_by(person_of(request), at=at).filter(pk=pk)
    late = selectors.overdue(person_of(request), at=at).filter(pk=pk)
    duty = mine.first() or (late.first() if _watches(request, at=at) else None)
    if duty is None:
        raise Http404
    try:
        remind_service(
            actor=person_of(request), subject=duty, words=request.POST.get("words", ""), at=at
        )
    except Refusal as refusal:
        return refused(request, refusal)
    return redirect("/?tab=raised" if mine else "/?tab=late")


def find(request: HttpRequest) -> HttpResponse:
    """检索 across the rooms."""
    asked = request.GET.get("q", "")
    groups = search.search(asked, reader=person_of(request), at=timezone.now())
    level = max((row.label.level for g in groups for row in g.rows), default=0)
    context = {"title": "检索", "asked": asked, "groups": groups, "page_level": level}
    return render(request, "desk/search.html", context)


def statistics_page(request: HttpRequest) -> HttpResponse:
    """统计， for those who keep or oversee the registry."""
    at = timezone.now()
    if not _watches(request, at=at):
        raise Http404
    context = {"title": "统计", "figures": statistics.figures(reader=person_of(request), at=at)}
    return render(request, "desk/statistics.html", context)


def _watches(request: HttpRequest, *, at: datetime) -> bool:
    return bool(WATCHERS & posts_held(person_of(request), at=at))


def _size(request: HttpRequest) -> int:
    said = request.GET.get("size", "")
    return int(said) if said.isdigit() and int(said) in SIZES else 20
