"""The forms of the room: a post, the review, training, pledges, reports, journeys, leaving."""

from typing import Any

from django import forms

from shoumi.domains.documents.selectors import stores_of
from shoumi.domains.personnel.models import Consultation, SecretPost
from shoumi.domains.personnel.rules.words import (
    Answer,
    Destination,
    Employment,
    Leaving,
    Outcome,
    Pledged,
    Travel,
    Verdict,
    Watched,
)
from shoumi.domains.personnel.selectors import bounds_on, colleagues, exposure_words
from shoumi.kernel.levels import Level
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Department
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.ui.fields import PersonField, PlaceField, words
from shoumi.platform.ui.forms import ActForm

CHOOSE = ("", "请选择")
WIDE = {"data-wide": ""}


def day(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput, **more)


def choice(label: str, choices: list[tuple[Any, str]], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[CHOOSE, *choices], **more)


class Asking(ActForm):
    """The questions of this room; who asks about what is told by the page."""

    actor: Any
    subject: Any
    at: Any
    fields: Any

    def listed(self, clause: str, key: str) -> list[tuple[str, str]]:
        """The words of a figure as choices."""
        said = figure(clause, key, on=day_of(self.at), body=self.actor.body)
        return [CHOOSE, *((word, word) for word in said)]


class PostField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def __init__(self) -> None:
        super().__init__(SecretPost.in_force(0), label="涉密岗位", empty_label="请选择")

    def label_from_instance(self, post: SecretPost) -> str:
        where = post.department or "单位领导"
        return f"{post.title}（{where}，{post.get_personnel_class_display()}）"


class PostForm(Asking):
    """定岗."""

    title = forms.CharField(label="岗位名称", max_length=60)
    department = forms.ModelChoiceField(
        Department.objects.none(), label="部门", required=False, empty_label="单位领导，不属部门"
    )
    handles = forms.TypedChoiceField(
        label="经常接触的最高密级",
        coerce=int,
        choices=[CHOOSE, *((x.value, x.label) for x in Level if x.is_state_secret)],
        help_text="绝密级为核心岗位，机密级为重要岗位，秘密级为一般岗位",
    )
    matters = words("经管、接触的涉密事项", most=300, hint="写类别，不写具体内容")
    duties = words("保密责任", most=300)
    phrases = {"duties": ("妥善保管经管的涉密载体，不扩大知悉范围，发现隐患及时报告。",)}

    def prepare(self) -> None:
        rows = Department.objects.filter(body=self.actor.body).order_by("id")
        self.fields["department"].queryset = rows


class ReasonForm(Asking):
    reason = words("原因", most=200)


class DossierForm(Asking):
    """建立档案: somebody meant for a post."""

    person = PersonField(label="人员")
    post = PostField()
    employment = choice("用工性质", Employment.choices())
    basis = forms.CharField(label="依据", max_length=200, help_text="任职、调配文件")
    employer = forms.CharField(
        label="派出单位", max_length=80, required=False, help_text="外单位派驻人员填写"
    )
    agreement = forms.CharField(label="保密协议编号", max_length=60, required=False)

    def prepare(self) -> None:
        self.fields["person"].queryset = colleagues(self.actor)
        self.fields["post"].queryset = SecretPost.in_force(self.actor.body_id)


class ChangePostForm(Asking):
    """换岗."""

    post = PostField()
    basis = forms.CharField(label="依据", max_length=200)

    def prepare(self) -> None:
        rows = SecretPost.in_force(self.actor.body_id)
        self.fields["post"].queryset = (
            rows.exclude(pk=self.subject.post_id) if self.subject else rows
        )


class ReviewForm(Asking):
    """《涉密人员审查表》."""

    sections = (
        ("审查内容", ("background", "conduct", "relations", "foreign_ties")),
        ("基本条件", ("political", "character", "ability")),
    )
    background = words("个人和家庭基本情况", most=500, rows=3)
    conduct = words("现实表现", most=500, rows=3)
    relations = words("主要社会关系", most=500, rows=3)
    foreign_ties = words("与国（境）外机构、组织、人员交往情况", most=500, rows=3)
    political = forms.BooleanField(label="政治素质符合", required=False)
    character = forms.BooleanField(label="品行符合", required=False)
    ability = forms.BooleanField(label="工作能力符合", required=False)
    phrases = {
        "background": ("家庭成员情况清楚，无影响任职的情形。",),
        "conduct": ("近三年考核称职，无违反保密规定情形。",),
        "relations": ("主要社会关系清楚，无影响任职的情形。",),
        "foreign_ties": ("无与国（境）外机构、组织、人员交往。",),
    }


