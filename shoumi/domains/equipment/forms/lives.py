"""The forms for what happens with devices: leave, use, repair, disposal, checks, ciphers, shops."""

from datetime import timedelta
from typing import Any

from django import forms

from shoumi.domains.equipment.forms.asking import (
    CONTENT,
    Asking,
    day,
    level_field,
    line,
    tick,
)
from shoumi.domains.equipment.models import CryptoStep, Permit, Provider
from shoumi.domains.equipment.rules import using
from shoumi.domains.equipment.rules.parts import Part, parts_in
from shoumi.domains.equipment.selectors import colleagues, on_shelf
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.subjects import day_of
from shoumi.platform.ui.fields import PersonField, PlaceField, words
from shoumi.platform.ui.forms import RefusedInput


class PermitForm(Asking):
    """准用申请."""

    kind = forms.ChoiceField(label="事项", choices=[("", "请选择"), *Permit.Kind.choices])
    person = PersonField(label="准用人", required=False, help_text="不选的为申请人本人")
    since = day("自", required=True)
    until = day("至", required=True)
    reason = words("事由", most=200)
    card = line("安全隔离卡编号", most=40, hint="接入公共网络的必填")
    software = line("软件名称及版本", most=80, hint="安装软件的必填")

    def prepare(self) -> None:
        super().prepare()
        today = day_of(self.at)
        self.fields["since"].initial = today
        self.fields["until"].initial = today + timedelta(days=30)


class UseForm(Asking):
    """使用登记."""

    operation = forms.ChoiceField(
        label="操作", choices=[("", "请选择"), *((word, word) for word in using.OPERATIONS)]
    )
    content_level = level_field("内容密级", CONTENT)
    matter = line("事项编号", required=True, hint="写文号、编号；复印涉密件写载体名称；不写标题")
    medium = line("所用介质", most=40, hint="写介质编号，或者扫描标签；不用介质的不填")


class EndUseForm(Asking):
    """善后."""

    saved_to = line("存入介质", most=40, hint="写介质编号，或者扫描标签")
    encrypted = tick("已在本机加密")
    measures = words("其他保密措施", most=200, required=False)
    phrases = {"measures": ("已打印成纸质件交机要室，电子文稿已删除。",)}


class FaultForm(Asking):
    """报修."""

    fault = words("故障情况")


class SendRepairForm(Asking):
    """送修: shop, place, escort, and what is done about the data."""

    provider = forms.ModelChoiceField(
        Provider.objects.none(),
        label="维修点",
        empty_label="请选择",
        help_text="只列名录内有效的指定维修点",
    )
    technician = line("维修人员", most=40, required=True)
    outside = tick("外单位人员维修")
    place = PlaceField(label="维修场所", help_text="限定密级不得低于设备密级")
    escort = PersonField(label="监督人", help_text="全程在场，涉密等级不低于设备密级")
    disk_removed = tick("已拆除存储部件")
    measures = words("数据保护措施", required=False, hint="不能拆除存储部件的必填")

    def prepare(self) -> None:
        super().prepare()
        self.fields["provider"].queryset = Provider.valid(
            self.actor.body, Provider.Kind.REPAIR, on=day_of(self.at)
        )


class ReturnRepairForm(Asking):
    """修复验收."""

    result = words("维修结果")
    accompanied = tick("监督人全程陪同")
    replaced = forms.CharField(
        label="换下部件",
        required=False,
        help_text="一行一件：名称，空一格写序列号；登记后须经技术处理",
        widget=forms.Textarea(attrs={"rows": "3", "data-wide": ""}),
    )
    phrases = {"result": ("已修复，运行正常。",)}

    def clean_replaced(self) -> tuple[Part, ...]:
        try:
            return parts_in(self.cleaned_data["replaced"])
        except Refusal as refusal:
            raise RefusedInput(refusal) from None


class ProposeForm(Asking):
    """报废造册: which devices, why, and to which station."""

    devices: Any = forms.ModelMultipleChoiceField(
        queryset=None,
        label="设备",
        widget=forms.CheckboxSelectMultiple,
        help_text="只列已交回在库的设备；数据须先经消除处理",
    )
    reason = words("报废原因")
    station = forms.ModelChoiceField(Provider.objects.none(), label="销毁站", empty_label="请选择")
    phrases = {"reason": ("超过使用年限，无维修价值。", "损坏，无法修复。")}

    def prepare(self) -> None:
        super().prepare()
        self.fields["devices"].queryset = on_shelf(self.actor, at=self.at).order_by("number")
        self.fields["station"].queryset = Provider.valid(
            self.actor.body, Provider.Kind.STATION, on=day_of(self.at)
        )


class SendDisposalForm(Asking):
    """送交."""

    witness = PersonField(label="同行人", help_text="与经办人两人押送")

    def prepare(self) -> None:
        super().prepare()
        self.fields["witness"].queryset = colleagues(self.actor).exclude(pk=self.actor.pk)


class CertificateForm(Asking):
    """销毁证明."""

    certificate = line("销毁证明编号", required=True)
    destroyed_on = day("销毁日期", required=True)


class RemedyForm(Asking):
    """整改."""

    remedy = words("整改情况")


class CryptoForm(Asking):
    """密码环节."""

    stage = forms.ChoiceField(label="环节", choices=[("", "请选择"), *CryptoStep.Stage.choices])
    other = line("对方、监督人", required=True)
    remark = words("情况", hint="写批次、数量、编号，不写密码内容")


class ProviderForm(Asking):
    """指定单位."""

    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *Provider.Kind.choices])
    name = line("名称", most=80, required=True)
    credential = line("指定文号、资质证书号", most=80, required=True)
    valid_until = day("有效期至", required=True)
    contact = line("联系方式")
