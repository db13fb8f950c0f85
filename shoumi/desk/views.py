"""The home page (待办、已办、我发起、本单位逾期), 催办， and the pages of approval cases."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from shoumi.desk import search, statistics
from shoumi.desk.forms import EvidenceForm, NoticeForm
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import posts_held
from shoumi.platform.obligations import selectors
from shoumi.platform.obligations.models import CalendarYear, Duty, DutyQuerySet
from shoumi.platform.obligations.recurring import definitions
from shoumi.platform.obligations.services import import_calendar, report
from shoumi.platform.obligations.services import remind as remind_service
from shoumi.platform.rulebook.posts import label_of
from shoumi.platform.ui.context import person_of
from shoumi.platform.ui.errors import refused
from shoumi.platform.ui.forms import refuse

TABS = {"waiting": "待办", "done": "已办", "raised": "我发起", "late": "本单位逾期"}
LISTS: dict[str, Callable[..., DutyQuerySet]] = {
    "waiting": selectors.mine,
    "done": selectors.done,
    "raised": selectors.raised_by,
    "late": selectors.overdue,
}
WATCHERS = {"registrar", "office_director", "secrecy_office", "deputy_leader", "head"}
SIZES = {20, 50, 100}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One list across all rooms, the nearest due time first."""
    at = timezone.now()
    person = person_of(request)
    tabs = {k: v for k, v in TABS.items() if k != "late" or _watches(request, at=at)}
    tab = request.GET.get("tab", "waiting")
    if tab not in tabs:
        tab = "waiting"
    rows = LISTS[tab](person, at=at)
    page = Paginator(rows, _size(request)).get_page(request.GET.get("page"))
    context = {
        "title": "我的待办",
        "tab": tab,
        "tabs": tabs,
        "counts": selectors.counts(person, at=at),
        "page": page,
        "duties": [(duty, _address(duty), _owner(duty)) for duty in page],
        "page_level": max((d.label.level for d in page if d.label), default=0),
        "at": at,
    }
    return render(request, "desk/home.html", context)


def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """One duty: what, under which clause, by when, urged how often; and its proof where one writes it."""
    at, person = timezone.now(), person_of(request)
    seen = (selectors.mine, selectors.done, selectors.raised_by)
    found = next((row for rows in seen for row in rows(person, at=at).filter(pk=pk)[:1]), None)
    if found is None:
        raise Http404
    form = EvidenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report(actor=person, subject=found, evidence=form.cleaned_data["evidence"], at=at)
        except Refusal as refusal:
            if refusal.status in (403, 404):
                raise
            refuse(form, refusal)
        else:
            return redirect("/?tab=done")
    context = {
        "title": "职责",
        "duty": found,
        "owner": _owner(found),
        "form": form if _by_hand(found) else None,
        "reminders": selectors.reminders_of(found),
        "crumbs": [("我的待办", "/"), ("职责", "")],
    }
    return render(request, "desk/duty.html", context, status=422 if form.errors else 200)


def calendar(request: HttpRequest) -> HttpResponse:
    """放假安排: the years in force, and the notice of a further one (系统管理员)."""
    at, person = timezone.now(), person_of(request)
    if "sysadmin" not in posts_held(person, at=at):
        raise Http404
    form = NoticeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            year = import_calendar(actor=person, text=form.text(), at=at)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"已录入 {year.year} 年放假安排，暂按推算的期限已重新计算。")
            return redirect("desk:calendar")
    years = CalendarYear.objects.filter(replaced_at=None).select_related("imported_by")
    context = {"title": "放假安排", "form": form, "years": years.order_by("-year")}
    return render(request, "desk/calendar.html", context, status=422 if form.errors else 200)


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """催办 in written words, from the list of what I raised or what is late."""
    at = timezone.now()
    mine = selectors.raised_by(person_of(request), at=at).filter(pk=pk)
    late = selectors.overdue(person_of(request), at=at).filter(pk=pk)
    row = mine.first() or (late.first() if _watches(request, at=at) else None)
    if row is None:
        raise Http404
    try:
        remind_service(
            actor=person_of(request), subject=row, words=request.POST.get("words", ""), at=at
        )
    except Refusal as refusal:
        return refused(request, refusal)
    return redirect("/?tab=raised" if mine else "/?tab=late")


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """检索 across the rooms."""
    asked = request.GET.get("q", "")
    groups = search.search(asked, reader=person_of(request), at=timezone.now())
    level = max((row.label.level for g in groups for row in g.rows), default=0)
    context = {"title": "检索", "asked": asked, "groups": groups, "page_level": level}
    return render(request, "desk/search.html", context)


@require_safe
def statistics_page(request: HttpRequest) -> HttpResponse:
    """统计， for those who keep or oversee the registry."""
    at = timezone.now()
    if not _watches(request, at=at):
        raise Http404
    context = {"title": "统计", "figures": statistics.figures(reader=person_of(request), at=at)}
    return render(request, "desk/statistics.html", context)


def _address(duty: Duty) -> str:
    """Where the duty is done; one without a page of its own opens as a duty."""
    try:
        args = [] if duty.url_pk is None else [duty.url_pk]
        return reverse(duty.url_name, args=args) if duty.url_name else ""
    except NoReverseMatch:
        return ""


def _owner(duty: Duty) -> str:
    """The person, or the post of whoever holds it."""
    return duty.person.name if duty.person else label_of(duty.post)


def _by_hand(duty: Duty) -> bool:
    definition = definitions().get(duty.kind)
    return definition is not None and definition.by_hand and duty.state == Duty.State.OPEN


def _watches(request: HttpRequest, *, at: datetime) -> bool:
    return bool(WATCHERS & posts_held(person_of(request), at=at))


def _size(request: HttpRequest) -> int:
    said = request.GET.get("size", "")
    return int(said) if said.isdigit() and int(said) in SIZES else 20
