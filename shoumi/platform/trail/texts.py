"""The very texts that are digested, made by the database a range of rows at a time.

Where the database writes JSON exactly as Python does, one answer holds thousands of texts; reading every
column of every row and joining them in Python costs more than the digests. What comes this way can only
prove that all is well: whatever does not agree is read again column by column, and that reading decides.
"""

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from shoumi.kernel.chain import COLUMNS, Link, Stride, entry_text, sm3
from shoumi.platform.trail import seals

T = TypeVar("T")
AT_ONCE = 2_000
RANGES = 1_000
# Every control character, quotes, DEL, a line separator, a character outside the basic plane.
AWKWARD = "".join(map(chr, (*range(1, 36), 0x5C, 0x22, 0x2F, 0x27, 0x25, 0x7F)))
AWKWARD += "".join(map(chr, (0x2028, 0x3C, 0x5BC6, 0x3E, 0x1F512, 0xE9)))
# Between texts that are JSON and hence hold no bare line break; between names that hold no comma.
LINE, COMMA = "'\n'", "','"
_ENTRY = tuple((c, "IntegerField" if c in ("number", "actor") else "TextField") for c in COLUMNS)
_PLAIN = ("CharField", "TextField", "BooleanField", "DateField", "DateTimeField")
_SQLITE = {
    "DateField": 'CAST("{0}" AS TEXT)',
    "DateTimeField": """CASE length("{0}") WHEN 19 THEN "{0}" || '.000000' ELSE "{0}" END""",
}
_POSTGRES = {
    "CharField": 'to_json("{0}")::text',
    "TextField": 'to_json("{0}")::text',
    "BooleanField": '"{0}"::int::text',
    "DateField": """to_char("{0}", '\\"YYYY-MM-DD\\"')""",
    "DateTimeField": """to_char("{0}" AT TIME ZONE 'UTC', '\\"YYYY-MM-DD HH24:MI:SS.US\\"')""",
}


