"""The forms of a circulation: who is to read, which copy goes out, what the reader says."""

from typing import Any

from django import forms

from shoumi.domains.circulation.selectors import (
    copies_ready,
    people_in_scope,
    people_outside,
)
from shoumi.domains.documents.models import Copy, Opinion
from shoumi.domains.documents.selectors import people_for
from shoumi.kernel.levels import Level
from shoumi.platform.directory.models import Person
from shoumi.platform.ui.fields import PeopleField, PersonField
from shoumi.platform.ui.forms import ActForm


class CopyField(forms.ModelChoiceField):
    """One copy by its number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Copy.objects.none(), empty_label=None, **kwargs)

    def label_from_instance(self, copy: Copy) -> str:  # type: ignore[override]
        return f"{copy.copy_number}　在{copy.item.holder}"


class OpenForm(ActForm):
    """建传阅单: those whom the instruction named are chosen already."""

    readers = PeopleField(
        label="阅件人", help_text="只列批示范围内、涉密等级相符的人员；按批示次序送阅"
    )

    def prepare(self) -> None:
        if self.subject is None:
            return
        self.fields["readers"].queryset = people_in_scope(self.subject, at=self.at)
        self.initial = {"readers": self._instructed(), **self.initial}

    def clean_readers(self) -> list[Person]:
        order = {pk: place for place, pk in enumerate(self._instructed())}
        chosen = list(self.cleaned_data["readers"])
        return sorted(chosen, key=lambda person: order.get(person.pk, len(order)))

    def _instructed(self) -> list[int]:
        said = Opinion.objects.visible_to(self.actor, at=self.at).filter(document=self.subject)
        lists = said.order_by("id").values_list("people", flat=True)
        return [pk for people in lists for pk in people]


class AddForm(ActForm):
    """增加阅件人."""

    person = PersonField(label="阅件人", help_text="只列批示范围内、涉密等级相符的人员")

    def prepare(self) -> None:
        if self.subject is not None:
            self.fields["person"].queryset = people_in_scope(self.subject.document, at=self.at)


class SendForm(ActForm):
    """送阅: which copy, and that it goes into the reader's own hands."""

    copy = CopyField(label="份号")
    in_person = forms.BooleanField(
        label="当面送交阅件人本人；本人不在的带回机要室，不留置办公室", required=False
    )

    def prepare(self) -> None:
        if self.subject is not None:
            document = self.subject.circulation.document
            ready = copies_ready(document, reader=self.actor, at=self.at)
            self.fields["copy"].queryset = ready
            if not ready.exists():
                self.fields["copy"].help_text = "各份都在外，请先收回核点，再送下一人"


class ReturnForm(ActForm):
    """退回: what the reader says, if anything."""

    phrases = {"opinion": ("已阅。", "同意。", "请按程序办理。")}

    opinion = forms.CharField(
        label="阅件意见",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )

    def prepare(self) -> None:
        if self.subject is not None and self.subject.circulation.document.is_shell:
            del self.fields["opinion"]


class PassOnForm(ActForm):
    """转交他人: asked for, and always refused with the reason."""

    to = PersonField(label="转交给")

    def prepare(self) -> None:
        if self.subject is not None:
            document = self.subject.circulation.document
            people = people_in_scope(document, at=self.at).exclude(pk=self.actor.pk)
            self.fields["to"].queryset = people


class RemindForm(ActForm):
    """催办."""

    phrases = {"words": ("请即签收。", "请阅后即退。", "已逾期，请立即退回机要室。")}

    words = forms.CharField(
        label="催办意见", max_length=200, widget=forms.Textarea(attrs={"rows": "2"})
    )


class ExcuseForm(ActForm):
    """免送."""

    phrases = {"reason": ("出差，本轮不送。", "已在其他会议传达。")}

    reason = forms.CharField(label="免送原因", max_length=100)


class WidenForm(ActForm):
    """申请扩大知悉范围."""

    people = PeopleField(label="拟增人员", help_text="只列涉密等级相符、尚未列入知悉范围的人员")
    reason = forms.CharField(label="理由", max_length=200)
    consent_number = forms.CharField(
        label="原定密单位同意文号", max_length=60, required=False, help_text="绝密件必填"
    )

    def prepare(self) -> None:
        if self.subject is None:
            return
        self.fields["people"].queryset = people_outside(self.subject, at=self.at)
        if self.subject.level < Level.TOP_SECRET:
            del self.fields["consent_number"]


class EscortForm(ActForm):
    """申请专管专送."""

    person = PersonField(label="专送人", help_text="只列涉密等级相符的人员")
    reason = forms.CharField(label="事由", max_length=200)
    until = forms.DateField(label="期限", widget=forms.DateInput())

    def prepare(self) -> None:
        if self.subject is not None:
            body = self.subject.body
            people = people_for(self.subject.level, body=body, at=self.at)
            self.fields["person"].queryset = people
