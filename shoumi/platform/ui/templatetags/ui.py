"""The parts (组件) of a page as template tags: badges, deadlines, forms, pagers, charts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.db.models import Model
from django.forms import BaseForm
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from shoumi.kernel.levels import Level
from shoumi.kernel.marks import Stroke, drawn
from shoumi.platform.approvals.selectors import CasePage, case_page, cases
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.model import RulebookError
from shoumi.platform.rulebook.source import clause as clause_named
from shoumi.platform.trail.models import name_of
from shoumi.platform.ui import charts, due, forms, line, once

register = template.Library()
MARK = Control("ui.mark", kind="mark", label="密级标志绘制")

SPRITE = "vendor/icons/sprite.svg"

# A shape of its own for each level, so that a badge is told apart in grey print and by the colour-blind.
SHAPES = {
    Level.TOP_SECRET: "M3.5 1h5L11 3.5v5L8.5 11h-5L1 8.5v-5z",
    Level.SECRET: "M6 1l5.2 9.5H.8z",
    Level.CONFIDENTIAL: "M6 .8L11.2 6 6 11.2.8 6z",
    Level.INTERNAL: "M2 2h8v8H2z",
    Level.PUBLIC: "M6 1.5a4.5 4.5 0 1 0 .01 0z",
}

HOLDER_ICONS = {
    "person": "user",
    "place": "archive",
    "outside": "building",
    "sink": "package",
    "body": "building",
    "department": "users",
}
SIZES = (20, 50, 100)


@register.simple_tag
def icon(name: str) -> SafeString:
    """One icon of the sprite; always beside words, so hidden from readers of the screen aloud."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static(SPRITE),
        name,
    )


@register.simple_tag
def level_badge(level: Any, mark: str = "", struck: Sequence[str] = ()) -> SafeString:
    """密级: colour, word and shape; `mark` prints the full mark (机密★10年) instead of the word."""
    level = Level(getattr(level, "level", level))
    strokes = drawn(mark, struck)
    badge = format_html(
        '<span class="level level-{}"><svg viewBox="0 0 12 12" aria-hidden="true">'
        '<path d="{}"/></svg>{}</span>',
        int(level),
        SHAPES[level],
        next((stroke.text for stroke in strokes if not stroke.struck), level.label),
    )
    return format_html("{}{}", _struck(strokes), badge)


@register.simple_tag
def mark_line(mark: str, struck: Sequence[str] = ()) -> SafeString:
    """密级标志 as `kernel.marks.drawn` has it: old marks struck, the new one beside them."""
    strokes = drawn(mark, struck)
    now = next((stroke.text for stroke in strokes if not stroke.struck), "")
    return format_html('<span class="mark-line">{}{}</span>', _struck(strokes), now)


def _struck(strokes: Iterable[Stroke]) -> SafeString:
    return format_html_join("", "<s>{}</s> ", ((s.text,) for s in strokes if s.struck))


@register.simple_tag(takes_context=True)
def due_badge(
    context: template.Context, due_at: date | datetime | None, done: bool = False
) -> SafeString:
    """期限: days left in words; red when overdue, orange within three days."""
    frame = context.get("frame")
    at = frame.at if frame else timezone.now()
    said = due.due_words(due_at, at=at, done=done)
    day = _day(due_at)
    return format_html(
        '<span class="due due-{}" title="{}">{}</span>',
        said.state,
        f"期限 {day}" if day else "",
        said.words,
    )


@register.simple_tag
def state_badge(words: Any, tone: str = "") -> SafeString:
    """状态: words in a frame; tone is open, soon, bad, done, closed or nothing."""
    return format_html('<span class="state{}">{}</span>', f" state-{tone}" if tone else "", words)


CASE_TONES = {
    "open": "open",
    "approved": "done",
    "refused": "bad",
    "returned": "soon",
    "withdrawn": "closed",
}


@register.simple_tag
def case_state(case: Any) -> SafeString:
    """How an approval stands."""
    return state_badge(case.get_state_display(), CASE_TONES.get(case.state, ""))


@register.simple_tag
def holder(who: Any, kind: str = "") -> SafeString:
    """保管: the one who answers for a thing, with a sign for person, place, department or body."""
    if who is None:
        return mark_safe('<span class="muted">无</span>')
    name = getattr(getattr(who, "_meta", None), "model_name", "") or "person"
    kind = kind or (who.kind if name == "holder" else name)
    return format_html(
        '<span class="holder">{}{}</span>', icon(HOLDER_ICONS.get(kind, "user")), who
    )


@register.simple_tag
def once_token() -> SafeString:
    """The hidden number that makes a form act once, however often it is sent."""
    return format_html('<input type="hidden" name="{}" value="{}">', once.FIELD, once.new_token())


