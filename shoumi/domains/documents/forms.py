"""The forms of the registry: dense, in the order in which a paper is taken out of its envelope."""

from typing import Any

from django import forms
from django.utils import timezone

from shoumi.domains.documents.models import Document, LabelSheet, Opinion
from shoumi.domains.documents.selectors import holders_for, people_for, stores_of
from shoumi.domains.documents.services.deciding import LEADERS
from shoumi.kernel.levels import Level
from shoumi.platform.directory.models import Person, Place
from shoumi.platform.ui.forms import ActForm


class PersonField(forms.ModelChoiceField):
    """One person, told apart by the department."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Person.objects.none(), empty_label="请选择", **kwargs)

    def label_from_instance(self, person: Person) -> str:  # type: ignore[override]
        return named(person)


class PeopleField(forms.ModelMultipleChoiceField):
    """Several people, searched by typing where a script runs."""

    widget = forms.SelectMultiple(attrs={"data-choose": "", "data-wide": "", "size": "6"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Person.objects.none(), **kwargs)

    def label_from_instance(self, person: Person) -> str:  # type: ignore[override]
        return named(person)


def named(person: Person) -> str:
    return f"{person.name}（{person.department or '单位领导'}）"


def words(label: str, *, required: bool = True) -> forms.CharField:
    """A line or two of opinion."""
    area = forms.Textarea(attrs={"rows": "3"})
    return forms.CharField(label=label, max_length=300, required=required, widget=area)


class ReceiveForm(ActForm):
    """签收登记: checks of the envelope, elements of the register, mark, copies, and who may know."""

    dense = True
    sections = (
        (
            "清点核对",
            (
                "envelope_number",
                "deliverer",
                "channel",
                "received_at",
                "addressed",
                "number_agrees",
                "count_agrees",
                "intact",
                "complete",
                "deliverer_confirmed",
                "anomaly",
            ),
        ),
        (
            "来文登记",
            (
                "kind",
                "urgency",
                "issuer",
                "issue_number",
                "title",
                "issued_on",
                "reply_due",
                "place",
                "remark",
            ),
        ),
        ("密级与份号", ("mark", "period_unmarked", "copies", "copy_numbers")),
        ("知悉范围", ("people", "cosigned_by")),
    )
    keep = ("kind", "urgency", "issuer", "channel", "deliverer", "place")
    phrases = {"mark": ("秘密★10年", "机密★20年", "绝密★30年", "内部")}

    addressed = forms.BooleanField(label="收件单位是本单位", required=False)
    number_agrees = forms.BooleanField(label="封皮编号与清单一致", required=False)
    count_agrees = forms.BooleanField(label="件数与清单一致", required=False)
    intact = forms.BooleanField(label="封装完好未启封", required=False)
    complete = forms.BooleanField(label="附件齐全", required=False)
    deliverer_confirmed = forms.BooleanField(label="异常已由送达人签认", required=False)
    envelope_number = forms.CharField(label="封皮编号", max_length=40, required=False)
    deliverer = forms.CharField(label="送达人", max_length=40, required=False)
    channel = forms.ChoiceField(label="递送渠道", choices=Document.CHANNELS)
    received_at = forms.DateTimeField(label="签收时间", widget=forms.DateTimeInput())
    anomaly = forms.CharField(
        label="异常情况",
        max_length=200,
        required=False,
        help_text="有一项不符的，写明情况，由送达人签名确认；附件不齐的先签收，补齐前不得拟办",
    )
    kind = forms.ChoiceField(label="文种", choices=Document.KINDS)
    urgency = forms.ChoiceField(label="紧急程度", choices=Document.URGENCIES, initial="plain")
    issuer = forms.CharField(label="来文单位", max_length=80)
    issue_number = forms.CharField(label="文号", max_length=60, required=False)
    issued_on = forms.DateField(label="成文日期", required=False, widget=forms.DateInput())
    reply_due = forms.DateField(label="要求办结日期", required=False, widget=forms.DateInput())
    title = forms.CharField(
        label="标题", max_length=200, required=False, widget=forms.TextInput({"data-wide": ""})
    )
    mark = forms.CharField(
        label="密级标志",
        max_length=80,
        required=False,
        help_text="照原件填，无标志的留空",
    )
    period_unmarked = forms.BooleanField(label="原件未标期限，按最长期限掌握", required=False)
    copies = forms.IntegerField(label="份数", min_value=1, max_value=500, initial=1)
    copy_numbers = forms.CharField(
        label="份号", required=False, help_text="如「000001-000003、000005」"
    )
    place = forms.ModelChoiceField(Place.objects.none(), label="存放处", empty_label="请选择")
    people = PeopleField(
        label="来文指定的知悉人员",
        required=False,
        help_text="机要员、办公室主任、分管领导、主要领导不必选；其他人员由批示确定",
    )
    cosigned_by = PersonField(label="共同签收人", required=False, help_text="领导直送的须两人签收")
    remark = forms.CharField(label="备注", max_length=90, required=False)

    def prepare(self) -> None:
        # A copy: the values kept in the session must not take up what is set here.
        self.initial = {"received_at": timezone.localtime(self.at), **self.initial}
        everyone = people_for(Level.CONFIDENTIAL, body=self.actor.body, at=self.at)
        self.fields["people"].queryset = everyone
        self.fields["cosigned_by"].queryset = everyone.exclude(pk=self.actor.pk)
        self.fields["place"].queryset = stores_of(self.actor.body)


class ProposeForm(ActForm):
    """拟办."""

    phrases = {"text": ("拟请阅示。", "拟请阅示，并转有关科室办理。", "拟传阅。", "拟存阅。")}

    addressee = PersonField(label="送请批示")
    text = words("拟办意见")

    def prepare(self) -> None:
        self.fields["addressee"].queryset = holders_for(LEADERS, body=self.actor.body, at=self.at)
        without_words(self)


class InstructForm(ActForm):
    """批示: words, readers, and who handles it by when."""

    phrases = {"text": ("同意拟办意见。", "已阅。", "请按程序办理。", "请传阅。")}

    text = words("批示意见")
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
        without_words(self)


class ReportForm(ActForm):
    """办理反馈."""

    phrases = {"text": ("已按批示办结。", "正在办理，预计月底办结。")}

    text = words("办理情况")

    def prepare(self) -> None:
        without_words(self)


class CloseForm(ActForm):
    """办结."""

    result = forms.CharField(label="办理结果", max_length=200, required=False)

    def prepare(self) -> None:
        if self.subject is not None and self.subject.is_shell:
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


def without_words(form: ActForm) -> None:
    """Opinions on a shell stand on the paper and are not typed in."""
    if form.subject is not None and form.subject.is_shell:
        del form.fields["text"]


def _level(subject: Document | None) -> Level:
    return subject.level if subject is not None else Level.TOP_SECRET
