"""The forms of the registry: who says what about a paper, and what is printed, corrected and closed."""

from django import forms

from shoumi.domains.documents.forms.receiving import ReceiveForm
from shoumi.domains.documents.models import Document, LabelSheet, Opinion
from shoumi.domains.documents.rules import Kind
from shoumi.domains.documents.selectors import holders_for, people_for
from shoumi.domains.documents.services.deciding import LEADERS
from shoumi.kernel.levels import Level
from shoumi.platform.ui.fields import PeopleField, PersonField, words
from shoumi.platform.ui.forms import ActForm

__all__ = [
    "CloseForm",
    "CorrectForm",
    "InstructForm",
    "LabelsForm",
    "ProposeForm",
    "ReceiveForm",
    "ReportForm",
]


class ProposeForm(ActForm):
    """拟办."""

    phrases = {"text": ("拟请阅示。", "拟请阅示，并转有关科室办理。", "拟传阅。", "拟存阅。")}

    addressee = PersonField(label="送请批示")
    text = words("拟办意见", most=300, rows=3)

    def prepare(self) -> None:
        self.fields["addressee"].queryset = holders_for(LEADERS, body=self.actor.body, at=self.at)
        _without_words(self)


class InstructForm(ActForm):
    """批示: words, readers, and who handles it by when."""

    phrases = {"text": ("同意拟办意见。", "已阅。", "请按程序办理。", "请传阅。")}

    text = words("批示意见", most=300, rows=3)
    readers = PeopleField(
        label="送阅人员", required=False, help_text="列入知悉范围，机要员按此名单送阅"
    )
    handler = PersonField(label="承办人", required=False)
    handle_by = forms.DateField(label="办理期限", required=False, widget=forms.DateInput())

    def prepare(self) -> None:
        people = people_for(_level(self.subject), body=self.actor.body, at=self.at)
        self.fields["readers"].queryset = people.exclude(pk=self.actor.pk)
        self.fields["handler"].queryset = people
        said = Opinion.objects.visible_to(self.actor, at=self.at).filter(document=self.subject)
        for proposal in said.filter(kind=Opinion.Kind.PROPOSAL).select_related("person"):
            self.fields["text"].help_text = f"拟办：{proposal.text}（{proposal.person}）"
        _without_words(self)


class ReportForm(ActForm):
    """办理反馈."""

    phrases = {"text": ("已按批示办结。", "正在办理，预计月底办结。")}

    text = words("办理情况", most=300, rows=3)

    def prepare(self) -> None:
        _without_words(self)


class CloseForm(ActForm):
    """办结."""

    category = forms.ChoiceField(
        label="类别",
        required=False,
        choices=[("", "请选择"), *Document.CATEGORIES],
        help_text="七类之一，立卷编号用",
    )
    result = forms.CharField(label="办理结果", max_length=200, required=False)
    reply_channel = forms.ChoiceField(
        label="复电渠道",
        required=False,
        choices=[("", "没有复电"), *Document.CHANNELS],
        help_text="密电密复，不得明复",
    )

    def prepare(self) -> None:
        if self.subject is None:
            return
        if not Kind(self.subject.kind).is_wired:
            del self.fields["reply_channel"]
        self.initial = {"category": self.subject.category, **self.initial}
        if self.subject.is_shell:
            del self.fields["result"]


class LabelsForm(ActForm):
    """打印标签; a reprint asks for its reason."""

    reason = forms.CharField(label="补印原因", max_length=100)

    def prepare(self) -> None:
        sheets = LabelSheet.objects.visible_to(self.actor, at=self.at)
        if not sheets.filter(document=self.subject).exists():
            del self.fields["reason"]


class CorrectForm(ActForm):
    """勘误: descriptive fields only."""

    title = forms.CharField(
        label="标题", max_length=200, required=False, widget=forms.TextInput({"data-wide": ""})
    )
    issuer = forms.CharField(label="来文单位", max_length=80)
    issue_number = forms.CharField(label="文号", max_length=60, required=False)
    issued_on = forms.DateField(label="成文日期", required=False, widget=forms.DateInput())
    reply_due = forms.DateField(label="要求办结日期", required=False, widget=forms.DateInput())
    remark = forms.CharField(label="备注", max_length=200, required=False)
    reason = forms.CharField(label="勘误原因", max_length=100)

    def prepare(self) -> None:
        if self.subject is None:
            return
        now = {name: getattr(self.subject, name) for name in self.fields if name != "reason"}
        self.initial = now | self.initial
        if self.subject.is_shell:
            del self.fields["title"]


def _level(subject: Document | None) -> Level:
    return subject.level if subject is not None else Level.TOP_SECRET


def _without_words(form: ActForm) -> None:
    """Opinions on a shell stand on the paper and are not typed in."""
    if form.subject is not None and form.subject.is_shell:
        del form.fields["text"]
