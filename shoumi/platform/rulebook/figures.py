"""Figures as of a day: the rulebook's value, or what the body set within the allowed range."""

from datetime import date
from typing import Any

from shoumi.platform.directory.models import Body
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.model import DatedValue, Parameter, Rulebook, RulebookError
from shoumi.platform.rulebook.models import Override
from shoumi.platform.rulebook.overrides import combined
from shoumi.platform.rulebook.source import rulebook
from shoumi.platform.trail.memory import remembered

AS_OF_A_DAY = Control("rulebook.figure", kind="count", label="按日取值")


def figure(
    clause_id: str, key: str, *, on: date, body: Body | None = None, book: Rulebook | None = None
) -> Any:
    """The figure of a clause on a day, for a body; by_level figures are indexed by Level."""
    parameter = (book or rulebook()).clause(clause_id).parameter(key)
    ruled = value_on(parameter, clause_id, on=on).value
    override = override_on(clause_id, key, on=on, body=body) if body is not None else None
    return ruled if override is None else combined(parameter, ruled, override.value)


def value_on(parameter: Parameter, clause_id: str, *, on: date) -> DatedValue:
    """The rulebook's own value; a day before the first one is a fault of the rulebook."""
    found = parameter.dated_value(on)
    if found is None:
        raise RulebookError(f"条款「{clause_id}」的参数「{parameter.label}」在 {on} 尚无取值")
    return found


def override_on(clause_id: str, key: str, *, on: date, body: Body) -> Override | None:
    """The body's own setting on a day, the latest of those that hold."""
    found = [
        row
        for row in _overrides_of(body)
        if row.clause == clause_id and row.key == key and row.holds_on(on)
    ]
    return max(found, key=lambda row: (row.since, row.pk), default=None)


def _overrides_of(body: Body) -> list[Override]:
    def ask() -> list[Override]:
        return list(Override.objects.filter(body=body, status=Override.Status.IN_FORCE))

    return remembered(("overrides", body.pk), ask)
