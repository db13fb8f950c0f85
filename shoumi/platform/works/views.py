"""The page of a work under way: it comes again by itself until there is something to show."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from shoumi.platform.ui.context import person_of
from shoumi.platform.works.results import fetch
from shoumi.platform.works.under_way import State, find

WORDS = {State.RUNNING: "正在办理", State.DONE: "已办完", State.REFUSED: "未办成", State.BROKEN: "已中断"}  # fmt: skip
TONES = {State.RUNNING: "soon", State.DONE: "done", State.REFUSED: "bad", State.BROKEN: "bad"}


@require_GET
def result(request: HttpRequest, key: str) -> HttpResponse:
    """The file that a work made."""
    found = find(key, person=person_of(request).pk)
    if found is None or not found.file:
        raise Http404
    made = fetch(found)
    headers = {"Content-Disposition": content_disposition_header(True, made.name) or ""}
    return HttpResponse(made.content, content_type=made.media, headers=headers)


@require_GET
def work(request: HttpRequest, key: str) -> HttpResponse:
    """How far it is; when it is done, on to its result."""
    found = find(key, person=person_of(request).pk)
    if found is None:
        raise Http404
    if found.target:
        return redirect(found.target)
    context = {
        "title": found.title,
        "work": found,
        "word": WORDS[found.state],
        "tone": TONES[found.state],
        "seconds": int((timezone.now() - found.begun).total_seconds()),
    }
    template = "works/panel.html" if "HX-Request" in request.headers else "works/work.html"
    return render(request, template, context)
