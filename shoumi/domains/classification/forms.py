"""The forms of the room: the list, who decides, what is proposed and decided, and what becomes of it."""

from typing import Any

from django import forms

from shoumi.domains.classification.models import (
    Determination,
    Fault,
    Matter,
    Power,
    Referral,
    Remarking,
)
from shoumi.domains.classification.rules import (
    CHANGING,
    RELEASING,
    Harm,
    Likeness,
    Sort,
)
from shoumi.domains.classification.selectors import (
    matters_of,
    media,
    remarkings_of,
    to_review,
)
from shoumi.domains.classification.services.keeping import MEDIA
from shoumi.domains.classification.services.steps import AUTHORITY
from shoumi.domains.documents.selectors import holders_for, people_for, stores_of
from shoumi.kernel.levels import Level
from shoumi.kernel.marks import WORK_SECRET_WORDINGS
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Department
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.ui.fields import PeopleField, PersonField, PlaceField, words
from shoumi.platform.ui.forms import ActForm

SECRET = [(x.value, x.label) for x in reversed(Level) if x.is_state_secret]
MARKS = ("秘密★5年", "机密★10年", "绝密★20年")


class Asking(ActForm):
    """The questions of this room; who asks about what is told by the page."""

    actor: Any
    subject: Any
    at: Any
    fields: Any

    def offer(self, name: str, clause: str, key: str) -> None:
        """Let a field choose among the words that a clause lists today."""
        said = figure(clause, key, on=day_of(self.at), body=self.actor.body)
        self.fields[name].choices = [("", "请选择"), *((word, word) for word in said)]

    def offer_departments(self, name: str) -> None:
        self.fields[name].queryset = Department.objects.filter(body=self.actor.body).order_by("id")


def line(label: str, *, most: int = 90, required: bool = True, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint)


def day(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=hint, widget=forms.DateInput())


def chosen(label: str, kinds: Any, *, hint: str = "") -> forms.ChoiceField:
    pairs = [(kind.value, kind.label) for kind in kinds]
    return forms.ChoiceField(label=label, choices=[("", "请选择"), *pairs], help_text=hint)


def departments(label: str, *, hint: str = "") -> "forms.ModelMultipleChoiceField[Department]":
    return forms.ModelMultipleChoiceField(
        Department.objects.none(),
        label=label,
        required=False,
        help_text=hint,
        widget=forms.SelectMultiple(attrs={"data-choose": "", "size": "4"}),
    )


class MatterForm(Asking):
    """列入事项."""

    dense = True
    sections = (
        ("事项", ("name", "sort", "category", "area", "importance", "note")),
        ("密级、期限和范围", ("mark", "harm", "scope", "basis")),
        ("提示", ("words",)),
    )
    phrases = {"mark": (*MARKS, "机密★启用前")}

    name = line("事项", most=120)
    sort = chosen("信息类别", Sort)
    category = forms.ChoiceField(label="事项类别")
    area = forms.ChoiceField(label="业务领域")
    importance = forms.ChoiceField(label="重要性")
    note = line("事项说明", required=False, hint="「其他事项」必须写明")
    mark = line(
        "密级和保密期限", required=False, hint="如「机密★10年」；不是国家秘密的不填，按内部掌握"
    )
    harm = chosen("泄露后的损害程度", Harm)
    scope = line("知悉范围", most=200, hint="限定到岗位或者人员")
    basis = line("保密事项范围条目", most=200, hint="保密事项范围的名称和条目；工作秘密写明依据")
    words = line("提示词", most=300, required=False, hint="文稿中出现即提示本事项，词之间用顿号")

    def prepare(self) -> None:
        self.offer("category", "classification.categories", "categories")
        self.offer("area", "classification.areas", "areas")
        self.offer("importance", "classification.importance", "degrees")


class FileForm(Asking):
    """登记备案."""

    bureau = line("备案的保密行政管理部门", most=80)
    filing_number = line("备案编号", most=60)
    filed_on = day("备案日期")


class PowerForm(Asking):
    """登记定密权限."""

    origin = chosen("来源", Power.Origin)
    limit = forms.TypedChoiceField(label="最高密级", choices=SECRET, coerce=int)
    giver = line("授权机关", most=80, required=False, hint="授权的必须填写")
    document = line("依据或者授权文号")
    scope = line("授权的事项范围", most=200, required=False)
    since = day("起")
    until = day("止", required=False, hint="长期有效的不填")


