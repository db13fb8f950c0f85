"""The pages of the room that are no book: the door, the look into a room, the board, the cross-checks."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from shoumi.domains.facilities.forms import CheckForm, EnterForm
from shoumi.domains.facilities.models import Passage, Site
from shoumi.domains.facilities.registers import PASSAGES, SITES, VISITS
from shoumi.domains.facilities.rules.checks import ROUNDS
from shoumi.domains.facilities.selectors import (
    badge_holder,
    board,
    hits_of,
    inside,
    items_of,
    label_holder,
    rounds_at,
    sites_of,
    visits_at,
)
from shoumi.domains.facilities.services.checking import check
from shoumi.domains.facilities.services.passing import enter
from shoumi.domains.facilities.verbs import LEAVE
from shoumi.kernel import labelcode
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import check as may_act
from shoumi.platform.access.acting import posts_held
from shoumi.platform.access.reading import record_reading
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.crosschecks import RUN, run
from shoumi.platform.ui.charts import Bar
from shoumi.platform.ui.context import person_of
from shoumi.platform.ui.forms import refuse

OVERSEERS = frozenset({"registrar", "office_director", "secrecy_office", "deputy_leader", "head"})
UNKNOWN = "未登记或者无权查看"


@require_safe
def doors(request: HttpRequest) -> HttpResponse:
    """门口登记: the rooms whose door this person may keep."""
    at, person = timezone.now(), person_of(request)
    context = {"title": "门口登记", "sites": sites_of(person, at=at)}
    return render(request, "facilities/doors.html", context)


@require_safe
def door(request: HttpRequest, pk: int) -> HttpResponse:
    """One door: scan a badge to let somebody in or out, a label to see something out."""
    at = timezone.now()
    site = _site(request, pk, at=at)
    code = labelcode.normalise(request.GET.get("code", "")[:120])
    person, passage, said = _scanned(request, site, code, at=at)
    if passage is not None:
        carried = "" if person is not None else f"?codes={code}"
        return redirect(PASSAGES.url("do", passage.pk, LEAVE.slug) + carried)
    chosen = {"person": person.pk} if person is not None else None
    form = EnterForm(initial=chosen, actor=person_of(request), subject=site, at=at)
    return _door(request, site, form, at=at, code=code, said=said, scanned=person)


@require_POST
def let_in(request: HttpRequest, pk: int) -> HttpResponse:
    """登记进入."""
    at, actor = timezone.now(), person_of(request)
    site = _site(request, pk, at=at)
    form = EnterForm(request.POST, actor=actor, subject=site, at=at)
    if not form.is_valid():
        return _door(request, site, form, at=at, status=422)
    try:
        enter(actor=actor, subject=site, at=at, **form.cleaned_data)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        refuse(form, refusal)
        return _door(request, site, form, at=at, status=refusal.status)
    messages.success(request, f"已登记进入：{form.cleaned_data['person'].name}。")
    return redirect("facilities-door", pk)


def look(request: HttpRequest, pk: int, round_key: str) -> HttpResponse:
    """登记场所检查: big ticks, item by item."""
    at, actor = timezone.now(), person_of(request)
    site = _site(request, pk, at=at)
    chosen = ROUNDS.get(round_key)
    if chosen is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = CheckForm(sent, actor=actor, subject=site, at=at).offer(items_of(chosen, site, at=at))
    status = 200
    if sent is not None:
        status = 422
        if form.is_valid():
            try:
                made = check(actor=actor, subject=site, at=at, kind=round_key, **form.cleaned_data)
            except Refusal as refusal:
                if refusal.status in (403, 404):
                    raise
                status = refusal.status
                refuse(form, refusal)
            else:
                left = "，未落实项已转整改" if made.missing else ""
                messages.success(request, f"已登记：{chosen.label}{left}。")
                return redirect("facilities-door", pk)
    context = {"title": chosen.label, "site": site, "look": chosen, "form": form}
    return render(request, "facilities/look.html", context, status=status)


@require_safe
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """标志牌 of a guarded room, to print and hang up. Clause: facilities.mark."""
    at = timezone.now()
    site = _site(request, pk, at=at)
    context = {"title": "保密区域标志牌", "site": site, "secrecy": Level(site.secrecy)}
    return render(request, "facilities/sign.html", context)


@require_safe
def visit_form(request: HttpRequest, pk: int) -> HttpResponse:
    """来访登记表, to print and sign. Clause: facilities.visit."""
    at = timezone.now()
    visit = VISITS.get(request, pk, at=at)
    record_reading(
        actor=person_of(request), how="打印", subject=visit, level=VISITS.level_of(visit), at=at
    )
    facts = [pair for _, fields in VISITS.sections for pair in VISITS.facts(visit, fields)]
    context = {"title": "来访登记表", "visit": visit, "facts": facts, "body": visit.body}
    return render(request, "facilities/visit_form.html", context | {"at": at})


@require_safe
def work_board(request: HttpRequest) -> HttpResponse:
    """机要室工作看板: three sorts of daily work. Clause: facilities.board."""
    at, person = timezone.now(), person_of(request)
    _oversees(person, at=at)
    context = {"title": "机要室工作看板", "sorts": board(person, at=at), "at": at}
    return render(request, "facilities/board.html", context)


@require_safe
def crosschecks(request: HttpRequest) -> HttpResponse:
    """账账核对: every rule, its open hits as far as the reader may know, and whose they are."""
    at, person = timezone.now(), person_of(request)
    _oversees(person, at=at)
    hits = hits_of(person, at=at)
    context = {
        "title": "账账核对",
        "hits": hits,
        "total": sum(one.count for one in hits),
        "late": sum(duty.is_overdue(at) for one in hits for duty in one.duties),
        "bars": [Bar(one.rule.title, one.count, f"#{one.rule.key}") for one in hits if one.count],
        "may_run": may_act(person, RUN, at=at) is None,
        "at": at,
    }
    return render(request, "facilities/crosschecks.html", context)


@require_POST
def run_crosschecks(request: HttpRequest) -> HttpResponse:
    """核对全账: of the actor's body, now."""
    at, actor = timezone.now(), person_of(request)
    _oversees(actor, at=at)
    found = run(actor=actor, at=at, body=actor.body)
    fresh, cured = sum(one.fresh for one in found), sum(one.cured for one in found)
    messages.success(request, f"核对完毕：新发现 {fresh} 处，已改正 {cured} 处。")
    return redirect("facilities-crosschecks")


