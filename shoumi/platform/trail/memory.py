"""What one request or one act asks over and over (figures, the calendar), asked of the database once.

An act begins with nothing remembered, since it may have waited for its turn to write; and when it is over,
the request around it begins again with nothing.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Keep answers while this lasts, and none of them longer."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)
        forget()


def remembered(key: Hashable, ask: Callable[[], T]) -> T:
    """The answer kept under this key, or a fresh one; outside of `remembering` always a fresh one."""
    kept = _kept.get()
    if kept is None:
        return ask()
    if key not in kept:
        kept[key] = ask()
    found: T = kept[key]
    return found


def forget() -> None:
    """After what others remember was changed within the same act."""
    kept = _kept.get()
    if kept is not None:
        kept.clear()