class DesignateForm(Asking):
    """登记定密责任人."""

    person = PersonField(label="定密责任人")
    limit = forms.TypedChoiceField(label="定密权限最高密级", choices=SECRET, coerce=int)
    scope = line("分管的事项", most=200, required=False)
    document = line("指定文件")
    trained_until = day("培训有效期")

    def prepare(self) -> None:
        posts = frozenset({AUTHORITY, "head"})
        self.fields["person"].queryset = holders_for(posts, body=self.actor.body, at=self.at)


class Proposing(Asking):
    """What every proposal asks: what it is, what it is kept on, and who knows it."""

    name = line("事项名称", most=120, required=False, hint="密级高于部署等级的不填")
    carrier = forms.ChoiceField(label="载体形式")
    people = PeopleField(
        label="知悉人员", required=False, help_text="因工作需要知悉的人员，逐人选定"
    )

    def prepare(self) -> None:
        self.offer("carrier", "classification.carriers", "forms")
        people = people_for(Level.INTERNAL, body=self.actor.body, at=self.at)
        self.fields["people"].queryset = people.exclude(pk=self.actor.pk)


class ProposeForm(Proposing):
    """拟定密级."""

    sections = (
        ("事项", ("name", "carrier", "matter", "basis")),
        ("密级", ("mark", "harm", "risk", "points")),
        ("知悉范围", ("people", "departments", "wide_reason")),
    )
    phrases = {"mark": MARKS, "risk": ("泄露风险可控，限定范围后按规定管理。",)}

    matter = forms.ModelChoiceField(
        Matter.objects.none(),
        label="一览表事项",
        required=False,
        empty_label="一览表没有列明",
        help_text="选定后密级和期限按一览表",
    )
    basis = line(
        "定密依据", most=200, required=False, hint="一览表没有列明的，写明保密事项范围条目"
    )
    mark = line("拟定标志", most=80, required=False, hint="如「秘密★5年」；选定事项的可以不填")
    harm = chosen("泄露后的损害程度", Harm)
    risk = words("风险评估结论")
    points = words("密点", required=False, hint="能够明确到段落、数据的，写明密点")
    departments = departments(
        "知悉部门", hint="限定不到人的选定部门；信访、案件、人事材料不得选部门"
    )
    wide_reason = line("范围较大的理由", most=200, required=False)

    def prepare(self) -> None:
        super().prepare()
        self.fields["matter"].queryset = matters_of(self.actor, at=self.at, sorts=(Sort.STATE,))
        self.offer_departments("departments")


class DeriveForm(Proposing):
    """派生定密."""

    sections = (
        ("来源", ("sources", "likeness", "points")),
        ("事项", ("name", "carrier")),
        ("知悉范围", ("people",)),
    )

    sources = words(
        "来源编号", most=400, hint="收文编号、文号或者定密编号，一行一个；密级和期限随来源"
    )
    likeness = chosen("派生情形", Likeness)
    points = words("涉及的密点", required=False, hint="情形为「涉及密点」的必须填写")


class WorkForm(Proposing):
    """拟定工作秘密."""

    sections = (
        ("事项", ("name", "carrier", "matter", "basis", "mark")),
        ("知悉范围", ("people", "departments")),
    )

    matter = forms.ModelChoiceField(
        Matter.objects.none(),
        label="一览表事项",
        required=False,
        empty_label="一览表没有列明",
        help_text="如未公开的政策研究成果、内部工作方案、业务数据统计",
    )
    basis = line("依据", most=200, required=False)
    mark = forms.ChoiceField(label="标志", choices=[(w, w) for w in WORK_SECRET_WORDINGS])
    departments = departments("知悉部门")

    def prepare(self) -> None:
        super().prepare()
        others = tuple(sort for sort in Sort if sort is not Sort.STATE)
        self.fields["matter"].queryset = matters_of(self.actor, at=self.at, sorts=others)
        self.offer_departments("departments")


class DecideForm(Asking):
    """定密."""

    mark = line("密级标志", most=80, hint="核对拟定的密级和期限，可以改定")
    opinion = words("定密意见", required=False)
    phrases = {"mark": MARKS, "opinion": ("同意按所拟密级定密。", "经审核，改定如上。")}

    def prepare(self) -> None:
        subject: Determination | None = self.subject
        if subject is not None:
            self.initial = {"mark": subject.mark_text} | (self.initial or {})
            if subject.manner == Determination.Manner.DERIVED:
                self.fields["mark"].help_text = "派生定密，密级和期限随来源，不得改动"


class OpinionForm(Asking):
    """不予定密."""

    opinion = words("理由")
    phrases = {"opinion": ("不属于保密事项范围，不定密。",)}


