"""Register: how a model is listed, filtered, searched, shown, exported and printed, and what is done to it.

It reads for the person who asks and writes nothing; all writing is done by the services of its verbs. What
it cannot say is a plain view. Extend it by overriding `rows`, `heading` or `cell`.
"""

from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import ACTIONS, act, check, posts_held
from shoumi.platform.access.models import Label
from shoumi.platform.access.reading import record_reading
from shoumi.platform.registers import addresses, columns, conditions, outgoing, versions
from shoumi.platform.registers.paging import page_of
from shoumi.platform.registers.verb import Verb
from shoumi.platform.trail.models import Entry, name_of
from shoumi.platform.ui.context import person_of
from shoumi.platform.ui.forms import answers, extra_names, refuse


class Register:
    """Declare `model`, `slug`, `title`, `columns`; everything else has a quiet default."""

    model: type[models.Model]
    slug: str
    title: str
    columns: tuple[str, ...]
    headings: ClassVar[dict[str, str]] = {}
    filters: tuple[str | conditions.Filter, ...] = ()
    search: tuple[str, ...] = ()
    order: tuple[str, ...] = ("-id",)
    related: tuple[str, ...] = ()
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    children: tuple[tuple["Register", str], ...] = ()
    readers: frozenset[str] | None = None
    signatures: tuple[str, ...] = ("填表人", "审核人", "负责人")
    verbs: tuple[Verb, ...] = ()
    create: Verb | None = None

    def visible(self, person: Any, *, at: datetime) -> models.QuerySet[Any]:
        """Everything this person may know, fetched with what the columns need."""
        wanted = (*self.columns, *(f for _, fields in self.sections for f in fields))
        joined = (*columns.joins(self.model, wanted), *self.related)
        objects: Any = self.model._default_manager
        found: models.QuerySet[Any] = objects.visible_to(person, at=at)
        return found.select_related(*joined) if joined else found

    def rows(
        self, request: HttpRequest, chosen: list[conditions.Control], *, at: datetime
    ) -> models.QuerySet[Any]:
        """The visible rows that the address asks for, in the order of the ledger."""
        found = conditions.apply(self.visible(request.user, at=at), self.model, chosen)
        found = conditions.search(found, self.search, request.GET.get("q", ""))
        return found.order_by(*conditions.order(chosen), *self.order, "-pk")

    def get(self, request: HttpRequest, pk: int, *, at: datetime) -> Any:
        """The row, or 404: what one may not know does not exist."""
        self.admit(request, at=at)
        row = self.visible(request.user, at=at).filter(pk=pk).first()
        if row is not None:
            return row
        raise Http404

    def admit(self, request: HttpRequest, *, at: datetime) -> None:
        """A ledger kept for some posts does not exist for others."""
        if self.readers is not None and not self.readers & posts_held(person_of(request), at=at):
            raise Http404

    def controls(self, request: HttpRequest, *, at: datetime) -> list[conditions.Control]:
        """The conditions offered, as they stand in the address."""
        person = person_of(request)
        seen = self.visible(person, at=at).select_related(None)
        asked = request.GET.dict()
        draw = partial(conditions.control, self.model, person=person, at=at)
        return [draw(condition, asked, seen) for condition in self.filters]

    def level_of(self, row: Any) -> Level:
        label = getattr(row, "label", None)
        return Level(label.level) if isinstance(label, Label) else Level.PUBLIC

    def heading(self, column: str) -> str:
        return self.headings.get(column) or columns.heading_of(self.model, column)

    def value(self, row: Any, column: str) -> Any:
        return columns.value_of(row, column)

    def cell(self, row: Any, column: str) -> Any:
        return columns.shown(row, column, self.value(row, column))

    def facts(self, row: Any, fields: tuple[str, ...]) -> list[tuple[str, Any]]:
        return [(self.heading(f), self.cell(row, f)) for f in fields]

    def sortable(self) -> set[str]:
        return {c for c in self.columns if columns.field_of(self.model, c) is not None}

    def table(self, rows: list[Any]) -> dict[str, Any]:
        """Heads and cells of some rows; the first column leads to the row."""
        heads = [(c, self.heading(c), columns.side_of(self.model, c)) for c in self.columns]
        lines = [
            (row, self.url("detail", row.pk), [(self.cell(row, c), side) for c, _, side in heads])
            for row in rows
        ]
        level = max(map(self.level_of, rows), default=Level.PUBLIC)
        return {"heads": heads, "lines": lines, "page_level": level, "sortable": self.sortable()}

    def index(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        self.admit(request, at=at)
        chosen = self.controls(request, at=at)
        rows = self.rows(request, chosen, at=at)
        page = page_of(rows, request, self, at=at)
        create = self.create
        offered = create if create and create.is_offered(request.user, None, at=at) else None
        context = {"page": page, "controls": chosen, "create": offered}
        part = "table" if request.headers.get("HX-Target") == "table" else "list"
        return self.page(request, part, context | self.table(list(page.object_list)))

    def detail(self, request: HttpRequest, pk: int) -> HttpResponse:
        at, person = timezone.now(), person_of(request)
        row = self.get(request, pk, at=at)
        record_reading(actor=person, how="查看", subject=row, level=self.level_of(row), at=at)
        past = Entry.objects.filter(subject=name_of(row), event__in=ACTIONS).order_by("-id")[:30]
        context = {
            "verbs": [v for v in self.verbs if v.is_offered(person, row, at=at)],
            "sections": [(t, self.facts(row, fs)) for t, fs in self.sections]
            or [("", self.facts(row, self.columns))],
            "children": [
                (other, other.table(list(other.visible(person, at=at).filter(**{by: row})[:200])))
                for other, by in self.children
            ],
            "past": [(e, ACTIONS[e.event].label, datetime.fromisoformat(e.at)) for e in past],
        }
        return self.page(request, "detail", context | self.about(row))

    def do(self, request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
        """The form of a verb, and its doing. A refusal of the service comes back above the form."""
        at, person = timezone.now(), person_of(request)
        self.admit(request, at=at)
        offered = self.verbs if pk is not None else (self.create,)
        verb = next((v for v in offered if v and v.slug == slug), None)
        if verb is None:
            raise Http404
        row = None if pk is None else self.get(request, pk, at=at)
        refusal = check(person, verb.action, row, at=at)
        form = verb.build(request, row, at=at, initial=request.session.get(f"kept:{slug}"))
        if not refusal and request.method == "POST" and extra_names(form, request.POST):
            refusal = Denied("提交的内容与表单不符，没有办理", clause="access.conduct")
        if refusal:
            with act(person, verb.action, row, at=at):  # so that the attempt is chained
                raise refusal
        context: dict[str, Any] = {"verb": verb, "form": form, "status": 200}
        acts = request.method == "POST" and "_back" not in request.POST
        if acts and (done := self.perform(request, row, context, at=at)):
            return done
        return self.page(request, "form", context | self.about(row), status=context["status"])

    def perform(
        self, request: HttpRequest, row: Any, context: dict[str, Any], *, at: datetime
    ) -> HttpResponse | None:
        """Act, and lead to the result; None shows the form again with what is wrong."""
        verb, form, sent = context["verb"], context["form"], request.POST
        context["status"] = 422
        if not form.is_valid():
            return None
        try:
            versions.require_same(row, sent.get(versions.FIELD, ""))
            if verb.confirm and "_confirmed" not in sent and not form.is_multipart():
                kept = [(n, v) for n in form.fields for v in sent.getlist(n)]
                asked = {"kept": kept, "answers": answers(form)}
                return self.page(request, "confirm", context | self.about(row) | asked)
            given = form.cleaned_data if row is None else {"subject": row, **form.cleaned_data}
            made = verb.service(actor=person_of(request), at=at, **given)
        except Refusal as refusal:
            if refusal.status in (403, 404):
                raise
            context["status"] = refusal.status
            refuse(form, refusal)
            return None
        messages.success(request, f"已办理：{verb.action.label}。{verb.next}")
        if keep := getattr(form, "keep", ()):
            request.session[f"kept:{verb.slug}"] = {n: sent.get(n, "") for n in keep}
        if "_again" in sent and row is None:
            return redirect(self.url("create", verb.slug))
        shown = made if isinstance(made, self.model) else row
        still = shown and self.visible(request.user, at=at).filter(pk=shown.pk).exists()
        return redirect(self.url("detail", shown.pk) if still else self.url("list"))

    def export(self, request: HttpRequest) -> HttpResponse:
        return outgoing.export(self, request)

    def sheet(self, request: HttpRequest) -> HttpResponse:
        return outgoing.sheet(self, request)

    def about(self, row: Any) -> dict[str, Any]:
        """What the head of a page says of its row: number, level, address, version."""
        if row is None:
            return {"row": None}
        return {
            "row": row,
            "number": columns.words(self.value(row, self.columns[0])),
            "facts": self.facts(row, self.columns),
            "address": self.url("detail", row.pk),
            "seen": versions.row_version(row),
            "page_level": self.level_of(row),
        }

    def page(
        self, request: HttpRequest, part: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        context = {"register": self, "title": self.title, "home": self.url("list")} | context
        # A ledger with a page of its own brings it as `<slug>/detail.html`, extending the common one.
        pages = [f"{self.slug}/{part}.html", f"registers/{part}.html"]
        return render(request, pages, context, status=status)

    def url(self, page: str, *args: Any) -> str:
        return reverse(self.slug if page == "list" else f"{self.slug}-{page}", args=args)

    @property
    def urls(self) -> list[URLPattern]:
        """`path("documents/", include(RECEIVED.urls))`; the list is named as the slug."""
        addresses.REGISTERS[self.model] = self
        name = self.slug
        return [
            path("", require_safe(self.index), name=name),
            path("export/", self.export, name=f"{name}-export"),
            path("print/", require_safe(self.sheet), name=f"{name}-sheet"),
            path("new/<slug:slug>/", self.do, name=f"{name}-create"),
            path("<row:pk>/", require_safe(self.detail), name=f"{name}-detail"),
            path("<row:pk>/<slug:slug>/", self.do, name=f"{name}-do"),
        ]
