"""Verb: one thing people do (办理): its action, the service that does it, the form it asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest

from shoumi.platform.access.acting import Action, check
from shoumi.platform.ui.forms import ActForm


def always(*_: Any) -> bool:
    return True


@dataclass(frozen=True)
class Verb:
    """`when(row)` and `whose(row, actor)` repeat what the service demands of state and person.

    The service is called as `service(actor=, subject=, at=, **cleaned_data)`, without `subject` when it
    creates. `confirm` shows 「请核对」 first; `next` tells what happens afterwards.
    """

    action: Action
    service: Callable[..., Any]
    form: type[forms.Form] = forms.Form
    when: Callable[[Any], bool] = always
    whose: Callable[[Any, Any], bool] = always
    confirm: bool = False
    danger: bool = False
    next: str = ""

    @property
    def slug(self) -> str:
        return self.action.key.replace(".", "-").replace("_", "-")

    @property
    def is_one_click(self) -> bool:
        """Nothing to fill in and nothing to confirm: the button itself acts."""
        return not self.form.base_fields and not self.confirm

    def is_offered(self, actor: Any, row: Any, *, at: datetime) -> bool:
        """Whether the button is shown: exactly when the door and the service would agree."""
        fits = row is None or (self.when(row) and self.whose(row, actor))
        return fits and check(actor, self.action, row, at=at) is None

    def build(
        self, request: HttpRequest, row: Any, *, at: datetime, initial: dict[str, Any] | None
    ) -> forms.Form:
        """The form, filled with what was sent; an ActForm also learns who acts on what."""
        given: dict[str, Any] = {"initial": initial}
        if request.method == "POST":
            given |= {"data": request.POST, "files": request.FILES}
        if issubclass(self.form, ActForm):
            given |= {"actor": request.user, "subject": row, "at": at}
        return self.form(**given)
