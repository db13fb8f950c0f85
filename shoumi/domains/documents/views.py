"""Pages that a register cannot say: the label sheet, the handling slip, the statement of one paper."""

from itertools import zip_longest

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from shoumi.domains.documents.models import Opinion, said
from shoumi.domains.documents.registers import BOOK, RECEIVED, SHEETS
from shoumi.domains.documents.selectors import copies_of, movements_about
from shoumi.domains.documents.verbs import PRINT_LABELS, RECEIVE
from shoumi.kernel.numbering import print_copy_numbers
from shoumi.platform.access.acting import ACTIONS, check
from shoumi.platform.access.reading import record_reading
from shoumi.platform.custody.selectors import Scope, statement
from shoumi.platform.ui.context import person_of

LABELS_A_SHEET = 30


def receive(request: HttpRequest) -> HttpResponse:
    """签收登记 under an address of its own, for the menu."""
    return RECEIVED.do(request, RECEIVE.slug)


def export(request: HttpRequest) -> HttpResponse:
    """The register as a spreadsheet in the layout of the paper book."""
    return BOOK.export(request)


def book(request: HttpRequest) -> HttpResponse:
    """The register printed in the layout of the paper book."""
    return BOOK.sheet(request)


@require_GET
def label_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The labels of one printing: code, check sign and QR; never a title or a level."""
    at, person = timezone.now(), person_of(request)
    sheet = SHEETS.get(request, pk, at=at)
    if refusal := check(person, PRINT_LABELS.action, sheet, at=at):
        raise refusal
    record_reading(actor=person, how="打印", subject=sheet, level=sheet.level, at=at)
    labels = [
        (copy, segno.make(copy.item.code, error="m", micro=False).svg_data_uri(border=0))
        for copy in copies_of(sheet.document, reader=person, at=at)
    ]
    pages = [labels[n : n + LABELS_A_SHEET] for n in range(0, len(labels), LABELS_A_SHEET)]
    context = {
        "title": f"标签 {sheet.document}",
        "sheet": sheet,
        "pages": pages,
        "back": RECEIVED.url("detail", sheet.document_id),
    }
    return render(request, "documents/labels.html", context)


@require_GET
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """收文处理签: goes with the paper; its print is chained."""
    at, person = timezone.now(), person_of(request)
    paper = RECEIVED.get(request, pk, at=at)
    record_reading(actor=person, how="打印", subject=paper, level=paper.level, at=at)
    opinions = Opinion.objects.visible_to(person, at=at).filter(document=paper)
    lines = list(opinions.select_related("person", "handler").order_by("id"))
    copies = copies_of(paper, reader=person, at=at)
    context = {
        "title": f"收文处理签 {paper}",
        "paper": paper,
        "page_level": paper.level,
        "numbers": print_copy_numbers(int(copy.copy_number) for copy in copies),
        "proposals": said(lines, Opinion.Kind.PROPOSAL),
        "instructions": said(lines, Opinion.Kind.INSTRUCTION),
        "reports": said(lines, Opinion.Kind.REPORT),
        "back": RECEIVED.url("detail", paper.pk),
    }
    return render(request, "documents/slip.html", context)


@require_GET
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """对账单 of one paper: what came in equals what is held and what left, copy by copy."""
    at, person = timezone.now(), person_of(request)
    paper = RECEIVED.get(request, pk, at=at)
    record_reading(actor=person, how="查看", subject=paper, level=paper.level, at=at)
    found = statement(reader=person, at=at, scope=Scope(labels=[paper.label_id]))
    context = {
        "title": f"对账单 {paper}",
        "paper": paper,
        "page_level": paper.level,
        "balances": found.balances,
        "opening": found.opening,
        "closing": found.closing,
        "left_side": found.left_side,
        "right_side": found.right_side,
        "pairs": list(zip_longest(found.incomings, found.outgoings)),
        "copies": copies_of(paper, reader=person, at=at),
        "moves": [
            (move, named(move.reason)) for move in movements_about(paper, reader=person, at=at)
        ],
        "at": at,
        "back": RECEIVED.url("detail", paper.pk),
        "home": RECEIVED.url("list"),
    }
    return render(request, "documents/statement.html", context)


def named(reason: str) -> str:
    """The act that moved a copy, in words."""
    action = ACTIONS.get(reason)
    return action.label if action else reason
