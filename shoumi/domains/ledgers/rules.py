"""What may be written into a simple ledger: pure questions about a ledger and the values of one row."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from shoumi.kernel.levels import Level
from shoumi.platform.rulebook.ledgers import Column, Coverage, Ledger

# A password told in words, or the body of a private key: 「口令：Abc12345」, 「密码是 88888888」.
PASSWORD = re.compile(
    r"(?:口令|密码|password|passwd|pwd)\s*(?:[:：=]\s*\S{4,}|[是为]\s*[\x21-\x7e]{4,})"
    r"|BEGIN [A-Z ]*PRIVATE KEY",
    re.IGNORECASE,
)


def tells_password(text: str) -> bool:
    """Whether a text gives away a password. Clause: accounts.password.secret."""
    return PASSWORD.search(text) is not None


def stored(column: Column, value: Any) -> Any:
    """A value as the row keeps it: days as ISO text, nothing as nothing."""
    kept = KEPT[column.kind](value)
    return None if kept == "" else kept


def read(column: Column, value: Any) -> Any:
    """A kept value as it is shown; what does not fit the column any more is shown as it stands."""
    return READ.get(column.kind, _same)(value)


def _same(value: Any) -> Any:
    return value


def _text(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value


KEPT: dict[str, Callable[[Any], Any]] = {
    "text": _text,
    "number": _same,
    "choice": _same,
    "date": _iso,
    "tick": bool,
}
READ: dict[str, Callable[[Any], Any]] = {"date": _day}


def is_blank(value: Any) -> bool:
    """Not filled in; a zero is a figure."""
    return value is None or value == "" or value is False


def missing(ledger: Ledger, values: Mapping[str, Any]) -> list[Column]:
    """Required columns that are not filled in."""
    return [c for c in ledger.current if c.required and is_blank(values.get(c.key))]


def too_late(ledger: Ledger, values: Mapping[str, Any], *, today: date) -> list[Column]:
    """Dates of what has happened that lie ahead."""
    limit = today.isoformat()
    return [c for c in ledger.current if c.until_today and (values.get(c.key) or "") > limit]


def fits(when: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Whether a row says what a condition asks."""
    return all(values.get(key) == wanted for key, wanted in when.items())


def unmet(
    ledger: Ledger, values: Mapping[str, Any], *, figures: Mapping[str, int]
) -> tuple[Column, str] | None:
    """The first column that this row must fill in and does not, with the sentence that says why."""
    for demand in ledger.demands:
        above = all((values.get(k) or 0) > figures[figure] for k, figure in demand.above.items())
        if fits(demand.when, values) and above and is_blank(values.get(demand.column)):
            return ledger.column(demand.column), demand.say
    return None


def proved(ledger: Ledger, values: Mapping[str, Any]) -> list[str]:
    """Kinds of duty that this row proves done."""
    return [e.duty for e in ledger.evidence if fits(e.when, values)]


def covered(
    coverage: Coverage, rows: Iterable[Mapping[str, Any]], *, grade: Level
) -> list[tuple[str, str, Level, int]]:
    """(area, measure, level from which it is wanted, rows that bear it out) for a deployment grade."""
    counted: dict[str, int] = {}
    for row in rows:
        if fits(coverage.when, row):
            name = row.get(coverage.column)
            counted[str(name)] = counted.get(str(name), 0) + 1
    return [
        (wanted.area, name, wanted.level, counted.get(name, 0))
        for wanted in coverage.wanted
        if wanted.level <= grade
        for name in wanted.names
    ]


def days_since(day: date | None, *, today: date) -> int | None:
    """How long ago, in days; None for never."""
    return None if day is None else (today - day).days
