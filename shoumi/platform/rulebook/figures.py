"""Figures as of a day: the rulebook's value, or what the body set within the allowed range."""

from datetime import date
from typing import Any

from shoumi.platform.rulebook.model import DatedValue, Parameter, Rulebook, RulebookError
from shoumi.platform.rulebook.source import rulebook


def figure(
    clause_id: str, key: str, *, on: date, body: Any = None, book: Rulebook | None = None
) -> Any:
    """The figure of a clause on a day, for a body; by_level figures are indexed by Level."""
    parameter = (book or rulebook()).clause(clause_id).parameter(key)
    return value_on(parameter, clause_id, on=on).value


def value_on(parameter: Parameter, clause_id: str, *, on: date) -> DatedValue:
    found = parameter.dated_value(on)
    if found is None:
        raise RulebookError(f"条款「{clause_id}」的参数「{parameter.label}」在 {on} 尚无取值")
    return found
