"""Forms of the smaller matters: slips, returns, anomalies, lapses, telegrams, meetings, files."""

from django import forms
from django.utils import timezone

from shoumi.domains.documents.models import Document, Lapse, SentBack
from shoumi.domains.documents.rules import Channel
from shoumi.domains.documents.selectors import brought_by, colleagues, holders_for, years_on_file
from shoumi.domains.documents.services.telegrams import HEADS
from shoumi.kernel.levels import Level
from shoumi.platform.ui.fields import PersonField
from shoumi.platform.ui.forms import ActForm


class SlipForm(ActForm):
    """退回执."""

    phrases = {"how": ("交原送达人带回。", "随机要交通寄回。")}

    how = forms.CharField(label="退回方式", max_length=60)


class AnomalyForm(ActForm):
    """查处异常."""

    cause = forms.CharField(label="查明原因", max_length=200)
    handling = forms.CharField(label="处理情况", max_length=200)


class LapseForm(ActForm):
    """登记差错."""

    kind = forms.ChoiceField(label="差错", choices=Lapse.Kind.choices)
    person = PersonField(label="责任人")
    what = forms.CharField(label="情况", max_length=100, help_text="写环节和栏目，不写文件内容")

    def prepare(self) -> None:
        self.fields["person"].queryset = colleagues(self.actor.body)


class TellForm(ActForm):
    """报告负责人."""

    whom = PersonField(label="报告对象")

    def prepare(self) -> None:
        heads = holders_for(frozenset(HEADS), body=self.actor.body, at=self.at)
        self.fields["whom"].queryset = heads


class ReturnForm(ActForm):
    """登记退件: no title and no content is asked for."""

    dense = True
    keep = ("sender",)

    reason = forms.ChoiceField(label="退回原因", choices=SentBack.Reason.choices)
    sender = forms.CharField(label="来件单位", max_length=80)
    level = forms.TypedChoiceField(
        label="封皮密级",
        coerce=int,
        choices=[("", "请选择"), *((int(level), level.label) for level in Level)],
        help_text="照封皮填，不明的按最高填",
    )
    received_at = forms.DateTimeField(label="收到时间", widget=forms.DateTimeInput())
    envelope_number = forms.CharField(label="封皮编号", max_length=40, required=False)
    issue_number = forms.CharField(label="文号", max_length=60, required=False)
    pieces = forms.IntegerField(label="件数", min_value=1, max_value=99, initial=1)

    def prepare(self) -> None:
        self.initial = {"received_at": timezone.localtime(self.at), **self.initial}


class GoBackForm(ActForm):
    """退回来件."""

    channel = forms.ChoiceField(label="退回渠道", choices=[(c.value, c.label) for c in Channel])
    taken_by = forms.CharField(label="接件人", max_length=40)


class AnnounceForm(ActForm):
    """参会报备."""

    meeting = forms.CharField(label="会议", max_length=80, help_text="会议名称涉密的写代号")
    host = forms.CharField(label="主办单位", max_length=80)
    ends_on = forms.DateField(label="结束日期", widget=forms.DateInput())


class PaperField(forms.ModelMultipleChoiceField):
    """Papers by their numbers."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, paper: Document) -> str:  # type: ignore[override]
        return f"{paper.number}　{paper.issuer}　{paper.copies} 份"


class HandInForm(ActForm):
    """收交会议文件: those that this person brought from meetings."""

    papers = PaperField(
        Document.objects.none(),
        label="交来的文件",
        help_text="先办理「签收登记」，递送渠道选「会议带回」，送达人填参会人",
    )

    def prepare(self) -> None:
        if self.subject is not None:
            self.fields["papers"].queryset = brought_by(
                self.subject.person, since=self.subject.announced_at, reader=self.actor, at=self.at
            )


class FilesForm(ActForm):
    """核查档案: whatever is not named was found whole."""

    year = forms.TypedChoiceField(label="归档年度", coerce=int)
    faulty = forms.CharField(
        label="不完好的归档编号",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text="逐件核查后，将缺失、破损的归档编号或者收文编号填在这里，用顿号隔开；其余按完好登记",
    )
    remedy = forms.CharField(label="补救措施", required=False, max_length=200)

    def prepare(self) -> None:
        years = years_on_file(self.actor, at=self.at)
        self.fields["year"].choices = [(year, f"{year} 年") for year in years]
