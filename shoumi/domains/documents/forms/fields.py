"""Fields that several forms of the registry share."""

from typing import Any

from django import forms

from shoumi.platform.directory.models import Person
from shoumi.platform.ui.forms import ActForm


class PersonField(forms.ModelChoiceField):
    """One person, told apart by the department."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Person.objects.none(), empty_label="请选择", **kwargs)

    def label_from_instance(self, person: Person) -> str:  # type: ignore[override]
        return named(person)


class PeopleField(forms.ModelMultipleChoiceField):
    """Several people, searched by typing where a script runs."""

    widget = forms.SelectMultiple(attrs={"data-choose": "", "data-wide": "", "size": "6"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Person.objects.none(), **kwargs)

    def label_from_instance(self, person: Person) -> str:  # type: ignore[override]
        return named(person)


def named(person: Person) -> str:
    return f"{person.name}（{person.department or '单位领导'}）"


def words(label: str, *, required: bool = True) -> forms.CharField:
    """A line or two of opinion."""
    area = forms.Textarea(attrs={"rows": "3"})
    return forms.CharField(label=label, max_length=300, required=required, widget=area)


def without_words(form: ActForm) -> None:
    """Opinions on a shell stand on the paper and are not typed in."""
    if form.subject is not None and form.subject.is_shell:
        del form.fields["text"]
