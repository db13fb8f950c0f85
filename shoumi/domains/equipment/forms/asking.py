"""What the forms of this room ask with: fields, and whose people, places and departments are offered."""

from typing import Any

from django import forms

from shoumi.domains.equipment.selectors import colleagues, departments_of, places_of
from shoumi.kernel.levels import Level
from shoumi.platform.directory.models import Department
from shoumi.platform.ui.fields import PersonField, PlaceField
from shoumi.platform.ui.forms import ActForm

LEVELS = [
    (Level.PUBLIC.value, "非涉密"),
    (Level.INTERNAL.value, "非涉密（可处理工作秘密）"),
    *((level.value, level.label) for level in Level if level.is_state_secret),
]
CONTENT = [
    (Level.PUBLIC.value, "无密级"),
    (Level.INTERNAL.value, "工作秘密"),
    *((level.value, level.label) for level in Level if level.is_state_secret),
]


def level_field(label: str, choices: list[tuple[int, str]]) -> forms.TypedChoiceField:
    offered = [("", "请选择"), *((str(value), name) for value, name in choices)]
    return forms.TypedChoiceField(label=label, choices=offered, coerce=lambda v: Level(int(v)))


def line(label: str, *, most: int = 60, required: bool = False, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint)


def tick(label: str, *, hint: str = "") -> forms.BooleanField:
    return forms.BooleanField(
        label=label, required=False, help_text=hint, widget=forms.CheckboxInput
    )


def day(label: str, *, required: bool = False, hint: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=hint, widget=forms.DateInput)


class Asking(ActForm):
    """The questions of this room; people, places and departments are those of the actor's body."""

    actor: Any
    subject: Any
    at: Any
    fields: Any

    def prepare(self) -> None:
        for field in self.fields.values():
            if isinstance(field, PersonField):
                field.queryset = colleagues(self.actor)
            elif isinstance(field, PlaceField):
                field.queryset = places_of(self.actor)
        if "department" in self.fields:
            self.fields["department"].queryset = departments_of(self.actor)


def department_field() -> Any:
    """The department that uses it; the form's `prepare` lists those of the body."""
    return forms.ModelChoiceField(
        Department.objects.none(),
        label="使用部门",
        required=False,
        empty_label="请选择",
        help_text="不选的为第一责任人所在部门",
    )
