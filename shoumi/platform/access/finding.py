"""Finding (检索): under which labels some words may stand, known from pieces of them.

A piece is two characters that stand side by side, or three letters or digits: so words of two characters,
fragments of numbers and pinyin initials are found alike. The index only says where to begin: what is found
is asked of the rows themselves afterwards, the gate first, so that a piece too many costs time and never
shows anything. It is written in the act that writes the words.

SQLite keeps the pieces in FTS5, PostgreSQL in GIN; both are made by a migration and follow the table.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from zlib import crc32

from django.apps import apps
from django.db import connection, transaction

from shoumi.platform.access.models import Label, Labelled, SearchWords
from shoumi.platform.trail.recording import Changes

RUN = re.compile(r"([0-9a-z]{3,})|([^\W_0-9a-z]{2,})")
SLICE = 2_000
EXEMPT = {
    "access_searchwords": "检索词，由各台账推出，可随时重建，命中后仍以台账和知悉范围为准",
    **{
        f"access_searchindex{part}": "检索词的索引，由内置数据库自动维护"
        for part in ("", "_data", "_idx", "_docsize", "_config")
    },
}
_SQLITE = "SELECT rowid FROM access_searchindex WHERE access_searchindex MATCH %s LIMIT %s"
# Read whole, or PostgreSQL would rather look at every row than use the index for so few.
_POSTGRES = """WITH found AS MATERIALIZED (SELECT label_id FROM access_searchwords
    WHERE string_to_array(words, ' ') @> string_to_array(%s, ' ')) SELECT label_id FROM found LIMIT %s"""


def pieces(text: str, tag: str = "") -> set[str]:
    """Neighbours in twos, of letters and digits in threes; whatever stands between breaks a piece."""
    found: set[str] = set()
    for signs, characters in RUN.findall(text.lower()):
        found.update(signs[n : n + 3] + tag for n in range(len(signs) - 2))
        found.update(characters[n : n + 2] + tag for n in range(len(characters) - 1))
    return found


def labels_with(model: type[Labelled], words: str, *, most: int) -> list[int] | None:
    """Keys of all labels under which a row may have these words; nothing where that is no place to begin.

    That is so for what is shorter than a piece, and for words that stand under more than `most` labels.
    """
    asked = sorted(pieces(words, _tag(model)))
    if not asked:
        return None
    is_sqlite = connection.vendor == "sqlite"
    said = " AND ".join(f'"{piece}"' for piece in asked) if is_sqlite else " ".join(asked)
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE if is_sqlite else _POSTGRES, [said, most + 1])
        found = [key for (key,) in cursor.fetchall()]
    return found if len(found) <= most else None


def follow(changes: Changes) -> None:
    """Bring the words up to date with what an act has just written."""
    labels: set[int] = set()
    asked: dict[type[Labelled], list[int]] = {}
    for name, columns in changes.items():
        table, _, key = name.partition(":")
        model = _findable().get(table)
        if model is None or not columns.keys() & _columns(model):
            continue
        sides = columns.get("label_id", ())
        labels.update(label for label in sides if label is not None)
        if not sides:
            asked.setdefault(model, []).append(int(key))
    for model, keys in asked.items():
        labels.update(model.unscoped.filter(pk__in=keys).values_list("label_id", flat=True))
    _write(sorted(labels))


def rebuild() -> int:
    """Make all words anew from the ledgers; returns under how many labels there are any."""
    with transaction.atomic():
        SearchWords.objects.all().delete()
        for slice_ in _slices():
            _write(slice_)
        return SearchWords.objects.count()


def _slices() -> Iterator[list[int]]:
    labels: set[int] = set()
    for model in _findable().values():
        labels.update(model.unscoped.values_list("label_id", flat=True).distinct())
    ordered = sorted(labels)
    for start in range(0, len(ordered), SLICE):
        yield ordered[start : start + SLICE]


def _write(labels: list[int]) -> None:
    # A label that the act took away again takes its words with it.
    kept = Label.objects.filter(pk__in=labels).values_list("pk", flat=True) if labels else ()
    words: dict[int, set[str]] = {label: set() for label in kept}
    for model in _findable().values():
        tag = _tag(model)
        rows: Any = model.unscoped.filter(label__in=words)
        for label, *texts in rows.values_list("label_id", *model.found_by):
            words[label].update(*(pieces(text, tag) for text in texts))
    SearchWords.objects.bulk_create(
        [SearchWords(label_id=key, words=" ".join(sorted(found))) for key, found in words.items()],
        update_conflicts=True,
        unique_fields=["label"],
        update_fields=["words"],
    )


@cache
def _findable() -> dict[str, type[Labelled]]:
    """Every table that is found by words of its own."""
    found = [m for m in apps.get_models() if issubclass(m, Labelled) and m.found_by]
    return {m._meta.db_table: m for m in found}


@cache
def _tag(model: type[Labelled]) -> str:
    """Tells the pieces of one table from those of another: a word common here may be nowhere there."""
    return f"{crc32(model._meta.db_table.encode()) & 0xFF:02x}"


def _columns(model: type[Labelled]) -> set[str]:
    """What of a row may change its words: a path is followed from its first step."""
    fields = [model._meta.get_field(path.partition("__")[0]) for path in model.found_by]
    return {"label_id", *(str(getattr(field, "column", "")) for field in fields)}
