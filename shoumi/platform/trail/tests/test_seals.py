"""The seal of a row: equal where the meaning is equal, on both databases; different where it differs."""

import json
import unicodedata
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.db import DataError, connection, models
from django.test.utils import isolate_apps

from shoumi.platform.directory.models import Person
from shoumi.platform.trail import seals
from shoumi.platform.trail.seals import image, read_rows, row_digest

pytestmark = pytest.mark.clause("trail.sealed_rows")

SQLITE = "sqlite"
MOMENT = datetime(2026, 9, 1, 1)
# column, what the seal says, how it may stand in SQLite, how in PostgreSQL
SAME = [
    (
        "moment",
        MOMENT,
        ["2026-09-01 01:00:00", "2026-09-01 01:00:00.000000", "2026-09-01T09:00:00+08:00"],
        ["2026-09-01 01:00:00Z", "2026-09-01T09:00:00+08:00", "2026-09-01 09:00:00.000000+08"],
    ),
    (
        "moment",
        MOMENT.replace(microsecond=5),
        ["2026-09-01 01:00:00.000005", "2026-09-01T01:00:00.000005"],
        ["2026-09-01 01:00:00.000005Z", "2026-09-01T09:00:00.000005+08:00"],
    ),
    ("day", "2026-09-01", ["2026-09-01"], ["2026-09-01", "20260901"]),
    ("clock", "08:30:00", ["08:30:00"], ["08:30", "08:30:00"]),
    ("price", "1.5", ["1.5", 1.5, "1.50", "1.500"], ["1.5", "1.50"]),
    ("price", "10", [10, "10.00", "1E+1"], ["10", "10.00"]),
    ("truth", 1, [1], ["true", "1"]),
    ("truth", 0, [0], ["false", "0"]),
    (
        "facts",
        '{"a":[1,null],"密":"级"}',
        ['{"密": "级", "a": [1, null]}', '{"a":[1,null],"\\u5bc6":"\\u7ea7"}'],
        ['{"密": "级", "a": [1, null]}', '{"a":[1,null],"\\u5bc6":"\\u7ea7"}'],
    ),
    ("text", "", [""], [""]),
    ("text", None, [None], [None]),
    ("number", 7, [7], [7]),
]


@pytest.fixture
def thing(db):
    """A table with a column of every kind, made on the database under test."""
    with isolate_apps("shoumi.platform.trail"):

        class Thing(models.Model):
            text = models.TextField(null=True)
            number = models.IntegerField(null=True)
            truth = models.BooleanField(null=True)
            moment = models.DateTimeField(null=True)
            day = models.DateField(null=True)
            clock = models.TimeField(null=True)
            price = models.DecimalField(max_digits=9, decimal_places=3, null=True)
            facts = models.JSONField(null=True)
            other = models.ForeignKey(Person, models.PROTECT, null=True)

            class Meta:
                app_label = "trail"
                db_table = "seals_thing"

    kinds = {f.column: f.db_type(connection) for f in Thing._meta.concrete_fields[1:]}
    columns = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE seals_thing (id integer PRIMARY KEY, {columns})")
    return Thing


def put(key, column, value):
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO seals_thing (id, "{column}") VALUES (%s, %s)', [key, value])


def said(thing, column, keys=None):
    place = [f.column for f in thing._meta.concrete_fields].index(column)
    return [values[place] for _, values in read_rows(connection, thing, keys)]


def meant(text):
    """The moment a sealed text speaks of; always UTC."""
    return datetime.fromisoformat(text.removesuffix("Z"))


@pytest.mark.parametrize(("column", "meaning", "on_sqlite", "on_postgresql"), SAME)
def test_one_meaning_has_one_seal(thing, column, meaning, on_sqlite, on_postgresql):
    forms = on_sqlite if connection.vendor == SQLITE else on_postgresql
    for key, form in enumerate(forms, 1):
        put(key, column, form)
    found = said(thing, column)
    assert len({str(one) for one in found}) == 1
    assert (meant(found[0]) if column == "moment" else found[0]) == meaning


