"""Pages that a register cannot say: 我的保密档案, 到期和未签, 分类管理措施, the checklist of a leaving."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from shoumi.domains.handling.selectors import holdings
from shoumi.domains.personnel import selectors
from shoumi.domains.personnel.models import Departure, Dossier, Pledge
from shoumi.domains.personnel.registers import DEPARTURES, DOSSIERS
from shoumi.domains.personnel.rules.words import Pledged
from shoumi.domains.personnel.services.clearing import standing_of
from shoumi.domains.personnel.services.filing import READING_POSTS
from shoumi.domains.personnel.services.pledging import terms
from shoumi.kernel.levels import Level, PersonnelClass
from shoumi.platform.access.acting import posts_held
from shoumi.platform.access.subjects import day_of
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.ui import menu
from shoumi.platform.ui.context import person_of

MINE = Control("personnel.mine", kind="display", label="我的保密档案")
# What the person does on the own page; everything else is the keepers'.
OWN_VERBS = ("personnel.pledge", "personnel.change", "personnel.travel", "personnel.leave")


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """我的保密档案: my class and its days, what I have signed, what I hold, and what I may ask for."""
    at, person = timezone.now(), person_of(request)
    if not menu.STAFF & posts_held(person, at=at):
        raise Http404
    today = day_of(at)
    dossier = Dossier.objects.visible_to(person, at=at).filter(person=person)
    own = dossier.select_related("person__department", "post", "body", "label").order_by("-id")
    row = own.filter(state__in=Dossier.ALIVE).first() or own.first()
    record = selectors.clearance_of(person)
    valid = bool(record and record.is_valid(today))
    context = {
        "title": "我的保密档案",
        "dossier": row,
        "record": record,
        "class_label": PersonnelClass(record.personnel_class).label if record else "",
        "valid": valid,
        "exit": record.exit_until if record and record.is_exit_period(today) else None,
        "missing": standing_of(row, at=at).missing(on=today) if row and not valid else [],
        "held": len(holdings(person, at=at)),
        "page_level": Level.INTERNAL if row else Level.PUBLIC,
        "signed": [],
        "children": [],
        "verbs": [],
    }
    if row is not None:
        context |= {
            "address": DOSSIERS.url("detail", row.pk),
            "verbs": [
                verb
                for verb in DOSSIERS.verbs
                if verb.action.key in OWN_VERBS and verb.is_offered(person, row, at=at)
            ],
            "signed": [
                (
                    word.label,
                    terms(word.value, on=today, body=row.body),
                    _standing(row, word, at=at),
                )
                for word in (Pledged.ENTRY, Pledged.RESPONSIBILITY)
            ],
            "leaving": Departure.open_of(row.pk),
        }
    return render(request, "personnel/mine.html", context)


@require_GET
def lapsing(request: HttpRequest) -> HttpResponse:
    """到期和未签: what lapses soon, who has not signed, who is not back, which department has nobody."""
    at, person = timezone.now(), person_of(request)
    if not set(READING_POSTS) & posts_held(person, at=at):
        raise Http404
    wanted, missing = selectors.unsigned(person, at=at)
    context = {
        "title": "到期和未签",
        "rows": list(selectors.lapsing(person, at=at)[:200]),
        "wanted": wanted,
        "signed": wanted - len(missing),
        "rate": f"{(wanted - len(missing)) * 100 // wanted}%" if wanted else "无",
        "missing": missing[:200],
        "away": selectors.overdue_absences(person, at=at),
        "bare": selectors.bare_departments(person, at=at),
        "today": day_of(at),
        "page_level": Level.INTERNAL,
    }
    return render(request, "personnel/lapsing.html", context)


@require_GET
def measures(request: HttpRequest) -> HttpResponse:
    """分类管理措施: the figures of the three classes side by side, each with its clause."""
    at, person = timezone.now(), person_of(request)
    if not menu.STAFF & posts_held(person, at=at):
        raise Http404
    keeps = set(READING_POSTS) & posts_held(person, at=at)
    context = {
        "title": "分类管理措施",
        "lines": selectors.measures(on=day_of(at), body=person.body),
        "aspects": selectors.aspects(person, at=at) if keeps else [],
    }
    return render(request, "personnel/measures.html", context)


@require_GET
def departure(request: HttpRequest, pk: int) -> HttpResponse:
    """离岗清单: the checklist on paper, as the ledgers tick it."""
    at, person = timezone.now(), person_of(request)
    row = DEPARTURES.get(request, pk, at=at)
    context = {
        "title": f"离岗清单 {row}",
        "row": row,
        "steps": selectors.checklist(row, reader=person, at=at),
        "exposure": selectors.exposure_words(row.dossier, on=day_of(at)),
        "page_level": row.level,
        "back": DEPARTURES.url("detail", row.pk),
    }
    return render(request, "personnel/checklist.html", context)


def _standing(row: Dossier, word: Pledged, *, at: datetime) -> Pledge | None:
    return Pledge.standing(row.pk, word.value, on=day_of(at))
