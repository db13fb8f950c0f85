"""The version of a row as its form saw it, so that a later change is noticed (他人已修改)."""

from django.db import models

from shoumi.kernel.chain import sm3
from shoumi.kernel.refusal import Stale
from shoumi.platform.rulebook.controls import Control

FIELD = "_seen"
STALE = Control("access.stale", kind="refuse", label="以最新内容为准")


def row_version(row: models.Model) -> str:
    """A digest of every column; the salt is a column too, so it tells nothing of the values."""
    columns = (f"{f.attname}={f.value_to_string(row)}" for f in row._meta.concrete_fields)
    return sm3("\x1f".join(columns).encode())[:24]


def require_same(row: models.Model | None, seen: str) -> None:
    """Refuse a form whose row has changed since; a form without a version is left to the service."""
    if row is not None and seen and seen != row_version(row):
        raise Stale(
            "他人已修改这条记录，本次没有办理",
            clause="access.stale",
            way_on="下面是最新内容，请核对后再提交",
        )
