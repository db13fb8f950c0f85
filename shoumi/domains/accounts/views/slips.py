"""Acts of the officers whose result is shown once and never again: the halves of a first password."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shoumi.domains.accounts import verbs
from shoumi.domains.accounts.registers import PEOPLE
from shoumi.domains.accounts.rules.halves import shown
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import act, check
from shoumi.platform.directory.models import Person
from shoumi.platform.registers.verb import Verb
from shoumi.platform.ui.context import person_of
from shoumi.platform.ui.forms import refuse

FIRST = "首次口令的前半段由系统管理员当面交给本人，后半段由安全保密管理员启用账号时交给本人。"
SECOND = "这是首次口令的后半段，请当面交给本人；本人把前后两段连在一起登录，登录后须立即更改。"
PLAIN = "账号已启用，原口令照用。"


def create(request: HttpRequest) -> HttpResponse:
    """A new account and the first half of its first password."""
    return _issue(request, verbs.CREATE, None)


def enable(request: HttpRequest, pk: int) -> HttpResponse:
    """The second half, or merely the account open again."""
    return _issue(request, verbs.ENABLE, pk)


def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """A stopped account and a new first half."""
    return _issue(request, verbs.RESET, pk)


def _issue(request: HttpRequest, verb: Verb, pk: int | None) -> HttpResponse:
    at, person = timezone.now(), person_of(request)
    PEOPLE.admit(request, at=at)
    row = None if pk is None else PEOPLE.get(request, pk, at=at)
    if refusal := check(person, verb.action, row, at=at):
        with act(person, verb.action, row, at=at):  # so that the attempt is chained
            raise refusal
    form = verb.build(request, row, at=at, initial=None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given: dict[str, Any] = dict(form.cleaned_data)
            if row is not None:
                given["subject"] = row
            try:
                made = verb.service(actor=person, at=at, **given)
            except Refusal as refusal:
                if refusal.status in (403, 404):
                    raise
                status = refusal.status
                refuse(form, refusal)
            else:
                return _slip(request, verb, row, made)
    context = {"verb": verb, "form": form, "register": PEOPLE, "title": PEOPLE.title}
    context |= {"home": PEOPLE.url("list")} | PEOPLE.about(row)
    return render(request, "registers/form.html", context, status=status)


def _slip(request: HttpRequest, verb: Verb, row: Person | None, made: Any) -> HttpResponse:
    """The slip: printed or read out, then gone."""
    person, half = made if isinstance(made, tuple) else (row, made)
    words = PLAIN if not half else (SECOND if verb is verbs.ENABLE else FIRST)
    context = {
        "title": verb.action.label,
        "person": person,
        "half": shown(half) if half else "",
        "words": words,
        "back": PEOPLE.url("detail", person.pk) if person else PEOPLE.url("list"),
    }
    return render(request, "accounts/slip.html", context)