@register.inclusion_tag("ui/form.html", takes_context=True)
def render_form(context: template.Context, form: BaseForm) -> dict[str, Any]:
    """All of a form but its <form> element and buttons: errors, fields, tokens."""
    return {
        "form": form,
        "complaints": forms.complaints(form),
        "sections": forms.sections(form),
        "csrf_token": context.get("csrf_token"),
        "request": context.get("request"),
    }


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: template.Context, page: Any) -> dict[str, Any]:
    """页码 and rows a page, all other conditions kept in the address."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "numbers": list(numbers), "sizes": SIZES, "request": context["request"]}


@register.inclusion_tag("ui/number_card.html")
def number_card(label: str, number: Any, url: str = "", tone: str = "") -> dict[str, Any]:
    """A number that opens the rows behind it."""
    return {"label": label, "number": number, "url": url, "tone": tone}


@register.inclusion_tag("ui/bar_chart.html")
def bar_chart(
    title: str, bars: Iterable[Any], unit: str = "件", now: str = "本期", before: str = "上期"
) -> dict[str, Any]:
    """条形图 with its table twin; bars are charts.Bar, (label, value) or (label, value, url)."""
    return {
        "title": title,
        "chart": charts.draw(bars),
        "unit": unit,
        "now": now,
        "before": before,
    }


@register.inclusion_tag("ui/approval_line.html")
def approval_line(page: CasePage) -> dict[str, Any]:
    """审批线 of a case, as `approvals.selectors.case_page` gives it."""
    return {"points": line.points(page)}


@register.inclusion_tag("ui/approvals_of.html", takes_context=True)
def approvals_of(context: template.Context, row: Model) -> dict[str, Any]:
    """The latest approvals about a row, as far as the reader may know them."""
    frame = context["frame"]
    found = cases(frame.person, at=frame.at).filter(subject=name_of(row))[:2]
    pages = [case_page(case, reader=frame.person, at=frame.at) for case in found]
    return {"pages": pages, "frame": frame}


@register.inclusion_tag("ui/phrases.html")
def phrases(field_id: str, words: Iterable[str] = ()) -> dict[str, Any]:
    """常用语: put into the field by a click; typing works without them."""
    return {
        "field_id": field_id,
        "words": tuple(words) or ("同意。", "拟同意。", "已阅。", "退回补充。"),
    }


@register.inclusion_tag("ui/empty.html")
def empty(words: str, way_on: str = "") -> dict[str, str]:
    """Nothing here, and what that means."""
    return {"words": words, "way_on": way_on}


@register.inclusion_tag("ui/clause.html")
def clause(clause_id: str) -> dict[str, Any]:
    """条款: its title and number, linked to its page where the rulebook shows one."""
    try:
        found = clause_named(clause_id)
    except RulebookError:
        found = None
    movable = found is not None and any(not p.fixed for p in found.parameters)
    return {
        "id": clause_id,
        "clause": found,
        "movable": movable,
        "url": url_or_none("rulebook:clause", clause_id),
    }


@register.simple_tag
def clause_link(clause_id: str) -> SafeString | str:
    """The short form of a clause, for table cells: its title, leading to its page."""
    try:
        title = clause_named(clause_id).title
    except RulebookError:
        title = clause_id
    address = url_or_none("rulebook:clause", clause_id)
    return format_html('<a href="{}">{}</a>', address, title) if address else title


@register.simple_tag(takes_context=True)
def sort_link(context: template.Context, column: str, heading: str) -> SafeString:
    """A head that sorts by its column, and the other way round when clicked again."""
    query = context["request"].GET.copy()
    asked = query.get("sort", "")
    query.pop("page", None)
    query["sort"] = f"-{column}" if asked == column else column
    way = {column: "sort-up", f"-{column}": "sort-down"}.get(asked, "")
    return format_html(
        '<a class="sort {}" href="?{}" hx-get="?{}" hx-target="#table" hx-push-url="true">{}</a>',
        way,
        query.urlencode(),
        query.urlencode(),
        heading,
    )


@register.simple_tag
def url_or_none(name: str, *args: Any) -> str:
    """An address, or nothing when the installation has no such page."""
    try:
        return reverse(name, args=args) if name else ""
    except NoReverseMatch:
        return ""


@register.filter
def moment(value: date | datetime | None) -> str:
    """A date as `2026-09-01`, a time as `2026-09-01 09:05`, in the office's own hours."""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return _day(value) if value else ""


@register.filter
def is_said(fields: Iterable[forms.FieldView]) -> bool:
    """Whether anything is filled in, or wrong, in a group of fields."""
    return any(field.errors or field.bound.value() for field in fields)


@register.filter
def item(mapping: Mapping[Any, Any], key: Any) -> Any:
    """An entry of a mapping by a key that is itself a variable."""
    return mapping.get(key, "")


def _day(value: date | datetime | None) -> str:
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return value.isoformat() if value else ""