class Reader:
    """Reads one snapshot through one connection, from one thread at a time."""

    def __init__(self) -> None:
        self.connection: BaseDatabaseWrapper = connections[DEFAULT_DB_ALIAS]
        self.is_sqlite = self.connection.vendor == "sqlite"
        self.speaks_json = self._speaks_json()
        self.changed = 0

    def strides(self) -> Iterator[Stride]:
        """Every entry, a range of numbers of one chain at a time; `changed` counts those with changes."""
        heads = "SELECT chain, min(number), max(number) FROM trail_entry GROUP BY chain ORDER BY 1"
        listed = [
            ("number", COMMA),
            ("previous", COMMA),
            ("digest", COMMA),
            ("nullif(seals, '')", LINE),
        ]
        asked = ", ".join(self._joined(*one, by="number") for one in listed)
        text = self._joined(self._array(_ENTRY), LINE, by="number", as_bytes=True)
        for name, first, last in list(self.stream(heads)) if self.speaks_json else ():
            for low, high in _ranges(first, last):
                where = f"chain = %s AND {_between('number', low, high)}"
                count = "count(nullif(changes, ''))"
                sql = f"SELECT {asked}, {text}, {count} FROM trail_entry WHERE {where}"
                [(numbers, before, stored, sealed, texts, changed)] = self.stream(sql, [name])
                self.changed += changed
                yield Stride(name, numbers, before, stored, sealed or "", self._split(texts))

    def links(self) -> Iterator[Link]:
        """Every entry in the order of its chain, column by column."""
        columns = ", ".join(f'"{c}"' for c in (*COLUMNS, "digest"))
        sql = f"SELECT {columns} FROM trail_entry ORDER BY chain, number, id"
        for row in self.stream(sql):
            yield row[0], row[1], row[11], row[12], row[9], entry_text(row[:12])

    def texts(
        self, model: type[models.Model], low: int, high: int | None
    ) -> tuple[list[str], list[bytes]] | None:
        """Keys and texts of the rows in a range of keys; nothing where columns need Python to read."""
        table = model._meta.db_table
        columns = tuple((str(f.column), seals.kind_of(f)) for f in model._meta.concrete_fields)
        if not self.speaks_json or not all(_is_plain(kind) for _, kind in columns):
            return None
        keys = self._joined('"id"', COMMA, by='"id"')
        text = self._joined(self._array(columns, table), LINE, by='"id"', as_bytes=True)
        sql = f'SELECT {keys}, {text} FROM "{table}" WHERE {_between("id", low, high)}'
        [(found, texts)] = self.stream(sql)
        return (found.split(","), self._split(texts)) if found else ([], [])

    def rows(
        self, model: type[models.Model], low: int, high: int | None
    ) -> tuple[list[str], list[str]]:
        """Keys and digests of the rows in a range of keys, column by column."""
        table = model._meta.db_table
        sql = f'SELECT "id" FROM "{table}" WHERE {_between("id", low, high)}'
        keys = [key for (key,) in self.stream(sql)]
        found = list(seals.read_rows(self.connection, model, keys)) if keys else []
        return [str(k) for k, _ in found], [seals.row_digest(table, k, v) for k, v in found]

    def changes(self, low: int, high: int | None) -> tuple[str, list[bytes]]:
        """Digests of change texts as their entries have them, and the texts, in a range of keys."""
        said = self._joined("coalesce(e.changes, '')", COMMA, by="c.id")
        text = self._joined("c.text", LINE, by="c.id", as_bytes=True)
        [(digests, texts)] = self.stream(
            f"SELECT {said}, {text} {_CHANGES} {_between('c.id', low, high)}"
        )
        return digests or "", self._split(texts)

    def wrong_changes(self, low: int, high: int | None) -> Iterator[tuple[int, str, int]]:
        """Key, chain and number of every change text in a range that is not what its entry digested."""
        columns = "c.id, e.chain, e.number, e.changes, c.text"
        for key, name, number, said, text in self.stream(
            f"SELECT {columns} {_CHANGES} {_between('c.id', low, high)} ORDER BY c.id"
        ):
            if said != sm3(str(text).encode()):
                yield key, name or "", number or 0

    def kept_changes(self) -> int:
        """How many entries have a change text."""
        [(count,)] = self.stream("SELECT count(DISTINCT entry_id) FROM trail_change")
        return int(count)

    def seals(self) -> Iterator[tuple[str, int, str]]:
        """Chain, number and seals of every entry, the oldest first whatever its chain."""
        yield from self.stream("SELECT chain, number, seals FROM trail_entry ORDER BY id")

    def out_of_turn(self) -> Iterator[tuple[str, int]]:
        """Entries whose key is lower than that of the one before: keys tell the order between chains."""
        prior = "lag(id) OVER (PARTITION BY chain ORDER BY number)"
        steps = f"SELECT chain, number, id, {prior} AS prior FROM trail_entry"
        yield from self.stream(f"SELECT chain, number FROM ({steps}) steps WHERE prior > id")

    def ranges(self, table: str) -> Iterator[tuple[int, int | None]]:
        """Ranges of keys that together hold every row of a table."""
        [(first, last)] = self.stream(f'SELECT min("id"), max("id") FROM "{table}"')
        yield from _ranges(first, last)

    def stream(self, sql: str, values: list[Any] | None = None) -> Iterator[Any]:
        """Rows of a statement without holding them all."""
        with self.connection.chunked_cursor() as cursor:
            cursor.execute(sql, values)
            while found := cursor.fetchmany(AT_ONCE):
                yield from found

    def _speaks_json(self) -> bool:
        """Whether this database writes a JSON list exactly as Python does."""
        awkward = f"{AWKWARD}\0" if self.is_sqlite else AWKWARD
        sql = (
            "json_array(%s, 7, NULL)"
            if self.is_sqlite
            else "'[' || to_json(%s::text)::text || ',7,null]'"
        )
        [(said,)] = self.stream(f"SELECT {sql}", [awkward])
        return bool(
            said == json.dumps([awkward, 7, None], ensure_ascii=False, separators=(",", ":"))
        )

    def _array(self, columns: Iterable[tuple[str, str]], table: str = "") -> str:
        """SQL of the JSON list of these columns, with the table and the key before them for a row."""
        if self.is_sqlite:
            said = [_SQLITE.get(kind, '"{0}"').format(column) for column, kind in columns]
            first = [f"'{table}'", '"id"'] if table else []
            return f"json_array({', '.join([*first, *said])})"
        said = [_POSTGRES.get(kind, '"{0}"::text').format(column) for column, kind in columns]
        first = [f"'\"{table}\"'", '"id"::text'] if table else []
        either = [*first, *(f"coalesce({one}, 'null')" for one in said)]
        listed = " || ',' || ".join(either)
        return f"'[' || {listed} || ']'"

    def _joined(self, what: str, separator: str, *, by: str, as_bytes: bool = False) -> str:
        """SQL of one text of all rows. SQLite promises no order: keys and texts come in the same one."""
        if not self.is_sqlite:
            return f"string_agg(({what})::text, {separator} ORDER BY {by})"
        joined = f"group_concat({what}, {separator})"
        return f"CAST({joined} AS BLOB)" if as_bytes else joined

    def _split(self, texts: Any) -> list[bytes]:
        """A text of its own for each row: no JSON text holds a bare line break."""
        whole: bytes = texts.encode() if isinstance(texts, str) else texts or b""
        return whole.split(b"\n") if whole else []


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items; a thread asks the database for the next while this one is being digested."""
    with ThreadPoolExecutor(max_workers=1) as other:
        coming = other.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = other.submit(next, items, None)
            yield item


_CHANGES = "FROM trail_change c LEFT JOIN trail_entry e ON e.id = c.entry_id WHERE"


def _ranges(first: int | None, last: int | None) -> Iterator[tuple[int, int | None]]:
    if isinstance(first, int) and isinstance(last, int):
        step = max(AT_ONCE, (last - first) // RANGES)
        lows = list(range(first - 1, last, step))
        yield from zip(lows, [*lows[1:], None], strict=True)


def _between(column: str, low: int, high: int | None) -> str:
    return f"{column} > {low}" + ("" if high is None else f" AND {column} <= {high}")


def _is_plain(kind: str) -> bool:
    return kind in _PLAIN or kind.endswith(("IntegerField", "AutoField"))
