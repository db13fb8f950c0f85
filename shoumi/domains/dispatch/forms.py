"""The forms of the room, in the order in which a letter asks for them."""

from typing import Any

from django import forms

from shoumi.domains.classification.models import Matter
from shoumi.domains.classification.selectors import LIKENESSES, matters_of
from shoumi.domains.dispatch.models import Countersign, Letter, Recipient
from shoumi.domains.dispatch.rules.channels import Channel
from shoumi.domains.dispatch.rules.drafting import Form, Urgency
from shoumi.domains.dispatch.selectors import (
    lines_out,
    list_as_written,
    others,
    staff_in,
    staff_of,
    to_answer,
)
from shoumi.domains.dispatch.services.drafting import SITUATIONS
from shoumi.domains.documents.models import Document
from shoumi.domains.documents.selectors import stores_of
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Department
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.ui.fields import PersonField, PlaceField, words
from shoumi.platform.ui.forms import ActForm

WIDE = {"data-wide": ""}


class Asking(ActForm):
    """The questions of this room; who asks about what is told by the page."""

    actor: Any
    subject: Any
    at: Any
    fields: Any

    def listed(self, clause: str, key: str) -> list[str]:
        """The words that a clause lists today."""
        return list(figure(clause, key, on=day_of(self.at), body=self.actor.body))

    def offer(self, name: str, said: list[str], *, empty: str = "请选择") -> None:
        """Let a field choose among some words."""
        self.fields[name].choices = [("", empty), *((word, word) for word in said)]


def line(label: str, *, most: int, required: bool = False, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint)


def moment(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, widget=forms.DateTimeInput())


class DraftForm(Asking):
    """拟稿."""

    dense = True
    sections = (
        (
            "文稿",
            (
                "form",
                "genre",
                "purpose",
                "urgency",
                "title",
                "situation",
                "meeting",
                "subject_words",
                "reply_to",
            ),
        ),
        ("密级", ("mark", "basis", "is_returnable")),
        (
            "发文必要性",
            ("necessity", "paper_reason", "earlier", "exception", "is_published"),
        ),
        ("印数、分发与会签", ("print_run", "countersigners", "distribution_list")),
    )
    phrases = {
        "mark": ("公开", "内部", "秘密★5年", "机密★10年"),
        "paper_reason": ("涉密内容不得上网传输。", "须存档备查。"),
    }

    form = forms.ChoiceField(label="发文类型", choices=[(f.value, f.label) for f in Form])
    genre = forms.ChoiceField(label="文种")
    purpose = forms.ChoiceField(label="行文目的")
    urgency = forms.ChoiceField(
        label="紧急程度", choices=[(u.value, u.label) for u in Urgency], initial="plain"
    )
    title = forms.CharField(
        label="标题",
        max_length=200,
        required=False,
        help_text="以文种结尾；密级高于部署等级的不填",
        widget=forms.TextInput(WIDE),
    )
    situation = forms.ChoiceField(
        label="适用情形", required=False, help_text="决议、决定、命令须选定"
    )
    meeting = line("通过会议", most=90, hint="决议须填写")
    subject_words = line("主题词", most=90)
    reply_to = forms.ModelChoiceField(
        Document.objects.none(),
        label="所复来文",
        required=False,
        empty_label="不是复文",
        help_text="复密电的只能用密码电报发出",
    )
    mark = line("密级标志", most=80, required=True, hint="草稿也须标明；不涉密的填写「公开」")
    basis = line("定密依据", most=90, hint="保密事项范围条目或者来文密级")
    is_returnable = forms.BooleanField(label="年底收回", required=False)
    necessity = words("发文必要性", required=False, hint="可发可不发的不发")
    paper_reason = words("纸质发文理由", required=False, hint="电报不填")
    earlier = line("已发的传真或者电报", most=60, hint="同一事项已发过的填写编号")
    exception = line("再行文的例外理由", most=90)
    is_published = forms.BooleanField(label="已在报刊公开发表，只印存档份", required=False)
    print_run = forms.IntegerField(label="印数", min_value=1, max_value=9999)
    countersigners = forms.ModelMultipleChoiceField(
        Department.objects.none(),
        label="会签部门",
        required=False,
        help_text="涉及其职权的部门，全部同意后方可定密签发",
        widget=forms.SelectMultiple(attrs={"data-choose": "", "size": "4"}),
    )
    distribution_list = forms.CharField(
        label="分发名单",
        max_length=4000,
        help_text="一行一个单位，写名称和份数，如「乙局 2」；抄送的写「抄送 丙局 1」；"
        "一般不发个人，例外写「个人 单平 1 理由」",
        widget=forms.Textarea(attrs={"rows": "5", **WIDE}),
    )

    def prepare(self) -> None:
        self.offer("genre", self.listed("dispatch.draft", "genres"))
        self.offer("purpose", self.listed("dispatch.draft", "purposes"))
        situations = [x for c in SITUATIONS.values() for x in self.listed(c, "situations")]
        self.offer("situation", situations, empty="不适用")
        self.fields["reply_to"].queryset = to_answer(self.actor, at=self.at)
        department = self.actor.department
        self.fields["countersigners"].queryset = others(department, body=self.actor.body)


