"""The forms of the room."""

from typing import Any

from django import forms
from django.utils import timezone

from shoumi.domains.facilities.models import Guarded, Site, Visit
from shoumi.domains.facilities.selectors import (
    departments_of,
    places_of,
    sites_of,
    staff_of,
)
from shoumi.kernel.levels import Level
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Department, Place
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.posts import label_of, unappointed
from shoumi.platform.rulebook.source import rulebook
from shoumi.platform.ui.fields import PeopleField, PersonField, PlaceField, words
from shoumi.platform.ui.forms import ActForm

LEVELS = [(level.value, level.label) for level in Level]
SAFES = (Place.Kind.SAFE, Place.Kind.SEALED_SAFE)


class Asking(ActForm):
    """Choices of this room: people, places, and the words that a clause lists today."""

    actor: Any
    subject: Any
    at: Any
    fields: Any

    def of_body(self, *people: str, places: tuple[str, ...] = ()) -> None:
        for name in people:
            self.fields[name].queryset = staff_of(self.actor)
        for name in places:
            self.fields[name].queryset = places_of(self.actor)

    def listed(self, name: str, clause: str, key: str) -> None:
        said = figure(clause, key, on=day_of(self.at), body=self.actor.body)
        self.fields[name].choices = [("", "请选择"), *((word, word) for word in said)]


def line(label: str, *, most: int, required: bool = True, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint)


class SiteForm(Asking):
    """提请确定场所."""

    dense = True
    sections = (
        ("场所", ("place", "kind", "level", "department", "area", "two_persons")),
        ("专人专柜和技防", ("keeper", "cabinet", "protection", "regulation")),
        ("", ("reason",)),
    )

    place = PlaceField(label="场所")
    kind = forms.ChoiceField(label="类别", choices=Site.Kind.choices)
    level = forms.TypedChoiceField(label="涉密程度", choices=LEVELS, coerce=int)
    department = forms.ModelChoiceField(Department.objects.none(), label="所属部门")
    area = forms.IntegerField(
        label="面积（平方米）", required=False, min_value=1, max_value=9999, help_text="值班室必填"
    )
    two_persons = forms.BooleanField(label="须双人在场", required=False)
    keeper = PersonField(label="专责人")
    cabinet = PlaceField(label="专柜", required=False, help_text="涉密场所必填")
    protection = line("技防设施", most=200, hint="门禁、报警、监控、密码锁等")
    regulation = line("管理制度", most=100, required=False, hint="名称或者文号，涉密机房必填")
    reason = words("确定理由")

    def prepare(self) -> None:
        self.of_body("keeper", places=("place", "cabinet"))
        self.fields["department"].queryset = departments_of(self.actor)


class AuthorityForm(Asking):
    """登记上级确认."""

    authority = line("确认单位", most=80)
    paper = line("文号", most=60)
    on = forms.DateField(label="确认日期", widget=forms.DateInput())


class AcceptForm(Asking):
    """登记验收: condition by condition."""

    authority = line("验收单位", most=80, hint="保密行政管理部门")
    paper = line("验收单号", most=60)
    on = forms.DateField(label="验收日期", widget=forms.DateInput())
    conditions = forms.MultipleChoiceField(
        label="逐项核查达到的条件", required=False, widget=forms.CheckboxSelectMultiple
    )
    passed = forms.BooleanField(label="验收合格", required=False)

    def prepare(self) -> None:
        self.listed("conditions", "facilities.strongroom.conditions", "conditions")
        self.fields["conditions"].choices = self.fields["conditions"].choices[1:]


class ReasonForm(Asking):
    """A reason in words."""

    reason = words("理由")


class AdmissionForm(Asking):
    """申请准入."""

    person = PersonField(label="人员", required=False)
    post = forms.ChoiceField(label="或者岗位", required=False)
    days = forms.IntegerField(
        label="临时准入天数", required=False, min_value=1, max_value=30, help_text="长期准入不填"
    )
    reason = words("进入事由")

    def prepare(self) -> None:
        self.of_body("person")
        posts = [p for p in rulebook().posts.values() if p.content and p.key not in unappointed()]
        self.fields["post"].choices = [("", "不按岗位"), *((p.key, label_of(p.key)) for p in posts)]


class EnterForm(Asking):
    """登记进入, at the door: who, how the identity was checked, what for."""

    person = PersonField(label="进入人")
    companion = PersonField(label="同时进入的第二人", required=False)
    verified = forms.ChoiceField(label="身份验证", widget=forms.RadioSelect)
    purpose = forms.CharField(label="用途", max_length=20, required=False)
    approval = line("批准编号", most=40, required=False)

    def prepare(self) -> None:
        self.of_body("person", "companion")
        self.listed("verified", "facilities.enter", "ways")
        self.fields["verified"].choices = self.fields["verified"].choices[1:]
        if not self.subject.is_strongroom:
            del self.fields["approval"]
        else:
            self.fields["purpose"] = forms.ChoiceField(label="用途", widget=forms.RadioSelect)
            self.listed("purpose", "facilities.strongroom.use", "uses")
            self.fields["purpose"].choices = self.fields["purpose"].choices[1:]