class ApproveWorkForm(Asking):
    """核定工作秘密."""

    opinion = words("意见", required=False)
    phrases = {"opinion": ("同意。",)}


class CarriersForm(Asking):
    """登记载体."""

    copies = forms.IntegerField(label="份数", min_value=1, max_value=300, initial=1)
    place = PlaceField(label="存放处")

    def prepare(self) -> None:
        self.fields["place"].queryset = stores_of(self.actor.body)


class StoreForm(Asking):
    """登记存储介质."""

    item = forms.ModelChoiceField(
        Item.objects.none(), label="计算机、介质或者设备", empty_label="请选择"
    )

    def prepare(self) -> None:
        self.fields["item"].queryset = media(self.actor, kinds=MEDIA, at=self.at)
        self.fields["item"].label_from_instance = lambda one: (
            f"{one.name}（{one.get_kind_display()}，{one.level.label}）"
        )


class ChangeForm(Asking):
    """变更密级."""

    mark = line("变更后的标志", most=80)
    ground = chosen("情形", CHANGING)
    reason = words("理由")
    phrases = {"mark": MARKS}


class ReleaseForm(Asking):
    """解密."""

    ground = chosen("情形", RELEASING)
    reason = words("理由")
    published_in = line("公布的载体或者文号", most=60, required=False, hint="决定公开的必须填写")


class MarkForm(Asking):
    """延长、纠正."""

    mark = line("标志", most=80, hint="期限自制发之日起算")
    reason = words("理由")

    def prepare(self) -> None:
        if self.subject is not None:
            self.initial = {"mark": self.subject.mark_text} | (self.initial or {})


class NoticeForm(Asking):
    """登记密级变动通知."""

    paper = line("来文", most=60, hint="收文编号或者文号")
    notice_number = line("通知文号", most=60)
    mark = line("通知后的标志", most=80, hint="如「秘密★10年」；通知解密的填写「解密」")
    reason = words("说明", required=False)
    phrases = {"mark": ("解密", *MARKS)}


class RemarkForm(Asking):
    """登记换标."""

    remarkings = forms.ModelMultipleChoiceField(
        Remarking.objects.none(),
        label="已换标的载体",
        help_text="旧标志划去，新标志标在旁边；逐份办理后勾选",
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self) -> None:
        if self.subject is not None:
            rows = remarkings_of(self.subject, reader=self.actor, at=self.at)
            self.fields["remarkings"].queryset = rows
            self.fields["remarkings"].label_from_instance = lambda one: (
                f"{one.item.name}　{one.item.code}　现在{one.item.holder}"
            )


class SendForm(Asking):
    """登记外单位回执."""

    receipt = line("回执编号", most=90)


class ReferForm(Asking):
    """报请确定."""

    cause = chosen("情形", Referral.Cause)
    to = line("报送机关", most=80)
    letter = line("报送文号", most=60)
    claimed = forms.TypedChoiceField(
        label="主张的最高密级",
        choices=SECRET,
        coerce=int,
        help_text="审定前按所主张的最高密级保护",
    )
    reason = words("说明")


class AnswerForm(Asking):
    """登记审定结果."""

    answer = line("审定文号", most=60)
    mark = line("审定结果", most=80, hint="密级标志，或者「不属于国家秘密」")
    phrases = {"mark": (*MARKS, "不属于国家秘密")}


class ReviewForm(Asking):
    """年度审核."""

    determinations = forms.ModelMultipleChoiceField(
        Determination.objects.none(),
        label="审核维持的事项",
        help_text="需要变更、解密、延长的，在各自页面办理",
        widget=forms.CheckboxSelectMultiple,
    )
    conclusion = line("审核结论")
    phrases = {"conclusion": ("情形没有变化，继续保密。",)}

    def prepare(self) -> None:
        self.fields["determinations"].queryset = to_review(self.actor, at=self.at)
        self.fields["determinations"].label_from_instance = lambda one: (
            f"{one.number}　{one.mark_text}　{one.called}"
        )


class FaultForm(Asking):
    """发出纠正通知."""

    kind = chosen("问题", Fault.Kind)
    stage = chosen("环节", Fault.Stage)
    carrier = line("文件或者载体编号", most=60, hint="只填编号，不得写入国家秘密内容")
    facts = words("情况", hint="不得写入国家秘密内容")
    department = forms.ModelChoiceField(
        Department.objects.none(), label="责任部门", empty_label="请选择"
    )

    def prepare(self) -> None:
        self.offer_departments("department")


class ResultForm(Asking):
    """登记纠正结果."""

    result = words("纠正结果")
