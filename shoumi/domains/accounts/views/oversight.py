"""What the officers read: the table of rights, and the trail without any content."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from shoumi.domains.accounts import selectors, services
from shoumi.domains.accounts.rules.officers import AUDITOR, SECADMIN
from shoumi.platform.access.acting import ACTIONS, act, check
from shoumi.platform.access.subjects import day_of, holds
from shoumi.platform.directory.models import Person
from shoumi.platform.registers.paging import page_of
from shoumi.platform.rulebook.controls import POINTS
from shoumi.platform.trail.models import Change, Entry
from shoumi.platform.trail.recording import moment as written
from shoumi.platform.ui.context import person_of

# Tables without business content: of these the auditor sees both sides of a change.
OPEN_TABLES = ("directory_", "access_clearancerecord", "accounts_", "rulebook_")
SHUT_COLUMNS = frozenset({"password", "salt", "issued_half", "session_epoch"})
LONGEST_VALUE = 120
# What acts note beside themselves, in words.
NOTED = {
    "about": "参数所属条款", "accepted": "接收数", "account": "账号", "address": "地址",
    "addressee": "送达", "approved": "批准", "archived": "归档", "attachment": "附件编号",
    "certificate": "销毁证编号", "codes": "编码", "copies": "份数", "copy": "份",
    "count": "条数", "counted": "清点数", "database": "数据库", "day": "日期",
    "days": "天数", "declined": "拒收数", "destroyed": "销毁数", "digest": "摘要",
    "elsewhere": "原登录地址", "ended": "中断的登录", "expected": "应有数", "fingerprint": "结构指纹",
    "fulfilled": "办结", "handover": "移交单", "how": "方式", "items": "件数",
    "key": "项目", "known": "账号存在", "late": "逾期数", "level": "密级",
    "list": "清单", "listed": "列入人数", "loan": "借阅单", "locked": "锁定中",
    "made": "制成数", "matter": "事项", "missing": "缺失数", "number": "编号",
    "people": "人数", "person": "人员编号", "personnel_class": "涉密人员类别", "place": "场所",
    "post": "岗位", "proposal": "提议编号", "purpose": "用途", "raised": "产生的职责",
    "readers": "传阅人数", "reason": "事由", "recall": "清退单", "receiver": "接收人",
    "record": "记录编号", "register": "台账", "reminder": "保密提醒摘要", "returned": "收回数",
    "round": "轮次", "rows": "行数", "sent": "送出数", "sheet": "标签页", "shell": "空壳",
    "size": "字节数", "status": "结果代码", "step": "步骤", "times": "次数", "to": "交给",
    "waste": "废页", "where": "位置", "witness": "监督人", "witnesses": "在场人",
    "issues_half": "发放后半段口令", "year": "年度", "years": "年度",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One entry in words."""

    entry: Entry
    at: datetime
    event: str
    subject: str
    is_denied: bool


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """The table of rights (权限表) of the body, to read, print and go through."""
    at, person = timezone.now(), person_of(request)
    if selectors.officer_post(person, on=day_of(at)) not in (SECADMIN, AUDITOR):
        raise Http404
    rows = selectors.rights_of(selectors.people_of(person.body), at=at, on=day_of(at))
    context = {"title": "权限表", "rows": rows, "at": at, "body": person.body}
    return render(request, "accounts/rights.html", context)


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """The body's chain, newest first, by event, person, day and outcome."""
    at, person = timezone.now(), person_of(request)
    found = _readable(person, at=at)
    asked = {
        k: request.GET.get(k, "").strip() for k in ("event", "who", "since", "until", "denied")
    }
    rows = _asked(found, asked)
    page = page_of(rows.order_by("-id"), request, at=at)
    today = found.filter(at__gte=_utc(timezone.localtime(at).replace(hour=0, minute=0, second=0)))
    context = {
        "title": "审计",
        "asked": asked,
        "page": page,
        "lines": [_line(entry) for entry in page.object_list],
        "events": sorted({(a.key, a.label) for a in ACTIONS.values()}, key=lambda e: e[1]),
        "denied_today": today.filter(event__endswith=".denied").count(),
        "failed_today": today.filter(event="accounts.login_failed").count(),
        "acts_today": today.count(),
        "all_of_it": holds(person, AUDITOR, at),
    }
    return render(request, "accounts/trail.html", context)


