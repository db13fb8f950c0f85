"""The rulebook to read (规章): each clause, its figure in force, its control, and live evidence."""

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shoumi.platform.access.subjects import day_of
from shoumi.platform.rulebook import selectors
from shoumi.platform.rulebook.source import rulebook
from shoumi.platform.trail.models import Entry
from shoumi.platform.ui.context import person_of


@require_safe
def regulations(request: HttpRequest) -> HttpResponse:
    """Every regulation with its number of clauses."""
    found = [
        (r, len(r.clauses), sum(len(c.samples) for c in r.clauses)) for r in selectors.regulations()
    ]
    context = {"title": "规章", "regulations": found, "crumbs": [("规章", "")]}
    return render(request, "desk/regulations.html", context)


@require_safe
def regulation(request: HttpRequest, regulation_id: str) -> HttpResponse:
    """One regulation, clause by clause, as in force today for the reader's body."""
    found = selectors.regulation(regulation_id)
    if found is None:
        raise Http404
    today = day_of(timezone.now())
    clauses = selectors.clauses_of(found, on=today, body=person_of(request).body)
    counts = _evidence(request, clauses)
    context = {
        "title": found.title,
        "regulation": found,
        "clauses": [(c, counts.get(c.id, 0)) for c in clauses],
        "crumbs": [("规章", "/rulebook/"), (found.title, "")],
    }
    return render(request, "desk/regulation.html", context)


@require_safe
def clause(request: HttpRequest, clause_id: str) -> HttpResponse:
    """One clause alone: where every refusal links to."""
    found = rulebook().clauses.get(clause_id)
    if found is None:
        raise Http404
    parent = selectors.regulation(clause_id.partition(".")[0])
    shown = selectors.shown_clause(found, on=day_of(timezone.now()), body=person_of(request).body)
    counts = _evidence(request, [shown])
    context = {
        "title": shown.title,
        "regulation": parent,
        "clauses": [(shown, counts.get(clause_id, 0))],
        "crumbs": [
            ("规章", "/rulebook/"),
            (parent.title if parent else "", f"/rulebook/{parent.id}/" if parent else ""),
            (shown.title, ""),
        ],
    }
    return render(request, "desk/regulation.html", context)


def _evidence(request: HttpRequest, clauses: list[selectors.ClauseShown]) -> dict[str, int]:
    """How often each clause was borne out in the reader's own body: its acts, and its refusals."""
    events = {event for clause in clauses for event in clause.evidence_events}
    rows = (
        Entry.objects.filter(chain=person_of(request).body.code)
        .filter(Q(clause__in=[c.id for c in clauses]) | Q(event__in=events))
        .values_list("event", "clause")
        .annotate(times=Count("id"))
        .order_by("event", "clause")
    )
    counted = list(rows)
    return {
        c.id: sum(n for event, said, n in counted if said == c.id or event in c.evidence_events)
        for c in clauses
    }
