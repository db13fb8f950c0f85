"""Loaded by the server that forks children: readers imported, rules compiled and proved, once."""

from shoumi.screening.screener import Screener

Screener()
