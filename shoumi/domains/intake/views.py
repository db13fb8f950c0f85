"""Pages of the room: send a ledger, see what was found, take it in, undo it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from shoumi.domains.intake import forms
from shoumi.domains.intake.models import Batch
from shoumi.domains.intake.rules.package import MOST_BYTES
from shoumi.domains.intake.services import (
    check_ledger,
    is_long,
    propose_clearances,
    take_in,
    undo,
)
from shoumi.domains.intake.services.checking import CHECK, CLEARERS, KEEPING, TAKERS
from shoumi.domains.intake.services.clearing import CLEAR
from shoumi.domains.intake.services.outgoing import empty_ledger, marked_up
from shoumi.domains.intake.services.taking import TAKE
from shoumi.domains.intake.services.undoing import UNDO
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act, check, posts_held
from shoumi.platform.access.reading import record_reading
from shoumi.platform.attachments import services as attachments
from shoumi.platform.directory.models import Person
from shoumi.platform.ui.context import person_of
from shoumi.platform.ui.forms import refuse
from shoumi.platform.works.running import start

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BATCHES = 50


def index(request: HttpRequest) -> HttpResponse:
    """旧台账导入: send a file to be checked; what was sent before."""
    at, person = timezone.now(), person_of(request)
    held = posts_held(person, at=at)
    if not (TAKERS | CLEARERS) & held:
        raise Http404
    bind = forms.CheckForm
    if request.method == "POST":
        form = bind(request.POST, request.FILES, actor=person, at=at)
        if form.is_valid():
            try:
                return _check(person, form, at=at)
            except Refusal as refusal:
                refuse(form, refusal)
    else:
        form = bind(actor=person, at=at)
    rows = Batch.objects.visible_to(person, at=at).filter(body=person.body_id)
    context = {
        "title": "旧台账导入",
        "form": form,
        "batches": list(rows.select_related("label", "checked_by").order_by("-id")[:MOST_BATCHES]),
        "may_send": bool(TAKERS & held),
        "kinds": [k for k in Batch.Kind.choices if KEEPING[k[0]].post in held],
    }
    return render(request, "intake/index.html", context, status=422 if form.is_bound else 200)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch: the faults by number, the totals, and what can be done with it."""
    batch, person, at = _batch(request, pk), person_of(request), timezone.now()
    record_reading(actor=person, how="查看", subject=batch, level=batch.level, at=at)
    return _detail(request, batch)


def _check(person: Person, form: forms.CheckForm, *, at: datetime) -> HttpResponse:
    """While the page waits, or beside it where the file is large."""
    kind, upload = form.cleaned_data["kind"], form.cleaned_data["upload"]
    if is_long(upload.size):
        work = start(
            CHECK.key,
            actor=person,
            at=at,
            title=f"核对{Batch.Kind(kind).label}",
            back=reverse("intake"),
            given={"kind": kind, "name": upload.name},
            content=upload.read(MOST_BYTES + 1),
        )
        return redirect("works-work", work.key)
    batch = check_ledger(actor=person, at=at, kind=kind, upload=upload)
    return redirect("intake-detail", batch.pk)


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    form = forms.TakeForm(request.POST)
    good_only = form.is_valid() and form.cleaned_data["good_only"]
    if long := _at_length(request, pk, TAKE, "旧台账入账", good_only=good_only):
        return long

    def done(batch: Batch, person: Any, at: Any) -> None:
        take_in(actor=person, subject=batch, at=at, good_only=good_only)

    return _done(request, pk, done)


@require_POST
def undone(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    form = forms.UndoForm(request.POST)
    _must(request, batch, UNDO)
    if not form.is_valid():
        return _detail(request, batch, undo_form=form, status=422)

    if long := _at_length(request, pk, UNDO, "撤销导入", reason=form.cleaned_data["reason"]):
        return long

    def done(batch: Batch, person: Any, at: Any) -> None:
        undo(actor=person, subject=batch, at=at, reason=form.cleaned_data["reason"])

    return _done(request, pk, done)


@require_POST
def clear(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    form = forms.ClearForm(request.POST)
    _must(request, batch, CLEAR)
    if not form.is_valid():
        return _detail(request, batch, clear_form=form, status=422)

    def done(batch: Batch, person: Any, at: Any) -> None:
        count = propose_clearances(actor=person, subject=batch, at=at, **form.cleaned_data)
        messages.success(request, f"已为 {count} 人提出涉密等级登记，待另一人同意后生效")

    return _done(request, pk, done)


@require_GET
def marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The user's own file with the faults marked."""
    batch = _batch(request, pk)
    content = marked_up(person_of(request), batch, at=timezone.now())
    name = f"{batch.file_name.rpartition('.')[0]}（核对结果）.xlsx"
    return _file(content, name)


@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty ledger to fill in."""
    held = posts_held(person_of(request), at=timezone.now())
    keeping = KEEPING.get(kind)
    if keeping is None or keeping.post not in held:
        raise Http404
    return _file(empty_ledger(kind), f"{Batch.Kind(kind).label}模板.xlsx")


def _at_length(
    request: HttpRequest, pk: int, action: Action, title: str, **given: Any
) -> HttpResponse | None:
    """Begin the act beside the requests where the ledger is large; None where the page can wait for it."""
    batch, person, at = _batch(request, pk), person_of(request), timezone.now()
    files = attachments.of(person, batch, at=at)
    if not files or not is_long(files[0].size):
        return None
    _must(request, batch, action)
    work = start(
        action.key,
        actor=person,
        at=at,
        title=title,
        back=reverse("intake-detail", args=[pk]),
        given={"batch": pk, **given},
    )
    return redirect("works-work", work.key)


def _must(request: HttpRequest, batch: Batch, action: Action) -> None:
    """Refuse before the form is read; the attempt is chained."""
    at, person = timezone.now(), person_of(request)
    if refusal := check(person, action, batch, at=at):
        with act(person, action, batch, at=at):
            raise refusal


def _done(request: HttpRequest, pk: int, done: Callable[[Batch, Any, Any], None]) -> HttpResponse:
    batch = _batch(request, pk)
    try:
        done(batch, person_of(request), timezone.now())
    except Refusal as refusal:
        return _detail(request, _batch(request, pk), refusal=refusal, status=refusal.status)
    return redirect("intake-detail", pk)


def _batch(request: HttpRequest, pk: int) -> Batch:
    rows = Batch.objects.visible_to(person_of(request), at=timezone.now())
    near = ("label", "body", "checked_by", "taken_by", "undone_by")
    batch: Batch | None = rows.select_related(*near).filter(pk=pk).first()
    if batch is None:
        raise Http404
    return batch


def _detail(
    request: HttpRequest,
    batch: Batch,
    *,
    refusal: Refusal | None = None,
    undo_form: forms.UndoForm | None = None,
    clear_form: forms.ClearForm | None = None,
    status: int = 200,
) -> HttpResponse:
    at, person = timezone.now(), person_of(request)
    kinds, keeping, held = batch.kinds(), KEEPING[batch.kind], posts_held(person, at=at)
    context = {
        "title": str(batch),
        "batch": batch,
        "page_level": batch.level,
        "tone": Batch.TONES[Batch.State(batch.state)],
        "findings": [found | {"name": kinds[found["kind"]].name} for found in batch.findings],
        "facts": batch.facts(),
        "refusal": refusal,
        "undo_form": undo_form or forms.UndoForm(),
        "clear_form": clear_form or forms.ClearForm(),
        "may_act": keeping.post in held,
        "may_clear": keeping.clearer in held,
    }
    return render(request, "intake/detail.html", context, status=status)


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type=XLSX, headers=headers)