class FilingForm(Asking):
    filed_on = day("备案日期")
    receipt = forms.CharField(label="备案回执", max_length=60)


class TrainingForm(Asking):
    """培训考试."""

    course = forms.CharField(label="培训内容", max_length=120)
    held_on = day("培训日期")
    hours = forms.IntegerField(label="学时", min_value=1, max_value=200)
    score = forms.IntegerField(label="考试成绩", min_value=0, max_value=100)

    def prepare(self) -> None:
        on, body = day_of(self.at), self.actor.body
        least = figure("personnel.training", "score", on=on, body=body)
        self.fields["score"].help_text = f"{least} 分合格"
        if self.subject is not None:
            hours = figure("personnel.training", "hours", on=on, body=body)
            self.fields["hours"].help_text = f"不少于 {hours[self.subject.personnel_class]} 学时"


class PledgeForm(Asking):
    """The person's own signature under the text above it."""

    kind = choice("签订", [c for c in Pledged.choices() if c[0] != Pledged.LEAVING.value])
    read = forms.BooleanField(label="本人已逐条阅读各款，自愿承诺", required=False)

    def prepare(self) -> None:
        on, body = day_of(self.at), self.actor.body
        said = [
            f"{word.label}：{'；'.join(t.rstrip('。') for t in figure('personnel.pledge.terms', word.value, on=on, body=body))}。"
            for word in (Pledged.ENTRY, Pledged.RESPONSIBILITY)
        ]
        self.fields["kind"].help_text = " ".join(said)


class PaperPledgeForm(Asking):
    kind = choice("种类", [c for c in Pledged.choices() if c[0] != Pledged.LEAVING.value])
    signed_on = day("签订日期")


class ChangeForm(Asking):
    """重大事项报告."""

    kind = forms.ChoiceField(label="事项")
    happened_on = day("发生日期", help_text="拟办的事项填预计日期")
    details = words("情况", most=300)

    def prepare(self) -> None:
        days = figure("personnel.change", "days", on=day_of(self.at), body=self.actor.body)
        said = [(kind, f"{kind}（{limit} 天内报告）") for kind, limit in days.items()]
        self.fields["kind"].choices = [CHOOSE, *said]


class HandleForm(Asking):
    verdict = choice("核处结论", Verdict.choices())
    opinion = words("核处意见")


class ObservationForm(Asking):
    """履职情况."""

    kind = choice("种类", Watched.choices())
    held_on = day("日期")
    findings = words("情况", most=300)
    outcome = choice(
        "结论", Outcome.choices(), help_text="考核不合格、不宜在岗的，即日停止涉密等级并提请离岗"
    )
    organisation = forms.CharField(label="组织部门签署", max_length=40, required=False)
    personnel = forms.CharField(label="人事部门签署", max_length=40, required=False)
    secrecy = forms.CharField(
        label="保密部门签署", max_length=40, required=False, help_text="联合检查三个部门均须签署"
    )
    phrases = {"findings": ("遵守各项保密制度，履行岗位职责。", "思想稳定，工作表现良好。")}


class TripForm(Asking):
    """出境申请."""

    kind = choice("类别", Travel.choices())
    countries = forms.CharField(label="前往国家和地区", max_length=120)
    purpose = words("事由")
    leaves_on = day("出境日期")
    returns_on = day("返回日期")
    companions = forms.CharField(label="同行人员", max_length=120, required=False)


class UnapprovedForm(Asking):
    kind = choice("类别", Travel.choices())
    countries = forms.CharField(label="前往国家和地区", max_length=120)
    purpose = words("查明的情况")
    leaves_on = day("出境日期")
    returns_on = day("返回日期")


class ConsultForm(Asking):
    authority = forms.ChoiceField(label="征求意见机关")
    letter = forms.CharField(label="去函文号", max_length=60)

    def prepare(self) -> None:
        self.fields["authority"].choices = self.listed("personnel.travel.objection", "authorities")


class AnswerForm(Asking):
    asked = forms.ModelChoiceField(
        Consultation.waiting_of(0), label="征求意见机关", empty_label="请选择"
    )
    said = choice("意见", [c for c in Answer.choices() if c[0] != Answer.WAITING.value])
    reply = forms.CharField(label="复函文号", max_length=60)
    answered_on = day("复函日期")

    def prepare(self) -> None:
        if self.subject is not None:
            self.fields["asked"].queryset = Consultation.waiting_of(self.subject.pk)
        self.fields["asked"].label_from_instance = lambda row: f"{row.authority}（{row.letter}）"