def _site(request: HttpRequest, pk: int, *, at: datetime) -> Site:
    found = sites_of(person_of(request), at=at).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _oversees(person: Person, *, at: datetime) -> None:
    if not OVERSEERS & posts_held(person, at=at):
        raise Http404


def _scanned(
    request: HttpRequest, site: Site, code: str, *, at: datetime
) -> tuple[Person | None, Passage | None, str]:
    """Whose badge it is, or who carries the thing with this label; and whether they are inside."""
    if not code:
        return None, None, ""
    actor = person_of(request)
    person = badge_holder(code, actor)
    bearer = person or label_holder(code, actor, at=at)
    within = inside(site, actor, at=at).filter(person=bearer).first() if bearer else None
    return person, within, "" if person or within else UNKNOWN


def _door(
    request: HttpRequest,
    site: Site,
    form: EnterForm,
    *,
    at: datetime,
    status: int = 200,
    **scan: Any,
) -> HttpResponse:
    person = person_of(request)
    context = {
        "title": site.place.name,
        "site": site,
        "secrecy": Level(site.secrecy),
        "form": form,
        "inside": inside(site, person, at=at),
        "visits": visits_at(site, person, at=at),
        "rounds": rounds_at(site, person, at=at),
        "leave": LEAVE.slug,
        "book": SITES.url("detail", site.pk),
        "at": at,
    }
    return render(request, "facilities/door.html", context | scan, status=status)