class ReviseForm(DraftForm):
    """修改草稿: the draft as it stands, to be written anew."""

    def prepare(self) -> None:
        super().prepare()
        letter: Letter | None = self.subject
        if letter is None:
            return
        own = {f.name for f in Letter._meta.get_fields()}
        now = {name: getattr(letter, name) for name in self.fields if name in own}
        asked = Countersign.all_of(letter).values_list("department", flat=True)
        now |= {
            "mark": letter.mark_text or "公开",
            "distribution_list": list_as_written(letter, reader=self.actor, at=self.at),
            "countersigners": list(asked),
        }
        self.initial = now | (self.initial or {})


class ReasonForm(Asking):
    """Why a letter is given up."""

    reason = words("原因")
    phrases = {"reason": ("经研究不必发文。", "已另行通知。")}


class OpinionForm(Asking):
    """会签意见."""

    opinion = words("会签意见", most=300)
    phrases = {"opinion": ("同意。", "同意，请按会签意见修改后印发。")}


class ClassifyForm(Asking):
    """定密: what the draft proposes is filled in."""

    mark = line("密级标志", most=80, required=True, hint="如「秘密★5年」；不涉密的填写「公开」")
    basis = line("定密依据", most=90, hint="保密事项范围条目或者来文密级；选定事项、来源的可以不填")
    matter = forms.ModelChoiceField(
        Matter.objects.none(),
        label="一览表事项",
        required=False,
        empty_label="请选择",
        help_text="选定后密级须与一览表一致",
    )
    sources = line("派生来源编号", most=200, hint="派生的填写，几个来源用顿号；密级和期限随来源")
    likeness = forms.ChoiceField(
        label="派生情形", required=False, choices=[("", "请选择"), *LIKENESSES]
    )
    phrases = {"mark": ("公开", "内部", "秘密★5年", "机密★10年", "绝密★20年")}

    def prepare(self) -> None:
        if self.subject is not None:
            proposed = {"mark": self.subject.mark_text or "公开", "basis": self.subject.basis}
            self.initial = proposed | (self.initial or {})
            self.fields["matter"].queryset = matters_of(self.actor, at=self.at)
            if self.subject.is_shell:
                del self.fields["basis"]


class NumberForm(Asking):
    """编号登记: which word of the body the number bears."""

    suffix = forms.ChoiceField(label="机关代字", required=False)

    def prepare(self) -> None:
        word = self.actor.body.issuer_word
        suffixes = self.listed("dispatch.number", "suffixes")
        self.fields["suffix"].choices = [(s, f"{word}{s}") for s in suffixes] + [("", word)]


class PrintForm(Asking):
    """印制登记."""

    made = forms.IntegerField(label="实印份数", min_value=1)
    press = forms.ChoiceField(label="印制场所")
    printer = line("印制经手人", most=40, required=True)
    place = PlaceField(label="印成后放入")
    waste = forms.IntegerField(
        label="残、次、废页数", min_value=0, initial=0, help_text="两人当场清点销毁"
    )
    waste_witness = line("废页监销人", most=40)

    def prepare(self) -> None:
        self.offer("press", self.listed("dispatch.print", "presses"))
        self.fields["place"].queryset = stores_of(self.actor.body)
        if self.subject is not None:
            self.fields["made"].help_text = f"批准 {self.subject.print_run} 份"
            self.initial = {"made": self.subject.print_run} | (self.initial or {})


