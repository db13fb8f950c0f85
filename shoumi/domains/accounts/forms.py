"""The forms of the officers and of everybody's own account."""

from typing import Any

from django import forms

from shoumi.domains.accounts import selectors
from shoumi.domains.accounts.rules.figures import parse_figure
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Department, Person, Place
from shoumi.platform.rulebook.source import rulebook
from shoumi.platform.ui.forms import ActForm, refuse

BASIS = "写明文号或者决定，例如「甲局办〔2026〕3号」"


class SecretField(forms.CharField):
    """A password: never shown again, blanks at its ends kept as typed, pasting welcome."""

    def __init__(self, *, label: str, autocomplete: str, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"})
        super().__init__(label=label, widget=widget, strip=False, max_length=200, **kwargs)


class LoginForm(forms.Form):
    """Account and password, and nothing that tells which of them was wrong."""

    account = forms.CharField(
        label="账号",
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )
    password = SecretField(label="口令", autocomplete="current-password")


class PasswordForm(forms.Form):
    """One's own password, the new one typed twice."""

    old = SecretField(label="原口令", autocomplete="current-password")
    new = SecretField(label="新口令", autocomplete="new-password")
    again = SecretField(label="再输一遍新口令", autocomplete="new-password")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("new") != found.get("again"):
            self.add_error("again", "两次输入的新口令不一致")
        return found


class PledgeForm(forms.Form):
    agreed = forms.BooleanField(label="本人已阅读并遵守以上各条")


class ReasonForm(ActForm):
    reason = forms.CharField(label="事由", max_length=200)


class CreateForm(ActForm):
    """A person and an account without any right."""

    name = forms.CharField(label="姓名", max_length=40)
    account = forms.CharField(
        label="账号", max_length=40, help_text="小写字母、数字、点、横线，用姓名全拼或者工号"
    )
    staff_number = forms.CharField(label="工号", max_length=20, required=False)
    department = forms.ModelChoiceField(
        Department.objects.none(), label="部门", required=False, empty_label="单位领导，不属部门"
    )

    def prepare(self) -> None:
        _field(self, "department").queryset = departments(self.actor)


class AppointForm(ActForm):
    """A post with its basis and its days."""

    post = forms.ChoiceField(label="岗位")
    department = forms.ModelChoiceField(
        Department.objects.none(), label="部门", required=False, empty_label="不按部门"
    )
    since = forms.DateField(label="起", widget=forms.DateInput())
    until = forms.DateField(
        label="止", required=False, widget=forms.DateInput(), help_text="不填为长期"
    )
    basis = forms.CharField(label="依据", max_length=200, help_text=BASIS)

    def prepare(self) -> None:
        found = [(key, post.label) for key, post in rulebook().posts.items() if post.appointed]
        _field(self, "post").choices = [("", "请选择"), *found]
        _field(self, "department").queryset = departments(self.actor)
        self.fields["since"].initial = day_of(self.at) if self.at else None


class StandInForm(ActForm):
    """Who stands in, and for which days."""

    person = forms.ModelChoiceField(Person.objects.none(), label="代理人", empty_label="请选择")
    since = forms.DateField(label="起", widget=forms.DateInput())
    until = forms.DateField(label="止", widget=forms.DateInput())
    basis = forms.CharField(label="依据", max_length=200, help_text=BASIS)

    def prepare(self) -> None:
        people = selectors.people_of(self.actor.body).filter(active=True)
        holder = int(getattr(self.subject, "person_id", 0))
        _field(self, "person").queryset = people.exclude(pk=holder)


class DismissForm(ActForm):
    last_day = forms.DateField(
        label="末日", widget=forms.DateInput(), help_text="即日免去的填昨日，今日仍履职的填今日"
    )
    reason = forms.CharField(label="事由", max_length=200)


class ConsentForm(ActForm):
    opinion = forms.CharField(label="意见", max_length=200, required=False)


class RefuseForm(ActForm):
    opinion = forms.CharField(label="不同意的理由", max_length=200)


class ReviewForm(ActForm):
    finding = forms.CharField(
        label="复核结论",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": "4"}),
        help_text="逐人核对后写明：与岗位相符的、应当调整的、已离岗未停用的",
    )


class FindingForm(ActForm):
    finding = forms.CharField(
        label="核查结果", max_length=200, help_text="写明是何情形、如何处理，需立案的写明事件编号"
    )


class OverrideForm(ActForm):
    """One figure of one clause, within its range."""

    figure = forms.ChoiceField(label="参数", widget=forms.Select(attrs={"data-choose": ""}))
    text = forms.CharField(
        label="取值", max_length=200, help_text="分密级的写作「机密=10，绝密=12」，多项的用顿号隔开"
    )
    since = forms.DateField(label="施行日", widget=forms.DateInput())
    reason = forms.CharField(label="理由", max_length=200)

    def prepare(self) -> None:
        found = [
            (f"{clause.id}|{parameter.key}", f"{clause.title}：{parameter.label}")
            for clause in rulebook().clauses.values()
            for parameter in clause.parameters
            if not parameter.fixed
        ]
        _field(self, "figure").choices = [("", "请选择"), *found]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if self.errors:
            return found
        clause, _, key = found.pop("figure").partition("|")
        parameter = rulebook().clause(clause).parameter(key)
        try:
            value = parse_figure(found.pop("text"), parameter.kind)
        except Refusal as refusal:
            refuse(self, refusal)
            return found
        return {**found, "clause": clause, "key": key, "value": value}


def departments(person: Person) -> Any:
    return Department.objects.filter(body=person.body).order_by("id")


def _field(form: forms.Form, name: str) -> Any:
    """A choice field, whose choices are known only when the form knows who fills it in."""
    return form.fields[name]


class DepartmentForm(ActForm):
    """增设部门."""

    name = forms.CharField(label="部门名称", max_length=60)
    parent = forms.ModelChoiceField(
        Department.objects.none(), label="上级部门", required=False, empty_label="无"
    )

    def prepare(self) -> None:
        rows = Department.objects.filter(body=self.actor.body)
        self.fields["parent"].queryset = rows.order_by("id")


class PlaceForm(ActForm):
    """登记场所: what it is, where it stands, and what it may hold."""

    name = forms.CharField(label="名称", max_length=60, help_text="如「1号保密柜」")
    kind = forms.ChoiceField(label="类别", choices=Place.Kind.choices)
    level_limit = forms.TypedChoiceField(
        label="可存最高密级", coerce=int, choices=[(x.value, x.label) for x in Level]
    )
    within = forms.ModelChoiceField(
        Place.objects.none(), label="所在场所", required=False, empty_label="无"
    )
    keeper = forms.ModelChoiceField(
        Person.objects.none(), label="管理人", required=False, empty_label="无"
    )

    def prepare(self) -> None:
        body = self.actor.body
        places = Place.objects.filter(body=body, active=True)
        people = Person.objects.filter(body=body, active=True).exclude(account=None)
        self.fields["within"].queryset = places.order_by("id")
        self.fields["keeper"].queryset = people.order_by("name", "id")
