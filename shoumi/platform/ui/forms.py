"""Forms (表单): who fills it in, which words its errors use, how a refusal enters it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.boundfield import BoundField

from shoumi.kernel.refusal import Refusal


class ActForm(forms.Form):
    """A form that knows who acts on what; override `prepare` to narrow choices or set defaults.

    `sections` groups the fields, `keep` names those whose last values the next new form starts with,
    `phrases` gives quick words for a text field; `dense` puts four fields on a line, for registering;
    `folded` names the groups that stay closed until something is said in them.
    """

    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    keep: tuple[str, ...] = ()
    phrases: dict[str, tuple[str, ...]] = {}
    dense: bool = False
    folded: tuple[str, ...] = ()

    def __init__(
        self,
        *args: Any,
        actor: Any = None,
        subject: Model | None = None,
        at: datetime | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        # What a form asks of them differs from form to form.
        self.actor: Any = actor
        self.subject: Any = subject
        self.at: Any = at
        self.prepare()

    def prepare(self) -> None:
        """Nothing to prepare unless a form says so."""


class RefusedInput(ValidationError):
    """A refusal of the service, shown above the form with its clause."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message, code="refusal")
        self.clause = refusal.clause
        self.way_on = refusal.way_on


def refuse(form: forms.Form, refusal: Refusal) -> None:
    """Put what the service said at the head of the form."""
    form.add_error(None, RefusedInput(refusal))


@dataclass(frozen=True)
class Complaint:
    """One line of the error summary, linked to its field."""

    words: str
    field_id: str = ""
    clause: str = ""
    way_on: str = ""


@dataclass(frozen=True)
class FieldView:
    """A field as the page draws it."""

    bound: BoundField
    kind: str
    wide: bool
    errors: list[str]
    markup: str
    phrases: tuple[str, ...]

    @property
    def hint_id(self) -> str:
        return f"{self.bound.auto_id}-hint"

    @property
    def error_id(self) -> str:
        return f"{self.bound.auto_id}-error"


def complaints(form: forms.BaseForm) -> list[Complaint]:
    """Every error of the form in the order of its fields, in the same words as beside the field."""
    if not form.is_bound:
        return []
    found = []
    data = form.errors.as_data()
    for error in data.get("__all__", []):
        clause, way_on = getattr(error, "clause", ""), getattr(error, "way_on", "")
        found += [Complaint(str(m), clause=clause, way_on=way_on) for m in error.messages]
    for bound in _bound_fields(form):
        first = _first_id(bound)
        found += [Complaint(words, first) for words in _words(bound, data.get(bound.name, []))]
    return found


def sections(form: forms.BaseForm) -> list[tuple[str, list[FieldView]]]:
    """The visible fields in their groups; a field no group names closes the form."""
    views = {b.name: _view(form, b) for b in _bound_fields(form) if not b.is_hidden}
    groups = []
    for title, names in getattr(form, "sections", ()):
        groups.append((title, [views.pop(n) for n in names if n in views]))
    if views:
        groups.append(("", list(views.values())))
    return groups


def _bound_fields(form: forms.BaseForm) -> list[BoundField]:
    return [form[name] for name in form.fields]


def _first_id(bound: BoundField) -> str:
    return bound.id_for_label or f"{bound.auto_id}_0"


def _words(bound: BoundField, errors: Iterable[ValidationError]) -> list[str]:
    """What is wrong and what to do, in the office's words; the field's own sentence where it has one."""
    said = []
    for error in errors:
        sentence = _SENTENCES.get((_kind_of(bound.field), error.code or ""))
        sentence = sentence or _SENTENCES.get(("", error.code or ""))
        if sentence:
            said.append(sentence.format(label=bound.label, **(error.params or {})))
        else:
            said += [f"{bound.label}：{m}" for m in error.messages]
    return said


