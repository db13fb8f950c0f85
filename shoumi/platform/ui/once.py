"""Sending a form twice (重复提交): the second time shows the first result and acts on nothing."""

import secrets
from datetime import datetime, timedelta

from shoumi.platform.ui.models import UsedForm

FIELD = "_once"
KEPT = timedelta(hours=12)


def new_token() -> str:
    """A number for one rendering of one form."""
    return secrets.token_urlsafe(18)


def claim(*, person: int, token: str, at: datetime) -> UsedForm | None:
    """Take the token, or answer None when somebody's click was quicker."""
    UsedForm.objects.filter(person=person, at__lt=at - KEPT).delete()
    row, is_first = UsedForm.objects.get_or_create(
        person=person, token=token[:40], defaults={"at": at}
    )
    return row if is_first else None


def settle(row: UsedForm, *, target: str) -> None:
    """Keep where the act led; a form that led nowhere may be sent again."""
    if target:
        UsedForm.objects.filter(pk=row.pk).update(target=target[:400])
    else:
        UsedForm.objects.filter(pk=row.pk).delete()


def first_result(*, person: int, token: str) -> str:
    """The page the first sending led to; empty while it is still at work."""
    found = UsedForm.objects.filter(person=person, token=token[:40]).values_list("target")
    return next((target for (target,) in found), "")