class LeaveForm(Asking):
    """登记离开."""

    codes = forms.CharField(
        label="带出的载体",
        required=False,
        max_length=1000,
        help_text="扫描或者录入载体编码，一行一件；没有带出不填",
        widget=forms.Textarea(attrs={"rows": "3", "data-wide": ""}),
    )


class VisitForm(Asking):
    """登记来访."""

    dense = True
    keep = ("site", "document", "matter")
    sections = (
        ("来访人", ("visitor", "unit", "party", "document", "document_number", "clearance")),
        ("事由", ("site", "matter", "host", "purpose")),
    )

    visitor = line("来访人", most=40)
    unit = line("来访单位", most=80)
    party = forms.IntegerField(label="人数", min_value=1, max_value=99, initial=1)
    document = forms.ChoiceField(label="证件名称")
    document_number = line("证件号码", most=30, hint="只保留首尾数位")
    clearance = forms.TypedChoiceField(
        label="涉密等级", choices=LEVELS, coerce=int, help_text="凭其单位证明，无证明的选公开"
    )
    site = forms.ModelChoiceField(Site.objects.none(), label="到访场所")
    matter = forms.ChoiceField(label="事由类别")
    host = PersonField(label="被访人")
    purpose = words("来访事由")

    def prepare(self) -> None:
        self.of_body("host")
        self.fields["site"].queryset = sites_of(self.actor, at=self.at)
        self.listed("document", "facilities.visit", "documents")
        self.listed("matter", "facilities.visit", "matters")


class AdmitForm(Asking):
    """放行."""

    verified = forms.BooleanField(label="已查验证件原件", required=False)
    escort = PersonField(label="陪同人")
    devices = line("寄存物品", most=200, required=False, hint="手机、录音录像设备等")
    locker = line("寄存柜号", most=20, required=False)
    none_carried = forms.BooleanField(label="经查未携带设备", required=False)
    phrases = {"devices": ("手机 1 部", "手机 1 部、智能手表 1 块", "笔记本电脑 1 台")}

    subject: Visit

    def prepare(self) -> None:
        self.of_body("escort")
        self.fields["escort"].initial = self.subject.host_id


class DepartForm(Asking):
    """登记离访."""

    returned = forms.BooleanField(label="寄存物品已退还来访人", required=False)


class KeyForm(Asking):
    """登记钥匙印章."""

    kind = forms.ChoiceField(label="类别", choices=Guarded.Kind.choices)
    name = line("名称", most=60, hint="写编号和把数，如「1号柜钥匙 1/2」")
    place = PlaceField(label="所开场所、柜", help_text="印章选其启用的场所")
    home = PlaceField(label="存放处")
    spare = forms.BooleanField(label="备用钥匙", required=False)
    secret = line("暗记", most=200, required=False, hint="只有登记人和所列人员可见")
    knowers = PeopleField(label="可见暗记的人员", required=False)

    def prepare(self) -> None:
        self.of_body("knowers", places=("place", "home"))


class HandForm(Asking):
    """发放钥匙印章."""

    receiver = PersonField(label="领用人")
    purpose = words("领用事由")

    def prepare(self) -> None:
        self.of_body("receiver")


class CombinationForm(Asking):
    """登记更换密码: never the combination itself."""

    place = PlaceField(label="保密柜")
    why = forms.ChoiceField(label="更换原因")
    changed_on = forms.DateField(label="更换日期", widget=forms.DateInput())
    envelope = line("密封备份存放处", most=60, hint="写存放处，不得写密码")
    knowers = PeopleField(label="知密人")

    def prepare(self) -> None:
        self.of_body("knowers")
        self.fields["place"].queryset = places_of(self.actor).filter(kind__in=SAFES)
        self.fields["changed_on"].initial = timezone.localtime(self.at).date()
        self.listed("why", "facilities.combination", "reasons")


class CheckForm(Asking):
    """登记场所检查: tick what was found in order."""

    done = forms.MultipleChoiceField(
        label="已落实", required=False, widget=forms.CheckboxSelectMultiple
    )
    remark = words("未落实的情况", required=False, hint="有未勾选的必填，转整改")

    def offer(self, items: list[str]) -> "CheckForm":
        self.fields["done"].choices = [(item, item) for item in items]
        return self
