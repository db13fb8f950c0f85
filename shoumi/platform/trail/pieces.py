"""The work of a verification cut in pieces (ranges of keys), for this process and, if asked, a second.

Both read one snapshot: on SQLite the first holds the one right to write, so that nothing changes; on
PostgreSQL it hands its snapshot over by name. The second works from the front of the list, the first from
its end, once it has walked the chain.
"""

import multiprocessing
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple

from django.db import OperationalError, connection, transaction

from shoumi.kernel.chain import sm3
from shoumi.platform.trail.models import Recorded, recorded_models
from shoumi.platform.trail.texts import Reader, ahead

CHANGES = "trail_change"
# While a thread waits for the database it must not wait five milliseconds more for its turn.
QUICK_TURN = 0.0005


class Piece(NamedTuple):
    """A range of the keys of one table; no upper end means all the rest."""

    table: str
    low: int
    high: int | None


class Texts(NamedTuple):
    """What was read of a piece, not digested yet: keys of rows, or the digests said of change texts."""

    piece: Piece
    keys: list[str]
    said: str
    texts: list[bytes]


class Outcome(NamedTuple):
    """What a piece showed; `wrong` when it must be read again, column by column."""

    piece: Piece
    keys: list[str]
    digests: list[str]
    wrong: bool = False


class Pieces:
    """The pieces of one verification and who does them."""

    def __init__(self, reader: Reader, second: ProcessPoolExecutor | None) -> None:
        self.reader, self.second = reader, second
        self.waiting: list[tuple[Piece, Future[Outcome] | None]] = []

    def add(self, tables: list[str]) -> None:
        for table in tables:
            for low, high in self.reader.ranges(table):
                piece = Piece(table, low, high)
                future = self.second.submit(check, piece) if self.second else None
                self.waiting.append((piece, future))

    def outcomes(self) -> Iterator[Outcome]:
        """What each piece shows; one that the second process has not begun is done here."""
        given: list[Future[Outcome]] = []
        yield from map(digested, ahead(self._taken(given)))
        for future in given:
            yield future.result()

    def _taken(self, given: list[Future[Outcome]]) -> Iterator[Texts | Outcome]:
        while self.waiting:
            piece, future = self.waiting.pop()
            if future is None or future.cancel():
                yield fetched(self.reader, piece)
            else:
                given.append(future)


@contextmanager
def view(processes: int) -> Iterator[ProcessPoolExecutor | None]:
    """One snapshot of everything, shared with a second process where one is wanted and possible."""
    with ExitStack() as stack:
        stack.callback(sys.setswitchinterval, sys.getswitchinterval())
        sys.setswitchinterval(QUICK_TURN)
        second = None
        if processes > 1 and _can_share():
            # Forked while no connection is open: neither database bears a connection in two processes.
            connection.close()
            fork = multiprocessing.get_context("fork")
            second = ProcessPoolExecutor(max_workers=1, mp_context=fork)
            stack.callback(second.shutdown, cancel_futures=True)
            second.submit(int).result()
        nested = connection.in_atomic_block
        stack.enter_context(transaction.atomic())
        snapshot = "" if nested else _snapshot()
        connection.inc_thread_sharing()
        stack.callback(connection.dec_thread_sharing)
        stack.callback(_bear_strange_bytes())
        if second:
            second.submit(join, snapshot).result()
        yield second


def join(snapshot: str) -> None:
    """See in this process what the one that exported the snapshot sees."""
    _bear_strange_bytes()
    if snapshot:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            cursor.execute(f"SET TRANSACTION SNAPSHOT '{snapshot}'")


def check(piece: Piece) -> Outcome:
    """Read and digest one piece, in the second process."""
    return digested(fetched(Reader(), piece))


def fetched(reader: Reader, piece: Piece) -> Texts | Outcome:
    """Read one piece: as texts if the database makes them, else column by column."""
    try:
        if piece.table == CHANGES:
            said, texts = reader.changes(piece.low, piece.high)
            return Texts(piece, [], said, texts)
        model = model_of(piece.table)
        found = reader.texts(model, piece.low, piece.high)
        if found is None:
            return Outcome(piece, *reader.rows(model, piece.low, piece.high))
        return Texts(piece, found[0], "", found[1])
    except OperationalError:
        # SQLite makes no JSON of bytes that stand where a text should.
        return Outcome(piece, [], [], wrong=True)


def digested(read: Texts | Outcome) -> Outcome:
    """Digest what was read; change texts are compared at once."""
    if isinstance(read, Outcome):
        return read
    digests = [sm3(text) for text in read.texts]
    if read.piece.table == CHANGES:
        return Outcome(read.piece, [], [], wrong=",".join(digests) != read.said)
    return Outcome(read.piece, read.keys, digests, wrong=len(read.keys) != len(digests))


def model_of(table: str) -> type[Recorded]:
    (model,) = (m for m in recorded_models() if m._meta.db_table == table)
    return model


def _bear_strange_bytes() -> Callable[[], None]:
    """SQLite: text that is not UTF-8 is found as altered and does not stop the reading."""
    connection.ensure_connection()
    raw: Any = connection.connection
    kept = getattr(raw, "text_factory", None)
    raw.text_factory = lambda found: found.decode(errors="replace")
    return lambda: setattr(raw, "text_factory", kept)


def _can_share() -> bool:
    """Not inside somebody's transaction, not in memory, not where processes cannot be forked."""
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    in_memory = getattr(connection, "is_in_memory_db", bool)()
    return can_fork and not connection.in_atomic_block and not in_memory


def _snapshot() -> str:
    """PostgreSQL: every statement of this transaction sees the same; the name is for the other process."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])