class BriefForm(Asking):
    reminder = words("教育内容")
    phrases = {
        "reminder": (
            "不携带涉密载体和设备，不谈论国家秘密，遇有盘问、策反立即报告使领馆和本单位。",
        )
    }


class ReportForm(Asking):
    came_back_on = day("实际返回日期")
    report = words("行程、接触人员和异常情况", most=1000, rows=5)
    phrases = {"report": ("按批准的行程往返，未接触无关人员，无异常情况。",)}


class DepositForm(Asking):
    kind = forms.ChoiceField(label="证件种类")
    ending = forms.RegexField(
        r"^[0-9A-Za-z]{4}$", label="证号末四位", help_text="只登记末四位，不登记全号"
    )
    valid_until = day("证件有效期至")
    place = PlaceField(label="存放处")

    def prepare(self) -> None:
        self.fields["kind"].choices = self.listed("personnel.passports", "kinds")
        self.fields["place"].queryset = stores_of(self.actor.body)


class TakeInForm(Asking):
    place = PlaceField(label="存放处")

    def prepare(self) -> None:
        self.fields["place"].queryset = stores_of(self.actor.body)


class LeaveForm(Asking):
    """离岗离职申请."""

    sections = (
        ("离岗", ("kind", "reason", "destination", "employer", "successor")),
        ("脱密期", ("months", "for_life", "longer_reason")),
    )
    kind = choice("离岗种类", Leaving.choices())
    reason = words("原因")
    destination = choice("去向", Destination.choices())
    employer = forms.CharField(label="去往单位", max_length=80, required=False)
    successor = PersonField(label="接管人", help_text="涉密载体、设备和工作移交给此人")
    months = forms.IntegerField(label="脱密期（月）", min_value=1, max_value=600)
    for_life = forms.BooleanField(label="终身限制", required=False)
    longer_reason = words(
        "延长理由", required=False, hint="超过上限或者终身的必须填写，由主要领导特批"
    )

    def prepare(self) -> None:
        if self.subject is None:
            return
        on = day_of(self.at)
        people = colleagues(self.actor) | colleagues(self.subject.person)
        self.fields["successor"].queryset = people.exclude(pk=self.subject.person_id).distinct()
        bounds = bounds_on(self.subject.class_held, on=on, body=self.subject.body)
        basis = exposure_words(self.subject, on=on)
        self.fields["months"].help_text = f"{bounds.least} 至 {bounds.most} 个月；{basis}"
        self.fields["months"].initial = bounds.least


class OpinionForm(Asking):
    opinion = forms.CharField(label="上级意见和文号", max_length=120)


class TalkForm(Asking):
    content = words("谈话内容", most=300)
    phrases = {"content": ("重申离岗后的保密义务、脱密期限制和法律责任，本人表示遵守。",)}


class LeavingPledgeForm(Asking):
    read = forms.BooleanField(label="本人已逐条阅读各款，自愿承诺", required=False)

    def prepare(self) -> None:
        said = figure("personnel.pledge.terms", "leaving", on=day_of(self.at), body=self.actor.body)
        self.fields["read"].help_text = " ".join(said)


class HandOverForm(Asking):
    """工作交接: four things, one by one, to the successor."""

    receiver = PersonField(label="接收人")
    list_number = forms.CharField(label="移交清册编号", max_length=60)
    badge = forms.BooleanField(label="工作证", required=False)
    extracts = forms.BooleanField(label="文件摘录本", required=False)
    materials = forms.BooleanField(label="各种秘密资料", required=False)
    case_files = forms.BooleanField(label="承办的文书档案", required=False)

    def prepare(self) -> None:
        self.fields["receiver"].queryset = colleagues(self.actor)
        if self.subject is not None:
            self.fields["receiver"].initial = self.subject.successor_id


class AuditForm(Asking):
    conclusion = words("审计结论", most=300)
    phrases = {"conclusion": ("经核对账目和操作记录，未发现违规留存、复制和外传。",)}


class ReceiptForm(Asking):
    receipt = forms.CharField(label="接收单位回执", max_length=60)


class JobForm(Asking):
    """脱密期就业、服务去向."""

    employer = forms.CharField(label="单位", max_length=80)
    kind = forms.ChoiceField(label="单位性质")
    work = forms.CharField(label="工作或者服务内容", max_length=120)
    since = day("起始日期")

    def prepare(self) -> None:
        clause = "personnel.exit.employer"
        barred = self.listed(clause, "barred")
        others = [pair for pair in self.listed(clause, "others") if pair not in barred]
        self.fields["kind"].choices = [*barred, *others]
