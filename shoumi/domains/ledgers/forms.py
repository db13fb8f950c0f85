"""Forms of the simple ledgers, made from their files; correcting also asks why."""

from typing import Any

from django import forms

from shoumi.domains.ledgers.services.entering import LEDGERS
from shoumi.platform.rulebook.ledgers import Column, Ledger
from shoumi.platform.ui.forms import ActForm

WIDE = 100


class EnterForm(ActForm):
    """Filled in by the ledger's columns."""

    ledger: Ledger


class CorrectForm(EnterForm):
    """As entered, to be set right; a personal value is typed anew or left as it is."""

    reason = forms.CharField(
        label="更正原因", max_length=200, help_text="原来的内容留在痕迹中，不会消失"
    )

    def prepare(self) -> None:
        kept = getattr(self.subject, "data", {})
        for column in self.ledger.current:
            if column.personal:
                self.fields[column.key].required = False
                self.fields[column.key].help_text = "不更改的留空"
            else:
                self.initial.setdefault(column.key, kept.get(column.key))
        self.order_fields([*(c.key for c in self.ledger.current), "reason"])


def _text(column: Column, **given: Any) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 3}) if column.most > WIDE else forms.TextInput()
    return forms.CharField(max_length=column.most, widget=widget, **given)


def _number(column: Column, **given: Any) -> forms.Field:
    return forms.IntegerField(min_value=0, max_value=column.most, **given)


def _choice(column: Column, **given: Any) -> forms.Field:
    choices = [("", "请选择"), *((word, word) for word in column.choices)]
    return forms.ChoiceField(choices=choices, **given)


def _date(column: Column, **given: Any) -> forms.Field:
    return forms.DateField(**given)


def _tick(column: Column, **given: Any) -> forms.Field:
    return forms.BooleanField(**given)


MADE = {"text": _text, "number": _number, "choice": _choice, "date": _date, "tick": _tick}


def field_of(column: Column) -> forms.Field:
    return MADE[column.kind](
        column, label=column.heading, required=column.required, help_text=column.hint
    )


def _form(parent: type[EnterForm], ledger: Ledger) -> type[EnterForm]:
    fields = {column.key: field_of(column) for column in ledger.current}
    return type(f"{parent.__name__}_{ledger.key}", (parent,), {"ledger": ledger, **fields})


ENTER = {key: _form(EnterForm, ledger) for key, ledger in LEDGERS.items()}
CORRECT = {key: _form(CorrectForm, ledger) for key, ledger in LEDGERS.items()}


class RevealForm(ActForm):
    reason = forms.CharField(
        label="查看事由",
        min_length=4,
        max_length=200,
        help_text="事由、查看人和时间留存备查；全文显示一分钟",
    )


class VerifyForm(ActForm):
    kept = forms.FileField(
        label="检查点文件",
        required=False,
        help_text="从保险柜取出的检查点。不比对检查点的，不能排除截尾、整链重算或者回退",
    )
