"""The forms of the room, in the order in which an organisation is built."""

from typing import Any

from django import forms

from shoumi.domains.organisation.models import Attendance, Organ, Unit
from shoumi.domains.organisation.selectors import (
    departments_open,
    organs_standing,
    staff_of,
    structure,
)
from shoumi.domains.organisation.services.tasks import RESOLVED
from shoumi.kernel.levels import Level
from shoumi.platform.access.grades import is_above_grade
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Department
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.ui.fields import PeopleField, PersonField, words
from shoumi.platform.ui.forms import ActForm

LEVELS = [(int(x), x.label) for x in Level if x is not Level.PUBLIC]


class Asking(ActForm):
    """The questions of this room; who asks about what is told by the page."""

    fields: Any

    def listed(self, clause: str, key: str) -> list[str]:
        """The words that a clause lists today."""
        return list(figure(clause, key, on=day_of(self.at), body=self.actor.body))

    def offer(
        self, name: str, said: list[tuple[str, str]] | list[str], *, first: bool = True
    ) -> None:
        """Let a field choose among some words."""
        pairs = [(one, one) if isinstance(one, str) else one for one in said]
        self.fields[name].choices = [("", "请选择"), *pairs] if first else pairs

    def staff(self, *names: str) -> None:
        for name in names:
            self.fields[name].queryset = staff_of(self.actor.body)

    def departments(self) -> None:
        self.fields["department"].queryset = departments_open(self.actor.body)


def short(label: str, *, most: int, required: bool = True, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint)


def choice(label: str, *, required: bool = True, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required, help_text=hint)


def day(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=hint)


def department(*, required: bool = True) -> forms.ModelChoiceField:  # type: ignore[type-arg]
    return forms.ModelChoiceField(
        Department.objects.none(), label="部门", required=required, empty_label="请选择"
    )


def organ(*, required: bool = False) -> forms.ModelChoiceField:  # type: ignore[type-arg]
    return forms.ModelChoiceField(
        Organ.objects.none(), label="机构", required=required, empty_label="请选择"
    )


def level() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label="密级", coerce=int, choices=LEVELS, initial=1)


def levels_here() -> list[tuple[int, str]]:
    """Levels that this installation may hold."""
    return [(value, said) for value, said in LEVELS if not is_above_grade(Level(value))]


class UnitForm(Asking):
    """登记部门."""

    department = department()
    kind = choice("部门类别")
    opened_on = day("启用日期")
    functions = words("职能", hint="逐项写明，用顿号分开")

    def prepare(self) -> None:
        known = Unit.objects.filter(body=self.actor.body).values("department")
        self.fields["department"].queryset = Department.objects.filter(
            body=self.actor.body
        ).exclude(pk__in=known)
        self.offer("kind", self.listed("organisation.unit", "kinds"))


class CloseUnitForm(Asking):
    closed_on = day("停用日期")


class OrganForm(Asking):
    """设立机构."""

    sections = (
        ("机构", ("kind", "name", "set_up_on", "basis")),
        ("领导关系和职责", ("superior", "leader", "functions")),
    )
    kind = choice("机构种类")
    name = short("名称", most=60)
    set_up_on = day("设立日期")
    basis = short("设立依据", most=120, hint="文件名称和文号，或者会议决定")
    superior = short("上级机构", most=60, required=False, hint="保密办必填")
    leader = PersonField(label="本单位分管领导", required=False, help_text="保密办必填")
    functions = forms.MultipleChoiceField(
        label="专项职责",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="专项领导小组必选，可以一组兼多责",
    )

    def prepare(self) -> None:
        self.offer("kind", [(o.key, o.title) for o in structure().organs.values()])
        functions = self.listed("organisation.functions", "functions")
        self.offer("functions", functions, first=False)
        self.staff("leader")


class DissolveForm(Asking):
    ended_on = day("撤销日期")
    reason = words("撤销原因", most=120)


class TenureForm(Asking):
    """确定责任人."""

    sections = (
        ("责任", ("role", "organ", "department", "scope")),
        ("人选", ("person", "position", "working", "party_member", "qualification")),
        ("任职", ("since", "basis")),
    )
    keep = ("since", "basis")
    role = choice("责任")
    organ = organ()
    department = department(required=False)
    scope = choice("事项", required=False, hint="七环节、办公室分工选填")
    person = PersonField(label="责任人")
    position = short("职务", most=40, required=False)
    working = forms.ChoiceField(
        label="专兼职", required=False, choices=[("", "不区分"), ("专职", "专职"), ("兼职", "兼职")]
    )
    party_member = forms.BooleanField(label="党员", required=False)
    qualification = short(
        "任职资格", most=120, required=False, hint="领导班子成员须写明专业知识和经验"
    )
    since = day("任职日期")
    basis = short("任职依据", most=120)

    def prepare(self) -> None:
        told = structure()
        by_hand = [r for r in told.roles.values() if not r.automatic]
        groups: dict[str, list[tuple[str, str]]] = {}
        for role in by_hand:
            title = told.organs[role.organ].title if role.organ else "岗位责任"
            groups.setdefault(title, []).append((role.key, role.title))
        self.fields["role"].choices = [("", "请选择"), *groups.items()]
        scopes = [(role.title, [(s, s) for s in role.scopes]) for role in by_hand if role.scopes]
        self.fields["scope"].choices = [("", "不分"), *scopes]
        self.fields["organ"].queryset = organs_standing(self.actor.body)
        self.departments()
        self.staff("person")


