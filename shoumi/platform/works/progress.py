"""How far long work is: told to whoever listens, the console or a page."""

from collections.abc import Callable

# What is being done, how much of it is done, and of how much; 0 where nobody knows.
Progress = Callable[[str, int, int], None]


def silent(what: str, done: int, total: int) -> None:
    """Nobody listens."""
