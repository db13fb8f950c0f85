"""Fields that the forms of several rooms ask with: people, places, a few lines of words."""

from typing import Any

from django import forms

from shoumi.kernel.levels import Level
from shoumi.platform.directory.models import Person, Place


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One person, told apart by the department; the form says who may be chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Person.objects.none(), empty_label="请选择", **kwargs)

    def label_from_instance(self, person: Person) -> str:
        return named(person)


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several people, searched by typing where a script runs."""

    widget = forms.SelectMultiple(attrs={"data-choose": "", "data-wide": "", "size": "6"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Person.objects.none(), **kwargs)

    def label_from_instance(self, person: Person) -> str:
        return named(person)


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A place of the body, with the level it may hold."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Place.objects.none(), empty_label="请选择", **kwargs)

    def label_from_instance(self, place: Place) -> str:
        return f"{place.name}（限{Level(place.level_limit).label}及以下）"


def named(person: Person) -> str:
    """「单平（业务科）」: namesakes of two departments are told apart."""
    return f"{person.name}（{person.department or '单位领导'}）"


def words(
    label: str, *, most: int = 200, required: bool = True, hint: str = "", rows: int = 2
) -> forms.CharField:
    """A few lines over the whole width; `most` characters."""
    area = forms.Textarea(attrs={"rows": str(rows), "data-wide": ""})
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=hint, widget=area
    )
