"""Pages that a register cannot say: the chart, what is missing, the duties of posts, and what is printed."""

from datetime import date, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from shoumi.domains.organisation import selectors
from shoumi.domains.organisation.registers import MEETINGS, ORGANS, TENURES, UNDERTAKINGS
from shoumi.domains.organisation.rules.gaps import gaps_of
from shoumi.domains.organisation.selectors.chart import chart_of
from shoumi.domains.organisation.selectors.duties import duty_sheets
from shoumi.domains.organisation.selectors.meetings import departments_unmet, said_at
from shoumi.domains.organisation.services.looking import SURVEY, survey
from shoumi.kernel.levels import Level
from shoumi.platform.access.acting import act, check, posts_held
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.registers.services import take_out
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.ui import menu
from shoumi.platform.ui.context import person_of


def admitted(request: HttpRequest, *, at: datetime) -> Person:
    """Everybody of the body but the three officers and whoever is in an exit period."""
    person = person_of(request)
    sees = TENURES.model.objects.visible_to(person, at=at)  # type: ignore[attr-defined]
    if not menu.STAFF & posts_held(person, at=at) or sees.query.is_empty():
        raise Http404
    return person


@require_GET
def chart(request: HttpRequest) -> HttpResponse:
    """组织机构图."""
    at = timezone.now()
    person = admitted(request, at=at)
    context = {
        "title": "组织机构图",
        "chart": chart_of(person.body, at=at),
        "body": person.body,
        "at": at,
    }
    return render(request, "organisation/chart.html", context)


@require_GET
def wall(request: HttpRequest, paper: str) -> HttpResponse:
    """The same chart for the wall (上墙), on A3 or A4; its print is chained."""
    at = timezone.now()
    person = admitted(request, at=at)
    context = {
        "title": f"{person.body}保密工作组织机构图",
        "chart": chart_of(person.body, at=at),
        "paper": paper,
        "back": "organisation",
        "serial": _taken(request, "organisation-chart", 1, at=at),
        "at": at,
    }
    return render(request, "organisation/wall.html", context)


def gaps(request: HttpRequest) -> HttpResponse:
    """缺岗清单: what is missing, what is not signed, what stands ready; and the look that makes duties of it."""
    at = timezone.now()
    person = admitted(request, at=at)
    refusal = check(person, SURVEY, person.body, at=at)
    if request.method == "POST":
        if refusal:
            with act(person, SURVEY, person.body, at=at):
                raise refusal
        found = survey(actor=person, at=at)
        messages.success(request, f"已核查：缺 {found.missing} 项，已列为待办。")
        return redirect("organisation-gaps")
    day, body = day_of(at), person.body
    world = selectors.world_of(body, on=day)
    changed = selectors.archivists_changed(body, on=day)
    often = figure("organisation.archives", "changes", on=day, body=body)
    context = {
        "title": "缺岗清单",
        "gaps": gaps_of(selectors.structure(), world, on=day),
        "expiring": list(selectors.expiring(body, on=day)),
        "unsigned": selectors.unsigned(body, year=day.year, on=day, world=world),
        "staff": selectors.employments_by_category(body, on=day),
        "used": selectors.in_use(person, at=at),
        "rooms": selectors.places_by_kind(body),
        "archivists": {"changed": changed, "often": changed >= often},
        "unmet": departments_unmet(person, at=at),
        "may_survey": refusal is None,
        "roles": selectors.structure().roles,
    }
    return render(request, "organisation/gaps.html", context)


@require_GET
def duties(request: HttpRequest) -> HttpResponse:
    """岗位职责 with how often each was seen to be done this year."""
    at = timezone.now()
    person = admitted(request, at=at)
    context = {
        "title": "岗位职责",
        "sheets": duty_sheets(person.body, at=at),
        "year": day_of(at).year,
    }
    return render(request, "organisation/duties.html", context)


@require_GET
def duties_wall(request: HttpRequest) -> HttpResponse:
    """岗位职责 as the wall has them: a sheet for each post."""
    at = timezone.now()
    person = admitted(request, at=at)
    sheets = duty_sheets(person.body, at=at)
    context = {
        "title": f"{person.body}岗位职责",
        "sheets": sheets,
        "paper": "A4",
        "back": "organisation-duties",
        "body": person.body,
        "serial": _taken(request, "organisation-duties", len(sheets), at=at),
    }
    return render(request, "organisation/duties_wall.html", context)


@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """年度保密工作计划: line by line how much is planned and done."""
    at = timezone.now()
    person = admitted(request, at=at)
    year = day_of(at).year
    context = {
        "title": f"{year} 年保密工作计划",
        "lines": selectors.plan_of(person.body, year=year, reader=person, at=at),
        "year": year,
    }
    return render(request, "organisation/plan.html", context)


@require_GET
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """名单 of an organ as of a day: the old lists are there too."""
    at, person = timezone.now(), person_of(request)
    organ = ORGANS.get(request, pk, at=at)
    on = _day(request.GET.get("on", ""), day_of(at))
    told = selectors.structure()
    seats = selectors.members_on(organ, on=on)
    context = {
        "title": f"{organ}名单",
        "organ": organ,
        "on": on,
        "seats": [(selectors.title_of(told.roles, seat.role), seat) for seat in seats],
        "lists": selectors.lists_of(organ),
        "kind": told.organs.get(organ.kind),
        "body": person.body,
        "paper": "A4",
        "back_to": ORGANS.url("detail", organ.pk),
        "serial": _taken(request, ORGANS.slug, len(seats), at=at),
    }
    return render(request, "organisation/roster.html", context)


@require_GET
def undertaking(request: HttpRequest, pk: int) -> HttpResponse:
    """责任书 to print: what is promised, the duties of the post, both signatures."""
    at = timezone.now()
    row = UNDERTAKINGS.get(request, pk, at=at)
    told = selectors.structure()
    held = {a.post for a in row.signer.appointments.all() if a.until is None} or {"handler"}
    context = {
        "title": f"{told.undertakings[row.kind].title} {row.number}",
        "row": row,
        "kind": told.undertakings[row.kind],
        "role": told.roles.get(row.role),
        "duties": [duty for post in sorted(held) for duty in told.duties_of(post)],
        "paper": "A4",
        "back_to": UNDERTAKINGS.url("detail", row.pk),
        "serial": _taken(request, UNDERTAKINGS.slug, 1, at=at),
    }
    return render(request, "organisation/undertaking.html", context)


@require_GET
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """会议纪要 to print; its print is chained at the level of the meeting."""
    at, person = timezone.now(), person_of(request)
    meeting = MEETINGS.get(request, pk, at=at)
    context = said_at(meeting, person, at=at) | {
        "title": f"会议纪要 {meeting}",
        "paper": "A4",
        "back_to": MEETINGS.url("detail", meeting.pk),
        "page_level": meeting.level,
        "serial": _taken(request, MEETINGS.slug, 1, at=at, level=meeting.level),
    }
    return render(request, "organisation/minutes.html", context)


def _day(text: str, today: date) -> date:
    """The day an address asks for, or today."""
    try:
        found = parse_date(text)
    except ValueError:
        return today
    return found if found and 1950 <= found.year <= today.year + 1 else today


def _taken(
    request: HttpRequest, register: str, count: int, *, at: datetime, level: Level = Level.INTERNAL
) -> str:
    return take_out(
        actor=person_of(request),
        register=register,
        how="打印",
        level=level,
        count=count,
        purpose="office",
        at=at,
    )