@require_safe
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry: who, what, under which clause, which rows; both sides only where no content can be."""
    at, person = timezone.now(), person_of(request)
    found = _readable(person, at=at).filter(number=number).first()
    if found is None:
        raise Http404
    context = {
        "title": f"痕迹第 {found.number} 条",
        "line": _line(found),
        "details": [(NOTED.get(k, k), v) for k, v in sorted(json.loads(found.body).items())],
        "seals": [
            (_row_named(row), digest)
            for row, _, digest in (x.partition("=") for x in found.seals.split("\n") if x)
        ],
        "changes": _changes(found),
    }
    return render(request, "accounts/entry.html", context)


def _readable(person: Person, *, at: datetime) -> Any:
    """All of the body's chain for the auditor, the auditor's own acts for 安全保密管理员."""
    if refusal := check(person, services.READ, None, at=at):
        with act(person, services.READ, None, at=at):  # so that the attempt is chained
            raise refusal
    found = Entry.objects.filter(chain=person.body.code)
    if holds(person, AUDITOR, at):
        return found
    auditors = Person.objects.filter(body=person.body, appointments__post=AUDITOR).values("pk")
    return found.filter(actor__in=auditors)


def _asked(found: Any, asked: dict[str, str]) -> Any:
    if asked["event"]:
        found = found.filter(event__in=[asked["event"], f"{asked['event']}.denied"])
    if asked["who"]:
        found = found.filter(actor_name__contains=asked["who"])
    if asked["denied"]:
        found = found.filter(event__endswith=".denied")
    if since := parse_date(asked["since"]) if asked["since"] else None:
        found = found.filter(at__gte=_utc(_midnight(since)))
    if until := parse_date(asked["until"]) if asked["until"] else None:
        found = found.filter(at__lt=_utc(_midnight(until) + timedelta(days=1)))
    return found


def _line(found: Entry) -> Line:
    key = found.event.removesuffix(".denied")
    point = POINTS.get(key)
    return Line(
        entry=found,
        at=datetime.fromisoformat(found.at),
        event=point.label if point else key,
        subject=_named(found.subject),
        is_denied=found.event.endswith(".denied"),
    )


def _named(subject: str) -> str:
    """`人员 7` for `directory.person:7`: which row, never what is in it."""
    label, _, key = subject.partition(":")
    try:
        return f"{apps.get_model(label)._meta.verbose_name} {key}"
    except (LookupError, ValueError):
        return subject


def _changes(found: Entry) -> list[tuple[str, list[tuple[str, str, str]]]]:
    change = Change.objects.filter(entry=found).first()
    if change is None:
        return []
    shown = []
    for row, columns in json.loads(change.text).items():
        if row.startswith(OPEN_TABLES):
            model = _model_of(row)
            sides = [
                (_column_named(model, c), _short(before), _short(after))
                for c, (before, after) in columns.items()
                if c not in SHUT_COLUMNS
            ]
            shown.append((_row_named(row), sides))
    return shown


def _model_of(row: str) -> Any:
    """The model of `directory_person:7`, or nothing for a table that is gone."""
    table = row.partition(":")[0]
    return next((m for m in apps.get_models() if m._meta.db_table == table), None)


def _row_named(row: str) -> str:
    model = _model_of(row)
    return f"{model._meta.verbose_name} {row.partition(':')[2]}" if model else row


def _column_named(model: Any, column: str) -> str:
    fields = {f.column: str(f.verbose_name) for f in model._meta.concrete_fields} if model else {}
    return fields.get(column, column)


def _short(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))


def _utc(moment: datetime) -> str:
    return written(moment)