class SendForm(Asking):
    """交寄: which way, sealed how, taken over by whom."""

    channel = forms.ChoiceField(
        label="递送渠道", choices=[("", "请选择"), *((c.value, c.label) for c in Channel)]
    )
    protection = line("加密或者密封方式", most=90, hint="密件必须填写")
    couriers = line("递送人员", most=90, hint="当面点交；绝密件不少于两人，姓名之间用顿号")
    tracking = line("寄递单号", most=40, hint="机要通信、邮政、特快专递必须填写")
    approval_number = line("批准号", most=60, hint="内部件经传真、网络传递的必须填写")
    lines = forms.ModelMultipleChoiceField(
        Recipient.objects.none(),
        label="交寄的封件",
        required=False,
        help_text="不勾选的，已封装的外单位件全部交寄",
        widget=forms.CheckboxSelectMultiple,
    )
    phrases = {"protection": ("双层密封，加盖密封章", "普密设备加密")}

    def prepare(self) -> None:
        if self.subject is not None:
            waiting = lines_out(self.subject, reader=self.actor, at=self.at)
            self.fields["lines"].queryset = waiting
            self.fields["lines"].label_from_instance = lambda one: (
                f"{one.name}　{one.envelope}　{one.copy_numbers}"
            )


class TripForm(Asking):
    """往返时间."""

    arrived_at = moment("到达时间")
    back_at = moment("返回时间")
    remark = words("途中情况", required=False, hint="用时异常的必须写明；途中不得办理无关业务")


class HandForm(Asking):
    """内部送达: who of the department signs."""

    signer = PersonField(label="签收人")

    def prepare(self) -> None:
        if self.subject is not None:
            self.fields["signer"].queryset = staff_of(self.subject)


class ReceiptForm(Asking):
    """回执."""

    receipt = line("回执编号", most=60, required=True)
    received_by = line("签收人", most=40, required=True)
    received_at = moment("签收时间")
    check_value = line("回执所载校验值", most=8, required=True, hint="照回执抄录八位校验值")


class RemindForm(Asking):
    """催回执."""

    words = words("催办意见")
    phrases = {"words": ("请即签收。", "请速退回执。")}


class RecallForm(Asking):
    """收回."""

    place = PlaceField(label="收回后放入")

    def prepare(self) -> None:
        self.fields["place"].queryset = stores_of(self.actor.body)


class TextForm(Asking):
    """存入文稿."""

    upload = forms.FileField(
        label="文稿",
        help_text="按公文格式排好的文稿，首页左上角标明密级；每存一次为一个版本",
        widget=forms.FileInput(attrs={"accept": ".docx,.wps,.ofd,.pdf"}),
    )


class RunForm(Asking):
    """登记机要交换."""

    station = line("交换站", most=60, required=True)
    run_at = moment("交换时间")
    others = forms.IntegerField(
        label="发文以外的送出件数",
        min_value=0,
        initial=0,
        help_text="退件、回执等；经机要交换交寄的发文由系统计入",
    )
    incoming = forms.IntegerField(label="取回件数", min_value=0)
    station_clerk = line("交换站签收人", most=40, required=True)
    companion = line("同行人", most=40)
    brought = forms.CharField(
        label="取回件清单",
        required=False,
        max_length=8000,
        help_text="一行一件：来件单位、封皮编号、分送部门，中间空一格，如「乙局 J-0417 办公室」",
        widget=forms.Textarea(attrs={"rows": "5", **WIDE}),
    )
    remark = words("途中交接情况", required=False)
    keep = ("station",)


class BroughtForm(Asking):
    """分送来件."""

    receiver = PersonField(label="签收人")

    def prepare(self) -> None:
        if self.subject is not None:
            self.fields["receiver"].queryset = staff_in(self.subject.department)


class CorrespondentForm(Asking):
    """登记往来单位."""

    name = line("单位名称", most=60, required=True, hint="写全称或者规范化简称")


class WordForm(Asking):
    """登记机关代字."""

    word = line(
        "机关代字", most=16, required=True, hint="如「岚政」；文号写作「岚政发〔2026〕1号」"
    )

    def prepare(self) -> None:
        self.initial = {"word": self.actor.body.issuer_word} | (self.initial or {})
