"""What an approver or applicant fills in."""

from typing import Any

from django import forms

from shoumi.platform.approvals.models import Case
from shoumi.platform.directory.models import Person
from shoumi.platform.ui.forms import ActForm


class OpinionForm(ActForm):
    """An opinion that may be left empty (同意)."""

    opinion = forms.CharField(label="意见", max_length=200, required=False, initial="同意。")
    phrases = {"opinion": ("同意。", "拟同意，请领导审定。", "已核，符合规定。")}


class ReasonForm(ActForm):
    """An opinion that must say why (不同意、退回)."""

    opinion = forms.CharField(label="意见", max_length=200)
    phrases = {"opinion": ("理由不充分。", "请补充使用范围。", "请补充原发文单位批准。")}


class SendBackForm(ReasonForm):
    """退回： to the applicant, or to an earlier step."""

    to_step = forms.TypedChoiceField(label="退回至", required=False, coerce=int, empty_value=None)

    def prepare(self) -> None:
        choices: list[tuple[Any, str]] = [("", "申请人")]
        if isinstance(self.subject, Case):
            earlier = self.subject.steps.filter(order__lt=self.subject.current or 0)
            choices += [(s.order, s.label) for s in earlier.order_by("order")]
        self.fields["to_step"].choices = choices  # type: ignore[attr-defined]


class TakerForm(ActForm):
    """Somebody else is asked (转办、加签)."""

    to_person = forms.ModelChoiceField(label="人员", queryset=Person.objects.none())
    opinion = forms.CharField(label="意见", max_length=200)

    def prepare(self) -> None:
        people = Person.objects.filter(body=self.actor.body, active=True).exclude(account=None)
        self.fields["to_person"].queryset = people.order_by("name", "id")  # type: ignore[attr-defined]


class EvidenceForm(ActForm):
    """凭据 of a duty that no page closes by itself."""

    evidence = forms.CharField(
        label="办理情况和凭据",
        max_length=200,
        widget=forms.Textarea({"rows": "3"}),
        help_text="写明办了什么、结果如何、凭据存放何处",
    )


class NoticeForm(ActForm):
    """The 放假安排 of a year as a file of the usual layout, brought in on a disc."""

    notice = forms.FileField(
        label="放假安排文件", help_text="JSON 格式，含年度、文件依据和逐日安排"
    )

    def text(self) -> str:
        """The file as text; what is no text is left to the reader of the notice to refuse."""
        return str(self.cleaned_data["notice"].read(200_000).decode("utf-8", errors="replace"))
