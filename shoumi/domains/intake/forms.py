"""Forms of the room: which ledger, which file; why it is undone."""

from django import forms

from shoumi.domains.intake.models import Batch
from shoumi.domains.intake.services.checking import KEEPING
from shoumi.platform.access.acting import posts_held
from shoumi.platform.ui.forms import ActForm


class CheckForm(ActForm):
    kind = forms.ChoiceField(label="台账")
    upload = forms.FileField(
        label="台账文件",
        help_text=".xlsx，借阅登记簿也可为 .docx，不超过 5 MB；只核对，不入账",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.docx"}),
    )

    def prepare(self) -> None:
        held = posts_held(self.actor, at=self.at)
        kinds = [k for k in Batch.Kind.choices if KEEPING[k[0]].post in held]
        self.fields["kind"].choices = kinds if len(kinds) == 1 else [("", "请选择"), *kinds]


class TakeForm(ActForm):
    good_only = forms.BooleanField(required=False)


class ClearForm(ActForm):
    review_due = forms.DateField(label="复审期限")
    trained_until = forms.DateField(label="培训有效期")
    pledged_until = forms.DateField(label="承诺书有效期")
    basis = forms.CharField(label="依据", max_length=200, help_text="人员审查、定级的决定文号")


class UndoForm(ActForm):
    reason = forms.CharField(label="撤销原因", max_length=100)
