"""Pages over papers and their rounds: the eight steps of one paper, and figures of a year."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from shoumi.domains.circulation.selectors.figures import year_figures
from shoumi.domains.circulation.selectors.steps import steps_of
from shoumi.domains.documents.models import Document
from shoumi.platform.access.acting import posts_held
from shoumi.platform.access.reading import record_reading
from shoumi.platform.access.subjects import day_of
from shoumi.platform.ui.context import person_of

WATCHING = frozenset({"registrar", "office_director", "secrecy_office"})


@require_GET
def steps(request: HttpRequest, pk: int) -> HttpResponse:
    """收文八环节 of one paper: who did each and when. Clause: documents.steps."""
    at, person = timezone.now(), person_of(request)
    known = Document.objects.visible_to(person, at=at).select_related("label", "signed_by")
    paper = known.filter(pk=pk).first()
    if paper is None:
        raise Http404
    record_reading(actor=person, how="查看", subject=paper, level=paper.level, at=at)
    context = {
        "title": f"办理环节 {paper}",
        "paper": paper,
        "page_level": paper.level,
        "steps": steps_of(paper, reader=person, at=at),
        "home": reverse("documents"),
        "back": reverse("documents-detail", args=[paper.pk]),
    }
    return render(request, "circulation/steps.html", context)


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """收文质量与用时 of a year: lapses by kind, papers by class, hours by step. Clause: documents.lapse."""
    at, person = timezone.now(), person_of(request)
    if not WATCHING & posts_held(person, at=at):
        raise Http404
    this = day_of(at).year
    offered = {str(year): year for year in range(this, this - 10, -1)}
    year = offered.get(request.GET.get("year", ""), this)
    context = {
        "title": f"{year} 年收文质量与用时",
        "year": year,
        "years": offered.values(),
        "figures": year_figures(year, reader=person, at=at),
    }
    return render(request, "circulation/figures.html", context)
