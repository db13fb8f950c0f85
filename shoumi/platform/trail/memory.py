"""What one request or one act asks over and over (figures, the calendar), asked of the database once."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Keep answers while this lasts; within another one, that one goes on keeping them."""
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


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
    """After what others remember was changed within the same request or act."""
    kept = _kept.get()
    if kept is not None:
        kept.clear()
