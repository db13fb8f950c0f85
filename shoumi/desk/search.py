"""Finding (检索): number fragment, title, issuer, pinyin initials, scanned code. The gate comes first.

What the reader may not know is neither found nor counted; an empty answer says the same for both.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse

from shoumi.domains.documents.models import Document
from shoumi.kernel.labelcode import BadCode
from shoumi.kernel.labelcode import check as check_code
from shoumi.platform.access.paging import first_keys
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.controls import Control

SEARCH = Control("desk.search", kind="refuse", label="检索只见知悉范围以内")
SHOWN = Control("desk.search", kind="display", label="检索只见知悉范围以内")
MOST = 20
LETTERS = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True)
class Found:
    """One row found: what it is called, where it opens, its level, and a word about it."""

    name: str
    address: str
    label: Any
    words: str
    state: str


@dataclass(frozen=True)
class Group:
    """Rows of one kind; `is_more` when there are further ones."""

    title: str
    rows: list[Found]
    is_more: bool


def search(text: str, *, reader: Person, at: datetime) -> list[Group]:
    """Groups with at least one row."""
    asked = " ".join(text.split())[:60]
    if not asked:
        return []
    groups = [
        _documents(asked, reader=reader, at=at),
        _items(asked, reader=reader, at=at),
    ]
    return [group for group in groups if group.rows]


def _documents(asked: str, *, reader: Person, at: datetime) -> Group:
    # All that `Document.found_by` indexes: a word that is common there is then met early.
    wanted = Q(title__contains=asked) | Q(number__contains=asked) | Q(issuer__contains=asked)
    wanted |= Q(issue_number__contains=_brackets(asked))
    if LETTERS.fullmatch(asked):
        wanted = Q(initials__contains=asked.lower())
    elif asked.isdigit():
        wanted |= Q(register_number=int(asked)) if len(asked) < 10 else Q()
    rows = Document.objects.visible_to(reader, at=at).select_related("label")
    found = _newest(rows, wanted, asked, reader=reader, at=at)
    shown = [
        Found(
            d.number,
            _address("documents-detail", d.pk),
            d.label,
            " ".join(w for w in (d.called, d.issue_number) if w),
            d.get_state_display(),
        )
        for d in found[:MOST]
    ]
    return Group("收文", shown, len(found) > MOST)


def _items(asked: str, *, reader: Person, at: datetime) -> Group:
    wanted = Q(name__contains=asked)
    with suppress(BadCode):
        wanted = Q(code=check_code(asked))
    rows = Item.objects.visible_to(reader, at=at)
    rows = rows.select_related("label", "holder__person", "holder__place", "holder__outside")
    found = _newest(rows, wanted, asked, reader=reader, at=at)
    shown = [
        Found(
            i.name,
            _address("items-detail", i.pk),
            i.label,
            f"{i.get_kind_display()} {i.holder}",
            i.get_state_display(),
        )
        for i in found[:MOST]
    ]
    return Group("载体", shown, len(found) > MOST)


def _newest(
    rows: "QuerySet[Any]", wanted: Q, asked: str, *, reader: Person, at: datetime
) -> list[Any]:
    """The newest of these rows, one more than are shown."""
    ordered = rows.filter(wanted).order_by("-label_id", "-id")
    keys = first_keys(ordered, MOST + 1, reader=reader, at=at, words=[asked])
    return list(rows.filter(pk__in=keys).order_by("-label_id", "-id"))


def _brackets(asked: str) -> str:
    """文号 is kept with 〔〕, whatever brackets were typed."""
    return asked.translate(str.maketrans("[(【［（])】］）", "〔〔〔〔〔〕〕〕〕〕"))


def _address(name: str, pk: int) -> str:
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""