DIFFERENT = {
    "nothing and empty": ("text", [None, ""]),
    "composed and decomposed": ("text", ["é", unicodedata.normalize("NFD", "é")]),
    "full and half width": ("text", ["Ａ１", "A1"]),
    "line ends": ("text", ["a\nb", "a\r\nb", "a\rb"]),
    "a blank behind": ("text", ["密", "密 ", " 密"]),
    "traditional and simplified": ("text", ["機密", "机密"]),
    "a figure and its word": ("text", ["1", "1.0", "01"]),
    "nothing and nought": ("number", [None, 0]),
    "nothing and untrue": ("truth", [None, False]),
    "one microsecond": ("moment", ["2026-09-01 01:00:00Z", "2026-09-01 01:00:00.000001Z"]),
    "one day": ("day", ["2026-09-01", "2026-09-02"]),
    "a list and its order": ("facts", ["[1, 2]", "[2, 1]"]),
    "a figure and its text": ("facts", ["[1]", '["1"]', "[null]", '[""]', "[true]"]),
    "a JSON null and nothing": ("facts", ["null", None]),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_another_meaning_has_another_seal(thing, name):
    column, forms = DIFFERENT[name]
    for key, form in enumerate(forms, 1):
        if connection.vendor == SQLITE and column == "moment":
            form = form.removesuffix("Z")
        put(key, column, form)
    found = [row_digest("t", 1, values) for _, values in read_rows(connection, thing)]
    assert len(set(found)) == len(forms)


def test_what_the_orm_writes_reads_the_same_on_both_databases(thing):
    thing(
        id=1,
        text="机密★10年",
        number=7,
        truth=True,
        moment=MOMENT.replace(tzinfo=UTC),
        day=date(2026, 9, 1),
        clock=time(8, 30),
        price=Decimal("2.50"),
        facts={"b": 1, "a": None},
        other_id=None,
    ).save(force_insert=True)
    ((key, values),) = read_rows(connection, thing, [1])
    assert key == 1
    assert meant(values.pop(4)) == MOMENT
    assert values == [
        1,
        "机密★10年",
        7,
        1,
        "2026-09-01",
        "08:30:00",
        "2.5",
        '{"a":null,"b":1}',
        None,
    ]


def test_rows_come_in_the_order_of_their_keys_and_only_those_asked_for(thing):
    for key in (3, 1, 2):
        put(key, "number", key * 10)
    assert said(thing, "number") == [10, 20, 30]
    assert said(thing, "number", [3, 1, 9]) == [10, 30]


ODD = [
    ("moment", "昨天"),
    ("moment", "2026-09-01TX"),
    ("day", "明日"),
    ("price", "很多"),
    ("facts", "{"),
]


@pytest.mark.parametrize(("column", "value"), ODD)
def test_what_no_act_can_have_written_stands_as_it_is_or_cannot_be_put(thing, column, value):
    """SQLite keeps any word in any column; PostgreSQL takes none of these."""
    if connection.vendor == SQLITE:
        put(1, column, value)
        (odd,) = said(thing, column)
        assert value in odd
    else:
        with pytest.raises(DataError):
            put(1, column, value)


@pytest.mark.parametrize(
    "raw",
    [
        {"moment": "2026-09-01 01:00:00", "truth": 1, "facts": '{"b":1,"a":2}', "other_id": 4},
        {
            "moment": "2026-09-01T01:00:00+00:00",
            "truth": True,
            "facts": {"a": 2, "b": 1},
            "other_id": 4,
        },
    ],
    ids=["as SQLite's trigger saw it", "as PostgreSQL's trigger saw it"],
)
def test_the_row_before_the_act_reads_alike_from_both_triggers(thing, raw):
    found = image(thing, json.dumps(raw))
    assert meant(found.pop("moment")) == MOMENT
    assert {k: v for k, v in found.items() if v is not None} == {
        "truth": 1,
        "facts": '{"a":2,"b":1}',
        "other_id": 4,
    }


def test_table_and_key_are_inside_the_seal():
    found = {row_digest(t, k, ["密"]) for t in ("a", "b") for k in (1, 2)}
    assert len(found) == 4
    assert row_digest("a", 1, ["b", "c"]) != row_digest("a", 1, ["bc"])
    assert seals.GONE not in found