class RenewForm(Asking):
    basis = short("续任依据", most=120)


class QualifyForm(Asking):
    qualification = short("任职资格", most=120, hint="专业知识和工作经验的核查情况")


class EndTenureForm(Asking):
    until = day("免去日期")
    reason = words("免去原因", most=120)


class IssueForm(Asking):
    kind = choice("责任书")

    def prepare(self) -> None:
        self.offer("kind", [(k.key, k.title) for k in structure().undertakings.values()])


class MeetingForm(Asking):
    """通知会议."""

    sections = (
        ("会议", ("kind", "organ", "department", "name", "level")),
        ("时间地点", ("planned_at", "place", "presider")),
        ("议程和人员", ("agenda", "people")),
    )
    kind = choice("会议类别")
    organ = organ()
    department = department(required=False)
    name = short("会议名称", most=60)
    level = level()
    planned_at = forms.DateTimeField(label="会议时间", widget=forms.DateTimeInput())
    place = short("地点", most=40)
    presider = PersonField(label="主持人")
    agenda = words("议程", most=1000, rows=4, hint="一行一项，须有保密工作议题")
    people = PeopleField(label="参加人员")

    def prepare(self) -> None:
        self.offer("kind", list(structure().meetings))
        self.fields["organ"].queryset = organs_standing(self.actor.body)
        self.fields["level"].choices = levels_here()
        self.departments()
        self.staff("presider", "people")


class HoldForm(Asking):
    """登记到会."""

    held_at = forms.DateTimeField(label="召开时间", widget=forms.DateTimeInput())
    absent = PeopleField(label="缺席人员", required=False)
    reasons = words("缺席原因", required=False, hint="逐人一行，次序与所选人员一致", rows=2)
    minutes = words("会议记录", most=2000, rows=6)

    def prepare(self) -> None:
        if self.subject is not None:
            called = Attendance.objects.visible_to(self.actor, at=self.at)
            keys = called.filter(meeting=self.subject).values_list("person", flat=True)
            self.fields["absent"].queryset = staff_of(self.actor.body).filter(pk__in=list(keys))


class ResolutionForm(Asking):
    """登记决议."""

    sections = (
        ("决议和表决", ("text", "yes", "no", "abstained")),
        ("交办", ("line", "person", "due_on")),
    )
    text = words("决议", most=200)
    yes = forms.IntegerField(label="同意", min_value=0, max_value=500)
    no = forms.IntegerField(label="反对", min_value=0, max_value=500, initial=0)
    abstained = forms.IntegerField(label="弃权", min_value=0, max_value=500, initial=0)
    line = choice("工作类别")
    person = PersonField(label="责任人")
    due_on = day("完成期限")

    def prepare(self) -> None:
        self.offer("line", self.listed("organisation.task", "lines"))
        self.staff("person")


class TaskForm(Asking):
    """交办事项."""

    sections = (
        ("事项", ("origin", "line", "level", "matter")),
        ("依据和措施", ("basis", "measure")),
        ("交办", ("person", "due_on")),
    )
    origin = choice("来源")
    line = choice("工作类别")
    level = level()
    matter = words("事项", most=200)
    basis = short("依据", most=80, required=False, hint="上级文件写明文号")
    measure = words("贯彻意见和措施", most=200, required=False)
    person = PersonField(label="责任人")
    due_on = day("期限")

    def prepare(self) -> None:
        origins = self.listed("organisation.task", "origins")
        self.offer("origin", [one for one in origins if one != RESOLVED])
        self.offer("line", self.listed("organisation.task", "lines"))
        self.fields["level"].choices = levels_here()
        self.staff("person")


class ReassignForm(Asking):
    person = PersonField(label="责任人")
    reason = words("改派原因", most=100)

    def prepare(self) -> None:
        self.staff("person")


class DropForm(Asking):
    reason = words("取消原因", most=100)


class FinishForm(Asking):
    outcome = words("办理结果", most=200)


class EmploymentForm(Asking):
    """登记用工."""

    sections = (
        ("人员", ("person", "category", "conditions")),
        ("起止", ("since", "until")),
        ("外部人员", ("project", "pledged_on")),
    )
    person = PersonField(label="人员")
    category = choice("用工性质")
    conditions = forms.MultipleChoiceField(
        label="上岗条件",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="逐项核查合格的打勾，缺一项不得上岗",
    )
    since = day("起")
    until = day("止", required=False, hint="外部人员必填，到期账号自动停用")
    project = short("参与项目", most=60, required=False)
    pledged_on = day("承诺书签署日期", required=False)

    def prepare(self) -> None:
        inside = self.listed("organisation.employment", "categories")
        outside = self.listed("organisation.employment.outside", "categories")
        self.offer("category", [*inside, *outside])
        conditions = self.listed("organisation.employment.conditions", "conditions")
        self.offer("conditions", conditions, first=False)
        self.staff("person")
