"""Drawing up a list (造册): tick the pieces in a filtered table, fill in the rest, submit once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from shoumi.domains.handling import registers, verbs
from shoumi.domains.handling.selectors import (
    finished_on_shelf,
    held_by_person,
    holders_among,
    in_account,
    keeps,
    on_shelf,
)
from shoumi.domains.handling.selectors.stages import ready_to_destroy
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import act, check, posts_held
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Person
from shoumi.platform.registers.register import Register
from shoumi.platform.registers.verb import Verb
from shoumi.platform.ui.context import person_of
from shoumi.platform.ui.forms import extra_names, refuse

MOST = 200
PAGE_NAMES = ("items", "q", "level", "holder", "giver", "all", "ready")


@dataclass(frozen=True)
class Drawing:
    """One kind of list: which verb, over which pieces, into which book."""

    verb: Verb
    register: Register
    pieces: Callable[..., QuerySet[Item]]
    by_giver: bool = False


DRAWINGS = {
    "carry": Drawing(verbs.CARRY, registers.CARRYINGS, on_shelf),
    "handover": Drawing(verbs.HAND_OVER, registers.SUCCESSIONS, held_by_person, by_giver=True),
    "recall": Drawing(verbs.RECALL, registers.RECALLS, in_account),
    "archive": Drawing(verbs.ARCHIVE, registers.ARCHIVINGS, finished_on_shelf),
    "destroy": Drawing(verbs.PROPOSE, registers.DESTRUCTIONS, on_shelf),
}


def draw(request: HttpRequest, kind: str) -> HttpResponse:
    """The page of one kind of list; what was ticked and typed comes back with a refusal."""
    at, person = timezone.now(), person_of(request)
    drawing = DRAWINGS[kind]
    action = drawing.verb.action
    sent = request.POST if request.method == "POST" else None
    form = drawing.verb.build(request, None, at=at, initial=None)
    refusal = check(person, action, at=at)
    if not refusal and sent is not None and extra_names(form, _own(sent)):
        refusal = Denied("提交的内容与表单不符，没有办理", clause="access.conduct")
    if refusal:
        with act(person, action, at=at):  # so that the attempt is chained
            raise refusal
    asked = sent if sent is not None else request.GET
    context = _table(drawing, asked, person, at=at)
    if sent is not None:
        done = _act(request, drawing, form, context["ticked"], at=at)
        if isinstance(done, HttpResponse):
            return done
        context["status"] = done
    context |= {
        "title": action.label,
        "form": form,
        "register": drawing.register,
        "home": drawing.register.url("list"),
    }
    return render(request, "handling/draw.html", context, status=context["status"])


def _act(
    request: HttpRequest, drawing: Drawing, form: Form, ticked: set[int], *, at: datetime
) -> HttpResponse | int:
    """The list's own page once it is made, else the status of the page that says what is wrong."""
    if not form.is_valid():
        return 422
    person = person_of(request)
    chosen = in_account(person, at=at).filter(pk__in=ticked).order_by("name", "id")
    try:
        made = drawing.verb.service(actor=person, at=at, items=list(chosen), **form.cleaned_data)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        refuse(form, refusal)
        return refusal.status
    messages.success(
        request, f"已办理：{drawing.verb.action.label} {made.number}。{drawing.verb.next}"
    )
    return redirect(drawing.register.url("detail", made.pk))


def _table(drawing: Drawing, asked: QueryDict, person: Person, *, at: datetime) -> dict[str, Any]:
    """The pieces that the filters leave, those ticked before first."""
    ticked = {int(key) for key in asked.getlist("items") if key.isdigit()}
    givers, giver = _givers(drawing, asked, person, at=at)
    whose = (giver,) if drawing.by_giver else ()
    rows = drawing.pieces(person, *whose, at=at)
    levels = [level for level in Level if level != Level.PUBLIC]
    level, words = asked.get("level", ""), asked.get("q", "").split()[:5]
    if level.isdigit():
        rows = rows.filter(label__level=int(level))
    if asked.get("ready"):
        rows = rows.filter(pk__in=ready_to_destroy(person, at=at).values("pk"))
    for word in words:
        rows = rows.filter(name__icontains=word)
    found = list(rows.order_by("name", "id")[: MOST + 1])
    shown = found[:MOST]
    if asked.get("all"):
        ticked |= {item.pk for item in shown}
    return {
        "rows": [(item, item.pk in ticked) for item in shown],
        "is_more": len(found) > MOST,
        "most": MOST,
        "ticked": ticked,
        "levels": levels,
        "level": level,
        "q": asked.get("q", ""),
        "ready": asked.get("ready", ""),
        "givers": givers,
        "giver": giver,
        "page_level": max((item.level for item in shown), default=Level.PUBLIC),
        "status": 200,
    }


def _givers(
    drawing: Drawing, asked: QueryDict, person: Person, *, at: datetime
) -> tuple[list[Person], Person | None]:
    """For whom one may hand over: oneself, and for the registrar everybody who holds something."""
    if not drawing.by_giver:
        return [], None
    if "registrar" not in posts_held(person, at=at) or not keeps(person, at=at):
        return [], person
    people = list(holders_among(person, at=at))
    wanted = asked.get("giver", "")
    return people, next((one for one in people if str(one.pk) == wanted), None)


def _own(sent: QueryDict) -> list[str]:
    """What the form itself was sent, without the table's own names."""
    return [name for name in sent if name not in PAGE_NAMES]
