"""Pages that a register cannot say: all ledgers at once, measures, a personal value, verification."""

import json
from base64 import b64encode
from functools import partial
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from shoumi.domains.ledgers import forms, selectors
from shoumi.domains.ledgers.registers import REGISTERS, VERIFICATIONS
from shoumi.domains.ledgers.services import personal, verifying
from shoumi.kernel.chain import sm3
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import posts_held
from shoumi.platform.trail.verify import UNANCHORED
from shoumi.platform.ui.context import person_of
from shoumi.platform.ui.forms import refuse

# A QR code holds so many chains; a province's sheet carries the digest of the file instead.
MOST_IN_CODE = 12
SLOW_FROM = 300_000


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """专项台账: every ledger of the reader, what is due in it, and whether the backups are late."""
    at, person = timezone.now(), person_of(request)
    posts = posts_held(person, at=at)
    found = selectors.lines(person, posts=posts, at=at)
    keys = {line.ledger.key for line in found}
    context = {
        "title": "专项台账",
        "lines": [(line, REGISTERS[line.ledger.key]) for line in found],
        "ages": [
            ("距上次备份", selectors.last_backup(person.body, at=at)),
            ("距上次异地备份", selectors.last_offsite(person, at=at)),
            ("距上次校验", selectors.last_verification(person.body, at=at)),
        ]
        if "backup" in keys
        else [],
        "missing": sum(line.is_missing for line in selectors.measures(person, at=at))
        if "measure" in keys
        else None,
    }
    return render(request, "ledgers/index.html", context)


@require_GET
def measures(request: HttpRequest) -> HttpResponse:
    """措施达标: the measures wanted at this grade, each with the rows that bear it out."""
    at, person = timezone.now(), person_of(request)
    register = REGISTERS["measure"]
    register.admit(request, at=at)
    create = register.create
    found = selectors.measures(person, at=at)
    context = {
        "title": "措施达标",
        "lines": found,
        "missing": sum(line.is_missing for line in found),
        "register": register,
        "create": create if create and create.is_offered(person, None, at=at) else None,
    }
    return render(request, "ledgers/measures.html", context)


def reveal(request: HttpRequest, pk: int, column: str, *, ledger: str) -> HttpResponse:
    """A personal value in full, for a reason, for one minute."""
    at, person, register = timezone.now(), person_of(request), REGISTERS[ledger]
    row = register.get(request, pk, at=at)
    held = posts_held(person, at=at)
    own = personal.personal_column(register.ledger, row, column, posts=held)
    if own is None:
        raise Http404
    form = forms.RevealForm(request.POST or None, actor=person, subject=row, at=at)
    context = {
        "title": f"查看{own.label}",
        "register": register,
        "row": row,
        "own": own,
        "form": form,
    }
    context |= {"back": register.url("detail", row.pk), "seconds": personal.SECONDS}
    if form.is_valid():
        try:
            context["text"] = personal.reveal(
                register.ledger,
                actor=person,
                subject=row,
                column=column,
                at=at,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            refuse(form, refusal)
    status = 422 if form.is_bound and "text" not in context else 200
    return render(request, "ledgers/reveal.html", context, status=status)


def verification(request: HttpRequest) -> HttpResponse:
    """校验与检查点: verify, see what was found before, take a checkpoint away."""
    at, person = timezone.now(), person_of(request)
    VERIFICATIONS.admit(request, at=at)
    bind = partial(forms.VerifyForm, actor=person, at=at)
    form = bind(request.POST, request.FILES) if request.method == "POST" else bind()
    if form.is_valid():
        try:
            found = verifying.verify_trail(actor=person, at=at, **form.cleaned_data)
            return redirect(VERIFICATIONS.url("detail", found.pk))
        except Refusal as refusal:
            refuse(form, refusal)
    past = list(VERIFICATIONS.visible(person, at=at).order_by("-id")[:5])
    context = {
        "title": "校验与检查点",
        "form": form,
        "last": past[0] if past else None,
        "age": selectors.last_verification(person.body, at=at),
        "size": selectors.size_of_trail(),
        "slow_from": SLOW_FROM,
        "unanchored": UNANCHORED,
        "past": VERIFICATIONS.table(past),
        "home": VERIFICATIONS.url("list"),
    }
    return render(
        request, "ledgers/verification.html", context, status=422 if form.is_bound else 200
    )


@require_POST
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The sheet of a checkpoint and its file in one answer; nothing of it stays on the server."""
    at, person = timezone.now(), person_of(request)
    said = verifying.make_checkpoint(actor=person, at=at)
    text = json.dumps(said, ensure_ascii=False, indent=2) + "\n"
    digest = sm3(text.encode())
    code = segno.make("\n".join(coded(said, digest)), error="m", micro=False)
    context = {
        "title": "检查点",
        "said": said,
        "person": person,
        "at": at,
        "digest": digest,
        "code": code.svg_data_uri(border=2, scale=3),
        "file": f"data:application/json;base64,{b64encode(text.encode()).decode()}",
        "name": f"checkpoint-{timezone.localtime(at):%Y%m%d-%H%M%S}.json",
    }
    return render(request, "ledgers/checkpoint.html", context)


def coded(said: dict[str, Any], digest: str) -> list[str]:
    """What the code on the sheet holds: enough to compare a file or a trail with the sheet."""
    heads = [f"{h['chain']} {h['number']} {h['digest']}" for h in said["heads"]]
    return [
        "SHOUMI-CHECKPOINT-1",
        said["made_at"],
        *(heads if len(heads) <= MOST_IN_CODE else [f"chains {len(heads)}"]),
        f"verifier {said['verifier']}",
        f"file {digest}",
    ]
