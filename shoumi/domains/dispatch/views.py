"""Pages that a register cannot say: 发文稿纸, 分发清单, 往来单位, 发文数量同比."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from shoumi.domains.dispatch.forms import CorrespondentForm, WordForm
from shoumi.domains.dispatch.models import Countersign, Letter
from shoumi.domains.dispatch.registers import LETTERS, LINES, RUNS
from shoumi.domains.dispatch.selectors import compared, correspondents, lines_of, this_week
from shoumi.domains.dispatch.services.correspondents import (
    ENTER,
    WORD,
    enter_correspondent,
    enter_issuer_word,
)
from shoumi.domains.dispatch.verbs import DRAFT, RUN
from shoumi.kernel.numbering import print_copy_numbers
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act, check, posts_held
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.selectors import case_page
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.registers.services import take_out
from shoumi.platform.ui import menu
from shoumi.platform.ui.context import person_of
from shoumi.platform.ui.forms import ActForm, refuse
from shoumi.platform.ui.templatetags.ui import moment


def draft(request: HttpRequest) -> HttpResponse:
    """拟稿 under an address of its own, for the menu."""
    return LETTERS.do(request, DRAFT.slug)


def run(request: HttpRequest) -> HttpResponse:
    """登记机要交换 under an address of its own, for the menu."""
    return RUNS.do(request, RUN.slug)


@require_GET
def letter_form(request: HttpRequest, pk: int) -> HttpResponse:
    """发文稿纸: everything that was said about a letter, as the paper form has it; its print is chained."""
    at, person = timezone.now(), person_of(request)
    letter = LETTERS.get(request, pk, at=at)
    asked = Countersign.objects.visible_to(person, at=at).filter(letter=letter)
    context = {
        "title": f"发文稿纸 {letter}",
        "letter": letter,
        "lines": list(lines_of(letter, reader=person, at=at)),
        "reviews": _votes(letter.review, reader=person),
        "signings": _votes(letter.signing, reader=person),
        "countersigns": list(
            asked.exclude(state=Countersign.State.VOID)
            .select_related("department", "person")
            .order_by("id")
        ),
        "numbers": _numbers(letter),
        "serial": _taken(request, "dispatch-letters", letter, 1),
        "page_level": letter.level,
        "back": LETTERS.url("detail", letter.pk),
    }
    return render(request, "dispatch/letter_form.html", context)


@require_GET
def letter_list(request: HttpRequest, pk: int) -> HttpResponse:
    """分发清单: unit by unit with copy numbers, envelope and check value, to go along and to be signed."""
    at, person = timezone.now(), person_of(request)
    letter = LETTERS.get(request, pk, at=at)
    lines = list(lines_of(letter, reader=person, at=at))
    handed = sum(line.copies for line in lines)
    context = {
        "title": f"分发清单 {letter}",
        "letter": letter,
        "lines": lines,
        "numbers": _numbers(letter),
        "handed": handed,
        "kept": max(letter.made - handed, 0),
        "serial": _taken(request, LINES.slug, letter, len(lines)),
        "page_level": letter.level,
        "back": LETTERS.url("detail", letter.pk),
    }
    return render(request, "dispatch/letter_list.html", context)


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """发文与简报数量同比, and the runs of this week; counts only, for everybody but the three officers."""
    at, person = timezone.now(), person_of(request)
    if not menu.STAFF & posts_held(person, at=at):
        raise Http404
    made, wanted = this_week(person.body, at=at)
    context = {
        "title": "发文数量同比",
        "lines": compared(person.body, at=at),
        "runs": made,
        "wanted": wanted,
        "at": at,
    }
    return render(request, "dispatch/statistics.html", context)


def units(request: HttpRequest) -> HttpResponse:
    """往来单位: the bodies a list may name, and the form that enters one more."""
    at, person = timezone.now(), person_of(request)
    if request.method == "POST":
        _must(person, ENTER, at=at)
    form = CorrespondentForm(_sent(request), actor=person, at=at)
    made, status = _entered(request, form, enter_correspondent, at=at)
    if made is not None:
        messages.success(request, f"已登记往来单位：{made.name}。")
        return redirect("dispatch-units")
    context = {
        "title": "往来单位",
        "body": person.body,
        "rows": correspondents(person.body),
        "form": form,
        "may_enter": check(person, ENTER, at=at) is None,
        "may_word": check(person, WORD, at=at) is None,
    }
    return render(request, "dispatch/units.html", context, status=status)


def word(request: HttpRequest) -> HttpResponse:
    """机关代字: what the numbers of the body's letters begin with."""
    at, person = timezone.now(), person_of(request)
    _must(person, WORD, at=at)
    form = WordForm(_sent(request), actor=person, at=at)
    made, status = _entered(request, form, enter_issuer_word, at=at)
    if made is not None:
        messages.success(request, f"机关代字已登记为「{made.issuer_word}」。")
        return redirect("dispatch-units")
    context = {"title": "登记机关代字", "form": form}
    return render(request, "dispatch/word.html", context, status=status)


def _must(person: Person, action: Action, *, at: datetime) -> None:
    """Refuse before the form is read; the attempt is chained."""
    if refusal := check(person, action, at=at):
        with act(person, action, at=at):
            raise refusal


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _entered(
    request: HttpRequest, form: ActForm, service: Callable[..., Body], *, at: datetime
) -> tuple[Body | None, int]:
    """What the service made of the form, or nothing and the status of the page that asks again."""
    if request.method != "POST":
        return None, 200
    if not form.is_valid():
        return None, 422
    try:
        return service(actor=person_of(request), at=at, **form.cleaned_data), 200
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        refuse(form, refusal)
        return None, refusal.status


def _numbers(letter: Letter) -> str:
    """The copy numbers of the print run, as they stand at the head of a print."""
    return print_copy_numbers(range(1, letter.made + 1)) if letter.made else ""


def _votes(case: Case | None, *, reader: Person) -> list[tuple[str, str, str, str]]:
    """What was said in a case, step by step: who at which step, the word, the opinion, when."""
    if case is None:
        return []
    shown = case_page(case, reader=reader, at=timezone.now())
    return [
        (
            f"{line.step.label}　{vote.person.name}",
            vote.get_kind_display(),
            vote.opinion or "同意。",
            moment(vote.at),
        )
        for line in shown.lines
        for vote in line.votes
    ]


def _taken(request: HttpRequest, register: str, letter: Letter, count: int) -> str:
    return take_out(
        actor=person_of(request),
        register=register,
        how="打印",
        level=letter.level,
        count=count,
        purpose="office",
        at=timezone.now(),
    )
