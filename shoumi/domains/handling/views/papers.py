"""Lists to print and sign: 移交清单, 清退清册, 归档清册, 销毁清单 and the certificate (销毁证明)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from shoumi.domains.handling.models import Destruction
from shoumi.domains.handling.registers import (
    ARCHIVINGS,
    DESTRUCTIONS,
    ITEMS,
    RECALLS,
    RECONCILED,
    RECONCILIATIONS,
    SUCCESSIONS,
    Requests,
)
from shoumi.domains.handling.rules.reconciling import Finding
from shoumi.platform.custody.selectors import lines_of
from shoumi.platform.registers.services import take_out
from shoumi.platform.ui.context import person_of
from shoumi.platform.ui.templatetags.ui import moment

ROWS_A_SHEET = 20


@require_GET
def succession(request: HttpRequest, pk: int) -> HttpResponse:
    """移交清单 with its three signatures."""

    def facts(row: Any) -> list[tuple[str, Any]]:
        return [
            ("移交人", row.giver),
            ("接收人", row.receiver),
            ("移交原因", row.reason),
            ("交接地点", row.where),
            ("件数", row.pieces),
            ("接收", row.accepted),
            ("拒收", row.declined),
        ]

    signs = ("移交人", "接收人", "监交人")
    return _paper(
        request, SUCCESSIONS, pk, "涉密载体移交清单", facts, signs, "successions__succession"
    )


@require_GET
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """清退清册, which goes along with what is sent back."""

    def facts(row: Any) -> list[tuple[str, Any]]:
        return [
            ("要求清退单位", row.issuer),
            ("通知文号", row.notice),
            ("退还期限", moment(row.due_on)),
            ("应退", row.pieces),
            ("实退", row.sent),
            ("渠道", row.channel or "未退出"),
        ]

    return _paper(
        request,
        RECALLS,
        pk,
        "涉密载体清退清册",
        facts,
        ("退还人", "接收人", "负责人"),
        "recalls__recall",
    )


@require_GET
def reconciliation(request: HttpRequest, pk: int) -> HttpResponse:
    """清退核对单: every copy that differs, and both sides' signatures."""
    at = timezone.now()
    row = RECONCILIATIONS.get(request, pk, at=at)
    known = RECONCILED.visible(person_of(request), at=at).filter(reconciliation=row)
    differing = known.exclude(finding=Finding.MATCHED)
    lines = list(differing.order_by(F("row").asc(nulls_last=True), "id"))
    numbered = list(enumerate(lines, 1))
    pages = [numbered[n : n + ROWS_A_SHEET] for n in range(0, len(numbered), ROWS_A_SHEET)]
    context = {
        "title": "清退文件双向核对单",
        "row": row,
        "counts": [(f.label, f.side, getattr(row, f.value)) for f in Finding],
        "pages": pages or [[]],
        "serial": _taken(request, RECONCILIATIONS, row, len(lines), at=at),
        "back": RECONCILIATIONS.url("detail", row.pk),
        "page_level": row.level,
    }
    return render(request, "handling/reconciliation.html", context)


@require_GET
def archiving(request: HttpRequest, pk: int) -> HttpResponse:
    """归档移交清册."""

    def facts(row: Any) -> list[tuple[str, Any]]:
        return [
            ("归档年度", row.year),
            ("案卷号", row.volume),
            ("件数", row.pieces),
            ("存放位置", row.shelf or "未点收"),
        ]

    return _paper(
        request,
        ARCHIVINGS,
        pk,
        "涉密载体归档移交清册",
        facts,
        ("移交人", "点收人", "负责人"),
        "archivings__archiving",
    )


@require_GET
def destruction(request: HttpRequest, pk: int) -> HttpResponse:
    """销毁清单, piece by piece."""

    def facts(row: Any) -> list[tuple[str, Any]]:
        return [
            ("鉴别意见", row.appraisal),
            ("所依文件", row.standard),
            ("销毁方式", row.method),
            ("机构或者设备", row.station),
            ("清单件数", row.pieces),
        ]

    return _paper(
        request,
        DESTRUCTIONS,
        pk,
        "涉密载体销毁清单",
        facts,
        ("经办人", "监销人", "批准人"),
        "destructions__destruction",
    )


@require_GET
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """销毁证明: number, counts that balance, two names; only once both have signed."""
    at = timezone.now()
    row = DESTRUCTIONS.get(request, pk, at=at)
    if row.state != Destruction.State.CLOSED:
        raise Http404
    votes = _approvers(row)
    context = {
        "title": f"销毁证明 {row.certificate}",
        "row": row,
        "approvers": votes,
        "serial": _taken(request, DESTRUCTIONS, row, row.pieces, at=at),
        "back": DESTRUCTIONS.url("detail", row.pk),
        "page_level": row.level,
    }
    return render(request, "handling/certificate.html", context)


def _paper(
    request: HttpRequest,
    register: Requests,
    pk: int,
    title: str,
    facts: Callable[[Any], list[tuple[str, Any]]],
    signatures: tuple[str, ...],
    by: str,
) -> HttpResponse:
    at, person = timezone.now(), person_of(request)
    row = register.get(request, pk, at=at)
    items = list(ITEMS.visible(person, at=at).filter(**{by: row}).order_by("name", "id"))
    declined = _declined(row, request, at=at)
    numbered = [(n, item, declined.get(item.pk, "")) for n, item in enumerate(items, 1)]
    pages = [numbered[n : n + ROWS_A_SHEET] for n in range(0, len(numbered), ROWS_A_SHEET)]
    context = {
        "title": title,
        "row": row,
        "facts": facts(row),
        "pages": pages or [[]],
        "signatures": signatures,
        "serial": _taken(request, register, row, len(items), at=at),
        "back": register.url("detail", row.pk),
        "page_level": row.level,
        "at": at,
    }
    return render(request, "handling/paper.html", context)


def _declined(row: Any, request: HttpRequest, *, at: datetime) -> dict[int, str]:
    """What the receiver did not take, and why."""
    handover = getattr(row, "handover", None)
    if handover is None:
        return {}
    lines = lines_of(handover, reader=person_of(request), at=at)
    return {line.item_id: f"拒收：{line.decline_reason}" for line in lines if line.decline_reason}


def _approvers(row: Destruction) -> list[str]:
    """Who approved the list, in the order of the steps."""
    if row.case is None:
        return []
    steps = row.case.steps.order_by("order").prefetch_related("votes__person")
    return [
        f"{vote.person.name}（{moment(vote.at)}）" for step in steps for vote in step.votes.all()
    ]


def _taken(request: HttpRequest, register: Requests, row: Any, count: int, *, at: datetime) -> str:
    return take_out(
        actor=person_of(request),
        register=register.slug,
        how="打印",
        level=row.level,
        count=count,
        purpose="office",
        at=at,
    )