# (kind of field, error code) -> sentence. Only for the codes that Django itself raises.
_SENTENCES = {
    ("", "required"): "请填写{label}",
    ("choice", "required"): "请选择{label}",
    ("tick", "required"): "请勾选确认：{label}",
    ("file", "required"): "请选择{label}的文件",
    ("number", "invalid"): "{label}应填整数",
    ("date", "invalid"): "{label}应填日期，如 2026-09-01",
    ("", "invalid_choice"): "{label}请从所列选项中选择",
    ("", "min_value"): "{label}不得小于 {limit_value}",
    ("", "max_value"): "{label}不得大于 {limit_value}",
    ("", "max_length"): "{label}不得超过 {limit_value} 字，现有 {show_value} 字",
    ("", "min_length"): "{label}不得少于 {limit_value} 字，现有 {show_value} 字",
}


def _kind_of(field: forms.Field) -> str:
    kinds: list[tuple[type[forms.Field], str]] = [
        (forms.ChoiceField, "choice"),
        (forms.ModelChoiceField, "choice"),
        (forms.BooleanField, "tick"),
        (forms.FileField, "file"),
        (forms.IntegerField, "number"),
        (forms.DateField, "date"),
        (forms.DateTimeField, "date"),
    ]
    return next((kind for cls, kind in kinds if isinstance(field, cls)), "")


def _view(form: forms.BaseForm, bound: BoundField) -> FieldView:
    widget = bound.field.widget
    errors = _words(bound, form.errors.as_data().get(bound.name, [])) if form.is_bound else []
    _fit_date(widget)
    if isinstance(bound.field, forms.ModelChoiceField) and bound.field.empty_label:
        bound.field.empty_label = "请选择"
    described = [f"{bound.auto_id}-hint"] if bound.help_text else []
    described += [f"{bound.auto_id}-error"] if errors else []
    attrs: dict[str, Any] = {"class": _css_class(widget)}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if errors:
        attrs["aria-invalid"] = "true"
    kind = _kind(widget)
    wide = (
        isinstance(widget, (forms.Textarea, forms.CheckboxSelectMultiple))
        or (getattr(bound.field, "max_length", None) or 0) >= 100
        or "data-wide" in widget.attrs
    )
    phrases = getattr(form, "phrases", {}).get(bound.name, ())
    markup = bound.as_widget(attrs=attrs)
    return FieldView(bound, kind, wide, errors, markup, phrases)


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "choices"
    return "plain"


def _css_class(widget: forms.Widget) -> str:
    own = widget.attrs.get("class", "")
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        given = "choices"
    elif isinstance(widget, forms.CheckboxInput):
        given = "form-check-input"
    elif isinstance(widget, forms.Select):
        given = "form-select"
    else:
        given = "form-control"
    return f"{given} {own}".strip()


def _fit_date(widget: forms.Widget) -> None:
    """Native date fields: the browser wants ISO, whatever the locale prints."""
    if isinstance(widget, forms.DateTimeInput):
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"


def extra_names(form: forms.BaseForm, sent: Iterable[str]) -> list[str]:
    """Names that were sent and that this form does not have; those of the page itself aside."""
    known = {form.add_prefix(name) for name in form.fields}
    return [
        name
        for name in sent
        if not name.startswith(("_", "csrfmiddlewaretoken", "initial-"))
        and name not in known
        and name.rpartition("_")[0] not in known
    ]


def answers(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What was filled in, in words, for 「请核对」."""
    return [
        (str(bound.label), _answer(bound, form.cleaned_data.get(bound.name)))
        for bound in _bound_fields(form)
        if not bound.is_hidden
    ]


def _answer(bound: BoundField, value: Any) -> str:
    choices = dict(getattr(bound.field, "choices", ()) or ()) if _is_choice(bound.field) else {}
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    many = isinstance(value, (list, tuple)) or hasattr(value, "model")
    return "、".join(str(choices.get(v, v)) for v in (value if many else [value]))


def _is_choice(field: forms.Field) -> bool:
    return isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
