"""The forms that speak of a device itself, in the order of its life."""

from django import forms

from shoumi.domains.equipment.forms.asking import (
    LEVELS,
    Asking,
    day,
    department_field,
    level_field,
    line,
    tick,
)
from shoumi.domains.equipment.rules import kinds, networks
from shoumi.platform.ui.fields import PersonField, PlaceField, words


class RegisterForm(Asking):
    """登记设备."""

    dense = True
    keep = ("kind", "level", "place", "department")
    sections = (
        ("设备", ("kind", "number", "name", "level", "serial", "disks", "bought_on", "system_on")),
        ("责任人", ("first", "second", "third", "department", "for_leader", "liaison")),
        ("存放", ("place", "location")),
        ("性质", ("imported", "portable", "wireless", "encrypting", "private")),
    )
    folded = ("性质",)

    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *kinds.CHOICES])
    number = line("保密编号", most=40, required=True)
    name = line("品牌型号", required=True)
    level = level_field("密级", LEVELS)
    serial = line("序列号")
    disks = line("硬盘序列号", most=99, hint="多块的用顿号分开")
    bought_on = day("购置日期")
    system_on = day("操作系统安装日期")
    first = PersonField(label="第一责任人", required=False, help_text="使用人；涉密设备须定齐三级")
    second = PersonField(label="第二责任人", required=False, help_text="管理人")
    third = PersonField(label="第三责任人", required=False, help_text="分管负责人")
    department = department_field()
    for_leader = tick("领导用机")
    liaison = PersonField(label="联系科室负责人", required=False)
    place = PlaceField(label="存放场所", help_text="场所的限定密级不得低于设备密级")
    location = line("放置位置", hint="如：三楼 305 室靠窗")
    imported = tick("进口设备")
    portable = tick("便携式")
    wireless = tick("带有无线装置")
    encrypting = tick("加密机")
    private = tick("个人设备", hint="只可登记为非涉密通信设备")


class AcceptForm(Asking):
    """验收."""

    passed = tick("验收合格")
    standard_proof = line("符合保密标准证明", hint="涉密设备必填，写检测、认证文件编号")
    certificate = line("安全认证证书号", hint="处理国家秘密的设备必填")
    emission = line("防电磁辐射措施", hint="涉密设备必填，如：低辐射机、干扰器、屏蔽")
    import_check = line("进口设备检查合格记录", hint="进口设备处理涉密事项前必填")
    wireless = tick("仍带有无线装置")

    def prepare(self) -> None:
        super().prepare()
        if self.subject is not None:
            for name in self.fields:
                if name != "passed":
                    self.fields[name].initial = getattr(self.subject, name)


class ReasonForm(Asking):
    """Why."""

    reason = words("原因", most=120)
    phrases = {"reason": ("故障待修。", "长期不用。", "登记有误。")}


class IssueForm(Asking):
    """发放."""

    receiver = PersonField(label="领用人", help_text="由领用人本人签收")
    purpose = line("用途", most=80)

    def prepare(self) -> None:
        super().prepare()
        if self.subject is not None:
            self.fields["receiver"].initial = self.subject.first_id


class ReassignForm(Asking):
    """变更责任人和地点: starts from how it stands."""

    first = PersonField(label="第一责任人")
    second = PersonField(label="第二责任人", required=False)
    third = PersonField(label="第三责任人", required=False)
    department = department_field()
    place = PlaceField(label="存放场所", required=False)
    location = line("放置位置")
    liaison = PersonField(label="联系科室负责人", required=False)

    def prepare(self) -> None:
        super().prepare()
        if self.subject is not None:
            for name in ("first", "second", "third", "department", "liaison"):
                self.fields[name].initial = getattr(self.subject, f"{name}_id")
            self.fields["location"].initial = self.subject.location
            self.fields["place"].initial = self.subject.item.home_id


class RelevelForm(Asking):
    """变更密级."""

    level = level_field("变更为", LEVELS)
    reason = words("变更理由", most=120)


class TreatForm(Asking):
    """消除、技术处理."""

    method = words("处理方式和执行单位", hint="如：拆除硬盘，由指定机构消磁")
    phrases = {
        "method": (
            "拆除存储部件，由指定机构消磁。",
            "由指定机构信息消除。",
            "设备不含存储部件，已核验。",
        )
    }


class ConnectForm(Asking):
    """登记接入."""

    network = forms.ChoiceField(
        label="接入", choices=[("", "请选择"), *networks.CHOICES], help_text="断开的选「单机」"
    )


class ProtectForm(Asking):
    """防护情况: starts from how it stands."""

    antivirus = line("防病毒软件及版本", required=True)
    virus_on = day("病毒库日期", required=True)
    firewall = line("防火墙及版本", required=True)
    patched_on = day("补丁日期")
    scanner = line("漏洞扫描", hint="上网计算机必填")
    intrusion = line("入侵防护", hint="上网计算机必填")
    scanned_on = day("检测日期")

    def prepare(self) -> None:
        super().prepare()
        if self.subject is not None:
            for name in self.fields:
                self.fields[name].initial = getattr(self.subject, name)
